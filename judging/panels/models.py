"""Who sits where, who may not judge what, and who reads which work."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered
from award.editions.models import Panel
from award.people.models import Person


class Seat(Numbered, Base):
    """A person on a panel of a round. The pledge comes before the first work is shown."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("panel_id", "person_id"),
        CheckConstraint("most_works > 0", name="most_works"),
        CheckConstraint("role IN ('member', 'chair', 'deputy')", name="role"),
        Index("ix_seat_person", "person_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(default="member")
    pledged_at: Mapped[datetime | None]
    pledge_version: Mapped[int | None]
    ties_told_at: Mapped[datetime | None]
    """When the person, before works were dealt, had gone through the list of authors and organs and said so."""
    most_works: Mapped[int | None]
    """No more works than this are dealt to the seat where others can read them; None: as many as the others get."""
    panel: Mapped[Panel] = relationship()
    person: Mapped[Person] = relationship()


class Conflict(Numbered, Base):
    """A person has to do with a work. `effect` block keeps the person from reading scores, discussing and voting."""

    __tablename__ = "conflict"
    __table_args__ = (
        UniqueConstraint("person_id", "entry_id", "relation"),
        CheckConstraint("source IN ('declared', 'computed', 'found')", name="source"),
        CheckConstraint("effect IN ('block', 'disclose', 'waived')", name="effect"),
        Index("ix_conflict_entry", "entry_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    relation: Mapped[str]
    """Words of each in `award.editions.relations`."""
    source: Mapped[str]
    """The person said so; the system knew; two others found it."""
    effect: Mapped[str] = mapped_column(default="block")
    note: Mapped[str] = mapped_column(default="")
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    tie_id: Mapped[int | None] = mapped_column(ForeignKey("declared_tie.id"), index=True)
    """What the person said of an author or an organ, where the row follows from that."""


class DeclaredTie(Numbered, Base):
    """Before works are dealt a judge says to have to do with an author or a press organ: with every work of theirs.

    What it leads to stands in `Conflict`, one row for each work; works that come later get theirs when they are dealt.
    """

    __tablename__ = "declared_tie"
    __table_args__ = (CheckConstraint("party IN ('author', 'organ')", name="party"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    """The round for which it was said; it holds in the later ones too."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    party: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    name: Mapped[str]
    """As the list gave it; of an author without an account, or an organ nobody listed, all that is known."""
    relation: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class ConflictClaim(Numbered, Base):
    """Whose work it is names somebody of the council who has to do with it: proposed, until the secretariat answers."""

    __tablename__ = "conflict_claim"
    __table_args__ = (
        CheckConstraint("answer IN ('upheld', 'dismissed')", name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    answer: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]


class Dealing(Base):
    """How the works of a round are shared out among the members of each panel. Without a row the rules decide."""

    __tablename__ = "dealing"
    __table_args__ = (CheckConstraint("readings > 0 AND common >= 0", name="counts"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    readings: Mapped[int | None]
    """How many members read a work; None: all members of its panel."""
    common: Mapped[int] = mapped_column(default=0)
    """How many works of each panel all its members read, so that their marks can be compared."""
    common_entries: Mapped[list[int]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"), default=list)
    """Which ones, from the moment the works are dealt."""


class Expertise(Base):
    """A judge knows works of this loại hình well: said by the judge, or noted by the staff. Works are dealt by it.

    A judge without a row said nothing, and is dealt works of every loại hình alike.
    """

    __tablename__ = "expertise"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), primary_key=True)


class Assignment(Numbered, Base):
    """A seat reads an entry in a round. Every path that makes or moves one goes through judging.panels.operations.

    Annulled: given to another member before it was marked, and not to be read any more.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("seat_id", "entry_id"),
        CheckConstraint("state IN ('open', 'recused', 'annulled')", name="state"),
        Index("ix_assignment_round_entry", "round_id", "entry_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ordinal: Mapped[int]
    """Place in the judge's own reading order."""
    state: Mapped[str] = mapped_column(default="open")
    state_reason: Mapped[str] = mapped_column(default="")
    later: Mapped[bool] = mapped_column(default=False)
    """Put off by the judge: "để chấm sau"."""
    opened_at: Mapped[datetime | None]
    """When the judge first had the work before them on a page of this house; of a sheet on paper, or read without a
    network, nothing is known. Nobody but the judge is told before the round is closed."""
    extra: Mapped[bool] = mapped_column(default=False)
    """Asked for while the round is frozen, on a work near the cut."""
    seat: Mapped[Seat] = relationship()
