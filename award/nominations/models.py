"""The list that goes to the national award: its own order, its own decision, its own clock; dossiers out and in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered
from award.nominations.resolution import Resolution, resolution_of


class Nomination(Numbered, Base):
    """A work chosen for the national award."""

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("edition_id", "entry_id"),
        CheckConstraint("state IN ('chosen', 'completing', 'sent', 'received', 'shortlisted', 'prized')", name="state"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ordinal: Mapped[int]
    state: Mapped[str] = mapped_column(default="chosen")
    reason: Mapped[str] = mapped_column(default="")
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the national rules said of it when it was chosen."""
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Dossier(Numbered, Base):
    """One built dossier: a ZIP in the store with list, folder per work and manifest. A second build is identical."""

    __tablename__ = "dossier"
    __table_args__ = (
        CheckConstraint("state IN ('building', 'ready', 'failed')", name="state"),
        CheckConstraint(
            "(resolution_number = '') = (resolution_day IS NULL) AND (resolution_number = '') = (resolution_body = '')",
            name="resolution_is_whole",
        ),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    whole: Mapped[bool] = mapped_column(default=False)
    """Of every work the edition received, with its set-up, for another house to go on with; not of the list."""
    state: Mapped[str] = mapped_column(default="building")
    letter_number: Mapped[str] = mapped_column(default="")
    letter_day: Mapped[date | None]
    resolution_number: Mapped[str] = mapped_column(default="")
    resolution_day: Mapped[date | None]
    resolution_body: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    files: Mapped[int | None]
    fingerprint: Mapped[str | None]
    """Of the key that signed it."""
    fault: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    built_at: Mapped[datetime | None]

    @property
    def resolution(self) -> Resolution | None:
        """By which paper its works were chosen."""
        return resolution_of(self.resolution_number, self.resolution_day, self.resolution_body)


class Delivery(Numbered, Base):
    """A dossier that another house sent: uploaded, read to its last byte, looked through, taken in as a whole.

    States: sending → checking → refused | checked → taking → taken; back to checked when it could not be taken in.
    What it says stays in `told` until it is taken in; its sums and the signature on them stay for good.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state IN ('sending', 'checking', 'refused', 'checked', 'taking', 'taken')", name="state"),
        CheckConstraint("state <> 'checked' OR told IS NOT NULL", name="checked_is_told"),
        Index("ix_delivery_edition", "edition_id", "id"),
        Index("ix_delivery_key", "fingerprint"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), unique=True)
    """The ZIP itself; None once it was let go."""
    state: Mapped[str] = mapped_column(default="sending")
    percent: Mapped[int] = mapped_column(default=0)
    """How much of it was read, or taken in."""
    fault: Mapped[str] = mapped_column(default="")
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    arrived_at: Mapped[datetime | None]
    """When its last byte had come."""
    fingerprint: Mapped[str | None]
    """Of the key it is signed with."""
    sums: Mapped[str] = mapped_column(default="")
    signature: Mapped[str] = mapped_column(default="")
    """Hex, over `sums`."""
    sender: Mapped[str] = mapped_column(default="")
    sender_edition: Mapped[str] = mapped_column(default="")
    letter: Mapped[str] = mapped_column(default="")
    letter_day: Mapped[date | None]
    resolution_number: Mapped[str] = mapped_column(default="")
    resolution_day: Mapped[date | None]
    resolution_body: Mapped[str] = mapped_column(default="")
    told: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The works as the dossier describes them, while they wait to be taken in."""
    checked_at: Mapped[datetime | None]
    kinds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The sender's category → the public id of the one it becomes here, as it was decided."""
    compared: Mapped[bool] = mapped_column(default=False)
    """Whoever took it in had compared the key with the sender, where it was not known."""
    parcel_id: Mapped[int | None] = mapped_column(ForeignKey("parcel.id"))
    """The line of the ledger it came with."""
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]

    @property
    def resolution(self) -> Resolution | None:
        """By which paper its sender chose the works."""
        return resolution_of(self.resolution_number, self.resolution_day, self.resolution_body)


class DeliveredWork(Base):
    """Where a work came from. The same work is taken in once in an edition, however often its sender sends it."""

    __tablename__ = "delivered_work"
    __table_args__ = (UniqueConstraint("edition_id", "origin"), Index("ix_delivered_work_delivery", "delivery_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), unique=True)
    origin: Mapped[str]
    """What names the work at its sender."""
    code: Mapped[str]
    """Its code there, as people know it."""
    content: Mapped[str]
    """SHA-256 over all that was told of it: another next time means that something was changed."""
    lacks: Mapped[str] = mapped_column(default="")
    """Why it was not submitted with the others, when it was not."""


class NominationNews(Numbered, Base):
    """What became known of a work at the national award, and from where. Later news stand beside earlier ones."""

    __tablename__ = "nomination_news"
    __table_args__ = (
        CheckConstraint("state IN ('sent', 'received', 'shortlisted', 'prized')", name="state"),
        CheckConstraint("(state = 'prized') = (prize <> '')", name="prize_is_named"),
        Index("ix_nomination_news_nomination", "nomination_id", "id"),
    )

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    state: Mapped[str]
    prize: Mapped[str] = mapped_column(default="")
    """Giải B: what it won there, as the source calls it."""
    source: Mapped[str]
    """The paper, the list or the telephone call it is known from."""
    known_on: Mapped[date]
    """The day of the source."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
