"""Days an edition plans beside its stages, and the address under which a person's own dates can be read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class PlannedDay(Numbered, Base):
    """When the council meets, when the prizes are handed over: as planned, public, moved at any time."""

    __tablename__ = "planned_day"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("kind IN ('council', 'ceremony')", name="kind"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]


class CalendarAddress(Numbered, Base):
    """Leave to read one person's dates without signing in, for who holds the address made from it. Gone, it opens
    nothing any more; the next one is another."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
