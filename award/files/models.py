"""A file as the award knows it, and what was made from it for reading."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered

FILE_STATES = ("uploading", "stored", "verifying", "ready", "rejected")


class File(Numbered, Base):
    """Bytes in the store under a random key. The owner of the row that names it decides who reads it.

    States: uploading → stored → verifying → ready | rejected. `reason` is a code of `award.files.words` when rejected.
    """

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("state IN ('uploading', 'stored', 'verifying', 'ready', 'rejected')", name="state"),
    )

    uploader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    upload_id: Mapped[str | None]
    """Of the unfinished upload in the store; None once it is finished, or was given up there."""
    name: Mapped[str]
    kind: Mapped[str]
    """A code of uploads.kinds, e.g. "pdf"."""
    content_type: Mapped[str]
    size: Mapped[int]
    part_size: Mapped[int]
    part_hashes: Mapped[list[str]]
    """SHA-256 of each part as the browser computed them before sending, hex."""
    fingerprint: Mapped[str]
    """SHA-256 over the part hashes: what the receipt shows and a resume must match."""
    state: Mapped[str] = mapped_column(default="uploading", index=True)
    reason: Mapped[str | None]
    sha256: Mapped[str | None]
    """Of every byte, computed by the worker from the store."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the bytes say: mime, pages, width, height, duration."""
    scan: Mapped[str] = mapped_column(default="not_scanned")
    stored_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    renditions: Mapped[list["Rendition"]] = relationship(
        back_populates="file", order_by="Rendition.ordinal", cascade="all, delete-orphan"
    )


class Rendition(Base):
    """Something made from a file for reading: a page image, clean text. Never the original.

    Text lives in its row alone, so that it can be read and scored while the store is away.
    """

    __tablename__ = "rendition"
    __table_args__ = (
        UniqueConstraint("file_id", "kind", "ordinal"),
        CheckConstraint("kind IN ('page', 'text')", name="kind"),
        CheckConstraint("kind <> 'page' OR key IS NOT NULL", name="pages_are_stored"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    kind: Mapped[str]
    ordinal: Mapped[int]
    key: Mapped[str | None] = mapped_column(unique=True)
    size: Mapped[int]
    content_type: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a page: width and height. Of text: its paragraphs under "paragraphs"."""
    file: Mapped[File] = relationship(back_populates="renditions")
