"""Questions about the lists a newsroom brings: what cells are read with, drafts, the files a list names."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition, Topic
from award.entries.dossiers import Dossier
from award.entries.models import Entry, EntryFile
from award.entries.queries import plain_dossiers_of
from award.files.models import File
from award.newsrooms.checking import EditionNames, Kind
from award.newsrooms.models import EntryImport, ExpectedFile, SignedList
from award.newsrooms.queries import Organ
from award.people.models import Newsroom, NewsroomName, Person
from award.text import words

DRAFTS_STAY = timedelta(days=7)
MOST_LISTS = 50


def kinds(edition_id: int) -> Sequence[Category]:
    """The categories of the edition with their genres."""
    found = select(Category).where(Category.edition_id == edition_id).options(selectinload(Category.genres))
    return session.scalars(found.order_by(Category.ordinal)).all()


def topics(edition_id: int) -> Sequence[Topic]:
    found = select(Topic).where(Topic.edition_id == edition_id)
    return session.scalars(found.order_by(Topic.ordinal, Topic.id)).all()


def known(edition: Edition, organ: Organ) -> EditionNames:
    """What the cells of a list are read with, today."""
    every = kinds(edition.id)
    names = select(NewsroomName.name, NewsroomName.newsroom_id).where(NewsroomName.newsroom_id.in_(organ.family))
    entered = select(Entry.category_id, Entry.title).where(
        Entry.edition_id == edition.id,
        Entry.newsroom_id.in_(organ.family),
        Entry.revises_id.is_(None),
        Entry.state != "withdrawn",
    )
    return EditionNames(
        kinds={
            words(each.name): Kind(each.id, {words(genre.name): genre.id for genre in each.genres}) for each in every
        },
        topics={words(each.name): each.id for each in topics(edition.id)},
        publishers={words(name): newsroom_id for name, newsroom_id in session.execute(names).tuples()},
        newsroom_id=organ.newsroom.id,
        last_year=now().year + 1,
        kind_names=", ".join(each.name for each in every),
        entered=frozenset((category_id, words(title)) for category_id, title in session.execute(entered).tuples()),
    )


def old_drafts(edition_id: int, newsroom_id: int | None, person_id: int) -> Sequence[EntryImport]:
    """Drafts of the person, whom one at a time concerns, and those of others that were left lying."""
    stale = or_(EntryImport.read_by_id == person_id, EntryImport.created_at < now() - DRAFTS_STAY)
    at_desk = (EntryImport.edition_id == edition_id, EntryImport.newsroom_id == newsroom_id)
    return session.scalars(select(EntryImport).where(*at_desk, EntryImport.state == "draft", stale)).all()


def lists(edition_id: int, newsroom_id: int | None) -> Sequence[tuple[EntryImport, Person]]:
    """The last lists of the desk (None: the secretariat's), the newest first, with who read them in."""
    found = (
        select(EntryImport, Person)
        .join(Person, Person.id == EntryImport.read_by_id)
        .where(EntryImport.edition_id == edition_id, EntryImport.newsroom_id == newsroom_id)
        .order_by(EntryImport.id.desc())
        .limit(MOST_LISTS)
    )
    return session.execute(found).tuples().all()


def list_of(edition_id: int, newsroom_id: int | None, public_id: str) -> EntryImport | None:
    return session.scalar(
        select(EntryImport).where(
            EntryImport.edition_id == edition_id,
            EntryImport.newsroom_id == newsroom_id,
            EntryImport.public_id == public_id,
        )
    )


def own_drafts(edition_id: int, family: Collection[int], person_id: int) -> Sequence[Entry]:
    """The person's drafts at the desk, never submitted, the oldest first."""
    return session.scalars(
        select(Entry)
        .where(
            Entry.edition_id == edition_id,
            Entry.newsroom_id.in_(family),
            Entry.owner_id == person_id,
            Entry.state == "draft",
            Entry.revises_id.is_(None),
        )
        .order_by(Entry.id)
    ).all()


class Expected(NamedTuple):
    """A file that a list names, and for which part."""

    entry_id: int
    part_id: int
    name: str
    name_folded: str


_NAMED = (ExpectedFile.entry_id, ExpectedFile.part_id, ExpectedFile.name, ExpectedFile.name_folded)


def expected(entry_ids: Collection[int]) -> dict[int, list[Expected]]:
    """Entry id → the files its list names, in their order."""
    return _by_entry(select(*_NAMED).where(ExpectedFile.entry_id.in_(entry_ids)).order_by(ExpectedFile.id))


def _by_entry(asked: Select[int, int, str, str]) -> dict[int, list[Expected]]:
    named: dict[int, list[Expected]] = {}
    for row in session.execute(asked).tuples():
        named.setdefault(row[0], []).append(Expected(*row))
    return named


def files_of(entry_ids: Collection[int]) -> dict[int, File]:
    """Every file of these entries by its id."""
    found = select(File).join(EntryFile, EntryFile.file_id == File.id).where(EntryFile.entry_id.in_(entry_ids))
    return {file.id: file for file in session.scalars(found)}


def drafts_for_files(
    edition_id: int, family: Collection[int], person_id: int, *, after: str = "", limit: int
) -> list[tuple[Dossier, list[Expected]]]:
    """A page of the person's drafts with the files that a list names for them, the oldest first."""
    found = (
        select(Entry.id)
        .where(
            Entry.edition_id == edition_id,
            Entry.newsroom_id.in_(family),
            Entry.owner_id == person_id,
            Entry.state == "draft",
            Entry.revises_id.is_(None),
        )
        .order_by(Entry.id)
        .limit(limit)
    )
    if after:
        found = found.where(Entry.id > select(Entry.id).where(Entry.public_id == after).scalar_subquery())
    these = found.subquery()
    rows = select(these.c.id, *_NAMED).outerjoin(ExpectedFile, these.c.id == ExpectedFile.entry_id)
    named: dict[int, list[Expected]] = {}
    for entry_id, *told in session.execute(rows.order_by(these.c.id, ExpectedFile.id)):
        named.setdefault(entry_id, []).extend([Expected(*told)] if told[0] is not None else ())
    read = plain_dossiers_of(list(named))
    return [(read[entry_id], each) for entry_id, each in named.items()]


def signed_lists(edition_id: int, newsroom_id: int) -> Sequence[SignedList]:
    """The last lists of the desk that were printed to be signed, the newest first."""
    found = select(SignedList).where(SignedList.edition_id == edition_id, SignedList.newsroom_id == newsroom_id)
    return session.scalars(found.order_by(SignedList.id.desc()).limit(MOST_LISTS)).all()


def signed_list(edition_id: int, public_id: str) -> tuple[SignedList, str] | None:
    """The list at this address, and that of its newsroom."""
    found = (
        select(SignedList, Newsroom.public_id)
        .join(Newsroom, Newsroom.id == SignedList.newsroom_id)
        .where(SignedList.edition_id == edition_id, SignedList.public_id == public_id)
    )
    row = session.execute(found).tuples().one_or_none()
    return None if row is None else (row[0], row[1])


def lists_with(entry_id: int) -> Sequence[SignedList]:
    """The signed lists that came back with the work on them, the oldest first."""
    edition_id = select(Entry.edition_id).where(Entry.id == entry_id).scalar_subquery()
    back = (SignedList.edition_id == edition_id, SignedList.returned_at.is_not(None))
    on_it = SignedList.works.contains([{"entry": entry_id}])
    return session.scalars(select(SignedList).where(*back, on_it).order_by(SignedList.id)).all()


def list_of_scan(file_id: int) -> SignedList | None:
    """The list whose scan the file is."""
    return session.scalar(select(SignedList).where(SignedList.scan_id == file_id).limit(1))


def keys_of(entry_ids: Collection[int]) -> dict[int, str]:
    """Entry id → its address."""
    found = select(Entry.id, Entry.public_id).where(Entry.id.in_(entry_ids))
    return dict(session.execute(found).tuples().all())
