"""Which works were near the cut when a round was frozen; what was decided or drawn about equal works."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Zone(Base):
    """How sure each work's place was when its round was frozen: settled once, so that nobody reads until it suits."""

    __tablename__ = "zone"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """What the log holds a commitment of: panel, work, thousandths of a chance to be above the cut."""
    nonce: Mapped[bytes]
    commitment: Mapped[str]
    settled_at: Mapped[datetime]


class TieRuling(Numbered, Base):
    """Equal works of a closed round put in order: by the chair in writing, or by a lot that anybody can repeat.

    A lot is announced first, with where its numbers will come from; `key` and order are empty until it is drawn.
    """

    __tablename__ = "tie_ruling"
    __table_args__ = (
        CheckConstraint("kind IN ('decision', 'lot')", name="kind"),
        CheckConstraint("kind = 'decision' OR source <> ''", name="a_lot_has_a_source"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    works: Mapped[list[int]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """The equal works: in the order that was decided, or that the lot drew; sorted while it is not drawn."""
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
