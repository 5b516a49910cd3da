"""A judge's sheet for one work: marks in whole steps, a private note, and whether it was sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered


class ScoreSheet(Numbered, Base):
    """Phiếu chấm. While the round is open only its owner may see it: every query of marks goes through `own_sheets`."""

    __tablename__ = "score_sheet"
    __table_args__ = (CheckConstraint("state IN ('draft', 'finished', 'annulled')", name="state"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    state: Mapped[str] = mapped_column(default="draft")
    note: Mapped[str] = mapped_column(default="")
    """Ghi chú riêng: never leaves its owner."""
    finished_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    nonce: Mapped[bytes | None]
    """Salt of the commitment that the log holds of the finished sheet."""
    commitment: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    marks: Mapped[list["Mark"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class Mark(Base):
    """Steps given on one criterion. A missing mark is no row, never a number."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("sheet_id", "criterion_id"), CheckConstraint("steps >= 0", name="steps"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    steps: Mapped[int]
