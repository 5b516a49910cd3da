"""Where prize money goes, until it is paid; that it was paid; what is withheld of it, and what judging is paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered
from award.payments.taxed import Tax
from award.sealed import Sealed


class BankAccount(Numbered, Base):
    """Tài khoản nhận tiền thưởng of one author for one prize, as the author told it. Gone once the money is paid.

    Its words are sealed and come only to who asks for them: a list of accounts is read without a number.
    """

    __tablename__ = "bank_account"
    __table_args__ = (UniqueConstraint("result_id", "authorship_id"), Index("ix_bank_account_person", "person_id"))

    result_id: Mapped[int] = mapped_column(ForeignKey("result.id", ondelete="CASCADE"))
    authorship_id: Mapped[int] = mapped_column(ForeignKey("authorship.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    """To what the person agreed with it."""
    holder: Mapped[str] = mapped_column(Sealed("bank_account.holder"), deferred=True)
    number: Mapped[str] = mapped_column(Sealed("bank_account.number"), deferred=True)
    bank: Mapped[str] = mapped_column(Sealed("bank_account.bank"), deferred=True)
    told_at: Mapped[datetime]


class Payment(Numbered, Base):
    """Đã chi: money of one prize, or of one author's share of it, went out on this day. No account stays.

    What a higher prize brings later is paid as another instalment. A payment recorded by mistake is withdrawn with a
    reason: the row stays, and what it paid is owed again.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("(result_id IS NULL) <> (honour_id IS NULL)", name="one_prize"),
        CheckConstraint("(result_id IS NULL) = (authorship_id IS NULL)", name="author_of_work"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        CheckConstraint("tax IS NULL OR tax BETWEEN 0 AND amount", name="tax"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_for_a_reason"),
        Index(
            "uq_payment_of_work",
            "result_id",
            "authorship_id",
            "instalment",
            unique=True,
            postgresql_where="withdrawn_at IS NULL",
        ),
        Index("uq_payment_of_honour", "honour_id", "instalment", unique=True, postgresql_where="withdrawn_at IS NULL"),
    )

    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))
    authorship_id: Mapped[int | None] = mapped_column(ForeignKey("authorship.id"))
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"))
    instalment: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int | None]
    """In đồng, as it was owed then."""
    tax: Mapped[int | None]
    """How much of it was withheld; None where nobody had said how much is."""
    paid_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class TaxRule(Numbered, Base):
    """Thuế khấu trừ of an edition, as its organiser says it: of each prize of a person, or of what judging is paid."""

    __tablename__ = "tax_rule"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("kind IN ('prize', 'fee')", name="kind"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("threshold >= 0", name="threshold"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    percent: Mapped[int]
    threshold: Mapped[int]
    """In đồng."""
    of_excess: Mapped[bool]
    """Of the part above the threshold; otherwise of all of it, from the threshold upwards."""
    ground: Mapped[str]

    @property
    def tax(self) -> Tax:
        return Tax(self.percent, self.threshold, self.of_excess, self.ground)


class FeeRate(Base):
    """Mức chi thù lao chấm: what one sheet of the round is paid, in đồng."""

    __tablename__ = "fee_rate"
    __table_args__ = (CheckConstraint("per_sheet >= 0", name="per_sheet"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    per_sheet: Mapped[int]
