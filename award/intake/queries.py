"""Questions about the ledger: its lines and how they stand, the works of a parcel, dossiers to put it to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import defer, joinedload, selectinload

from award.db import session
from award.editions import posting
from award.editions.models import Category, Edition
from award.entries.models import Authorship, Entry
from award.files.models import File
from award.intake.codes import number_in
from award.intake.filters import LedgerFilter
from award.intake.models import LooseScan, Parcel, ParcelScan, ParcelWork
from award.paging import Order, Page, Turn, page
from award.people.models import NewsroomName, Person
from award.text import folded

_LOCK_SPACE = 0x696E74  # advisory lock: lines of one ledger are numbered one at a time
MOST_FOUND = 20
_NEWEST = Order((Parcel.number.expression,), lambda key: Parcel.public_id == key, falling=True)
"""In addresses the public id of a parcel stands for its line; it is of one edition."""


def alone_with_ledger(edition_id: int) -> int:
    """The number of the next line, while nobody else writes one until the commit."""
    lock = text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:edition AS int))")
    session.execute(lock, {"space": _LOCK_SPACE, "edition": edition_id})
    last = session.scalar(select(func.max(Parcel.number)).where(Parcel.edition_id == edition_id))
    return (last or 0) + 1


def late(edition: Edition) -> ColumnElement[bool]:
    """Whether a parcel counts as late; the same as `posting.in_time` says of one."""
    if edition.deadline_at is None:
        return Parcel.id.is_(None)
    by_arrival = Parcel.arrived_at >= edition.deadline_at + timedelta(seconds=edition.grace_seconds)
    last = posting.last_posting_day(edition)
    if posting.counted(edition).choice != "postmark" or last is None:
        return by_arrival
    return case((Parcel.postmark_on.is_not(None), Parcel.postmark_on > last), else_=by_arrival)


def _has_works() -> ColumnElement[bool]:
    return exists().where(ParcelWork.parcel_id == Parcel.id).correlate(Parcel)


def _has_drafts() -> ColumnElement[bool]:
    still = (ParcelWork.parcel_id == Parcel.id, ParcelWork.entry_id == Entry.id, Entry.state == "draft")
    return exists().where(*still).correlate(Parcel)


def state(edition: Edition) -> ColumnElement[str]:
    """Where a parcel stands: one of `filters.STATES`."""
    return case(
        (Parcel.voided_at.is_not(None), "void"),
        (_has_drafts(), "begun"),
        (_has_works(), "works"),
        (late(edition), "late"),
        else_="alone",
    )


def newsroom_name() -> ColumnElement[str]:
    name = (
        select(NewsroomName.name)
        .where(NewsroomName.newsroom_id == Parcel.newsroom_id)
        .order_by(NewsroomName.valid_from.desc())
        .limit(1)
        .correlate(Parcel)
        .scalar_subquery()
    )
    return func.coalesce(name, Parcel.newsroom_text)


class Brought(NamedTuple):
    """A work beside a parcel."""

    parcel_id: int
    key: str
    code: str
    title: str
    category: str
    state: str
    begun: bool
    keeper_id: int
    keeper: str
    """Who of the secretariat fills it in, where it was opened from the parcel."""


@dataclass(frozen=True)
class Line:
    """A line of the ledger."""

    parcel: Parcel
    state: str
    newsroom: str
    registered_by: str
    works: Sequence[Brought] = ()


def ledger(edition: Edition, wanted: LedgerFilter, *, one: bool = False) -> Select[*tuple[Any, ...]]:
    """The lines as narrowed, newest first; things of every parcel come along, and scans with `one` alone."""
    beside = (joinedload(Parcel.pieces), joinedload(Parcel.scans)) if one else (selectinload(Parcel.pieces),)
    asked = (
        select(Parcel, state(edition).label("state"), newsroom_name().label("newsroom"), Person.legal_name)
        .join(Person, Person.id == Parcel.registered_by_id)
        .where(Parcel.edition_id == edition.id, *_narrowed(edition, wanted))
        .options(*beside)
    )
    return asked.order_by(Parcel.number.desc())


def _narrowed(edition: Edition, wanted: LedgerFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.state:
        where.append(state(edition) == wanted.state)
    if wanted.channel:
        where.append(Parcel.channel == wanted.channel)
    if sought := folded(wanted.words):
        where.append(or_(*speaking_of(sought)))
    return where


def speaking_of(sought: str) -> list[ColumnElement[bool]]:
    """A parcel whose number, sender or organ is meant, or one of whose works."""
    number = number_in(sought)
    organs = select(NewsroomName.newsroom_id).where(NewsroomName.name_folded.contains(sought, autoescape=True))
    works = (
        select(ParcelWork.parcel_id).join(Entry, Entry.id == ParcelWork.entry_id).where(or_(*_entry_speaks_of(sought)))
    )
    found = [
        Parcel.sender_folded.contains(sought, autoescape=True),
        Parcel.newsroom_id.in_(organs),
        Parcel.id.in_(works),
    ]
    return found if number is None else [*found, Parcel.number == number]


def _entry_speaks_of(sought: str) -> list[ColumnElement[bool]]:
    by_author = select(Authorship.entry_id).where(Authorship.name_folded.contains(sought, autoescape=True))
    return [
        Entry.title_folded.contains(sought, autoescape=True),
        func.lower(Entry.code).contains(sought, autoescape=True),
        Entry.id.in_(by_author),
    ]


def page_of(edition: Edition, wanted: LedgerFilter, turn: Turn) -> Page[Line]:
    """A page of the ledger with the works of its parcels; what was typed at length of one stands on its own page."""
    asked = ledger(edition, wanted).options(defer(Parcel.contents), defer(Parcel.void_reason))
    found = page(asked, _NEWEST, turn, lambda row: row.Parcel.public_id)
    return found.of(_lines(found.rows))


def whole(edition: Edition, wanted: LedgerFilter) -> list[Line]:
    """The whole ledger as narrowed, in the order of its numbers."""
    return list(reversed(_lines(session.execute(ledger(edition, wanted)).all())))


def _lines(rows: Sequence[Any]) -> list[Line]:
    works = works_of([row.Parcel.id for row in rows])
    return [Line(row.Parcel, row.state, row.newsroom, row.legal_name, works.get(row.Parcel.id, ())) for row in rows]


def line(edition: Edition, public_id: str) -> Line | None:
    """The line at this address."""
    asked = ledger(edition, LedgerFilter(), one=True).where(Parcel.public_id == public_id)
    return next(iter(_lines(session.execute(asked).unique().all())), None)


def key_of_number(edition_id: int, number: int) -> str | None:
    """The address of the parcel with this number."""
    asked = select(Parcel.public_id).where(Parcel.edition_id == edition_id, Parcel.number == number)
    return session.scalar(asked)


def counts(edition: Edition) -> dict[str, int]:
    """Lines by where they stand."""
    where = state(edition).label("state")
    listed = select(where).where(Parcel.edition_id == edition.id).subquery()
    return dict(session.execute(select(listed.c.state, func.count()).group_by(listed.c.state)).tuples().all())


def works_of(parcel_ids: Collection[int]) -> dict[int, list[Brought]]:
    """Parcel id → the works beside it, in the order in which they were put there."""
    asked = (
        select(
            ParcelWork.parcel_id,
            Entry.public_id,
            func.coalesce(Entry.code, ""),
            Entry.title,
            Category.name,
            Entry.state,
            ParcelWork.begun,
            Entry.owner_id,
            Person.legal_name,
        )
        .join(Entry, Entry.id == ParcelWork.entry_id)
        .join(Category, Category.id == Entry.category_id)
        .join(Person, Person.id == Entry.owner_id)
        .where(ParcelWork.parcel_id.in_(parcel_ids))
        .order_by(ParcelWork.id)
    )
    found: dict[int, list[Brought]] = {}
    for row in session.execute(asked).tuples():
        found.setdefault(row[0], []).append(Brought(*row))
    return found


def work_of(parcel_id: int, public_id: str) -> tuple[ParcelWork, Entry] | None:
    """The work at this address beside the parcel."""
    asked = (
        select(ParcelWork, Entry)
        .join(Entry, Entry.id == ParcelWork.entry_id)
        .where(ParcelWork.parcel_id == parcel_id, Entry.public_id == public_id)
    )
    row = session.execute(asked).tuples().one_or_none()
    return None if row is None else (row[0], row[1])


def begun_from(parcel_id: int) -> Sequence[Entry]:
    """The works whose dossiers were opened from the parcel."""
    asked = select(Entry).join(ParcelWork, ParcelWork.entry_id == Entry.id)
    return session.scalars(asked.where(ParcelWork.parcel_id == parcel_id, ParcelWork.begun)).all()


def parcels_of(entry_id: int) -> Sequence[Parcel]:
    """The parcels beside a dossier, in the order of the ledger."""
    asked = select(Parcel).join(ParcelWork, ParcelWork.parcel_id == Parcel.id)
    ours = (ParcelWork.entry_id == entry_id, Parcel.voided_at.is_(None))
    return session.scalars(asked.where(*ours).order_by(Parcel.number)).all()


class Found(NamedTuple):
    """A dossier that a parcel may belong to."""

    key: str
    code: str
    title: str
    authors: str
    category: str


def dossiers(edition_id: int, words: str, *, beside: int) -> list[Found]:
    """Submitted dossiers that speak of the words in code, title or authors, but for those the parcel stands beside."""
    sought = folded(words)
    if not sought:
        return []
    named = (
        select(func.string_agg(Authorship.legal_name, ", "))
        .where(Authorship.entry_id == Entry.id)
        .correlate(Entry)
        .scalar_subquery()
    )
    already = select(ParcelWork.entry_id).where(ParcelWork.parcel_id == beside)
    asked = (
        select(Entry.public_id, func.coalesce(Entry.code, ""), Entry.title, func.coalesce(named, ""), Category.name)
        .join(Category, Category.id == Entry.category_id)
        .where(
            Entry.edition_id == edition_id,
            Entry.state == "submitted",
            Entry.id.not_in(already),
            or_(*_entry_speaks_of(sought)),
        )
        .order_by(Entry.code)
        .limit(MOST_FOUND)
    )
    return [Found(*row) for row in session.execute(asked).tuples()]


def dossier_at(edition_id: int, public_id: str) -> Entry | None:
    """The submitted dossier at this address."""
    return session.scalar(
        select(Entry).where(Entry.edition_id == edition_id, Entry.public_id == public_id, Entry.state == "submitted")
    )


def last_by(edition_id: int, person_id: int) -> Parcel | None:
    """The line this person wrote last: the next parcel of the pile is often like it."""
    mine = (Parcel.edition_id == edition_id, Parcel.registered_by_id == person_id, Parcel.voided_at.is_(None))
    return session.scalar(
        select(Parcel).where(*mine).order_by(Parcel.number.desc()).options(joinedload(Parcel.pieces)).limit(1)
    )


class Offered(NamedTuple):
    """What the fields of a line offer: categories by their addresses, and the organs under their present names."""

    kinds: list[tuple[str, str]]
    organs: list[str]


def offered(edition_id: int) -> Offered:
    """The choices of the forms of this edition, in one statement."""
    kind = func.jsonb_build_array(Category.public_id, Category.name)
    kinds = select(func.jsonb_agg(aggregate_order_by(kind, Category.ordinal), type_=JSONB))
    named = aggregate_order_by(NewsroomName.name, NewsroomName.name_key, NewsroomName.id)
    organs = select(func.jsonb_agg(named, type_=JSONB)).where(NewsroomName.valid_to.is_(None))
    row = session.execute(
        select(kinds.where(Category.edition_id == edition_id).scalar_subquery(), organs.scalar_subquery())
    ).one()
    return Offered([(key, name) for key, name in row[0] or ()], row[1] or [])


def scans(parcel_id: int) -> Sequence[File]:
    asked = select(File).join(ParcelScan, ParcelScan.file_id == File.id)
    return session.scalars(asked.where(ParcelScan.parcel_id == parcel_id).order_by(ParcelScan.id)).all()


def loose_scans(edition_id: int) -> Sequence[tuple[LooseScan, File]]:
    """The scans that belong to no parcel yet, in the order in which they were sent."""
    asked = select(LooseScan, File).join(File, File.id == LooseScan.file_id)
    return session.execute(asked.where(LooseScan.edition_id == edition_id).order_by(LooseScan.id)).tuples().all()


def edition_of_loose(file_id: int) -> int | None:
    """The edition at whose ledger this file waits for its parcel."""
    return session.scalar(select(LooseScan.edition_id).where(LooseScan.file_id == file_id))


def parcel_of_scan(file_id: int) -> Parcel | None:
    """The parcel whose scan the file is."""
    asked = select(Parcel).join(ParcelScan, ParcelScan.parcel_id == Parcel.id)
    return session.scalar(asked.where(ParcelScan.file_id == file_id).limit(1))


def numbered(edition_id: int, numbers: Collection[int]) -> Sequence[Parcel]:
    """The parcels with these numbers, in their order; those that were crossed out have no label."""
    ours = (Parcel.edition_id == edition_id, Parcel.number.in_(numbers), Parcel.voided_at.is_(None))
    return session.scalars(select(Parcel).where(*ours).order_by(Parcel.number)).all()
