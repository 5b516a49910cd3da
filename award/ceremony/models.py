"""What the desk of the ceremony has written beside a certificate."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Handover(Numbered, Base):
    """Trao một giấy chứng nhận: whether who is named on it came, who takes it for them, and that it was signed for.

    It belongs to the paper: one that was printed anew after a correction is handed over anew.
    """

    __tablename__ = "certificate_handover"
    __table_args__ = (
        UniqueConstraint("certificate_id"),
        CheckConstraint("signed_at IS NULL OR here IS TRUE OR proxy <> ''", name="signed_by_somebody"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    here: Mapped[bool | None]
    """None: nobody has said yet."""
    proxy: Mapped[str] = mapped_column(default="")
    """Who takes it for them, as it was told."""
    signed_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
