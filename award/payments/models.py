"""Where prize money goes, until it is paid; and that it was paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered
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
    paid_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")
