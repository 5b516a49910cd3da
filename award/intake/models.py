"""The ledger of what arrives at the secretariat: parcels, the things in them, the works they bring."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from award.db import Base, Numbered
from award.editions.posting import Arrival
from award.files.models import File
from award.text import folded, one_line


class Handover(Numbered, Base):
    """Things that were given back: to whom, on which day. Its sheet is signed by who took them."""

    __tablename__ = "handover"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    receiver: Mapped[str]
    given_on: Mapped[date]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Parcel(Numbered, Base):
    """Gói hồ sơ: one line of the ledger. Numbered without gaps and never deleted; a line made by mistake says so."""

    __tablename__ = "parcel"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("channel IN ('post', 'hand', 'email', 'usb', 'disk', 'dossier')", name="channel"),
        CheckConstraint("postmark_on IS NULL OR channel = 'post'", name="postmark_of_post"),
        CheckConstraint("(voided_at IS NULL) = (void_reason = '')", name="voided_with_reason"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int]
    channel: Mapped[str]
    sender: Mapped[str]
    sender_folded: Mapped[str] = mapped_column(default="")
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"), index=True)
    newsroom_text: Mapped[str] = mapped_column(default="")
    """The organ as typed, when it is not listed."""
    postmark_on: Mapped[date | None]
    arrived_at: Mapped[datetime]
    """Stamped once, when the line is written, and never later than the database's clock."""
    contents: Mapped[str] = mapped_column(default="")
    """What else was in it, in words."""
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    pieces: Mapped[list["Piece"]] = relationship(order_by="Piece.ordinal", cascade="all, delete-orphan")
    scans: Mapped[list[File]] = relationship(secondary="parcel_scan", order_by="ParcelScan.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}

    @validates("sender")
    def _keep_folded(self, _key: str, sender: str) -> str:
        sender = one_line(sender)
        self.sender_folded = folded(sender)
        return sender

    @property
    def came(self) -> Arrival:
        """By which way it came and when."""
        return Arrival(self.channel, self.arrived_at, self.postmark_on)


class Piece(Numbered, Base):
    """Hiện vật: one kind of thing in a parcel, how many of it, and where they lie until they are given back."""

    __tablename__ = "piece"
    __table_args__ = (
        Index("ix_piece_parcel", "parcel_id"),
        CheckConstraint("kind IN ('envelope', 'print', 'usb', 'disk', 'disc', 'other')", name="kind"),
        CheckConstraint("count > 0", name="some"),
    )

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    ordinal: Mapped[int]
    kind: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    words: Mapped[str] = mapped_column(default="")
    """What it is, where its kind does not say enough."""
    kept_at: Mapped[str] = mapped_column(default="")
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handover.id"), index=True)
    """With which it was given back."""


class ParcelWork(Base):
    """A work that a parcel brought. `begun`: its dossier was opened from the parcel; otherwise it was there already."""

    __tablename__ = "parcel_work"
    __table_args__ = (UniqueConstraint("parcel_id", "entry_id"), Index("ix_parcel_work_entry", "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    begun: Mapped[bool] = mapped_column(default=False)


class LooseScan(Base):
    """A scan that was sent with others, before anybody said which parcel it belongs to."""

    __tablename__ = "loose_scan"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), unique=True)
    unread: Mapped[bool] = mapped_column(default=False)
    """It was looked at, and no label on it named a parcel: somebody has to."""


class ParcelScan(Base):
    """A scan of the cover letter or the envelope."""

    __tablename__ = "parcel_scan"
    __table_args__ = (UniqueConstraint("parcel_id", "file_id"), Index("ix_parcel_scan_file", "file_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
