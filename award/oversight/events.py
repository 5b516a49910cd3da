"""What happened in an edition, out of the log of its award, newest first.

An event names the thing it is about, not the edition: the keys of that thing lead there, whichever room owns it. Only
kinds that have words are told, and of those a room keeps sealed only what it says may be told by now.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from award import dates
from award.db import Base, session
from award.editions.models import Edition, Panel, PrizeLevel, Round
from award.editions.permissions import ROLE_WORDS
from award.entries.models import Entry
from award.features import installed
from award.log.models import Event, EventDetail
from award.oversight.deeds import PROPOSED_BY, UNNAMED, WORDS, kinds_of
from award.paging import Order, Page, Turn, page
from award.people.models import NewsroomName, Person
from award.screening.models import Screening
from award.text import folded

_NOT_OVER = frozenset({"person", "file", "newsroom", "award", "user_account"})
"""What belongs to no edition: no way to one leads over it."""
_facts = cast(func.convert_from(Event.payload, "UTF8"), JSONB)["facts"]
_ORGAN = (
    select(NewsroomName.name)
    .where(Event.subject_kind == "newsroom", NewsroomName.newsroom_id == Event.subject_id)
    .order_by(NewsroomName.valid_from.desc())
    .limit(1)
    .scalar_subquery()
)
_WHOM = select(Person.legal_name).where(Person.id == _facts["person"].as_integer()).correlate(Event).scalar_subquery()
_OF_PRIZES = ("prize.", "honour.", "result.")
"""Beginnings of kinds that are about a prize for a work, a body or a person."""
_AT_ONCE = 1000
FILE_WORDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True)
class Wanted:
    """Which events are asked for; empty words narrow nothing."""

    group: str = ""
    person: str = ""
    code: str = ""
    day: date | None = None
    blind: bool = field(default=False, compare=False)
    """Whether a work is found by the code it is judged under, too."""

    @property
    def narrows(self) -> bool:
        return self != Wanted()


class Happened(NamedTuple):
    """An event as it is told. `name`: None where the system did it itself, and where it is kept; `entry_key` opens the
    work."""

    key: str
    event: Event
    name: str | None
    code: str | None
    entry_key: str | None
    round: int | None
    newsroom: str | None
    whom: str | None
    facts: dict[str, Any]
    detail: dict[str, Any]
    panel: str | None
    title: str | None
    level: str | None
    """The prize level that the facts name."""

    @property
    def by(self) -> str:
        """Who did it, in words."""
        return str(_("Giữ kín tên")) if self.event.kind in UNNAMED else self.name or str(_("Hệ thống"))

    @property
    def about(self) -> str:
        """The thing in words: the work by its code, the press organ by its name, the round, of a seat its panel; of a
        prize the work by its title and the level, of a proposal whether a vote made it; whom it concerned, in which
        role; as which kind of file it was taken."""
        of_round = _("Vòng %(n)s", n=self.round) if self.round else ""
        role = ROLE_WORDS.get(self.facts.get("role", "")) if self.event.kind.startswith("appointment.") else None
        thing = self.code or self.newsroom or of_round
        panel = self.panel if self.event.kind.startswith("seat.") else None
        file = FILE_WORDS.get(self.facts.get("file", "")) if self.event.kind == "payment.accounts_taken" else None
        of_prize = self.event.kind.startswith(_OF_PRIZES)
        title = f"“{self.title}”" if of_prize and self.title else None
        level = self.level if of_prize else None
        voted = PROPOSED_BY.get(self.facts.get("voted", -1)) if self.event.kind == "prize.proposed" else None
        return ", ".join(str(each) for each in (thing, title, level, voted, panel, self.whom, role, file) if each)


def events(edition: Edition, wanted: Wanted, turn: Turn, reader: int | None) -> Page[Happened]:
    """A page of them, as this person may read them."""
    order = Order((Event.seq.expression,), lambda key: _numbered(edition, key), falling=True)
    found = page(_asked(edition, wanted, reader), order, turn, lambda row: str(row.Event.seq))
    return found.of(_told(found.rows, edition.id))


def every_event(edition: Edition, wanted: Wanted, reader: int | None) -> Iterator[Happened]:
    """All of them in the same order."""
    rows = session.execute(_asked(edition, wanted, reader).order_by(Event.seq.desc())).all()
    for start in range(0, len(rows), _AT_ONCE):
        yield from _told(rows[start : start + _AT_ONCE], edition.id)


def _asked(edition: Edition, wanted: Wanted, reader: int | None) -> Select[Event, str | None]:
    found = (
        select(Event, case((Event.kind.in_(UNNAMED), None), else_=Person.legal_name))
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.award_id == edition.award_id, _about("edition") == edition.id)
        .where(Event.kind.in_(kinds_of(wanted.group) if wanted.group else WORDS), *_unsealed(edition.id, reader))
    )
    if wanted.person:
        found = found.where(
            Event.kind.not_in(UNNAMED), Person.name_folded.contains(folded(wanted.person), autoescape=True)
        )
    if wanted.code:
        found = found.where(_about("entry").in_(select(Entry.id).where(has_code(edition, wanted))))
    if wanted.day:
        begin, end = dates.end_of_day(wanted.day - timedelta(days=1)), dates.end_of_day(wanted.day)
        found = found.where(Event.at >= begin, Event.at < end)
    return found


def has_code(edition: Edition, wanted: Wanted) -> ColumnElement[bool]:
    """The work of the edition with the code: that of its dossier, or for who may know it the one it is judged under."""
    code = wanted.code.upper()
    blind = exists().where(Screening.entry_id == Entry.id, func.upper(Screening.blind_code) == code).correlate(Entry)
    named = or_(Entry.code == code, blind) if wanted.blind else Entry.code == code
    return and_(Entry.edition_id == edition.id, named)


def _unsealed(edition_id: int, reader: int | None) -> list[ColumnElement[bool]]:
    """What rooms keep to themselves for now, or from this reader, is not among them."""
    return [
        or_(~Event.kind.startswith(beginning, autoescape=True), may_be_told(edition_id, reader))
        for room in installed()
        for beginning, may_be_told in room.sealed_events.items()
    ]


def _told(rows: Sequence[Row[Event, str | None]], edition_id: int) -> list[Happened]:
    """With what each is about, all of them in one statement."""
    about = (
        select(Event.id, _facts.label("facts"), Entry.code, Entry.public_id, Round.ordinal)
        .add_columns(_ORGAN.label("organ"), _WHOM.label("whom"), EventDetail.detail, Panel.name.label("panel"))
        .add_columns(Entry.title, _level(edition_id).label("level"))
        .outerjoin(EventDetail, EventDetail.event_id == Event.id)
        .outerjoin(Entry, Entry.id == _about("entry"))
        .outerjoin(Round, Round.id == _about("round"))
        .outerjoin(Panel, Panel.id == _panel_of_seat())
        .where(Event.id.in_([event.id for event, _name in rows]))
    )
    known = {row.id: row for row in session.execute(about)} if rows else {}
    return [
        Happened(
            str(event.seq),
            event,
            name,
            it.code,
            it.public_id if it.code else None,
            it.ordinal,
            it.organ,
            it.whom,
            it.facts or {},
            it.detail or {},
            it.panel,
            it.title,
            it.level,
        )
        for event, name in rows
        for it in [known[event.id]]
    ]


def _numbered(edition: Edition, key: str) -> ColumnElement[bool]:
    known = key.isascii() and key.isdigit() and len(key) < 10
    return and_(Event.award_id == edition.award_id, Event.seq == int(key)) if known else false()


def _level(edition_id: int) -> ScalarSelect[str | None]:
    """The name of the level that the facts name by its code, or by its number."""
    named, typed = _facts["level"].as_string(), func.jsonb_typeof(_facts["level"])
    found = or_(
        and_(typed == "string", PrizeLevel.code == named), and_(typed == "number", cast(PrizeLevel.id, Text) == named)
    )
    return select(PrizeLevel.name).where(PrizeLevel.edition_id == edition_id, found).correlate(Event).scalar_subquery()


def _panel_of_seat() -> ColumnElement[int | None]:
    """The panel of the seat that the event is about; its facts name that of a seat that is gone."""
    way = _way(Base.metadata.tables["seat"], "panel")
    return func.coalesce(case((Event.subject_kind == "seat", way)), _facts["panel"].as_integer())


@cache
def _about(target: str) -> ColumnElement[int | None]:
    """The number of the row of `target` that the event's thing hangs on, or that its facts name."""
    ways = [
        (Event.subject_kind == table.name, found)
        for table in Base.metadata.sorted_tables
        if table.name not in _NOT_OVER and (found := _way(table, target)) is not None
    ]
    return func.coalesce(case(*ways), _facts[target].as_integer())


def _way(table: Table, target: str) -> ColumnElement[int | None] | None:
    """From the event's thing along the fewest keys."""
    if "id" not in table.columns:
        return None
    if table.name == target:
        return Event.subject_id.expression
    waiting = deque([(table, select(table.c.id).where(table.c.id == Event.subject_id))])
    seen = {table.name, *_NOT_OVER}
    while waiting:
        here, so_far = waiting.popleft()
        for column in here.columns:
            for key in column.foreign_keys:
                there = key.column.table
                if there.name == target:
                    return so_far.with_only_columns(column).correlate(Event).scalar_subquery()
                if there.name not in seen:
                    seen.add(there.name)
                    waiting.append((there, so_far.join_from(here, there, key.column == column)))
    return None
