"""A file as the award knows it, and what was made from it for reading."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered
from uploads.looks import PAGE_BITS

FILE_STATES = ("uploading", "stored", "verifying", "ready", "unchecked", "rejected")


class File(Numbered, Base):
    """Bytes in the store under a random key. The owner of the row that names it decides who reads it.

    States: uploading → stored → verifying → ready | unchecked | rejected. `reason` is a code of `award.files.words` for
    the last two. What is unchecked broke whoever opened it, again and again: it stays with its work, unread by judges.
    """

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint(f"state IN {FILE_STATES}", name="state"),
        CheckConstraint("light IN ('none', 'waiting', 'done', 'failed')", name="light"),
    )

    uploader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    upload_id: Mapped[str | None]
    """Of the unfinished upload in the store, or uploads.protocol.IN_ONE; None once it is finished, or was given up."""
    just_begun = False
    """No column: True from the beginning of the upload until its answer, while the store surely holds nothing of it."""
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
    sha256: Mapped[str | None] = mapped_column(index=True)
    """Of every byte, computed by the worker from the store."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the bytes say: the fields of uploads.verdict.Facts that apply."""
    scan: Mapped[str] = mapped_column(default="not_scanned")
    """The state of an uploads.scan.Scan: clean only when a scanner read every byte."""
    stored_at: Mapped[datetime | None]
    verify_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    verified_at: Mapped[datetime | None]
    light: Mapped[str] = mapped_column(default="none", server_default="none", index=True)
    """Of a photo or a recording that is ready: whether the versions for reading are there. It stays ready without."""
    light_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    light_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    renditions: Mapped[list["Rendition"]] = relationship(
        back_populates="file", order_by="Rendition.ordinal", cascade="all, delete-orphan"
    )


class Rendition(Base):
    """Something made from a file for reading. Never the original, and without anything that names its maker.

    Pages are numbered from 1. A photo's ordinal is its long side, 0 for full size. Text and the picture of a sound live
    in their rows alone, so that they can be read while the store is away.
    """

    __tablename__ = "rendition"
    __table_args__ = (
        UniqueConstraint("file_id", "kind", "ordinal"),
        CheckConstraint("kind IN ('page', 'text', 'photo', 'poster', 'light', 'sound', 'waveform')", name="kind"),
        CheckConstraint("kind IN ('text', 'waveform') OR key IS NOT NULL", name="stored"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"))
    kind: Mapped[str]
    ordinal: Mapped[int]
    key: Mapped[str | None] = mapped_column(unique=True)
    size: Mapped[int]
    content_type: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of a picture or a film: width and height. Of text: its "paragraphs". Of a waveform: its "peaks", 0 to 100."""
    file: Mapped[File] = relationship(back_populates="renditions")


class Fetch(Base):
    """That within this hour a person who had not sent the file was given it as it came. `saved`: to keep it."""

    __tablename__ = "file_fetch"
    __table_args__ = (Index("ix_file_fetch_at", "at"), Index("ix_file_fetch_person", "person_id"))

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    saved: Mapped[bool] = mapped_column(primary_key=True)


class Fingerprint(Base):
    """What a ready file says, looks and sounds like, so that the same work is known again. It goes with its file.

    A text has shingles, a photo the four numbers of uploads.looks.Look, a film one number a second, a sound eight; a
    scan has its pages, and a photo is one.
    """

    __tablename__ = "fingerprint"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    shingles: Mapped[int] = mapped_column(default=0)
    """How many different ones the text has."""
    waves: Mapped[int | None]
    slopes: Mapped[int | None]
    waves_mirrored: Mapped[int | None]
    slopes_mirrored: Mapped[int | None]
    frames: Mapped[bytes | None]
    sound: Mapped[bytes | None]
    deaf: Mapped[bool] = mapped_column(default=False)
    """There is sound that was not listened to: the machine had no library for it."""


class Shingle(Base):
    """That a text has these five syllables in a row: the index by which texts that share some find each other."""

    __tablename__ = "shingle"
    __table_args__ = (Index("ix_shingle_file", "file_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_id: Mapped[int] = mapped_column(ForeignKey("fingerprint.file_id", ondelete="CASCADE"), primary_key=True)


class PageLook(Base):
    """What a page of a scan looks like (uploads.looks.page), or a photo, which may be one of a page. Empty ones have no
    look."""

    __tablename__ = "page_look"

    file_id: Mapped[int] = mapped_column(ForeignKey("fingerprint.file_id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    look: Mapped[str] = mapped_column(BIT(PAGE_BITS))


class Resemblance(Base):
    """Two files that are alike in one respect, and how. A suggestion: people look at both and conclude.

    The file with the smaller number stands first. Facts of a text: percent, longest. Of a photo: waves, slopes,
    mirrored; of scans apart (bits), pages (how many are alike), first_page and second_page (those most alike). Of a
    film or a sound: seconds, first_at, second_at; of a sound also wrong (percent of bits).
    """

    __tablename__ = "resemblance"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("kind IN ('bytes', 'text', 'photo', 'film', 'sound')", name="kind"),
        Index("ix_resemblance_second", "second_id"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    same: Mapped[bool]
    """Nearly the same, not only worth a look."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
