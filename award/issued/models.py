"""Papers that bear their number, as they were when they got it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class IssuedPaper(Numbered, Base):
    """A paper with its number. `content` never changes; files drawn from it are kept in the store with their hashes.

    One of a kind, and about one thing, stands in an edition; one whose number was taken off stays as what it was,
    taken back.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (
        CheckConstraint("(pdf_key IS NULL) = (pdf_sha256 IS NULL)", name="pdf_hashed"),
        CheckConstraint("(docx_key IS NULL) = (docx_sha256 IS NULL)", name="docx_hashed"),
        Index(
            "uq_issued_paper_standing",
            "edition_id",
            "kind",
            "about",
            unique=True,
            postgresql_where="taken_back_at IS NULL",
        ),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    """A code of `award.editions.issuing`."""
    about: Mapped[str] = mapped_column(default="")
    """Public id of what it decides, where an edition has several papers of the kind."""
    title: Mapped[str]
    number: Mapped[str]
    """With its symbol, as other papers cite it."""
    day: Mapped[date]
    body: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    """What its annex bears, and who asks whether it is genuine types in."""
    content: Mapped[dict[str, Any]]
    """The paper as data (`award.documents.kept`)."""
    content_sha256: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
    pdf_key: Mapped[str | None] = mapped_column(unique=True)
    pdf_sha256: Mapped[str | None]
    pdf_size: Mapped[int | None]
    docx_key: Mapped[str | None] = mapped_column(unique=True)
    docx_sha256: Mapped[str | None]
    docx_size: Mapped[int | None]


class ReturnedScan(Numbered, Base):
    """The scan of the paper as it was signed and stamped, and what a second person found who set it against the draft.

    The newest of a paper counts. `lines` are the numbers, from 1, of the lines of the draft that read otherwise.
    """

    __tablename__ = "returned_scan"
    __table_args__ = (
        CheckConstraint("outcome IN ('', 'same', 'differs')", name="outcome"),
        CheckConstraint("(outcome = '') = (compared_at IS NULL)", name="compared_has_time"),
        CheckConstraint("(compared_at IS NULL) = (compared_by_id IS NULL)", name="compared_by_somebody"),
        CheckConstraint("compared_by_id IS NULL OR compared_by_id <> sent_by_id", name="second_person"),
        Index("ix_returned_scan_paper", "paper_id", "id"),
    )

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), unique=True)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")
    lines: Mapped[list[int]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"), default=list)
    remark: Mapped[str] = mapped_column(default="")
    """Which of both is right, where they differ."""
    compared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    compared_at: Mapped[datetime | None]
