"""Works that a panel scores first to find a common measure, and the sheets of them.

They stand apart from entries and score sheets: nothing that deals, ranks, counts or publishes reads these tables.
"""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered

MOST = 3
"""So many works a panel scores first at most."""


class CalibrationWork(Numbered, Base):
    """Bài chấm thử: a published work that is no entry of the edition: its title, with a link, its text, a file."""

    __tablename__ = "calibration_work"
    __table_args__ = (
        UniqueConstraint("panel_id", "ordinal"),
        CheckConstraint(f"ordinal BETWEEN 1 AND {MOST}", name="ordinal"),
    )

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    title: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), unique=True)
    """A page, a picture or a recording of it."""

    @property
    def readable(self) -> bool:
        """Whether there is anything to judge."""
        return bool(self.link or self.text or self.file_id)


class CalibrationSheet(Numbered, Base):
    """What a judge gave a calibration work, by the criteria of the round."""

    __tablename__ = "calibration_sheet"
    __table_args__ = (UniqueConstraint("work_id", "seat_id"),)

    work_id: Mapped[int] = mapped_column(ForeignKey("calibration_work.id", ondelete="CASCADE"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    marks: Mapped[list[list[int]]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    """Pairs of criterion and steps."""
    level: Mapped[str | None]
    """The level it proposes, as `ScoreSheet.level` has it."""
    finished_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def steps(self) -> dict[int, int]:
        """Steps by criterion."""
        return {pair[0]: pair[1] for pair in self.marks}


class CalibrationEnd(Base):
    """The chair has closed the calibration of a panel: nobody has to wait for it any more."""

    __tablename__ = "calibration_end"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id", ondelete="CASCADE"), primary_key=True)
    ended_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime]
