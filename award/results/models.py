"""What judging handed down: standings and outcomes; the province's decision; publication."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base, Numbered


class Standing(Base):
    """An entry's place in a closed round. The score is an exact fraction of points on the round's scale."""

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("round_id", "entry_id"),
        Index("ix_standing_order", "round_id", "panel_id", "rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    rank: Mapped[int | None]
    """Equal scores share a rank (1, 2, 2, 4). None with fewer sheets than it needed."""
    score_numerator: Mapped[int | None]
    score_denominator: Mapped[int | None]
    sheets: Mapped[int]
    needed: Mapped[int] = mapped_column(default=1)
    """How many sheets the rules of the round asked for before a work has a rank."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Per sheet: seat, total in steps, marks by criterion. Only readable once the round is closed."""
    advanced: Mapped[bool | None]
    """On the shortlist of this round; None until the shortlist is drawn."""
    advanced_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    """Of the round's places: 1 as they were when it ended, more once they were corrected."""


class FormerStanding(Base):
    """An entry's place as it was before the places of its round were corrected."""

    __tablename__ = "former_standing"
    __table_args__ = (UniqueConstraint("round_id", "version", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    rank: Mapped[int | None]
    score_numerator: Mapped[int | None]
    score_denominator: Mapped[int | None]
    sheets: Mapped[int]
    needed: Mapped[int] = mapped_column(default=1)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Result(Numbered, Base):
    """A prize for a work: proposed by the council, decided by the organisers. One of a kind for a work."""

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("entry_id", "kind"),
        CheckConstraint("kind IN ('main', 'thematic')", name="kind"),
        CheckConstraint("state IN ('proposed', 'decided', 'revoked')", name="state"),
        Index("ix_result_edition", "edition_id", "prize_level_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    kind: Mapped[str] = mapped_column(default="main")
    """The kind of its level."""
    theme: Mapped[str] = mapped_column(default="")
    """What a thematic prize is given for."""
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class Honour(Numbered, Base):
    """A prize for a body, or for a person a work depicts: proposed by the council, decided with the others."""

    __tablename__ = "honour"
    __table_args__ = (
        UniqueConstraint("prize_level_id", "recipient"),
        CheckConstraint("state IN ('proposed', 'decided', 'revoked')", name="state"),
        Index("ix_honour_edition", "edition_id", "prize_level_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    recipient: Mapped[str]
    """As it stands on the paper."""
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """The body, when it is a listed press organ."""
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    """The work that depicts the person."""
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="proposed")
    decided_at: Mapped[datetime | None]


class SetAside(Numbered, Base):
    """A proposal of the council that did not come into the decision: whose it was, why, and on whose opinion."""

    __tablename__ = "set_aside"
    __table_args__ = (
        CheckConstraint("(entry_id IS NOT NULL) OR (recipient <> '')", name="of_somebody"),
        Index("ix_set_aside_edition", "edition_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    recipient: Mapped[str] = mapped_column(default="")
    """Of an honour: whom it was for."""
    reason: Mapped[str]
    opinion_id: Mapped[int | None] = mapped_column(ForeignKey("opinion.id"))
    """What the body said that was asked, where it was the ground."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Remark(Numbered, Base):
    """Nhận xét gửi tác giả: what the council lets the authors of a work know, once the results are public.

    It is the council's, never one judge's: nobody is named in it to whom it goes.
    """

    __tablename__ = "remark"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    words: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class Decision(Numbered, Base):
    """The paper by which the province decided the prizes: number from the register, date, signatory."""

    __tablename__ = "decision"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    number: Mapped[str]
    day: Mapped[date]
    body: Mapped[str]
    signatory: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class Commendation(Numbered, Base):
    """Bodies and persons are commended by a paper of their own, beside the decision of the prizes.

    The row says that they are; once the paper is recorded it has its number, day, body and signatory.
    """

    __tablename__ = "commendation"
    __table_args__ = (
        CheckConstraint("(number = '') = (day IS NULL)", name="numbered_and_dated"),
        CheckConstraint("(number = '') = (recorded_at IS NULL)", name="recorded_has_time"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]
    body: Mapped[str] = mapped_column(default="")
    signatory: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime | None]


class Publication(Numbered, Base):
    """The instant from which the public reads the results. Before it, no door shows them."""

    __tablename__ = "publication"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    at: Mapped[datetime]
    countersign_id: Mapped[int] = mapped_column(ForeignKey("countersign.id"), unique=True)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Disclosure(Numbered, Base):
    """Công khai: which figures of the judging everybody may read beside the results, as the organiser decided last."""

    __tablename__ = "disclosure"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    agreement: Mapped[bool] = mapped_column(default=False)
    ties: Mapped[bool] = mapped_column(default=False)
    recusals: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[str]
    """On which paper or conclusion it was decided."""
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class Ruling(Numbered, Base):
    """A prize taken back, given later or lowered, by a paper after it was decided: two persons record it.

    Prizes stand on the council's proposals; whatever came after stands here with its own number, day and reason.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint("kind IN ('revoked', 'awarded', 'lowered')", name="kind"),
        CheckConstraint("state IN ('proposed', 'confirmed', 'withdrawn')", name="state"),
        CheckConstraint("(honour_id IS NULL) <> (entry_id IS NULL)", name="one_subject"),
        CheckConstraint("kind = 'awarded' OR in_place_of_id IS NULL", name="given_in_place"),
        CheckConstraint("(kind = 'revoked') = (level_id IS NULL)", name="gives_level"),
        CheckConstraint("kind <> 'lowered' OR former_level_id IS NOT NULL", name="lowered_from"),
        CheckConstraint("kind = 'lowered' OR NOT beyond", name="beyond"),
        Index(
            "uq_ruling_result", "result_id", unique=True, postgresql_where="kind = 'revoked' AND state = 'confirmed'"
        ),
        Index("uq_ruling_honour", "honour_id", unique=True, postgresql_where="state = 'confirmed'"),
        Index("uq_ruling_place", "in_place_of_id", unique=True, postgresql_where="state = 'confirmed'"),
        Index("ix_ruling_edition", "edition_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))
    """The prize; of one given later only once it was confirmed. A work that moves up twice has two papers on it."""
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"))
    in_place_of_id: Mapped[int | None] = mapped_column(ForeignKey("ruling.id"))
    """The revocation whose place it takes; none where the place was vacant."""
    level_id: Mapped[int | None] = mapped_column(ForeignKey("prize_level.id"))
    """The level the work has by it."""
    former_level_id: Mapped[int | None] = mapped_column(ForeignKey("prize_level.id"))
    """The level the work had until then, where it had one."""
    beyond: Mapped[bool] = mapped_column(default=False)
    """The prize takes no place of the structure: the paper gives it beside those."""
    case_code: Mapped[str] = mapped_column(default="")
    """The objection it came of."""
    number: Mapped[str]
    day: Mapped[date]
    body: Mapped[str]
    signatory: Mapped[str]
    reason: Mapped[str]
    done_at: Mapped[datetime | None]


class NameCorrection(Numbered, Base):
    """What is read of a work that has a prize or is proposed for one: one word of it, as it should have been.

    The dossier stays as it was submitted. `authorship_id` is none for the title and the press organ.
    """

    __tablename__ = "name_correction"
    __table_args__ = (
        CheckConstraint("field IN ('title', 'newsroom', 'author', 'pen_name')", name="field"),
        CheckConstraint("state IN ('proposed', 'confirmed', 'withdrawn')", name="state"),
        CheckConstraint("(field IN ('author', 'pen_name')) = (authorship_id IS NOT NULL)", name="of_an_author"),
        CheckConstraint("(number = '') = (day IS NULL)", name="paper_has_day"),
        Index("ix_name_correction_entry", "entry_id", "id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    authorship_id: Mapped[int | None] = mapped_column(ForeignKey("authorship.id"))
    field: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    stood: Mapped[str]
    reads: Mapped[str]
    reason: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    """The paper, page or letter that shows it."""
    number: Mapped[str] = mapped_column(default="")
    """Of the paper that corrects it, and `day` that of the same paper, where one was issued."""
    day: Mapped[date | None]
    done_at: Mapped[datetime | None]


class Certificate(Numbered, Base):
    """A certificate as its owner holds it: one for a work, one for each of several authors, one for an honour.

    Printing it again gives the same code. One whose words were corrected says so, and which one took its place.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("state IN ('valid', 'corrected', 'revoked')", name="state"),
        CheckConstraint("(result_id IS NULL) <> (honour_id IS NULL)", name="one_prize"),
        CheckConstraint("(state = 'valid') = (ended_at IS NULL)", name="ended_has_time"),
        Index(
            "uq_certificate_valid",
            "result_id",
            "honour_id",
            "authorship_id",
            unique=True,
            postgresql_where="state = 'valid'",
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_certificate_edition", "edition_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"))
    authorship_id: Mapped[int | None] = mapped_column(ForeignKey("authorship.id"))
    code: Mapped[str] = mapped_column(unique=True)
    issued_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="valid")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    ended_at: Mapped[datetime | None]
