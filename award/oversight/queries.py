"""What the store holds, by the editions and the people it is held for. `editions`: their ids; None stands for all."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, and_, exists, func, not_, or_, select, union

from award.db import session
from award.editions.models import Appointment, Edition
from award.editions.queries import editions_newest_first
from award.entries.models import Entry, EntryFile
from award.features import installed
from award.files.models import Fetch, File, Rendition
from award.newsrooms.models import SignedList
from award.people.models import Person

Editions = Collection[int] | None

_of_editions = union(
    select(Entry.edition_id, EntryFile.file_id).join(EntryFile, EntryFile.entry_id == Entry.id),
    select(SignedList.edition_id, SignedList.scan_id.label("file_id")).where(SignedList.scan_id.is_not(None)),
).cte("of_editions")
"""Which files belong to an edition; one that a draft and the submitted work share is counted once."""


def editions_seen(person: Person, *, administrator: bool) -> list[Edition]:
    """Every edition for an administrator, those the person organises for anybody else; newest first."""
    found = editions_newest_first()
    if not administrator:
        organised = select(Appointment.edition_id).where(
            Appointment.person_id == person.id, Appointment.role == "organiser", Appointment.ended_at.is_(None)
        )
        found = found.where(Edition.id.in_(organised))
    return list(session.scalars(found))


class Held(NamedTuple):
    """So many files of an edition (None: of no edition), their bytes, the bytes of what was made of them, and how many
    are still coming in."""

    edition_id: int | None
    number: int
    size: int
    made: int
    coming: int


def by_edition(editions: Editions) -> list[Held]:
    """One line for each edition that has files."""
    made = (
        select(Rendition.file_id, _bytes(Rendition.size).label("size"))
        .where(Rendition.key.is_not(None))
        .group_by(Rendition.file_id)
        .subquery()
    )
    counted = (
        select(
            _of_editions.c.edition_id,
            func.count(),
            _bytes(File.size),
            _bytes(made.c.size),
            func.count().filter(File.state == "uploading"),
        )
        .select_from(File)
        .outerjoin(_of_editions, _of_editions.c.file_id == File.id)
        .outerjoin(made, made.c.file_id == File.id)
        .where(_holds(), *_in(editions))
        .group_by(_of_editions.c.edition_id)
        .order_by(_of_editions.c.edition_id.desc().nulls_last())
    )
    return [Held(*row) for row in session.execute(counted).tuples()]


class Sent(NamedTuple):
    """Whose files, how many, and their bytes."""

    name: str
    number: int
    size: int


def by_person(editions: Editions, limit: int) -> list[Sent]:
    """Who sent most, within these editions."""
    counted = (
        select(Person.legal_name, func.count(), _bytes(File.size))
        .join(File, File.uploader_id == Person.id)
        .where(_holds(), *_files_in(editions))
        .group_by(Person.id)
        .order_by(_bytes(File.size).desc(), Person.id)
    )
    return [Sent(*row) for row in session.execute(counted.limit(limit)).tuples()]


class Unsettled(NamedTuple):
    """A file that has not come in whole, or that nobody could check."""

    public_id: str
    name: str
    size: int
    person: str
    begun: datetime
    given_up: bool
    unchecked: bool


def unsettled(editions: Editions, limit: int) -> list[Unsettled]:
    """Those that wait longest first."""
    unchecked = File.state == "unchecked"
    found = (
        select(
            File.public_id,
            File.name,
            File.size,
            Person.legal_name,
            File.created_at,
            File.upload_id.is_(None),
            unchecked,
        )
        .join(Person, Person.id == File.uploader_id)
        .where(or_(File.state == "uploading", unchecked), *_files_in(editions))
        .order_by(File.created_at, File.id)
    )
    return [Unsettled(*row) for row in session.execute(found.limit(limit)).tuples()]


class Fetched(NamedTuple):
    """That somebody was given a file as it came."""

    name: str
    person: str
    at: datetime
    saved: bool


def fetched(editions: Editions, limit: int) -> list[Fetched]:
    """The last times, the newest first."""
    found = (
        select(File.name, Person.legal_name, Fetch.at, Fetch.saved)
        .join(File, File.id == Fetch.file_id)
        .join(Person, Person.id == Fetch.person_id)
        .where(*_files_in(editions), *told_by_now())
        .order_by(Fetch.at.desc(), Fetch.file_id, Fetch.person_id)
    )
    return [Fetched(*row) for row in session.execute(found.limit(limit)).tuples()]


def told_by_now() -> Sequence[ColumnElement[bool]]:
    """Of who was given a file, what rooms let be told by now: nobody learns so what a judge was given to read."""
    of_file = exists().where(_of_editions.c.file_id == Fetch.file_id)
    return [
        ~of_file.where(room.reads_unseen(_of_editions.c.edition_id, Fetch.person_id.expression))
        for room in installed()
        if room.reads_unseen is not None
    ]


def names(owners: Collection[str], editions: Editions) -> dict[str, str]:
    """The names of those of the files that belong to these editions, by their public ids."""
    found = select(File.public_id, File.name).where(File.public_id.in_(owners), *_files_in(editions))
    return dict(session.execute(found).tuples().all())


def _holds() -> ColumnElement[bool]:
    """An upload that was given up holds nothing."""
    return not_(and_(File.state == "uploading", File.upload_id.is_(None)))


def _bytes(column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0).cast(BigInteger)


def _in(editions: Editions) -> Sequence[ColumnElement[bool]]:
    return () if editions is None else (_of_editions.c.edition_id.in_(editions),)


def _files_in(editions: Editions) -> Sequence[ColumnElement[bool]]:
    return () if editions is None else (File.id.in_(select(_of_editions.c.file_id).where(*_in(editions))),)
