"""Xin ý kiến: which body was asked about the proposals, with which paper, and what it answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered

STANCES = ("agrees", "agrees_in_part", "disagrees", "no_objection")


class Opinion(Numbered, Base):
    """One body that was asked. Once it has answered, the paper, the day and the words of the answer stand here.

    Withdrawn: it counts as not asked any more, before it had answered; the request, its scans and the reason stay.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint("stance IN ('', 'agrees', 'agrees_in_part', 'disagrees', 'no_objection')", name="stance"),
        CheckConstraint("(stance = '') = (answered_on IS NULL)", name="answered_has_day"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name="withdrawn_has_reason"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
        CheckConstraint("withdrawn_at IS NULL OR answered_on IS NULL", name="withdrawn_unanswered"),
        Index("ix_opinion_edition", "edition_id", "asked_on"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    body: Mapped[str]
    asked_on: Mapped[date]
    asked_by_paper: Mapped[str] = mapped_column(default="")
    """Number and symbol of the paper that asks."""
    due_day: Mapped[date | None]
    stance: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answered_by_paper: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    """What it said, as far as somebody has to act on it."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answer_recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def answered(self) -> bool:
        return self.answered_on is not None


class OpinionScan(Base):
    """The scan of the paper that asks or answers."""

    __tablename__ = "opinion_scan"
    __table_args__ = (Index("ix_opinion_scan_opinion", "opinion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), unique=True)
