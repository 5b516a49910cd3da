"""Corrections of a closed round: sheets that count no longer, by two persons and with a reason."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class RoundCorrection(Numbered, Base):
    """Đính chính: the round's places were found anew as `version`; the version before stays to be read.

    The log holds a commitment of what was corrected and why.
    """

    __tablename__ = "round_correction"
    __table_args__ = (UniqueConstraint("round_id", "version"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    countersign_id: Mapped[int] = mapped_column(ForeignKey("countersign.id"), unique=True)
    reason: Mapped[str]
    sheets: Mapped[list[str]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """Commitments of the sheets that count no longer."""
    nonce: Mapped[bytes]
    commitment: Mapped[str]

    def content(self, round_key: str) -> dict[str, Any]:
        """What the commitment commits to."""
        return {"round": round_key, "version": self.version, "sheets": self.sheets, "reason": self.reason}
