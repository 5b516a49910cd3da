"""A work entered in an edition: parts, authors, files, declarations, and the receipt of its submission."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from award.db import Base, Numbered, words_of
from award.editions import media
from award.editions.posting import Arrival
from award.links import link_key
from award.text import folded, name_sort_key, one_line, sort_key

ENTRY_STATES = ("draft", "submitted", "withdrawn")


class Entry(Numbered, Base):
    """Hồ sơ dự Giải of one work.

    A submitted entry is changed through a revision: a draft of its own that names it in `revises_id`, and whose content
    takes the place of the submitted one when it is submitted in turn. Until then what was submitted stands untouched.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_has_time"),
        CheckConstraint("revises_id IS NULL OR state = 'draft'", name="revision_is_draft"),
        CheckConstraint("(channel = 'online') = (came_at IS NULL)", name="came_by_a_way"),
        CheckConstraint("postmark_on IS NULL OR channel = 'post'", name="postmark_of_post"),
        Index("ix_entry_edition_state", "edition_id", "state", "id"),
        Index("ix_entry_newsroom", "newsroom_id", "edition_id"),
        Index("ix_entry_desk", "edition_id", "newsroom_id", "state", "revises_id", "id"),
        Index("ix_entry_by_code", "edition_id", "state", "code"),
        Index("ix_entry_by_title", "edition_id", "state", "title_key", "code"),
        Index("ix_entry_by_name", "edition_id", "state", "first_name_key", "code"),
        Index("ix_entry_by_family", "edition_id", "state", "first_family_key", "code"),
        Index("ix_entry_by_time", "edition_id", "state", "submitted_at", "code"),
        Index(
            "ix_entry_near_title",
            "title_folded",
            postgresql_using="gist",
            postgresql_ops={"title_folded": "gist_trgm_ops(siglen=32)"},
        ),
        words_of("ix_entry_title_words", "title_folded"),
        words_of("ix_entry_code_words", "lower(code)"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    genre_id: Mapped[int | None] = mapped_column(ForeignKey("genre.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    """The submitted entry whose next content this draft is."""
    state: Mapped[str] = mapped_column(default="draft")
    code: Mapped[str | None]
    """Mã hồ sơ, given at submission: KH3-0217."""
    title: Mapped[str] = mapped_column(default="")
    title_folded: Mapped[str] = mapped_column(default="", index=True)
    title_key: Mapped[bytes] = mapped_column(default=b"")
    first_name_key: Mapped[bytes] = mapped_column(default=b"")
    first_family_key: Mapped[bytes] = mapped_column(default=b"")
    """The keys of the first author, kept by the database with every change of authors: lists are ordered by them."""
    summary: Mapped[str] = mapped_column(default="")
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """Cơ quan đăng, phát, when listed."""
    newsroom_text: Mapped[str] = mapped_column(default="")
    """Its name as typed, when not listed."""
    byline: Mapped[str] = mapped_column(default="")
    """Tên tác giả như đã đăng."""
    elsewhere: Mapped[str] = mapped_column(default="")
    """Other platforms on which the same work appeared, one a line, with day and address as typed."""
    channel: Mapped[str] = mapped_column(default="online")
    """By which way it came: online, or one of `award.editions.posting.CHANNELS`."""
    came_at: Mapped[datetime | None]
    """Of what did not come online: when it arrived at the secretariat."""
    postmark_on: Mapped[date | None]
    """Of what came by post: the day of its postmark, where that can be read."""
    declared: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Declarations by code → {"version": n, "at": iso}."""
    no_prior_prize: Mapped[bool | None]
    confirmed: Mapped[bool | None]
    """What the organ that published or aired it says of it now; None while it has said nothing."""
    submitted_at: Mapped[datetime | None]
    """When the form arrived, stamped once and bounded by the database clock."""
    files_due_at: Mapped[datetime | None]
    """Until when the files promised at the last submission may come, where not the deadline for everybody counted."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who saved a page of the form last; told to who typed something else into the same field."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    parts: Mapped[list["Part"]] = relationship(order_by="Part.ordinal", cascade="all, delete-orphan")
    authors: Mapped[list["Authorship"]] = relationship(order_by="Authorship.ordinal", cascade="all, delete-orphan")
    files: Mapped[list["EntryFile"]] = relationship(
        order_by="EntryFile.ordinal, EntryFile.id", cascade="all, delete-orphan"
    )
    prior_prizes: Mapped[list["PriorPrize"]] = relationship(order_by="PriorPrize.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @validates("title")
    def _keep_derived(self, _key: str, title: str) -> str:
        title = one_line(title)
        self.title_folded, self.title_key = folded(title), sort_key(title)
        return title

    @property
    def came(self) -> Arrival | None:
        """How it came, where it was not entered online."""
        return None if self.came_at is None else Arrival(self.channel, self.came_at, self.postmark_on)


class Part(Numbered, Base):
    """Kỳ (bài). A single work has one part. Its medium says which of the fields below are asked for."""

    __tablename__ = "part"
    __table_args__ = (
        Index("ix_part_entry", "entry_id"),
        Index("ix_part_page", "link_key", postgresql_where="link_key <> ''"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    issue: Mapped[str] = mapped_column(default="")
    page: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    """Chuyên mục of a paper or a site; the programme of a station."""
    channel: Mapped[str] = mapped_column(default="")
    aired_at: Mapped[time | None]
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """Cơ quan đăng, phát of this part, when listed, and where it is not that of the whole work."""
    newsroom_text: Mapped[str] = mapped_column(default="")
    """Its name as typed, when not listed."""
    link: Mapped[str] = mapped_column(default="")
    link_key: Mapped[str] = mapped_column(default="")
    """The same for addresses of one page; empty of most parts, so that who asks for a page says that it is not."""

    @validates("link")
    def _keep_key(self, _key: str, link: str) -> str:
        self.link_key = link_key(link)
        return link

    @property
    def where(self) -> str:
        """Where the part appeared, in one line."""
        return media.where(self)


class Authorship(Numbered, Base):
    """One author of the work, in order.

    An author may be invited to fill in the dossier too. A revision copies the invitation with the row, so that both
    rows of one author know the same key; a row that is removed takes its invitation along.
    """

    __tablename__ = "authorship"
    __table_args__ = (
        Index("ix_authorship_entry", "entry_id"),
        words_of("ix_authorship_name_words", "name_folded"),
        CheckConstraint("share BETWEEN 1 AND 100", name="share"),
        CheckConstraint("(invite_key IS NULL) = (invited_at IS NULL)", name="invited_has_time"),
        CheckConstraint("joined_at IS NULL OR person_id IS NOT NULL", name="joined_is_somebody"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    legal_name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[bytes] = mapped_column(default=b"")
    """In the order of lists by tên."""
    family_key: Mapped[bytes] = mapped_column(default=b"")
    """In the order of lists by họ."""
    pen_name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    employer_text: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    minor: Mapped[bool] = mapped_column(default=False)
    """Younger than 18; then `guardian` names the parent or guardian who consents, and what they are to the author."""
    guardian: Mapped[str] = mapped_column(default="")
    guardian_relation: Mapped[str] = mapped_column(default="")
    contact: Mapped[bool] = mapped_column(default=False)
    share: Mapped[int | None]
    """Percent of the work, where the category asks for it."""
    invite_key: Mapped[str | None] = mapped_column(index=True)
    """What the link of the invitation is computed from; the link itself stands in no row."""
    invited_at: Mapped[datetime | None]
    invited_to: Mapped[str] = mapped_column(default="")
    """The address the invitation was sent to, when it went by letter."""
    fills: Mapped[bool] = mapped_column(default=False)
    """Invited to fill in the whole dossier and submit it, not the own row alone."""
    joined_at: Mapped[datetime | None]
    """When the invited author took the invitation with the account in `person_id`."""

    @property
    def joined(self) -> bool:
        return self.joined_at is not None

    @validates("legal_name")
    def _keep_folded(self, _key: str, name: str) -> str:
        name = one_line(name)
        self.name_folded = folded(name)
        self.name_key, self.family_key = name_sort_key(name), sort_key(name)
        return name


class EntryFile(Base):
    """A file in a slot of the entry, for one part or for the whole work. A revision shares the files it keeps."""

    __tablename__ = "entry_file"
    __table_args__ = (UniqueConstraint("entry_id", "file_id"), Index("ix_entry_file_file", "file_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id", ondelete="CASCADE"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("file_slot.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    ordinal: Mapped[int] = mapped_column(default=0)
    """Place in the order the entrant chose; files that were never put in order keep that of their arrival."""
    caption: Mapped[str] = mapped_column(default="")
    pass_id: Mapped[int | None] = mapped_column(ForeignKey("upload_pass.id", ondelete="SET NULL"))
    """Of a file that came by a link: which one."""


class UploadPass(Numbered, Base):
    """Leave for whoever holds its link to send files into one place of one entry, until an instant, as its owner would.

    The link is computed from the public id and a secret of the house, so that no row tells it.
    """

    __tablename__ = "upload_pass"
    __table_args__ = (Index("ix_upload_pass_entry", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id", ondelete="CASCADE"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("file_slot.id"))
    until: Mapped[datetime]
    """The first instant that is too late."""
    ended_at: Mapped[datetime | None]
    """When its maker took it back."""


class PriorPrize(Numbered, Base):
    """A prize the work has already had: level, organiser, year."""

    __tablename__ = "prior_prize"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    award_name: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    organiser: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    past_work_id: Mapped[int | None] = mapped_column(ForeignKey("past_work.id"), index=True)
    """The prize in the lists of earlier editions that this is, as it was known when the work was submitted."""


class Receipt(Numbered, Base):
    """Proof of one submission: what was received when, with a hash over all of it. Later submissions add receipts."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("entry_id", "entry_version"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    entry_version: Mapped[int]
    code: Mapped[str]
    received_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    """The entry as received, with every file's name, size and fingerprint; due files are marked."""
    content_hash: Mapped[str]


class DeclarationText(Base):
    """The words of one purpose that entrants of an edition agreed to. Other words are the next version."""

    __tablename__ = "declaration_text"
    __table_args__ = (UniqueConstraint("edition_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str]
    """One of `award.editions.declaring.PURPOSES`."""
    version: Mapped[int]
    words: Mapped[str]
    since: Mapped[datetime]


class Correction(Numbered, Base):
    """Đề nghị bổ sung hồ sơ: what the owner of a submitted dossier is asked to mend, in which parts, until when.

    One stands at a time. It ends when it is answered or taken back, when the dossier is decided on, or when the work is
    withdrawn; the passing of its day ends nothing by itself.
    """

    __tablename__ = "correction"
    __table_args__ = (
        Index("uq_correction_standing", "entry_id", unique=True, postgresql_where="ended_at IS NULL"),
        Index("ix_correction_entry", "entry_id", "id"),
        CheckConstraint("(ended_at IS NULL) = (ended = '')", name="ended_has_time"),
        CheckConstraint("ended IN ('', 'answered', 'replaced', 'taken_back', 'decided', 'withdrawn')", name="ended"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    items: Mapped[str]
    parts: Mapped[list[str]]
    """Pages of the form, or "files.<slot>" for one kind of file."""
    due_day: Mapped[date | None]
    """The last day that counts as a whole, when no hour was named."""
    due_at: Mapped[datetime]
    """The first instant that is too late."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    """What the owner wrote with the answer."""
    before_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    """The receipt of what stood when it was answered."""
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    """The receipt of the answer."""


class PersonalDeadline(Numbered, Base):
    """Thời hạn riêng of one entrant, by a decision with its reason. One stands at a time; earlier ones are history."""

    __tablename__ = "personal_deadline"
    __table_args__ = (
        Index(
            "uq_personal_deadline_standing",
            "edition_id",
            "person_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    last_day: Mapped[date | None]
    until: Mapped[datetime]
    """The first instant that is too late."""
    reason: Mapped[str]
    paper: Mapped[str] = mapped_column(default="")
    """Số, ngày văn bản, when there is one."""
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
