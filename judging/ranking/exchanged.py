"""Exchanges on works whose sheets lie apart: to who takes part, under numbers or names; afterwards in the minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.screening.models import Screening
from award.screening.queries import blind_codes
from judging.panels.models import Assignment, Seat
from judging.panels.queries import seats_of
from judging.ranking import queries
from judging.ranking.apart import apart
from judging.ranking.gathering import gathered
from judging.scoring.exchanges import exchanges, names, numbers, still_exchanging
from judging.scoring.models import Exchange
from judging.scoring.permissions import may_moderate


@dataclass(frozen=True)
class Said:
    who: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Talk:
    """An exchange as one who takes part reads it."""

    exchange: Exchange
    code: str
    title: str
    panel: str
    own: str
    """The assignment under which the reader may read the work again; empty where there is none."""
    me: str
    moderates: bool
    said: tuple[Said, ...]

    @property
    def open(self) -> bool:
        return self.exchange.ended_at is None


@dataclass(frozen=True)
class ToOpen:
    """A work on which an exchange may be opened."""

    value: str
    pair: tuple[int, int]
    code: str
    title: str
    panel: str


@dataclass(frozen=True)
class Reader:
    """Who asks: the seats, and works of which nothing is told."""

    by: Capacity
    seats: Sequence[Seat]
    hidden: frozenset[int]

    def moderates(self, panel_id: int, entry_id: int) -> bool:
        return entry_id not in self.hidden and may_moderate(self.by, self.seats, panel_id)


def reader(by: Capacity, judged: Round) -> Reader:
    assert by.person_id is not None
    return Reader(by, seats_of(by.person_id, judged.id), frozenset(queries.hidden_works(judged.id, by.person_id)))


def talk(read: Reader, judged: Round, exchange: Exchange) -> Talk | None:
    """None where the reader takes no part: then there is no such exchange."""
    assert read.by.person_id is not None
    number = numbers(exchange.panel_id, exchange.entry_id).get(read.by.person_id)
    heads = may_moderate(read.by, read.seats, exchange.panel_id)
    if number is None and not read.moderates(exchange.panel_id, exchange.entry_id):
        return None
    code, title = _works([exchange.entry_id])[exchange.entry_id]
    panel = queries.panels(judged.id)[exchange.panel_id].name
    own = _own(read, exchange.entry_id) if judged.state == "frozen" else ""
    return Talk(exchange, code, title, panel, own, _called(number or 0), heads, said(exchange))


def talks(read: Reader, judged: Round) -> list[Talk]:
    """Those the reader takes part in, the latest first."""
    found = [talk(read, judged, each) for each in exchanges(judged.id)]
    return [each for each in reversed(found) if each is not None]


def open_to(by: Capacity, judged: Round) -> int:
    """How many exchanges wait for a word or the end of the person. One question where none is open."""
    if by.person_id is None or not still_exchanging(judged.id):
        return 0
    return sum(each.open for each in talks(reader(by, judged), judged))


def said(exchange: Exchange) -> tuple[Said, ...]:
    """What was written, oldest first, under names only where the rules said so."""
    people = names({each.person_id for each in exchange.remarks}) if exchange.named else {}
    return tuple(
        Said(people.get(each.person_id) or _called(each.number), each.words, each.written_at)
        for each in exchange.remarks
    )


def in_the_minutes(judged: Round, panel_id: int, person_id: int | None) -> list[tuple[str, tuple[Said, ...]]]:
    """Blind code and remarks of the panel's exchanges, but for works that a tie keeps the person from."""
    had = [each for each in exchanges(judged.id) if each.panel_id == panel_id]
    if not had:
        return []
    works = [each.entry_id for each in had]
    kept, codes = queries.kept_from(person_id, works), blind_codes(works)
    return [(codes[each.entry_id], said(each)) for each in had if each.entry_id not in kept]


def to_open(edition: Edition, judged: Round, read: Reader) -> list[ToOpen]:
    """Works on which the reader may open an exchange: none was, and a sheet lies apart that waits for its answer."""
    if judged.state != "frozen":
        return []
    had = {(each.panel_id, each.entry_id) for each in exchanges(judged.id)}
    pairs = [pair for pair in unanswered(edition, judged) if pair not in had and read.moderates(*pair)]
    works, panels = _works([entry for _panel, entry in pairs]), queries.panels(judged.id)
    lines = [
        ToOpen(f"{panels[panel].public_id} {works[entry][0]}", (panel, entry), *works[entry], panels[panel].name)
        for panel, entry in pairs
    ]
    return sorted(lines, key=lambda line: (line.panel, line.code))


def unanswered(edition: Edition, judged: Round) -> list[tuple[int, int]]:
    """(panel, entry) of works with a sheet that lies apart and was not answered for, read by two at least."""
    answered = {look.sheet_id for look in queries.looks(judged.id) if look.answer is not None}
    odd = apart(gathered(judged), rule(edition, "spread_limit").points)
    return sorted({(each.panel_id, each.entry_id) for each in odd if each.sheet_id not in answered and each.others})


def _works(entry_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Entry → the code it is judged under, and its title."""
    found = (
        select(Entry.id, func.coalesce(Screening.blind_code, ""), Entry.title)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Entry.id.in_(entry_ids))
    )
    return {entry: (code, title) for entry, code, title in session.execute(found).tuples()}


def _own(read: Reader, entry_id: int) -> str:
    """Under what the reader judges the work; nothing for who only moderates."""
    mine = Assignment.seat_id.in_([each.id for each in read.seats]), Assignment.entry_id == entry_id
    return session.scalar(select(Assignment.public_id).where(*mine, Assignment.state == "open").limit(1)) or ""


def _called(number: int) -> str:
    return str(_("Thành viên %(n)s", n=number) if number else _("Người điều hành"))
