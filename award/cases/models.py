"""Kiến nghị, phản ánh: what somebody objects to, what was done with it day by day, and the files that go with it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered

ABOUT = ("edition", "round", "work", "prize")
STATES = ("received", "examining", "decided")
OUTCOMES = ("upheld", "partly", "not_upheld", "withdrawn")
ACTS = ("received", "examining", "added", "note", "due", "decided", "withdrawn", "file_added", "file_removed")


class Case(Numbered, Base):
    """One objection with its number in the edition. Either somebody of the house sent it, or it came as a letter.

    `due_day` is the last day on which it is answered in time; open where the rules name none and nobody has yet.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("about IN ('edition', 'round', 'work', 'prize')", name="about"),
        CheckConstraint("state IN ('received', 'examining', 'decided')", name="state"),
        CheckConstraint("outcome IN ('', 'upheld', 'partly', 'not_upheld', 'withdrawn')", name="outcome"),
        CheckConstraint("(state = 'decided') = (outcome <> '')", name="decided_has_outcome"),
        CheckConstraint("(state = 'decided') = (ended_at IS NOT NULL)", name="decided_has_time"),
        CheckConstraint("(about = 'round') = (round_id IS NOT NULL)", name="about_round"),
        CheckConstraint("(about IN ('work', 'prize')) = (entry_id IS NOT NULL)", name="about_work"),
        Index("ix_case_file_open", "edition_id", "due_day", postgresql_where="state <> 'decided'"),
        Index("ix_case_file_opened_by", "opened_by_id"),
        Index("ix_case_file_entry", "entry_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int]
    about: Mapped[str]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    """The work, or the one that has the prize."""
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who sent it from an account; None of a letter."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who recorded a letter."""
    sender: Mapped[str] = mapped_column(default="")
    """Of a letter, as it is signed."""
    contact: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    received_on: Mapped[date]
    due_day: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="received")
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """KN-007: what a letter cites."""
        return f"KN-{self.number:03d}"


class CaseAct(Base):
    """One step of a case. What is `internal` is read by those who handle it alone."""

    __tablename__ = "case_act"
    __table_args__ = (
        Index("ix_case_act_case", "case_id", "id"),
        CheckConstraint(
            "kind IN ('received', 'examining', 'added', 'note', 'due', 'decided', 'withdrawn', 'file_added',"
            " 'file_removed')",
            name="kind",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    internal: Mapped[bool] = mapped_column(default=False)


class Evidence(Base):
    """Evidence, or the scan of a letter."""

    __tablename__ = "case_evidence"
    __table_args__ = (Index("ix_case_evidence_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), unique=True)
