"""Who answers requests for personal data, who may have them erased, and who says how long data are kept."""

from datetime import date

from flask_babel import gettext as _

from award.editions.permissions import Capacity, only_for
from award.privacy.models import PrivacyRequest
from award.verdicts import YES, Verdict


def can_handle(capacity: Capacity) -> Verdict:
    """The organiser and the secretariat."""
    return only_for(capacity, "organiser", "secretary")


def can_end(capacity: Capacity, asked: PrivacyRequest) -> Verdict:
    """They answer a request that is open."""
    return can_handle(capacity) and still_open(asked)


def still_open(asked: PrivacyRequest) -> Verdict:
    if asked.state != "open":
        return Verdict("ended", _("Yêu cầu này đã kết thúc."))
    return YES


def can_erase(capacity: Capacity, asked: PrivacyRequest) -> Verdict:
    """An open request of erasure is carried out by them, never one's own: another looks at what will be gone."""
    allowed = can_end(capacity, asked)
    if not allowed:
        return allowed
    if asked.kind != "erasure":
        return Verdict("kind", _("Yêu cầu này không phải yêu cầu xóa dữ liệu."))
    if asked.person_id is not None and asked.person_id == capacity.person_id:
        return Verdict("own", _("Yêu cầu của chính mình cần người khác thực hiện."))
    return YES


def can_copy(capacity: Capacity, asked: PrivacyRequest) -> Verdict:
    """A copy is made for an open request to know what is held."""
    allowed = can_end(capacity, asked)
    if allowed and asked.kind not in {"access", "export"}:
        return Verdict("kind", _("Yêu cầu này không phải yêu cầu xem hoặc nhận bản sao dữ liệu."))
    return allowed


def can_take_own_copy(person_id: int, asked: PrivacyRequest) -> Verdict:
    """The owner's copy, as long as it is kept."""
    if asked.person_id != person_id or asked.export_size is None:
        return Verdict("no_copy", _("Bản sao chưa lập xong hoặc đã hết hạn tải."))
    return YES


def can_withdraw(person_id: int, asked: PrivacyRequest) -> Verdict:
    """The owner takes an open request back."""
    if asked.person_id != person_id:
        return Verdict("not_owner", _("Yêu cầu này của người khác."))
    return still_open(asked)


def can_set_retention(capacity: Capacity) -> Verdict:
    return only_for(capacity, "organiser")


def days_left(asked: PrivacyRequest, today: date) -> int:
    """Whole days until the last one on which an answer is in time; negative when it is late."""
    return (asked.due_day - today).days
