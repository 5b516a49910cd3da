"""Who screens, and until when a decision may be turned."""

from flask_babel import gettext as _

from award.editions.models import Countersign, Edition
from award.editions.permissions import Capacity, only_for
from award.entries.models import Entry
from award.verdicts import YES, Verdict

READERS = ("secretary", "organiser", "auditor")
BEFORE_JUDGING = ("open", "screening")


def can_read(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_screen(capacity: Capacity, edition: Edition, entry: Entry) -> Verdict:
    """The secretariat decides on submitted dossiers until judging has begun; later only two persons exclude one."""
    allowed = only_for(capacity, "secretary", "organiser")
    if not allowed:
        return allowed
    if entry.state != "submitted":
        return Verdict("withdrawn", _("Hồ sơ đã rút hoặc chưa nộp."))
    if edition.state not in {*BEFORE_JUDGING, "judging"}:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return YES


def can_turn(capacity: Capacity, edition: Edition, entry: Entry, *, was: str, to: str) -> Verdict:
    """A work that judges may already have read leaves only by an act of two persons."""
    allowed = can_screen(capacity, edition, entry)
    if not allowed:
        return allowed
    if was == "eligible" and to != "eligible" and edition.state == "judging":
        return Verdict(
            "two_persons", _("Tác phẩm đã vào vòng chấm: việc đưa ra khỏi danh sách cần hai người xác nhận.")
        )
    return YES


def can_exclude(capacity: Capacity, edition: Edition, entry: Entry, *, was: str) -> Verdict:
    """Taking an eligible work out once judging has begun."""
    allowed = can_screen(capacity, edition, entry)
    return may_leave(edition, entry, was=was) if allowed else allowed


def may_leave(edition: Edition, entry: Entry, *, was: str) -> Verdict:
    """Whether the work stands in judging, so that it can be taken out, whoever does it."""
    if entry.state != "submitted" or was != "eligible" or edition.state != "judging":
        return Verdict("not_needed", _("Chỉ áp dụng với tác phẩm đủ điều kiện đã vào vòng chấm."))
    return YES


def can_withdraw(capacity: Capacity, waiting: Countersign) -> Verdict:
    """Who proposed an exclusion may take the proposal back while it waits."""
    if waiting.proposed_by_id == capacity.person_id:
        return YES
    return Verdict("not_yours", _("Chỉ người đề nghị rút được đề nghị này."))


def can_approve(capacity: Capacity) -> Verdict:
    """The list of works not eligible is approved by the organisers."""
    return only_for(capacity, "organiser")
