"""What is open before the decision and before the results go out, in sentences to be weighed. Nothing here refuses."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.editions.models import Edition
from award.results import queries, rechecked
from award.results.front import LevelShown, by_level
from award.results.recorded import Recorded, recorded
from award.results.works import PrizeWork


def open_matters(edition: Edition) -> list[str]:
    """Bodies that have not answered, words that wait to be corrected, works that no longer stand as proposed, vacant
    places, works that cannot be read at an address."""
    at, since = recorded(edition.slug), rechecked.since_proposed(edition.id)
    levels, works = queries.ladder(edition.id, "proposed", "decided")
    honours = queries.honours(edition.id, "proposed", "decided")
    assert at is not None
    return told(at, since, works, by_level(works, levels, honours))


def told(at: Recorded, since: rechecked.Since, works: Sequence[PrizeWork], levels: Sequence[LevelShown]) -> list[str]:
    """The same of what was read before; `levels` with the works and honours that are proposed or decided."""
    found = rechecked.waiting_for(since.asked)
    if since.to_confirm:
        found.append(_("%(n)s đề nghị sửa tên chờ người thứ hai xác nhận.", n=since.to_confirm))
    if at.commendation is not None and not at.commendation.number:
        found.append(_("Chưa ghi quyết định khen thưởng tập thể, cá nhân."))
    found += _scans(at)
    found += [_gone(work) for work in works if work.withdrawn or not work.eligible]
    for shown in levels:
        if shown.vacant:
            found.append(_("%(level)s: khuyết %(n)s vị trí.", level=shown.level.name, n=shown.vacant))
    unlinked = sum(not work.link for work in works if work.category.medium == "online")
    if unlinked:
        found.append(_("%(n)s tác phẩm báo điện tử không có đường dẫn đến bài đã đăng.", n=unlinked))
    return found


def _scans(at: Recorded) -> list[str]:
    """Of each decision with its number: its scan is missing, waits for the second person, or reads otherwise."""
    found = []
    for paper in (at.issued[kind] for kind in ("decision", "commendation") if kind in at.issued):
        scan = at.scans.get(paper.id)
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
