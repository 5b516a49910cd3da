"""Events and their erasable details. The application's database role may insert and read events, nothing else."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base


class Event(Base):
    """A deed that happened. `payload` is the canonical JSON that `leaf_hash` commits to: ids and commitments only."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("award_id", "seq", postgresql_nulls_not_distinct=True),
        Index("ix_event_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    award_id: Mapped[int | None]
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    actor_id: Mapped[int | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    payload: Mapped[bytes]
    leaf_hash: Mapped[bytes]


class Checkpoint(Base):
    """The log of one award as it was after an act: how many events, their root, and both signed. Never changed."""

    __tablename__ = "checkpoint"
    __table_args__ = (UniqueConstraint("award_id", "size"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    award_id: Mapped[int]
    size: Mapped[int]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    """The last event it holds fast: the act it was taken after."""
    root: Mapped[bytes]
    note: Mapped[str]
    """Origin, size and root with the signature, in the C2SP form of a checkpoint."""


class EventDetail(Base):
    """What stood before and after: personal data may be here, so the row can be erased without touching the event."""

    __tablename__ = "event_detail"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    detail: Mapped[dict[str, Any]]
