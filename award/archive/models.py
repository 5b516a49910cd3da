"""Archives of an edition: folders of static pages that outlive the house, as ZIPs in the store."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Archive(Numbered, Base):
    """One archive that was asked for. `audience`: everybody, or the house. `works`: whose files lie in it.

    States: building → ready | failed; ready → replaced by a later one of the same audience.
    """

    __tablename__ = "archive"
    __table_args__ = (
        CheckConstraint("audience IN ('public', 'complete')", name="audience"),
        CheckConstraint("works IN ('none', 'winners', 'eligible')", name="works"),
        CheckConstraint("state IN ('building', 'ready', 'failed', 'replaced')", name="state"),
        CheckConstraint("audience <> 'public' OR works = 'none' OR licence <> ''", name="licensed"),
        Index("ix_archive_edition", "edition_id", "id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    audience: Mapped[str]
    works: Mapped[str]
    licence: Mapped[str] = mapped_column(default="")
    """By which paper the authors let their works be given to everybody."""
    state: Mapped[str] = mapped_column(default="building")
    key: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    files: Mapped[int | None]
    fingerprint: Mapped[str | None]
    """Of the key that signed it."""
    fault: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    built_at: Mapped[datetime | None]
