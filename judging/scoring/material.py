"""The work as a judge reads it. What names a person or an organ is left out here in a blind round, not on the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.media import called
from award.editions.models import Category, FileSlot, Genre, Round
from award.editions.sight import partly_blind, visible_slots
from award.entries.models import Entry, EntryFile, Part
from award.files.reading import Reading, readings
from award.links import web_address
from award.people.models import Newsroom
from award.screening.models import Screening


@dataclass(frozen=True)
class PartShown:
    ordinal: int
    title: str
    readings: Sequence[Reading]
    published_on: date | None = None
    place: str = ""
    link: str = ""

    @property
    def called(self) -> str:
        """Which part of a series it is, and its title."""
        return called(self.ordinal, self.title)


@dataclass(frozen=True)
class AuthorShown:
    name: str
    pen_name: str
    role: str


@dataclass(frozen=True)
class Material:
    """Names, organ, byline, summary, dates and links are empty in a blind round."""

    code: str
    title: str
    category: str
    genre: str
    parts: Sequence[PartShown]
    whole: Sequence[Reading]
    """Files of the work that belong to no single part."""
    blind: bool
    partly_blind: bool
    authors: Sequence[AuthorShown] = ()
    newsroom: str = ""
    byline: str = ""
    summary: str = ""

    @property
    def words(self) -> int:
        """How long the text is."""
        return sum(len(text.split()) for reading in self.readings for text in reading.paragraphs)

    @property
    def seconds(self) -> float:
        """How long the recordings are."""
        return sum(reading.player.seconds for reading in self.readings if reading.player)

    @property
    def readings(self) -> list[Reading]:
        """Every file of the work, whatever part it belongs to."""
        return [*self.whole, *(reading for part in self.parts for reading in part.readings)]


def material(entry_id: int, round_: Round) -> Material:
    """The work as the round lets its judges see it."""
    entry = session.scalars(
        select(Entry)
        .where(Entry.id == entry_id)
        .options(selectinload(Entry.parts), selectinload(Entry.files))
        .execution_options(populate_existing=True)
    ).one()
    category = session.scalars(
        select(Category)
        .where(Category.id == entry.category_id)
        .options(selectinload(Category.slots))
        .execution_options(populate_existing=True)
    ).one()
    held = {file.slot_id for file in entry.files}
    slots = visible_slots(category.slots, blind=round_.blind, held=held)
    read = _readings(entry.files, slots, blind=round_.blind)
    code, genre = session.execute(
        select(Screening.blind_code, Genre.name)
        .outerjoin(Genre, Genre.id == entry.genre_id)
        .where(Screening.entry_id == entry.id)
    ).one()
    parts = [_part(part, read.get(part.id, ()), blind=round_.blind) for part in entry.parts]
    shown = Material(
        code=code or "",
        title=entry.title,
        category=category.name,
        genre=genre or "",
        parts=parts,
        whole=read.get(None, ()),
        blind=round_.blind,
        partly_blind=partly_blind(category.slots, blind=round_.blind, held=held),
    )
    return shown if round_.blind else _named(shown, entry)


def _part(part: Part, readings: Sequence[Reading], *, blind: bool) -> PartShown:
    if blind:
        return PartShown(part.ordinal, part.title, readings)
    return PartShown(part.ordinal, part.title, readings, part.published_on, part.where, web_address(part.link))


def _readings(files: Sequence[EntryFile], slots: Sequence[FileSlot], *, blind: bool) -> dict[int | None, list[Reading]]:
    """Part → its readable files, slot by slot in the order the entrant chose. In a blind round nothing as it came."""
    order = {slot.id: (slot.ordinal, slot.label) for slot in slots}
    placed = sorted((f for f in files if f.slot_id in order), key=lambda f: (order[f.slot_id][0], f.ordinal, f.id))
    shown = readings(
        {one.file_id: order[one.slot_id][1] for one in placed},
        original=not blind,
        captions={one.file_id: one.caption for one in placed},
    )
    found: dict[int | None, list[Reading]] = {}
    for one in placed:
        found.setdefault(one.part_id, []).append(shown[one.file_id])
    return found


def _named(shown: Material, entry: Entry) -> Material:
    """The same with everything an open round shows."""
    organ = session.scalars(
        select(Newsroom).where(Newsroom.id == entry.newsroom_id).options(selectinload(Newsroom.names))
    ).one_or_none()
    first = min((part.published_on for part in entry.parts if part.published_on), default=None)
    name = entry.newsroom_text
    if organ is not None and organ.names:
        name = organ.name_on(first) if first else organ.names[-1].name
    authors = [AuthorShown(a.legal_name, a.pen_name, a.role) for a in entry.authors]
    return replace(shown, authors=authors, newsroom=name, byline=entry.byline, summary=entry.summary)
