"""Viewings: a panel hears and watches works together in one room; which, when, and who was there."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.clock import now
from award.db import Base, Numbered
from award.editions.models import Panel


class Viewing(Numbered, Base):
    """A panel sits before one screen. One at a time."""

    __tablename__ = "viewing"
    __table_args__ = (
        Index("uq_viewing_running", "panel_id", unique=True, postgresql_where=text("closed_at IS NULL")),
        Index("ix_viewing_panel", "panel_id"),
    )

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    turn: Mapped[int] = mapped_column(default=0)
    """How often something changed: what devices in the room ask for."""
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    panel: Mapped[Panel] = relationship()


class Viewer(Base):
    """A member of the panel in a viewing, and whether the roll call found the member present."""

    __tablename__ = "viewer"

    viewing_id: Mapped[int] = mapped_column(ForeignKey("viewing.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    present: Mapped[bool] = mapped_column(default=False)


class ViewedWork(Numbered, Base):
    """A work that was put on. At most one of a viewing is on: the one without an end."""

    __tablename__ = "viewed_work"
    __table_args__ = (
        Index("uq_viewed_work_on", "viewing_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_viewed_work_viewing", "viewing_id"),
    )

    viewing_id: Mapped[int] = mapped_column(ForeignKey("viewing.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class ViewedBy(Base):
    """Somebody who was there while the work was on, or who was told to leave before it was."""

    __tablename__ = "viewed_by"

    work_id: Mapped[int] = mapped_column(ForeignKey("viewed_work.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    recused: Mapped[bool] = mapped_column(default=False)
