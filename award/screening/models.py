"""The decision whether an entry is eligible, and the code judges know it by."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered, words_of


class Screening(Base):
    """One per submitted entry. Reversible until its list is approved, each time with a reason."""

    __tablename__ = "screening"
    __table_args__ = (
        UniqueConstraint("edition_id", "blind_code"),
        Index(
            "ix_screening_standing",
            "edition_id",
            "decision",
            "entry_id",
            postgresql_include=["due_at", "answered_at", "told_at"],
        ),
        words_of("ix_screening_code_words", "lower(blind_code)"),
        CheckConstraint("decision IN ('pending', 'correction', 'eligible', 'ineligible')", name="decision"),
        CheckConstraint("decision <> 'eligible' OR blind_code IS NOT NULL", name="eligible_has_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    decision: Mapped[str] = mapped_column(default="pending")
    reason: Mapped[str] = mapped_column(default="")
    clause: Mapped[str] = mapped_column(default="")
    blind_code: Mapped[str | None]
    """III-IN-042: kept once given, even if the decision is reversed."""
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The automatic findings as they stood when decided."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """The first instant too late for what was asked for, while that stands."""
    answered_at: Mapped[datetime | None]
    """When the answer came that nobody has looked at yet."""
    told_at: Mapped[datetime | None]
    """When the owner was told of this decision."""
    red: Mapped[int] = mapped_column(default=0)
    amber: Mapped[int] = mapped_column(default=0)
    """How many automatic findings spoke against the work, or asked for another look, when it was last checked."""
    version: Mapped[int] = mapped_column(default=1)

    verdicts: Mapped[list["RuleVerdict"]] = relationship(order_by="RuleVerdict.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class RuleVerdict(Base):
    """What a person says of one rule beside, or against, what was found automatically."""

    __tablename__ = "rule_verdict"
    __table_args__ = (
        UniqueConstraint("screening_id", "code"),
        CheckConstraint("verdict IN ('green', 'red')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    screening_id: Mapped[int] = mapped_column(ForeignKey("screening.id", ondelete="CASCADE"))
    code: Mapped[str]
    verdict: Mapped[str]
    clause: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")


class ScreeningAct(Numbered, Base):
    """One act of deciding, on one dossier or many, that its author can take back as long as nobody decided anew."""

    __tablename__ = "screening_act"
    __table_args__ = (Index("ix_screening_act_by", "edition_id", "by_id", "id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decision: Mapped[str]
    before: Mapped[dict[str, Any]]
    """Number of an entry → what stood before, and the version of its row of screening after the act."""
    together: Mapped[bool] = mapped_column(default=False)
    """It was an act on the queue: it can be taken back there until the next such act."""
    undone_at: Mapped[datetime | None]


class QueueView(Base):
    """The columns a person has chosen for the queue."""

    __tablename__ = "queue_view"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    columns: Mapped[list[str]]


class SavedFilter(Numbered, Base):
    """What a person looks through again and again of an edition's queue, under a name of its own."""

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_whose", "edition_id", "person_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    """What `QueueFilter.asked` says. Words in it may name an author, so they stand as they were typed."""


class Comparison(Numbered, Base):
    """What a person concluded of two works that are alike: one work entered twice, one story told twice, or two works
    that have nothing in common. The latest word stands."""

    __tablename__ = "comparison"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("verdict IN ('same', 'story', 'different')", name="verdict"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
