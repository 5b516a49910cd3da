"""The decision whether an entry is eligible, and the code judges know it by."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base


class Screening(Base):
    """One per submitted entry. Reversible until its list is approved, each time with a reason."""

    __tablename__ = "screening"
    __table_args__ = (
        UniqueConstraint("edition_id", "blind_code"),
        CheckConstraint("decision IN ('pending', 'correction', 'eligible', 'ineligible')", name="decision"),
        CheckConstraint("decision <> 'eligible' OR blind_code IS NOT NULL", name="eligible_has_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    decision: Mapped[str] = mapped_column(default="pending")
    reason: Mapped[str] = mapped_column(default="")
    clause: Mapped[str] = mapped_column(default="")
    blind_code: Mapped[str | None]
    """III-IN-042: kept once given, even if the decision is reversed."""
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The automatic findings as they stood when decided."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
