"""When a judge may read a work, mark it, send the sheet and take it back."""

from flask_babel import lazy_gettext as _

from award.editions.models import Round
from award.verdicts import YES, Verdict
from judging.panels.models import Assignment, Seat


def can_read(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """The work of an own assignment: after the pledge, while the round is open or frozen, unless recused."""
    if assignment.state != "open":
        return Verdict("recused", str(_("Đồng chí không tham gia chấm tác phẩm này do có liên quan.")))
    if seat.pledged_at is None:
        return Verdict("pledge", str(_("Cần cam kết trước khi xem tác phẩm.")))
    if round_.state == "prepare":
        return Verdict("not_open", str(_("Vòng chấm chưa bắt đầu.")))
    if round_.state == "closed":
        return Verdict("round_over", str(_("Vòng chấm đã kết thúc.")))
    return YES


def can_look_back(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """The own sheet of a round that is over; the work itself is not shown any more."""
    if round_.state != "closed":
        return can_read(seat, assignment, round_)
    if assignment.state != "open" or seat.pledged_at is None:
        return Verdict("recused", str(_("Đồng chí không tham gia chấm tác phẩm này do có liên quan.")))
    return YES


def can_score(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """Marks are given while the round is open and not a moment longer."""
    allowed = can_read(seat, assignment, round_)
    if not allowed:
        return allowed
    if round_.state != "open":
        return Verdict("frozen", str(_("Phiếu chấm đã khóa, không sửa được nữa.")))
    return YES
