"""Who reads in the lists of earlier editions, and who takes them back."""

from flask_babel import gettext as _

from award.editions.models import Edition
from award.editions.permissions import READERS, STAFF, Capacity, only_for
from award.history.models import HistoryImport
from award.verdicts import YES, Verdict


def can_read_lists(capacity: Capacity) -> Verdict:
    """The organiser, the secretariat and the auditor see which lists were read in, and works that are not public."""
    return only_for(capacity, *READERS)


def can_bring_in(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser and the secretariat of an edition that is not archived."""
    allowed = only_for(capacity, *sorted(STAFF))
    if not allowed:
        return allowed
    if edition.state == "archived":
        return Verdict("archived", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    return YES


def can_take_in(capacity: Capacity, edition: Edition, draft: HistoryImport, bad: int, new: int) -> Verdict:
    """A list is taken in once, when no row of it has a fault and some row brings something."""
    allowed = can_bring_in(capacity, edition)
    if not allowed:
        return allowed
    if draft.state != "draft":
        return Verdict("done", _("Danh sách này đã nạp hoặc đã gỡ."))
    if bad:
        return Verdict("faults", _("Còn %(n)s dòng cần sửa, chưa nạp được.", n=bad))
    if not new:
        return Verdict("nothing_new", _("Mọi dòng của tệp đã có trong hệ thống, không có gì để nạp."))
    return YES


def can_take_back(capacity: Capacity, edition: Edition, done: HistoryImport) -> Verdict:
    """A list that was taken in, while nothing refers to its works; that is asked of the database when it is done."""
    allowed = can_bring_in(capacity, edition)
    if not allowed:
        return allowed
    if done.state != "done":
        return Verdict("not_done", _("Chỉ gỡ được danh sách đã nạp."))
    return YES
