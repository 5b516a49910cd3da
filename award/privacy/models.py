"""What people ask concerning their data, with the day by which they have to be answered, and how long data are kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from award.db import Base, Numbered
from award.text import folded, one_line

KINDS = ("access", "export", "correction", "erasure", "consent")
REQUEST_STATES = ("open", "answered", "refused", "withdrawn")


class PrivacyRequest(Numbered, Base):
    """Yêu cầu về dữ liệu cá nhân: of a person of the house, or of somebody who is only named in works.

    `rows` says which rows of which table the asker is, as somebody found who compared them. `due_day` is the last day
    on which an answer is in time.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("kind IN ('access', 'export', 'correction', 'erasure', 'consent')", name="kind"),
        CheckConstraint("state IN ('open', 'answered', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_time"),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refusal_has_reason"),
        Index("ix_privacy_request_open", "award_id", "due_day", postgresql_where="state = 'open'"),
        Index("ix_privacy_request_person", "person_id"),
    )

    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    """Whose secretariat answers. The house holds a person once, so what is done is done for all awards."""
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(default="")
    """Of somebody without an account, as the letter has it."""
    name_folded: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    newsroom_words: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    """What is asked, as asked."""
    received_on: Mapped[date]
    due_day: Mapped[date]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who recorded a request that came on paper."""
    rows: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answer: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    export_key: Mapped[str | None] = mapped_column(unique=True)
    export_size: Mapped[int | None]
    export_sha256: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @validates("name")
    def _keep_folded(self, _key: str, name: str) -> str:
        name = one_line(name)
        self.name_folded = folded(name)
        return name


class RetentionRule(Base):
    """After how many days a class of data is let go, where somebody said otherwise than the house. `code`: a Lapse."""

    __tablename__ = "retention_rule"

    code: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int | None]
    """None: kept."""
    reason: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
