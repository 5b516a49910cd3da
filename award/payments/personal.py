"""Accounts go with the person, with the consent and with the payment; that money went out stays in the books."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, select

from award.db import session
from award.entries.models import Authorship
from award.lapsing import older
from award.payments.models import BankAccount, FeeRate, Payment, TaxRule
from award.payments.operations import forget
from award.personal import Fate, Holding, PersonalData, Subject
from award.results.models import Result
from award.results.personal import public_editions


def _paid(subject: Subject) -> ColumnElement[bool]:
    """For prizes that are public: money may go out before, and would tell of them."""
    mine = (Authorship.person_id == subject.person_id) | Authorship.id.in_(subject.matched("authorship"))
    known = select(Result.id).where(Result.edition_id.in_(public_editions()))
    return Payment.authorship_id.in_(select(Authorship.id).where(mine)) & Payment.result_id.in_(known)


HOLDINGS = (
    Holding(
        BankAccount,
        _("Tài khoản nhận tiền thưởng"),
        whose=lambda subject: BankAccount.person_id == subject.person_id,
        personal="holder number bank told_at",
        number="person_id consent_id",
        plain="result_id authorship_id id public_id created_at",
    ),
    Holding(
        Payment,
        _("Tiền thưởng đã chi"),
        whose=_paid,
        free="withdrawn_reason",
        record="amount tax paid_on withdrawn_at",
        stays=_("sổ sách chi tiền thưởng; không có số tài khoản"),
        number="recorded_by_id withdrawn_by_id",
        plain="result_id authorship_id honour_id instalment id public_id created_at",
    ),
    Holding(
        TaxRule,
        _("Mức khấu trừ thuế"),
        plain="edition_id kind percent threshold of_excess ground id public_id created_at",
    ),
    Holding(FeeRate, _("Mức chi thù lao chấm"), plain="round_id per_sheet"),
)


def fates(subject: Subject) -> Sequence[Fate]:
    """Told only to who has told an account."""
    kept = select(BankAccount.id).where(BankAccount.person_id == subject.person_id).limit(1)
    return (Fate(gettext("Tài khoản nhận tiền thưởng")),) if session.scalar(kept) is not None else ()


def erase(subject: Subject) -> None:
    session.execute(delete(BankAccount).where(BankAccount.person_id == subject.person_id))


personal = PersonalData(
    HOLDINGS,
    purpose=_("Chi tiền thưởng cho tác giả có tác phẩm đoạt giải"),
    erase=erase,
    fates=fates,
    withdrawn=forget,
    lapses=(
        older(
            "accounts",
            _("Tài khoản nhận tiền thưởng chưa ghi đã chi"),
            _("từ lúc khai"),
            180,
            BankAccount,
            BankAccount.told_at,
        ),
    ),
)
