"""The list that goes to the national award: its own order, its own decision, its own clock."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Nomination(Numbered, Base):
    """A work chosen for the national award."""

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("edition_id", "entry_id"),
        CheckConstraint("state IN ('chosen', 'completing', 'sent', 'received', 'shortlisted', 'prized')", name="state"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ordinal: Mapped[int]
    state: Mapped[str] = mapped_column(default="chosen")
    reason: Mapped[str] = mapped_column(default="")
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the national rules said of it when it was chosen."""
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Dossier(Numbered, Base):
    """One built dossier: a ZIP in the store with list, folder per work and manifest. A second build is identical."""

    __tablename__ = "dossier"
    __table_args__ = (CheckConstraint("state IN ('building', 'ready', 'failed')", name="state"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    state: Mapped[str] = mapped_column(default="building")
    letter_number: Mapped[str] = mapped_column(default="")
    letter_day: Mapped[date | None]
    key: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    files: Mapped[int | None]
    fingerprint: Mapped[str | None]
    """Of the key that signed it."""
    fault: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    built_at: Mapped[datetime | None]
