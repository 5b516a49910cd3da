"""What newsrooms say of the works they published or aired, and the lists they bring."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, validates

from award.db import Base, Numbered
from award.text import folded


class Attestation(Numbered, Base):
    """Xác nhận của cơ quan đăng, phát: what one newsroom said of one submitted work, and of which facts.

    One stands for a work at a time. It ends when the newsroom says something else, when the work is withdrawn, and when
    one of the facts it speaks of is changed; it stays as history.
    """

    __tablename__ = "attestation"
    __table_args__ = (
        Index("uq_attestation_standing", "entry_id", unique=True, postgresql_where="ended_at IS NULL"),
        Index("ix_attestation_entry", "entry_id", "id"),
        CheckConstraint("answer IN ('confirmed', 'refused')", name="answer"),
        CheckConstraint("(answer = 'refused') = (reason <> '')", name="refusal_has_reason"),
        CheckConstraint("ended IN ('', 'changed', 'replaced', 'withdrawn')", name="ended"),
        CheckConstraint("(ended_at IS NULL) = (ended = '')", name="ended_has_time"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    newsroom_id: Mapped[int] = mapped_column(ForeignKey("newsroom.id"), index=True)
    """Who said it: the publisher itself, or what became of it."""
    answer: Mapped[str]
    facts_hash: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]
    list_id: Mapped[int | None] = mapped_column(ForeignKey("signed_list.id"), index=True)
    """The signed list it was said on, where it was said on paper."""
    ended: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]


class EntryImport(Numbered, Base):
    """A list of works that somebody sent as a workbook: a draft to look through, then taken in.

    It is of one newsroom, or of the secretariat where it names none.
    """

    __tablename__ = "entry_import"
    __table_args__ = (
        Index("ix_entry_import_desk", "edition_id", "newsroom_id", "id"),
        CheckConstraint("state IN ('draft', 'done')", name="state"),
        CheckConstraint("(state = 'draft') = (draft IS NOT NULL)", name="draft_has_rows"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    read_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The rows as they were typed, while it is a draft."""
    done_at: Mapped[datetime | None]
    works: Mapped[int] = mapped_column(default=0)


class ExpectedFile(Base):
    """A file that a list names for a part of a work; it is known by its name when it is sent."""

    __tablename__ = "expected_file"
    __table_args__ = (Index("ix_expected_file_entry", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_folded: Mapped[str]

    @validates("name")
    def _keep_folded(self, _key: str, name: str) -> str:
        self.name_folded = folded(name)
        return name


class SignedList(Numbered, Base):
    """A list of works printed to be signed and stamped by the newsroom, and what came back."""

    __tablename__ = "signed_list"
    __table_args__ = (
        Index("ix_signed_list_desk", "edition_id", "newsroom_id", "id"),
        CheckConstraint("(returned_at IS NULL) = (returned_by_id IS NULL)", name="returned_by_somebody"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    newsroom_id: Mapped[int] = mapped_column(ForeignKey("newsroom.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    works: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """In the order of the paper: entry (id), code, title, authors, appeared, category, facts (hash)."""
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """Authors without an account who sign what is declared, in the order of the paper (`signers`)."""
    words: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """What is declared on it, purpose by purpose: the words as printed, their version and mark."""
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    scan_sha256: Mapped[str] = mapped_column(default="")
    """Of the scan as it was when the list was recorded: what is declared rests on these bytes."""
    signatory: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    read_from_scan: Mapped[bool] = mapped_column(default=False)
    """The code on the scan was read and is this list's; otherwise a person said so."""
    returned_at: Mapped[datetime | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class NewsroomChoice(Base):
    """Lựa chọn của cơ quan: a work its newsroom puts before others, and in which place."""

    __tablename__ = "newsroom_choice"
    __table_args__ = (
        CheckConstraint("place > 0", name="place"),
        Index("ix_newsroom_choice_desk", "newsroom_id", "place"),
    )

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    newsroom_id: Mapped[int] = mapped_column(ForeignKey("newsroom.id"))
    """Who chose: the publisher itself, or what became of it."""
    place: Mapped[int]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime]
