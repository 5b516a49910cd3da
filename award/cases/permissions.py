"""Who may object, who follows a case, who handles it, and who may not because it is about them."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.cases.models import Case
from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict

READERS = ("organiser", "secretary", "auditor")
DUE_NEEDED = lazy_gettext("Thể lệ không quy định thời hạn: đề nghị ghi hạn trả lời.")
NOT_FOUND_WORK = lazy_gettext("Không có hồ sơ nào mang mã này.")


def can_open(edition: Edition) -> Verdict:
    """Anybody with an account, from the day the rules are public until the edition is a record of the past."""
    if edition.state == "draft":
        return Verdict("hidden")
    if edition.state == "archived":
        return Verdict("archived", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    return YES


def can_record(capacity: Capacity, edition: Edition) -> Verdict:
    """Organiser and secretariat record what came as a letter."""
    return can_handle_any(capacity) and can_open(edition)


def can_list(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_handle_any(capacity: Capacity) -> Verdict:
    return only_for(capacity, "organiser", "secretary")


def follows(person_id: int | None, case: Case) -> bool:
    """Who sent it."""
    return person_id is not None and person_id == case.opened_by_id


def can_read(capacity: Capacity, case: Case, *, tied: bool) -> Verdict:
    """The whole of it, notes and names: its readers, but for who sent it and who has to do with the work."""
    allowed = can_list(capacity)
    if not allowed:
        return allowed
    return _impartial(capacity, case, tied=tied)


def _impartial(capacity: Capacity, case: Case, *, tied: bool) -> Verdict:
    if tied:
        words = _("Có liên quan đến tác phẩm nêu trong kiến nghị, phản ánh này, nên không tham gia giải quyết.")
        return Verdict("tied", words)
    if follows(capacity.person_id, case):
        return Verdict("own", _("Kiến nghị, phản ánh của chính mình do người khác giải quyết."))
    return YES


def can_handle(capacity: Capacity, case: Case, *, tied: bool) -> Verdict:
    """Organiser and secretariat examine it while it is not decided."""
    allowed = can_handle_any(capacity) and _impartial(capacity, case, tied=tied)
    return allowed and still_open(case)


def can_begin(capacity: Capacity, case: Case, *, tied: bool) -> Verdict:
    """Once; who begins handles it from then on."""
    allowed = can_handle(capacity, case, tied=tied)
    if allowed and case.state != "received":
        return Verdict("begun", _("Kiến nghị, phản ánh này đang được xem xét."))
    return allowed


def can_decide(capacity: Capacity, case: Case, *, tied: bool) -> Verdict:
    """The organiser decides what was examined."""
    allowed = only_for(capacity, "organiser") and _impartial(capacity, case, tied=tied) and still_open(case)
    if allowed and case.state != "examining":
        return Verdict("not_examined", _("Chưa bắt đầu xem xét kiến nghị, phản ánh này."))
    return allowed


def can_add(person_id: int | None, case: Case) -> Verdict:
    """Who sent it adds to it, or takes it back, until it is decided."""
    if not follows(person_id, case):
        return Verdict("not_sender", _("Kiến nghị, phản ánh này của người khác."))
    return still_open(case)


def still_open(case: Case) -> Verdict:
    if case.state == "decided":
        return Verdict("decided", _("Kiến nghị, phản ánh này đã kết thúc."))
    return YES


def days_left(case: Case, today: date) -> int | None:
    """Whole days until the last one on which an answer is in time; negative when it is late; None: no day is set."""
    return None if case.due_day is None else (case.due_day - today).days
