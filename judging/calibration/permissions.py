"""Who names calibration works, who scores them and when, who sees what came of it."""

from flask_babel import lazy_gettext as _

from award.editions.models import Round
from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict
from judging.panels.models import Seat

LEADS = ("chair", "deputy")


def can_follow(by: Capacity) -> Verdict:
    """The staff, those who lead the judging and the auditor: who has done them, and the spread once it is told."""
    return only_for(by, "organiser", "secretary", *LEADS, "auditor")


def can_name(by: Capacity, round_: Round) -> Verdict:
    """The staff name the works as long as nobody may have begun one."""
    allowed = only_for(by, "organiser", "secretary")
    if not allowed:
        return allowed
    if not round_.calibration:
        return Verdict("none_asked", str(_("Vòng này không có chấm thử. Chọn ở phần thiết lập vòng chấm.")))
    if round_.state != "prepare":
        return Verdict("round_open", str(_("Vòng chấm đã bắt đầu, không thay đổi được bài chấm thử.")))
    return YES


def can_send(by: Capacity) -> Verdict:
    """The staff send the parts of a file that was begun while the works were named."""
    return only_for(by, "organiser", "secretary")


def can_try(seat: Seat, round_: Round, *, ended: bool) -> Verdict:
    """A member scores them after the pledge, from the opening of the round until the calibration is closed."""
    if seat.pledged_at is None:
        return Verdict("pledge", str(_("Cần cam kết trước khi chấm thử.")))
    if round_.state != "open":
        return Verdict("not_open", str(_("Chỉ chấm thử khi vòng chấm đang mở.")))
    if ended:
        return Verdict("ended", str(_("Chấm thử của tiểu ban đã đóng.")))
    return YES


def can_end(by: Capacity, round_: Round, *, ended: bool) -> Verdict:
    """Those who lead the judging close the calibration of a panel, once."""
    allowed = only_for(by, *LEADS)
    if not allowed:
        return allowed
    if round_.state != "open" or ended:
        return Verdict("ended", str(_("Chấm thử của tiểu ban đã đóng.")))
    return YES
