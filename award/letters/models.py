"""An edition's own words for letters, letters sent to many at once, and reminders that were switched off."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Wording(Numbered, Base):
    """Mẫu thư: what an edition writes on one occasion in the place of the house. The last version holds; an empty one
    gives the word back to the house."""

    __tablename__ = "wording"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind", "version"),
        CheckConstraint("(subject = '') = (body = '')", name="whole_or_empty"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unseen: Mapped[bool] = mapped_column(default=False)
    """They came with an earlier edition's texts, and nobody has saved them for this one yet."""


class Mailing(Numbered, Base):
    """Thư gửi nhiều người: the words as they were written, by whom, and to how many."""

    __tablename__ = "mailing"
    __table_args__ = (Index("ix_mailing_edition", "edition_id", "id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    audience: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    reply_to: Mapped[str] = mapped_column(default="")
    people: Mapped[int]
    """How many letters were written."""
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class MailingLetter(Base):
    """One letter of a mailing, as long as the outbox keeps it."""

    __tablename__ = "mailing_letter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), index=True)


class ReminderOff(Base):
    """Letters by this rule do not go out in the edition."""

    __tablename__ = "reminder_off"
    __table_args__ = (UniqueConstraint("edition_id", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    rule: Mapped[str]
    off_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
