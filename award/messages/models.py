"""The outbox: a letter is a row in the same commit as the deed it tells of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered

MESSAGE_STATES = ("queued", "sent", "failed")


class Message(Numbered, Base):
    """A letter to one address. `dedupe_key` makes it go out once, however often its deed is retried."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state"),
        Index("ix_message_to_address", "to_address", "id"),
    )

    kind: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    reply_to: Mapped[str] = mapped_column(default="")
    """Where answers go; empty: to the address it comes from."""
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    last_fault: Mapped[str | None]
    sent_at: Mapped[datetime | None]
