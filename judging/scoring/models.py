"""A judge's sheet for one work: marks in whole steps, a private note, and whether it was sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered
from award.text import one_line
from judging.readings.agreement import Read
from judging.readings.models import Reading, Scanned


class ScoreSheet(Numbered, Base):
    """Phiếu chấm. While the round is open only its owner may see it: every query of marks goes through `own_sheets`."""

    __tablename__ = "score_sheet"
    __table_args__ = (CheckConstraint("state IN ('draft', 'finished', 'annulled')", name="state"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    state: Mapped[str] = mapped_column(default="draft")
    note: Mapped[str] = mapped_column(default="")
    """Ghi chú riêng: never leaves its owner."""
    level: Mapped[str | None]
    """Code of the level it proposes, `contents.NO_LEVEL` for none of them; None where nothing was said."""
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


class Arrival(Base):
    """One save that a browser had kept while it was without a network, and which version of the sheet it made.

    The browser sends it until it is answered; by its key it counts once, and its twin is answered alike.
    """

    __tablename__ = "sheet_arrival"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    version: Mapped[int]
    at: Mapped[datetime]


class WorkProblem(Numbered, Base):
    """Lỗi tác phẩm: what keeps a judge from reading, hearing or seeing a work, and what the secretariat said of it."""

    __tablename__ = "work_problem"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_has_words"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    words: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SecondLook(Numbered, Base):
    """Đề nghị xem lại: while the round is frozen a judge looks once more at a sheet that lies apart, and answers once.

    What the sheet held before it was changed stays here, with the nonce and the commitment that the log knows it by.
    """

    __tablename__ = "second_look"
    __table_args__ = (
        CheckConstraint("level IN ('amber', 'red', 'rule')", name="level"),
        CheckConstraint("answer IN ('kept', 'revised')", name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(answer IS NOT DISTINCT FROM 'revised') = (former_commitment IS NOT NULL)", name="former"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"), unique=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    level: Mapped[str]
    """How far apart it lay when it was asked; rule: only the regulations speak."""
    gap: Mapped[str] = mapped_column(default="")
    """Points from the mean of the others, where the regulations set a limit and at least two others were read."""
    limit: Mapped[str] = mapped_column(default="")
    """What the regulations allow; empty where they say nothing."""
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    former: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
    """What the former commitment commits to."""
    former_nonce: Mapped[bytes | None]
    former_commitment: Mapped[str | None]

    @property
    def former_steps(self) -> list[int]:
        """What each criterion had been given before the sheet was changed; empty for one that was not."""
        return [steps for _criterion, steps in (self.former or {}).get("marks", ())]

    @property
    def former_level(self) -> str | None:
        """What it had proposed before it was changed; None where it had said nothing."""
        return (self.former or {}).get("level")


class Exchange(Numbered, Base):
    """Trao đổi về một tác phẩm: once, in a frozen round, judges of a work whose sheets lie apart write to each other.

    The second look at their sheets is answered after it has ended.
    """

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("panel_id", "entry_id"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    named: Mapped[bool]
    """Under names, as the rules said when it was opened; otherwise under numbers."""
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    remarks: Mapped[list["ExchangeRemark"]] = relationship(order_by="ExchangeRemark.id")


class ExchangeRemark(Numbered, Base):
    """What one of them wrote. The log holds a commitment, so that nobody reads it there and nobody changes it here."""

    __tablename__ = "exchange_remark"

    exchange_id: Mapped[int] = mapped_column(ForeignKey("exchange.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    """Of the judge on this work and no other; 0 for who moderates without having judged it."""
    words: Mapped[str]
    written_at: Mapped[datetime]
    nonce: Mapped[bytes]
    commitment: Mapped[str]


class PaperSheet(Scanned, Numbered, Base):
    """Phiếu chấm giấy: the scan of a sheet that a judge filled in and signed, until two persons have keyed it alike.

    Who is bound by a keying has read the scan and knows these marks; nobody else does but the judge.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        Index(
            "uq_paper_sheet_waiting",
            "assignment_id",
            unique=True,
            postgresql_where=text("taken_at IS NULL AND dropped_at IS NULL"),
        ),
        CheckConstraint("(taken_at IS NULL) = (commitment IS NULL)", name="taken"),
        CheckConstraint("(dropped_at IS NULL) = (scan_id IS NOT NULL)", name="scan"),
        CheckConstraint("taken_at IS NULL OR dropped_at IS NULL", name="one_end"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    read_from_scan: Mapped[bool] = mapped_column(default=False)
    """The code on the scan was read and is this sheet's; otherwise a person said so."""
    signed_on: Mapped[date | None]
    commitment: Mapped[str | None]
    """Of the sheet that it became."""
    keyings: Mapped[list["Keying"]] = relationship(cascade="all, delete-orphan", order_by="Keying.ordinal")

    @property
    def readers(self) -> Sequence["Keying"]:
        return self.keyings


class Keying(Reading, Base):
    """One of the two persons who key a paper sheet: bound to keep its marks, and what they read on it."""

    __tablename__ = "keying"
    __table_args__ = (
        UniqueConstraint("paper_id", "ordinal"),
        UniqueConstraint("paper_id", "person_id"),
        CheckConstraint("ordinal IN (1, 2)", name="ordinal"),
        CheckConstraint("(marks IS NULL) = (signed_on IS NULL)", name="keyed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper_sheet.id", ondelete="CASCADE"))
    marks: Mapped[list[list[int]] | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
    """Pairs of criterion and steps, in the order of the sheet."""
    level: Mapped[str | None]
    """The level read on the paper, as `ScoreSheet.level` has it."""
    signed_on: Mapped[date | None]
    reason: Mapped[str | None]
    """What the judge wrote of a second look; None where the paper was not asked for it."""

    @property
    def steps(self) -> dict[int, int]:
        """Steps by criterion; empty before anything was keyed."""
        return {pair[0]: pair[1] for pair in self.marks or ()}

    @property
    def read(self) -> Read | None:
        """Steps by criterion, and under their names the level, the day of the signature, and the reason where asked.

        Where a keyer breaks lines says nothing.
        """
        if self.marks is None:
            return None
        asked = {} if self.reason is None else {"reason": one_line(self.reason)}
        return {**self.steps, "level": self.level, "signed_on": self.signed_on, **asked}
