"""Who comes into a viewing, who leads it, who may not see what is on."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.models import Round
from award.editions.permissions import Capacity
from award.verdicts import YES, Verdict
from judging.panels.models import Seat
from judging.viewings.models import Viewing

HEADS = ("chair", "deputy")
"""Seats whose holders say what is on."""
STAFF = ("organiser", "secretary")
"""They run the screen and call the roll; what they may read they read anyway."""

LED_BY_ANOTHER = lazy_gettext(
    "Đồng chí có liên quan đến tác phẩm này nên không mở được. Việc này do phó trưởng tiểu ban hoặc thư ký thực hiện."
)


def can_enter(by: Capacity, seat: Seat | None) -> Verdict:
    """Members of the panel who have pledged, and the staff."""
    if seat is None and not by.holds(*STAFF):
        return Verdict("no_seat", _("Trang này dành cho thành viên các tiểu ban của vòng chấm."))
    if seat is not None and seat.pledged_at is None:
        return Verdict("pledge", _("Cần cam kết trước khi xem tác phẩm."))
    return YES


def can_open(by: Capacity, seat: Seat | None, round_: Round) -> Verdict:
    """Who leads the panel calls it before the screen, or the staff do, while sheets are written."""
    allowed = can_enter(by, seat)
    if not allowed:
        return allowed
    if not (by.holds(*STAFF) or (seat is not None and seat.role in HEADS)):
        return Verdict("not_leading", _("Việc này do trưởng tiểu ban hoặc thư ký thực hiện."))
    if round_.state != "open":
        return Verdict("not_open", _("Chỉ xem chung khi vòng chấm đang mở."))
    return YES


def can_lead(by: Capacity, seat: Seat | None, round_: Round, viewing: Viewing) -> Verdict:
    """The same people say who is there and what is on, until the end of the viewing."""
    if viewing.closed_at is not None:
        return Verdict("over", _("Buổi xem chung đã kết thúc."))
    return can_open(by, seat, round_)


def can_close(by: Capacity, seat: Seat | None, viewing: Viewing) -> Verdict:
    """A viewing is ended by who may lead one, also once sheets are locked."""
    if viewing.closed_at is not None:
        return Verdict("over", _("Buổi xem chung đã kết thúc."))
    if by.holds(*STAFF) or (seat is not None and seat.role in HEADS):
        return YES
    return Verdict("not_leading", _("Việc này do trưởng tiểu ban hoặc thư ký thực hiện."))
