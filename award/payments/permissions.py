"""Who pays prizes and reads accounts, and who may tell an account."""

from collections.abc import Collection

from flask_babel import gettext as _

from award.editions.permissions import Capacity, only_for
from award.payments.owed import Owed
from award.results.lines import within
from award.results.models import Decision
from award.verdicts import YES, Verdict


def can_read(capacity: Capacity, decision: Decision | None) -> Verdict:
    """Who is to receive what, and whether it was paid: the accountant and the organisers. No account is on it."""
    return _decided(only_for(capacity, "accountant", "organiser"), decision)


def can_pay(capacity: Capacity, decision: Decision | None) -> Verdict:
    """The accountant alone reads accounts and records that money went out; no other role brings this along."""
    return _decided(only_for(capacity, "accountant"), decision)


def can_set_terms(capacity: Capacity) -> Verdict:
    """The organiser says what is withheld of payments and what judging is paid."""
    return only_for(capacity, "organiser")


def _decided(allowed: Verdict, decision: Decision | None) -> Verdict:
    if allowed and decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    return allowed


def can_tell(person_id: int, line: Owed) -> Verdict:
    """Everybody for themselves, until it was paid."""
    if line.person_id != person_id:
        return Verdict("foreign", _("Mỗi người chỉ khai tài khoản của chính mình."))
    return YES if line.open else Verdict("paid", _("Tiền thưởng đã chi."))


def can_record(line: Owed, chosen: Collection[str]) -> Verdict:
    """Money goes out once, of a prize whose sum is said, and as much as who chose the line was shown."""
    if not line.open:
        return Verdict("paid", _("Đã ghi việc chi cho %(name)s.", name=line.name))
    if line.amount is None:
        told = _(
            "Chưa quy định số tiền của %(level)s: chưa ghi đã chi cho %(name)s được.",
            level=within(line.level),
            name=line.name,
        )
        return Verdict("no_sum", str(told))
    return YES if line.choice in chosen else gone()


def gone() -> Verdict:
    """The list is another one than it was when the page was loaded."""
    return Verdict("gone", _("Danh sách chi đã thay đổi. Tải lại trang rồi chọn lại."))


def can_undo(line: Owed) -> Verdict:
    """What was recorded can be withdrawn."""
    return Verdict("unpaid", _("Chưa ghi việc chi cho %(name)s.", name=line.name)) if line.open else YES
