"""Questions about entries. A dossier and its facts come in one statement, however many parts it has."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from award.clock import of_database, stopped
from award.db import answered, session
from award.editions.models import Appointment, Category, Edition, FileSlot, Genre
from award.editions.permissions import STAFF
from award.editions.queries import editions_newest_first
from award.entries import statement
from award.entries.books import rule_book as rule_book
from award.entries.dossiers import Dossier, Place
from award.entries.leave import Leave
from award.entries.leave import from_row as from_columns
from award.entries.models import Authorship, Correction, Entry, EntryFile, Receipt
from award.entries.rows import from_row
from award.entries.rows import places_from_row as from_places
from award.entries.statement import dossiers, last_request, lets_in, own_deadline
from award.files.models import File
from award.glance import EDITION, READER
from award.paging import FIRST, Order, Page, Turn, paged
from award.people.models import Person
from award.rules.eligibility import EntryFacts

_NEWEST_FIRST = Order((Entry.id.expression,), lambda public_id: Entry.public_id == public_id, falling=True)


class OwnWork(NamedTuple):
    """A work of somebody's: what stands, and the revision of it that is being prepared, if any."""

    standing: Dossier
    revision: Dossier | None

    @property
    def working(self) -> Dossier:
        """What the form shows and changes."""
        return self.revision or self.standing


def edition_with_clauses(slug: str) -> Edition | None:
    """The edition at this address with the clauses of its rules, in one statement."""
    found = session.scalars(_edition_at(), {"slug": slug}).unique().one_or_none()
    answered(("edition", slug), found)
    return found


@cache
def _edition_at() -> Select[Edition]:
    return select(Edition).where(Edition.slug == bindparam("slug")).options(joinedload(Edition.clauses))


def dossier(entry_id: int, *, counted: bool = True) -> Dossier:
    """One dossier; without `counted` the other works of its authors and organs stay 0."""
    row = session.execute(_by_id(counted=counted), {"entry_id": entry_id}).one()
    return from_row(row._mapping)


def places(entry_id: int) -> tuple[tuple[Place, ...], Leave]:
    """Where files of the entry go, with those that are there, and what opens it to its owner; nothing else of it."""
    return from_places(session.execute(_places(), {"entry_id": entry_id}).one()._mapping)


@cache
def _places() -> Select[*tuple[Any, ...]]:
    return statement.places(Entry.id == bindparam("entry_id"))


@cache
def _by_id(*, counted: bool) -> Select[*tuple[Any, ...]]:
    """Dossiers by `entry_id`.

    Putting this large statement together costs more than its answer, and a lambda in which it is put together once is
    copied anew for the values of each call. A statement that stands, asked with its values beside it, costs nothing.
    """
    return dossiers(Entry.id == bindparam("entry_id"), counted=counted)


@cache
def _by_ids(*, counted: bool) -> Select[*tuple[Any, ...]]:
    return dossiers(Entry.id.in_(bindparam("entry_ids", expanding=True)), counted=counted)


@cache
def _by_address() -> Select[*tuple[Any, ...]]:
    """What stands at the address `public_id` in `edition_id`, and what revises it, for its owner or who joined."""
    at = Entry.public_id == bindparam("public_id")
    revised = aliased(Entry)
    standing = select(revised.id).where(revised.public_id == bindparam("public_id")).scalar_subquery()
    person_id: Any = bindparam("person_id")
    return dossiers(
        or_(Entry.owner_id == person_id, lets_in(person_id, func.coalesce(Entry.revises_id, Entry.id))),
        Entry.edition_id == bindparam("edition_id"),
        or_(at, Entry.revises_id == standing),
    )


def facts_of(entry: Entry, edition: Edition) -> EntryFacts:  # noqa: ARG001
    """What the rules look at, of the entry as it stands in the database now."""
    session.flush()
    return dossier(entry.id).facts


def dossiers_of(entry_ids: Sequence[int]) -> dict[int, Dossier]:
    """The dossiers of a whole list by entry id, in one statement."""
    session.flush()
    rows = session.execute(_by_ids(counted=True), {"entry_ids": list(entry_ids)})
    return {row.id: from_row(row._mapping) for row in rows}


def plain_dossiers_of(entry_ids: Sequence[int]) -> dict[int, Dossier]:
    """The same without counting the other works of authors and organs."""
    session.flush()
    rows = session.execute(_by_ids(counted=False), {"entry_ids": list(entry_ids)})
    return {row.id: from_row(row._mapping) for row in rows}


def own_work(person_id: int, edition_id: int, public_id: str) -> OwnWork | None:
    """The work at this address, with the revision of it, when it is the person's own or one they joined."""
    at = {"person_id": person_id, "edition_id": edition_id, "public_id": public_id}
    rows = session.execute(_by_address(), at)
    found = {each.revises_id is None: each for each in (from_row(row._mapping) for row in rows)}
    standing = found.get(True)
    if standing is None or standing.key != public_id:
        return None
    return OwnWork(standing, found.get(False))


def own_entry(person_id: int, edition_id: int, public_id: str) -> Entry | None:
    """The same as a row, without its revision, for a deed that locks it itself."""
    at = {"person_id": person_id, "edition_id": edition_id, "public_id": public_id}
    return session.scalar(_own_entry(), at)


@cache
def _own_entry() -> Select[Entry]:
    person_id: Any = bindparam("person_id")
    return select(Entry).where(
        or_(Entry.owner_id == person_id, lets_in(person_id, Entry.id)),
        Entry.edition_id == bindparam("edition_id"),
        Entry.public_id == bindparam("public_id"),
        Entry.revises_id.is_(None),
    )


def leave_of(entry: Entry) -> Leave:
    """What opens the entry, or the submitted one it revises, to its owner beyond the time for everybody, as of now."""
    session.flush()
    whose = {"edition_id": entry.edition_id, "person_id": entry.owner_id}
    row = session.execute(_leave_of(), whose | {"entry_id": entry.revises_id or entry.id}).one()
    return replace(from_columns(row.mend, row.own_deadline), came=entry.came)


@cache
def _leave_of() -> Select[*tuple[Any, ...]]:
    ended = own_deadline(bindparam("edition_id"), bindparam("person_id"))
    return select(last_request(bindparam("entry_id")).label("mend"), ended.label("own_deadline"))


def leave_to_enter(person_id: int, edition_id: int) -> Leave:
    """What lets the person enter works beyond the time for everybody."""
    return from_columns(None, session.scalar(select(own_deadline(edition_id, person_id))))


def standing_request(entry_id: int) -> Correction | None:
    """The request to mend that waits for its answer."""
    return session.scalar(_STANDING_REQUEST, {"entry_id": entry_id})


_STANDING_REQUEST = select(Correction).where(
    Correction.entry_id == bindparam("entry_id"), Correction.ended_at.is_(None)
)


def categories(edition_id: int, *beside: ORMOption) -> Sequence[Category]:
    """The categories in their order, with what is loaded beside them."""
    found = select(Category).where(Category.edition_id == edition_id).order_by(Category.ordinal)
    return session.scalars(found.options(*beside)).all()


def slots_of(category_id: int) -> Sequence[FileSlot]:
    return session.scalars(select(FileSlot).where(FileSlot.category_id == category_id)).all()


def genre_name(genre_id: int) -> str | None:
    return session.scalar(select(Genre.name).where(Genre.id == genre_id))


def own_works(person_id: int, edition_id: int, turn: Turn = FIRST, limit: int | None = None) -> list[OwnWork]:
    """The person's works and those they joined, newest first, with their revisions, from where the turn begins."""
    asked = _own_works(limit) if turn == FIRST else _own_works_from(turn, limit)
    rows = session.execute(asked, {"person_id": person_id, "edition_id": edition_id})
    everything = [from_row(row._mapping) for row in rows]
    revisions = {each.revises_id: each for each in everything if each.revises_id is not None}
    standing = (each for each in everything if each.revises_id is None)
    ordered = sorted(standing, key=lambda each: each.id, reverse=not turn.back)
    return [OwnWork(each, revisions.get(each.id)) for each in ordered]


@cache
def _own_works(limit: int | None) -> Select[*tuple[Any, ...]]:
    return _own_works_from(FIRST, limit)


def _own_works_from(turn: Turn, limit: int | None) -> Select[*tuple[Any, ...]]:
    """Works of `person_id` in `edition_id`, and those that revise them."""
    person_id: Any = bindparam("person_id")
    theirs = or_(Entry.owner_id == person_id, lets_in(person_id, Entry.id))
    ours = (theirs, Entry.edition_id == bindparam("edition_id"), Entry.revises_id.is_(None))
    these = _NEWEST_FIRST.turned(select(Entry.id).where(*ours), turn).limit(limit)
    return dossiers(or_(Entry.id.in_(these), Entry.revises_id.in_(these)), counted=False)


def has_hand(person_id: int) -> ColumnElement[bool]:
    """Of an entry that the person began or joined."""
    return or_(Entry.owner_id == person_id, lets_in(person_id, Entry.id))


def other_editions(person_id: int, edition_id: int) -> Sequence[Edition]:
    """The other editions in which the person has works, newest first: archived ones too."""
    theirs = select(Entry.edition_id).where(has_hand(person_id), Entry.edition_id != edition_id)
    return session.scalars(editions_newest_first().where(Edition.id.in_(theirs), Edition.state != "draft")).all()


def page_of_own_works(person_id: int, edition_id: int, turn: Turn) -> Page[OwnWork]:
    return paged(partial(own_works, person_id, edition_id), turn, lambda own: own.standing.key)


@cache
def _held_at() -> Select[Entry]:
    """The rows of the same, for whoever changes them."""
    named = select(Entry.id).where(Entry.public_id == bindparam("public_id")).scalar_subquery()
    person_id: Any = bindparam("person_id")
    return (
        select(Entry)
        .where(
            or_(Entry.owner_id == person_id, lets_in(person_id, func.coalesce(Entry.revises_id, Entry.id))),
            Entry.edition_id == bindparam("edition_id"),
            or_(Entry.id == named, Entry.revises_id == named),
        )
        .order_by(Entry.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def own_locked(person_id: int, edition_id: int, public_id: str) -> tuple[Entry, Entry | None] | None:
    """The entry of the person, or one they joined, and its revision: nobody else changes them until the commit."""
    at = {"person_id": person_id, "edition_id": edition_id, "public_id": public_id}
    rows = session.scalars(_held_at(), at).all()
    standing = next((row for row in rows if row.public_id == public_id and row.revises_id is None), None)
    if standing is None:
        return None
    return standing, next((row for row in rows if row.revises_id == standing.id), None)


_JOINED = exists().where(
    Authorship.entry_id == Entry.id,
    Authorship.person_id == READER,
    Authorship.joined_at.is_not(None),
    Entry.edition_id == EDITION,
)
GLANCES = {
    "has_works": select(
        or_(exists().where(Entry.owner_id == READER, Entry.edition_id == EDITION), _JOINED)
    ).scalar_subquery()
}


def submitted(edition_id: int) -> Select[Entry]:
    """Every submitted entry of the edition, in the order of the codes."""
    return select(Entry).where(Entry.edition_id == edition_id, Entry.state == "submitted").order_by(Entry.code)


def count_submitted(edition_id: int) -> int:
    counted = select(func.count()).where(Entry.edition_id == edition_id, Entry.state == "submitted")
    return session.scalar(counted) or 0


def count_drafts(person_id: int, edition_id: int) -> int:
    """Works that the person has begun and not submitted; revisions of submitted ones are none."""
    begun = (Entry.owner_id == person_id, Entry.edition_id == edition_id, Entry.state == "draft")
    return session.scalar(select(func.count()).where(*begun, Entry.revises_id.is_(None))) or 0


def count_authored(person_id: int, edition_id: int) -> int:
    """Submitted works of which the person's account is an author."""
    theirs = exists().where(Authorship.entry_id == Entry.id, Authorship.person_id == person_id)
    counted = (Entry.edition_id == edition_id, Entry.state == "submitted", Entry.revises_id.is_(None))
    return session.scalar(select(func.count()).where(*counted, theirs)) or 0


def entry_for_staff(edition_id: int, public_id: str) -> Entry | None:
    """The entry at this address, once it has been submitted."""
    return session.scalar(
        select(Entry).where(Entry.edition_id == edition_id, Entry.public_id == public_id, Entry.state != "draft")
    )


def receipts(entry_id: int) -> Sequence[Receipt]:
    """The receipts of an entry, newest first."""
    return session.scalars(select(Receipt).where(Receipt.entry_id == entry_id).order_by(Receipt.id.desc())).all()


def last_receipt(entry_id: int) -> Receipt | None:
    return session.scalar(_LAST_RECEIPT, {"entry_id": entry_id})


_LAST_RECEIPT = select(Receipt).where(Receipt.entry_id == bindparam("entry_id")).order_by(Receipt.id.desc()).limit(1)


def with_owner(entry_id: int) -> tuple[Entry, Person]:
    """The entry, and whose it is."""
    found = select(Entry, Person).join(Person, Person.id == Entry.owner_id).where(Entry.id == entry_id)
    return session.execute(found).one()._tuple()


def files_of(entry_id: int) -> dict[int, File]:
    """The files of an entry by their ids."""
    found = select(File).join(EntryFile, EntryFile.file_id == File.id).where(EntryFile.entry_id == entry_id)
    return {file.id: file for file in session.scalars(found)}


def database_now() -> datetime:
    """The database's own clock, this instant; a clock that is stopped is stopped for the database too."""
    shown: datetime | None = stopped()
    return shown if shown is not None else of_database(session.execute(select(func.clock_timestamp())).scalar_one())


def latest_seen(edition: Edition, at: datetime) -> datetime:
    """The latest the database's clock has shown where works of the edition were received, now included: `at`.

    The edition's row is the caller's alone. A clock that is stopped never goes back.
    """
    if stopped() is not None:
        return at
    latest = session.execute(
        update(Edition)
        .where(Edition.id == edition.id)
        .values(clock_at=func.greatest(Edition.clock_at, at))
        .returning(Edition.clock_at)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    assert latest is not None, "the greatest of it and an instant"
    return latest


def holders_of_file(file_id: int) -> list[tuple[Entry, Edition]]:
    """The entries that hold a file, with their editions: a revision shares files with what it revises."""
    found = (
        select(Entry, Edition)
        .join(EntryFile, EntryFile.entry_id == Entry.id)
        .join(Edition, Edition.id == Entry.edition_id)
        .where(EntryFile.file_id == file_id)
        .execution_options(populate_existing=True)
    )
    return list(session.execute(found).tuples())


def name_for_reader(file_id: int, person_id: int) -> str | None:
    """The file's name, for who may fill in an entry that holds it, and for who runs the edition it was sent to."""
    joined = lets_in(person_id, func.coalesce(Entry.revises_id, Entry.id))
    runs_it = exists().where(
        Appointment.edition_id == Entry.edition_id,
        Appointment.person_id == person_id,
        Appointment.role.in_(STAFF),
        Appointment.ended_at.is_(None),
    )
    return session.scalar(
        select(File.name)
        .join(EntryFile, EntryFile.file_id == File.id)
        .join(Entry, Entry.id == EntryFile.entry_id)
        .where(File.id == file_id, or_(Entry.owner_id == person_id, joined, and_(Entry.state != "draft", runs_it)))
        .limit(1)
    )


def locked(entry_id: int) -> Entry:
    """The entry as it stands now; nobody else changes it until the commit."""
    row = select(Entry).where(Entry.id == entry_id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(row).one()
