"""Who was given which file of which work as it came, and when: the newest first, by work, person and day.

What somebody who judges reads is told when the round is over: it would tell which works they were given.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, select

from award import dates
from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry, EntryFile
from award.files.models import Fetch, File
from award.oversight.events import Wanted, has_code
from award.oversight.queries import told_by_now
from award.paging import Order, Page, Turn, page
from award.people.models import Person
from award.text import folded

_COLUMNS = (Fetch.at.expression, Fetch.file_id.expression, Fetch.person_id.expression, Fetch.saved.expression)
_LAST = 2**32
"""No address leads beyond what clocks tell."""
_ORDER = (*_COLUMNS, Entry.id.expression)


class Read(NamedTuple):
    """That within the hour that begins then a person was given a file of a work. `saved`: to keep it."""

    at: datetime
    saved: bool
    person: str
    file: str
    code: str
    entry_key: str


def readers(edition: Edition, wanted: Wanted, turn: Turn) -> Page[Read]:
    """A page of them."""
    order = Order(_ORDER, lambda key: _named(edition, key), falling=True, joined=_joined(select(*_ORDER)))
    found = page(_asked(edition, wanted), order, turn, _key)
    return found.of([Read(*row[:6]) for row in found.rows])


def every_reader(edition: Edition, wanted: Wanted) -> list[Read]:
    """All of them in the same order."""
    falling = _asked(edition, wanted).order_by(*(each.desc() for each in _ORDER))
    return [Read(*row[:6]) for row in session.execute(falling)]


def _asked(edition: Edition, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    told = select(Fetch.at, Fetch.saved, Person.legal_name, File.name, Entry.code, Entry.public_id).add_columns(
        File.public_id.label("file_key"), Person.public_id.label("person_key")
    )
    found = _joined(told).where(Entry.edition_id == edition.id, Entry.code.is_not(None), *told_by_now())
    if wanted.person:
        found = found.where(Person.name_folded.contains(folded(wanted.person), autoescape=True))
    if wanted.code:
        found = found.where(has_code(edition, wanted))
    if wanted.day:
        begin, end = dates.end_of_day(wanted.day - timedelta(days=1)), dates.end_of_day(wanted.day)
        found = found.where(Fetch.at >= begin, Fetch.at < end)
    return found


def _key(row: Any) -> str:
    """Hour, file, person, work, and whether it was saved: what no two rows have alike."""
    hour = int(row.at.timestamp()) // 3600
    return f"{hour}.{row.file_key}.{row.person_key}.{row.public_id}.{int(row.saved)}"


def _joined(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    with_work = asked.select_from(Fetch).join(EntryFile, EntryFile.file_id == Fetch.file_id)
    with_work = with_work.join(Entry, Entry.id == EntryFile.entry_id)
    return with_work.join(File, File.id == Fetch.file_id).join(Person, Person.id == Fetch.person_id)


def _named(edition: Edition, key: str) -> ColumnElement[bool]:
    """The row that a key of an address means; a key nobody made means none."""
    parts = key.split(".")
    if len(parts) != len(_ORDER) or not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10):
        return false()
    hour = datetime.fromtimestamp(int(parts[0]) * 3600 % _LAST, UTC)
    same = (File.public_id == parts[1], Person.public_id == parts[2], Entry.public_id == parts[3])
    return and_(Entry.edition_id == edition.id, Fetch.at == hour, Fetch.saved.is_(parts[4] == "1"), *same)
