"""What judging handed down: standings and outcomes; the province's decision; publication."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Standing(Base):
    """An entry's place in a closed round. The score is an exact fraction of points on the round's scale."""

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        Index("ix_standing_order", "round_id", "panel_id", "rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    rank: Mapped[int | None]
    """Equal scores share a rank (1, 2, 2, 4). None with fewer sheets than it needed."""
    score_numerator: Mapped[int | None]
    score_denominator: Mapped[int | None]
    sheets: Mapped[int]
    needed: Mapped[int] = mapped_column(default=1)
    """How many sheets the rules of the round asked for before a work has a rank."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Per sheet: seat, total in steps, marks by criterion. Only readable once the round is closed."""
    advanced: Mapped[bool | None]
    """On the shortlist of this round; None until the shortlist is drawn."""
    advanced_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    """Of the round's places: 1 as they were when it ended, more once they were corrected."""


class FormerStanding(Base):
    """An entry's place as it was before the places of its round were corrected."""

    __tablename__ = "former_standing"
    __table_args__ = (UniqueConstraint("round_id", "version", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    rank: Mapped[int | None]
    score_numerator: Mapped[int | None]
    score_denominator: Mapped[int | None]
    sheets: Mapped[int]
    needed: Mapped[int] = mapped_column(default=1)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Result(Numbered, Base):
    """A prize for a work: proposed by the council, decided by the organisers. One of a kind for a work."""

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("entry_id", "kind"),
        CheckConstraint("kind IN ('main', 'thematic')", name="kind"),
        CheckConstraint("state IN ('proposed', 'decided', 'revoked')", name="state"),
        Index("ix_result_edition", "edition_id", "prize_level_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    kind: Mapped[str] = mapped_column(default="main")
    """The kind of its level."""
    theme: Mapped[str] = mapped_column(default="")
    """What a thematic prize is given for."""
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class Honour(Numbered, Base):
    """A prize for a body, or for a person a work depicts: proposed by the council, decided with the others."""

    __tablename__ = "honour"
    __table_args__ = (
        UniqueConstraint("prize_level_id", "recipient"),
        CheckConstraint("state IN ('proposed', 'decided', 'revoked')", name="state"),
        Index("ix_honour_edition", "edition_id", "prize_level_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    recipient: Mapped[str]
    """As it stands on the paper."""
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """The body, when it is a listed press organ."""
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    """The work that depicts the person."""
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="proposed")
    decided_at: Mapped[datetime | None]


class Remark(Numbered, Base):
    """Nhận xét gửi tác giả: what the council lets the authors of a work know, once the results are public.

    It is the council's, never one judge's: nobody is named in it to whom it goes.
    """

    __tablename__ = "remark"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    words: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class Decision(Numbered, Base):
    """The paper by which the province decided the prizes: number from the register, date, signatory."""

    __tablename__ = "decision"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    number: Mapped[str]
    day: Mapped[date]
    body: Mapped[str]
    signatory: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class Publication(Numbered, Base):
    """The instant from which the public reads the results. Before it, no door shows them."""

    __tablename__ = "publication"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    at: Mapped[datetime]
    countersign_id: Mapped[int] = mapped_column(ForeignKey("countersign.id"), unique=True)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
