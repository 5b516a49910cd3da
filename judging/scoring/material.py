"""The work as a judge reads it. What names a person or an organ is left out here in a blind round, not on the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.editions.media import called
from award.editions.models import Category, FileSlot, Genre, Round
from award.editions.sight import partly_blind, visible_slots
from award.entries.models import Authorship, Entry, EntryFile, Part
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


_ENTRY_ID: BindParameter[int] = bindparam("entry_id")
_AS_IT_STANDS = {"populate_existing": True}
_WORK = (
    select(Entry, Category, Screening.blind_code, Genre.name)
    .join(Category, Category.id == Entry.category_id)
    .join(Screening, Screening.entry_id == Entry.id)
    .outerjoin(Genre, Genre.id == Entry.genre_id)
    .where(Entry.id == _ENTRY_ID)
    .options(joinedload(Category.slots))
    .execution_options(**_AS_IT_STANDS)
)
_PARTS = select(Part).where(Part.entry_id == _ENTRY_ID).order_by(Part.ordinal).execution_options(**_AS_IT_STANDS)
_FILES = (
    select(EntryFile)
    .where(EntryFile.entry_id == _ENTRY_ID)
    .order_by(EntryFile.ordinal, EntryFile.id)
    .execution_options(**_AS_IT_STANDS)
)
_AUTHORS = select(Authorship).where(Authorship.entry_id == _ENTRY_ID).order_by(Authorship.ordinal)
_ORGAN = select(Newsroom).where(Newsroom.id == bindparam("newsroom_id")).options(joinedload(Newsroom.names))
"""Put together once: each work that is opened asks them, and to put them together takes longer than the answer."""


def material(entry_id: int, round_: Round) -> Material:
    """The work as the round lets its judges see it."""
    of = {"entry_id": entry_id}
    entry, category, code, genre = session.execute(_WORK, of).unique().one()
    parts, files = session.scalars(_PARTS, of).all(), session.scalars(_FILES, of).all()
    held = {file.slot_id for file in files}
    slots = visible_slots(category.slots, blind=round_.blind, held=held)
    read = _readings(files, slots, blind=round_.blind)
    shown = Material(
        code=code or "",
        title=entry.title,
        category=category.name,
        genre=genre or "",
        parts=[_part(part, read.get(part.id, ()), blind=round_.blind) for part in parts],
        whole=read.get(None, ()),
        blind=round_.blind,
        partly_blind=partly_blind(category.slots, blind=round_.blind, held=held),
    )
    return shown if round_.blind else _named(shown, entry, parts)


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


def _named(shown: Material, entry: Entry, parts: Sequence[Part]) -> Material:
    """The same with everything an open round shows."""
    organ = session.scalars(_ORGAN, {"newsroom_id": entry.newsroom_id}).unique().one_or_none()
    first = min((part.published_on for part in parts if part.published_on), default=None)
    name = entry.newsroom_text
    if organ is not None and organ.names:
        name = organ.name_on(first) if first else organ.names[-1].name
    signed = session.scalars(_AUTHORS, {"entry_id": entry.id})
    authors = [AuthorShown(a.legal_name, a.pen_name, a.role) for a in signed]
    return replace(shown, authors=authors, newsroom=name, byline=entry.byline, summary=entry.summary)
