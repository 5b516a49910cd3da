"""Who issues papers of an edition, and what it settles for each kind of paper.

These tables belong to `award.editions.models`, which is where other modules take them from.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered


class PaperBody(Numbered, Base):
    """A body that issues papers of the edition: how they are headed and who signs them. Empty is not yet known."""

    __tablename__ = "paper_body"
    __table_args__ = (
        CheckConstraint("form IN ('hd36', 'hd05', 'nd30')", name="form"),
        Index("ix_paper_body_edition", "edition_id", "ordinal"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    parent: Mapped[str] = mapped_column(default="")
    form: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    """BTCG: what stands for the body in a number."""
    authority: Mapped[str] = mapped_column(default="")
    """In whose name is signed, with T/M, K/T or T/L; empty where the head of the body signs directly."""
    post: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")
    term_from: Mapped[date | None]
    """First day of the body's term: from it papers of the Party are numbered from 01 again."""


class PaperKind(Base):
    """What the edition settles for one kind of paper, as far as it is known. Kinds: `award.editions.issuing`."""

    __tablename__ = "paper_kind"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("(number = '') = (day IS NULL)", name="numbered_and_dated"),
        Index("ix_paper_kind_body", "body_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("paper_body.id"))
    symbol: Mapped[str] = mapped_column(default="")
    """QĐ: what stands for the kind in a number."""
    number: Mapped[str] = mapped_column(default="")
    """From the register of the issuing office, with its day: the paper has been issued."""
    day: Mapped[date | None]
    recitals: Mapped[list[str]] = mapped_column(default=list)
    recipients: Mapped[list[str]] = mapped_column(default=list)
    funding: Mapped[str] = mapped_column(default="")
    executors: Mapped[str] = mapped_column(default="")
    writer: Mapped[str] = mapped_column(default="")
    """Who writes the minutes."""
    body: Mapped[PaperBody | None] = relationship()
