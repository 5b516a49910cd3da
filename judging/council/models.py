"""The council's proposals of prizes, made from the ranking of the last round."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Proposal(Numbered, Base):
    """A work is proposed for a level, within its quota. Handed down to results when the council ends."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("edition_id", "entry_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    reason: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
