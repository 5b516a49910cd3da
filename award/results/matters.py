"""What is open before the decision and before the results go out, in sentences to be weighed. Nothing here refuses."""

from flask_babel import gettext as _

from award.issued.queries import newest_scans, standing_papers
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
    found += _scans(edition_id)
    found += [_gone(work) for work in works if work.withdrawn or not work.eligible]
    honours = queries.honours(edition_id, "proposed", "decided")
    for shown in by_level(works, queries.levels(edition_id), honours):
        if shown.vacant:
            found.append(_("%(level)s: khuyết %(n)s vị trí.", level=shown.level.name, n=shown.vacant))
    unlinked = sum(not work.link for work in works if work.category.medium == "online")
    if unlinked:
        found.append(_("%(n)s tác phẩm báo điện tử không có đường dẫn đến bài đã đăng.", n=unlinked))
    return found


def _scans(edition_id: int) -> list[str]:
    """Of each decision with its number: its scan is missing, waits for the second person, or reads otherwise."""
    issued, scans = standing_papers(edition_id), newest_scans(edition_id)
    found = []
    for paper in (issued[kind] for kind in ("decision", "commendation") if kind in issued):
        scan = scans.get(paper.id)
        if scan is None:
            found.append(_("Chưa có bản quét của %(title)s số %(number)s.", title=paper.title, number=paper.number))
        elif not scan.outcome:
            found.append(
                _("Bản quét của %(title)s số %(number)s chờ đối chiếu.", title=paper.title, number=paper.number)
            )
        elif scan.outcome == "differs":
            words = _("Bản quét của %(title)s số %(number)s khác dự thảo.", title=paper.title, number=paper.number)
            found.append(words)
    return [str(each) for each in found]


def _gone(work: PrizeWork) -> str:
    if work.withdrawn:
        return str(_("Tác phẩm “%(title)s” (%(level)s) đã rút.", title=work.title, level=work.level.name))
    return str(
        _("Tác phẩm “%(title)s” (%(level)s) không còn đủ điều kiện dự Giải.", title=work.title, level=work.level.name)
    )
