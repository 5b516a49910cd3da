"""What stands beside the rules of an edition: how they were changed once entries were open, who is to be asked, on
which days nobody works.

These tables belong to `award.editions.models`, which is where other modules take them from.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Amendment(Numbered, Base):
    """A change of the rules after entries were opened: the paper that says so, and what stood and stands. Never edited.

    `changes` is a list of {"code", "label", "before", "after"}: the words everybody reads, as they read them.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("edition_id", "ordinal"),
        CheckConstraint("ordinal > 0", name="ordinal"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    ordinal: Mapped[int]
    """Sửa đổi lần thứ mấy. What was judged before the first stands under version 0."""
    number: Mapped[str]
    """Of the paper: 15-QĐ/BTCG."""
    day: Mapped[date]
    """Of the paper."""
    reason: Mapped[str]
    changes: Mapped[dict[str, Any]]
    """{"lines": [{"code", "label", "before", "after"}, …]}"""
    at: Mapped[datetime]
    """In force from this instant."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    told: Mapped[int] = mapped_column(default=0)
    """How many people a letter went to."""


class Invitee(Numbered, Base):
    """Somebody who held a role in an earlier edition and is to be asked again; no letter has gone out yet."""

    __tablename__ = "invitee"
    __table_args__ = (UniqueConstraint("edition_id", "person_id", "role"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]


class DayOff(Base):
    """A day announced as off, or as worked although it is a weekend: for all awards of the house."""

    __tablename__ = "day_off"

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str]
    """Tết Nguyên đán."""
    worked: Mapped[bool] = mapped_column(default=False)
