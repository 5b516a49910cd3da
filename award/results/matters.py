"""What is open before the decision and before the results go out, in sentences to be weighed. Nothing here refuses."""

from flask_babel import gettext as _

from award.results import queries, rechecked
from award.results.front import by_level
from award.results.works import PrizeWork


def open_matters(edition_id: int) -> list[str]:
    """Bodies that have not answered, words that wait to be corrected, works that no longer stand as proposed, vacant
    places, works that cannot be read at an address."""
    works = queries.prize_works(edition_id, "proposed", "decided")
    found = rechecked.waiting_for(edition_id)
    if waiting := rechecked.corrections_waiting(edition_id):
        found.append(_("%(n)s đề nghị sửa tên chờ người thứ hai xác nhận.", n=waiting))
    apart = queries.commendation(edition_id)
    if apart is not None and not apart.number:
        found.append(_("Chưa ghi quyết định khen thưởng tập thể, cá nhân."))
    found += [_gone(work) for work in works if work.withdrawn or not work.eligible]
    honours = queries.honours(edition_id, "proposed", "decided")
    for shown in by_level(works, queries.levels(edition_id), honours):
        if shown.vacant:
            found.append(_("%(level)s: khuyết %(n)s vị trí.", level=shown.level.name, n=shown.vacant))
    unlinked = sum(not work.link for work in works if work.category.medium == "online")
    if unlinked:
        found.append(_("%(n)s tác phẩm báo điện tử không có đường dẫn đến bài đã đăng.", n=unlinked))
    return found


def _gone(work: PrizeWork) -> str:
    if work.withdrawn:
        return str(_("Tác phẩm “%(title)s” (%(level)s) đã rút.", title=work.title, level=work.level.name))
    return str(
        _("Tác phẩm “%(title)s” (%(level)s) không còn đủ điều kiện dự Giải.", title=work.title, level=work.level.name)
    )
