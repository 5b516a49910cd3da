"""The award, its editions, and everything of an edition that is a rule and therefore data."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered
from award.editions.offices import PaperBody as PaperBody
from award.editions.offices import PaperKind as PaperKind
from award.editions.outlets import first_rows, kinds_of, outlet_words
from award.editions.records import Amendment as Amendment
from award.editions.records import DayOff as DayOff
from award.editions.records import Invitee as Invitee

PRIZE_KINDS = ("main", "thematic", "collective", "person")
ROLES = ("organiser", "secretary", "judge", "chair", "deputy", "auditor", "accountant")


class Award(Numbered, Base):
    """The award whose editions these are: the tenant of everything below."""

    __tablename__ = "award"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    place: Mapped[str]


class Edition(Numbered, Base):
    """One edition. Acts move `state`; dates bound it: both are asked, neither is copied."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("award_id", "ordinal"),
        CheckConstraint(
            "state IN ('draft', 'open', 'screening', 'judging', 'decision', 'published', 'archived')", name="state"
        ),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    ordinal: Mapped[int]
    ordinal_words: Mapped[str]
    """As written: III."""
    year: Mapped[int]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    code_prefix: Mapped[str]
    """Before the number of a dossier: KH3 gives KH3-0217."""
    last_dossier_number: Mapped[int] = mapped_column(default=0)
    clock_at: Mapped[datetime | None] = mapped_column(deferred=True)
    """The latest the database's clock showed when a work was received: where it shows less, it went back."""
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    deadline_day: Mapped[date | None]
    """The last day that counts, whole ("đến hết ngày"), when `deadline_at` is its end."""
    deadline_at: Mapped[datetime | None]
    """The exact instant: the first one that is too late."""
    deadline_words: Mapped[str] = mapped_column(default="")
    grace_seconds: Mapped[int] = mapped_column(default=120)
    files_follow_minutes: Mapped[int] = mapped_column(default=120)
    confirmation_day: Mapped[date | None]
    confirmation_at: Mapped[datetime | None]
    confirmation_words: Mapped[str] = mapped_column(default="")
    """The deadline for newsrooms to confirm works, kept like the one above; none: until judging begins."""
    screening_promise: Mapped[date | None]
    """The day the entrant is promised the outcome of the eligibility check, if the edition has one."""
    outlet_kinds: Mapped[list[dict[str, Any]]] = mapped_column(default=first_rows)
    """Kinds of press organ it tells apart, in its order: rows of `award.editions.outlets.OutletKind`."""
    secretariat_name: Mapped[str] = mapped_column(default="Tổ Thư ký")
    help_name: Mapped[str] = mapped_column(default="")
    help_phone: Mapped[str] = mapped_column(default="")
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Invented for demonstration: every page and export says so."""
    trial_of_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"), unique=True)
    """The draft that is being tried out with invented works; this edition goes when the trial ends."""
    version: Mapped[int] = mapped_column(default=1)

    award: Mapped[Award] = relationship(lazy="joined", innerjoin=True)
    categories: Mapped[list["Category"]] = relationship(back_populates="edition", order_by="Category.ordinal")
    rounds: Mapped[list["Round"]] = relationship(back_populates="edition", order_by="Round.ordinal")
    panels: Mapped[list["Panel"]] = relationship(back_populates="edition", order_by="Panel.ordinal")
    prize_levels: Mapped[list["PrizeLevel"]] = relationship(back_populates="edition", order_by="PrizeLevel.rank")
    clauses: Mapped[list["Clause"]] = relationship(back_populates="edition")

    __mapper_args__ = {"version_id_col": version}

    def outlet_words(self, codes: Collection[str]) -> str:
        """The kinds of press organ of these codes, by the edition's names for them."""
        return outlet_words([(kind.code, kind.name) for kind in kinds_of(self.outlet_kinds)], codes)


class Clause(Base):
    """One rule of the edition: a value, or said to be unregulated, with the clause of the paper it comes from.

    The codes, their stage and the shape of `value` are defined in `award.editions.clauses`.
    """

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str]
    value: Mapped[dict[str, Any] | None]
    unregulated: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    """"khoản 2 Điều 4": what a refusal cites. Without it a rule may warn, never refuse."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Value and source are invented for demonstration: said wherever they are shown."""
    edition: Mapped[Edition] = relationship(back_populates="clauses")


class Category(Numbered, Base):
    """Loại hình: báo in, báo điện tử, phát thanh, truyền hình, ảnh báo chí."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    ordinal: Mapped[int]
    code: Mapped[str]
    """Two letters in blind codes: IN, ĐT, PT, TH, ẢNH."""
    name: Mapped[str]
    medium: Mapped[str]
    """print | online | radio | television | photo: what the entry form asks for, see `award.editions.media`."""
    needed: Mapped[list[str]] = mapped_column(default=list)
    """Of what is asked, the fields without which no entry of this loại hình is submitted."""
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    limits_source: Mapped[str] = mapped_column(default="")
    """Numbers of its own, by the codes of `award.editions.limits`, and the clause they stand in."""
    outlets: Mapped[list[str]] = mapped_column(default=list)
    """Kinds of press organ whose works it takes, by the codes of the edition; empty: of every kind."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Genres, fields, slots and numbers are invented for demonstration: said wherever they are shown."""
    edition: Mapped[Edition] = relationship(back_populates="categories")
    genres: Mapped[list["Genre"]] = relationship(order_by="Genre.ordinal", cascade="all, delete-orphan")
    slots: Mapped[list["FileSlot"]] = relationship(order_by="FileSlot.ordinal", cascade="all, delete-orphan")


class Genre(Base):
    """Thể loại within a loại hình."""

    __tablename__ = "genre"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    ordinal: Mapped[int]
    name: Mapped[str]


class FileSlot(Base):
    """A place for files of an entry: what may come, how many, how large, for whom."""

    __tablename__ = "file_slot"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    ordinal: Mapped[int]
    code: Mapped[str]
    label: Mapped[str]
    kinds: Mapped[list[str]]
    at_least: Mapped[int] = mapped_column(default=1)
    at_most: Mapped[int] = mapped_column(default=1)
    max_bytes: Mapped[int]
    per_part: Mapped[bool] = mapped_column(default=True)
    for_judges: Mapped[bool] = mapped_column(default=True)
    """Judges of an open round read it. In a blind round only a slot marked `blind` is shown."""
    blind: Mapped[bool] = mapped_column(default=False)
    """Bản chấm: prepared without byline."""
    captions: Mapped[bool] = mapped_column(default=False)
    """Each file has a caption and a place in the order, as pictures of a photo reportage do."""
    proof: Mapped[bool] = mapped_column(default=False)
    """Bản lưu: what proves that the part was published as told. It is shown beside what was told."""
    for_minors: Mapped[bool] = mapped_column(default=False)
    """What parents and guardians signed: asked for where an author is younger than 18, read by no judge."""
    lengths: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How long one file may be at most, by the measures of `award.editions.lengths` that the rules name."""


class Topic(Base):
    """A content of the plan; a tree."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    focal: Mapped[bool] = mapped_column(default=False)


class Round(Numbered, Base):
    """Vòng chấm: sơ khảo, chung khảo. States: prepare → open → frozen → closed."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("edition_id", "ordinal"),
        CheckConstraint("state IN ('prepare', 'open', 'frozen', 'closed')", name="state"),
        CheckConstraint("calibration IN ('', 'free', 'first')", name="calibration"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="prepare")
    blind: Mapped[bool] = mapped_column(default=True)
    scale_max: Mapped[int] = mapped_column(default=10)
    """Points of the whole sheet on the edition's scale."""
    steps_per_point: Mapped[int] = mapped_column(default=4)
    """4 means a step of 0,25."""
    asks_level: Mapped[bool] = mapped_column(default=False)
    """Each sheet also proposes a prize level, or says that it proposes none."""
    calibration: Mapped[str] = mapped_column(default="")
    """Bài chấm thử: members score them before the first work (first), may do so (free), or there are none (empty)."""
    shortlist_size: Mapped[int | None]
    """How many works go on from all panels together; a panel may have a count of its own."""
    unranked_list: Mapped[bool] = mapped_column(default=False)
    """Danh sách đề cử: works go on by title with a reason for each, and no rank or score goes with them."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Scale, criteria and counts are invented for demonstration: said wherever they are shown."""
    opens_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    counted_rules: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
    """The rules its figures were computed by, as they were when it was counted: a later amendment changes none."""
    version: Mapped[int] = mapped_column(default=1)
    edition: Mapped[Edition] = relationship(back_populates="rounds")
    criteria: Mapped[list["Criterion"]] = relationship(order_by="Criterion.ordinal", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class Criterion(Base):
    """Tiêu chí. `weight` is an integer percent; the weights of a round sum to 100.

    The most points a criterion gives is scale_max · weight / 100; its marks are whole steps of the round.
    """

    __tablename__ = "criterion"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    weight: Mapped[int]
    low_words: Mapped[str] = mapped_column(default="")
    middle_words: Mapped[str] = mapped_column(default="")
    high_words: Mapped[str] = mapped_column(default="")


class Panel(Numbered, Base):
    """Tiểu ban: who judges what together. Not a category: print may split in two, two may share one."""

    __tablename__ = "panel"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    shortlist_size: Mapped[int | None]
    """How many of its works go on to the next round; None: the round's count is for all such panels together."""
    edition: Mapped[Edition] = relationship(back_populates="panels")
    scopes: Mapped[list["PanelScope"]] = relationship(cascade="all, delete-orphan")


class PanelScope(Base):
    """A category (or one genre of it) that a panel judges."""

    __tablename__ = "panel_scope"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    genre_id: Mapped[int | None] = mapped_column(ForeignKey("genre.id"))


class Appointment(Numbered, Base):
    """A person holds a role in one edition. Ended, never deleted."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(
            "role IN ('organiser', 'secretary', 'judge', 'chair', 'deputy', 'auditor', 'accountant')", name="role"
        ),
        Index(
            "uq_appointment_standing",
            "edition_id",
            "person_id",
            "role",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        Index("ix_appointment_person", "person_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    decision: Mapped[str] = mapped_column(default="")
    """The paper of the appointment, as cited in the invitation."""
    ended_at: Mapped[datetime | None]


class PrizeLevel(Numbered, Base):
    """Mức giải: Đặc biệt, A, B, C, Khuyến khích; Chuyên đề; bằng khen. Quota and money are data; rank 1 comes first."""

    __tablename__ = "prize_level"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("kind IN ('main', 'thematic', 'collective', 'person')", name="kind"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    rank: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="main")
    """main: the ladder; thematic: giải Chuyên đề, for a work too; collective and person: bằng khen, not for a work."""
    quota: Mapped[int]
    money: Mapped[int | None]
    """Đồng."""
    themes: Mapped[list[str]] = mapped_column(default=list)
    """Of a thematic prize: the themes it is given for, when the rules name them."""
    categories: Mapped[list[str]] = mapped_column(default=list)
    """Letters of the loại hình whose works alone can have it; none is all. So numbers are said per loại hình."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Number and money are invented for demonstration: said wherever they are shown."""
    edition: Mapped[Edition] = relationship(back_populates="prize_levels")


class NationalEdition(Base):
    """The edition of the national award that this edition's best works go to, with its rules as data."""

    __tablename__ = "national_edition"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    name: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    deadline_day: Mapped[date | None]
    deadline_words: Mapped[str] = mapped_column(default="")
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    quota: Mapped[int | None]
    one_per_author: Mapped[bool] = mapped_column(default=False)
    barred_prizes: Mapped[list[str]] = mapped_column(default=list)
    """Names of awards whose winners are not accepted."""
    groups: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Code of one of our loại hình -> the group its works belong to there, where that bears another name."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """Quota and limits are invented for demonstration: said wherever they are shown."""


class Countersign(Numbered, Base):
    """An act of two persons: one proposes, another confirms. `act` and `subject` name it; one may wait at a time."""

    __tablename__ = "countersign"
    __table_args__ = (
        Index(
            "uq_countersign_waiting",
            "edition_id",
            "act",
            "subject",
            unique=True,
            postgresql_where="confirmed_at IS NULL AND withdrawn_at IS NULL",
        ),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_persons"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    act: Mapped[str]
    """freeze_round | close_round | publish | extend | …"""
    subject: Mapped[str]
    """Public id of what the act changes."""
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What exactly is confirmed, e.g. the instant of publication."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
