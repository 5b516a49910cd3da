"""Which works were near the cut when a round was frozen."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base


class Zone(Base):
    """How sure each work's place was when its round was frozen: settled once, so that nobody reads until it suits."""

    __tablename__ = "zone"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """What the log holds a commitment of: panel, work, thousandths of a chance to be above the cut."""
    nonce: Mapped[bytes]
    commitment: Mapped[str]
    settled_at: Mapped[datetime]
