"""Where programs are told by themselves of what happened, and every telling."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered
from award.sealed import Sealed

SEALED_FOR = "webhook"


class Webhook(Numbered, Base):
    """A receiver of events of one edition: of the works of a newsroom, or of all for the staff.

    It is of the person who set it up, and tells no more than that person may be told.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint("state IN ('on', 'off')", name="state"),
        CheckConstraint("(former_secret IS NULL) = (former_until IS NULL)", name="former_has_time"),
        Index("ix_webhook_on", "edition_id", postgresql_where="state = 'on'"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """None: of every newsroom, for the staff."""
    url: Mapped[str]
    secret: Mapped[str] = mapped_column(Sealed(SEALED_FOR), deferred=True)
    former_secret: Mapped[str | None] = mapped_column(Sealed(SEALED_FOR), deferred=True)
    former_until: Mapped[datetime | None]
    """Until then every telling bears the signature of the secret before, too."""
    state: Mapped[str] = mapped_column(default="on")
    off_why: Mapped[str] = mapped_column(default="")
    """Code of why it was switched off: owner, rights, failing."""


class WebhookDelivery(Numbered, Base):
    """One event for one receiver. What had happened before the receiver was set up stands here as known."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event"),
        CheckConstraint("state IN ('known', 'queued', 'sent', 'failed')", name="state"),
        Index("ix_webhook_delivery_due", "next_at", postgresql_where="state = 'queued'"),
    )

    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event: Mapped[str]
    """What makes it one event and no other: its kind and the row it speaks of."""
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    status: Mapped[int | None]
    """What the receiver answered last."""
    fault: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
