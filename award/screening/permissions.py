"""Who screens, and until when a decision may be turned."""

from datetime import datetime

from flask_babel import gettext as _

from award.editions import deadlines
from award.editions.models import Countersign, Edition
from award.editions.permissions import Capacity, only_for
from award.entries.leave import Mend
from award.entries.models import Entry
from award.screening.filters import QueueFilter
from award.screening.models import ScreeningAct
from award.verdicts import YES, Verdict

READERS = ("secretary", "organiser", "auditor")
BEFORE_JUDGING = ("open", "screening")
MOST_SAVED = 12
"""So many filters of one person stand in a row above the queue and can still be told apart."""


def can_read(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_save_filter(wanted: QueueFilter, others: int) -> Verdict:
    """A filter is saved under a name when it asks for something; `others` the person has saved for this edition."""
    if not wanted.asked:
        return Verdict("filter_empty", _("Chưa chọn bộ lọc nào để lưu."))
    if others >= MOST_SAVED:
        return Verdict("filters_full", _("Đã lưu %(n)s bộ lọc. Bỏ bớt rồi lưu lại.", n=others))
    return YES


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


def can_decide(
    capacity: Capacity, edition: Edition, entry: Entry, *, was: str, to: str, asked: Mend | None, now: datetime
) -> Verdict:
    """What can be turned; but a work is not found wanting while its owner still has time to mend it."""
    allowed = can_turn(capacity, edition, entry, was=was, to=to)
    if not allowed or to != "ineligible" or asked is None or not deadlines.within(asked.due_at, edition, now):
        return allowed
    return Verdict(
        "promised",
        _(
            "Đã hẹn tác giả bổ sung đến %(until)s. Trước thời điểm đó chỉ kết luận không đủ điều kiện sau khi rút "
            "đề nghị bổ sung.",
            until=asked.until,
        ),
    )


def can_decide_together(capacity: Capacity, edition: Edition) -> Verdict:
    """The secretariat decides on many dossiers at once until judging has begun."""
    allowed = only_for(capacity, "secretary", "organiser")
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return allowed


def can_take_back(capacity: Capacity, edition: Edition, entry: Entry, *, was: str) -> Verdict:
    """The secretariat no longer asks for what it asked for."""
    allowed = can_screen(capacity, edition, entry)
    if allowed and was != "correction":
        return Verdict("not_asked", _("Không có đề nghị bổ sung nào đang chờ trả lời."))
    return allowed


def can_undo(capacity: Capacity, edition: Edition, act: ScreeningAct) -> Verdict:
    """Who decided takes the act back, once, until judging has begun."""
    allowed = only_for(capacity, "secretary", "organiser")
    if not allowed:
        return allowed
    if act.by_id != capacity.person_id:
        return Verdict("not_yours", _("Chỉ người đã kết luận hoàn tác được."))
    if act.undone_at is not None:
        return Verdict("undone", _("Việc này đã hoàn tác."))
    if edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
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


def can_conclude(capacity: Capacity, edition: Edition) -> Verdict:
    """Whether the secretariat may say of two works that they are the same or not; until results are decided on."""
    allowed = only_for(capacity, "secretary", "organiser")
    if allowed and edition.state not in {*BEFORE_JUDGING, "judging"}:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return allowed


def can_withdraw(capacity: Capacity, waiting: Countersign) -> Verdict:
    """Who proposed an exclusion may take the proposal back while it waits."""
    if waiting.proposed_by_id == capacity.person_id:
        return YES
    return Verdict("not_yours", _("Chỉ người đề nghị rút được đề nghị này."))


def can_approve(capacity: Capacity) -> Verdict:
    """The list of works not eligible is approved by the organisers."""
    return only_for(capacity, "organiser")
