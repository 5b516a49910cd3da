"""The council's proposals of prizes, made from the ranking of the last round."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Proposal(Numbered, Base):
    """A work is proposed for a level, within its quota. Handed down to results when the council ends."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("edition_id", "entry_id", "kind"),
        CheckConstraint("kind IN ('main', 'thematic')", name="kind"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    kind: Mapped[str] = mapped_column(default="main")
    """The kind of its level: a work may be proposed once of each."""
    theme: Mapped[str] = mapped_column(default="")
    """What a thematic prize is given for."""
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]


class PassedOver(Numbered, Base):
    """A work that a vote passed is not proposed all the same, for this reason. Gone once it is proposed again; a vote
    that is taken on it later counts for more."""

    __tablename__ = "passed_over"
    __table_args__ = (
        UniqueConstraint("edition_id", "entry_id", "kind"),
        CheckConstraint("kind IN ('main', 'thematic')", name="kind"),
        CheckConstraint("reason <> ''", name="for_a_reason"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    """The level it was taken off."""
    kind: Mapped[str]
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class HonourProposal(Numbered, Base):
    """A body, or a person a work depicts, is proposed for a prize that is not a work's."""

    __tablename__ = "honour_proposal"
    __table_args__ = (UniqueConstraint("prize_level_id", "recipient"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    recipient: Mapped[str]
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
