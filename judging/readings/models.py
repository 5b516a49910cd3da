"""Columns of a paper that came back as a scan, and of the two persons who read it.

Rooms that take papers mix these into tables of their own: what a paper is of, and what is read on it, is theirs.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from judging.readings.agreement import Read


class Reading:
    """One of the two who read a paper: bound by what it says from then on, and what they read on it."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ordinal: Mapped[int]

    @property
    def read(self) -> Read | None:
        """Place → what stands there; None until the person has read the whole paper."""
        raise NotImplementedError


class Scanned:
    """A paper as it came back: its scan, until two persons have read it alike or it was set aside."""

    scan_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), unique=True)
    scan_sha256: Mapped[str] = mapped_column(default="")
    """Of the scan when the paper was taken by it."""
    taken_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    """The scan is gone and nothing came of it; who was bound by it stays so."""

    @property
    def readers(self) -> Sequence[Reading]:
        """Who is bound by it, the first to read it first."""
        raise NotImplementedError
