"""What is read to examine how a panel marked: the works of a closed round with every sheet kept, and who sent when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, exists, func, select

from award.db import session
from award.editions.models import Panel, Round
from award.entries.models import Entry, Part
from award.people.models import Newsroom, Person
from award.results.models import Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.queries import standing_still
from judging.scoring.models import ScoreSheet

OWN_ORGAN = ("newsroom", "successor", "same_parent")
"""Relations by which a judge belongs to the newsroom of a work."""


class Examined(NamedTuple):
    entry_id: int
    code: str
    newsroom_id: int | None
    newsroom: str
    rank: int | None
    parts: int
    detail: Mapping[str, Sequence[Mapping[str, object]]]
    seen: bool
    """It still stands, and the reader has nothing to do with it."""

    def organ(self, organs: Mapping[int, str]) -> str:
        return organs.get(self.newsroom_id or 0) or self.newsroom


def works_of(round_id: int, reader: int | None) -> list[tuple[Panel, Examined]]:
    """Every work that has a place or sheets of the round, by panel and code."""
    kept = exists().where(
        Conflict.entry_id == Standing.entry_id, Conflict.person_id == reader, Conflict.effect == "block"
    )
    found = (
        select(
            Panel,
            Entry.id,
            func.coalesce(Screening.blind_code, ""),
            Entry.newsroom_id,
            Entry.newsroom_text,
            Standing.rank,
            select(func.count()).where(Part.entry_id == Entry.id).correlate(Entry).scalar_subquery(),
            Standing.detail,
            and_(standing_still(), ~kept),
        )
        .join(Panel, Panel.id == Standing.panel_id)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Standing.round_id == round_id)
        .order_by(Panel.ordinal, Panel.id, Screening.blind_code)
    )
    return [(panel, Examined(*rest)) for panel, *rest in session.execute(found)]


def members_of(round_id: int) -> dict[int, str]:
    """Seat → the name of its member."""
    found = select(Seat.id, Person.legal_name).join(Person, Person.id == Seat.person_id)
    return dict(session.execute(found.where(Seat.round_id == round_id)).tuples().all())


def own_organs(round_id: int) -> dict[int, set[tuple[int | None, str]]]:
    """Seat → the newsrooms, by number and words, whose works its member does not judge as one of them."""
    found = (
        select(Seat.id, Entry.newsroom_id, Entry.newsroom_text)
        .join(Conflict, Conflict.person_id == Seat.person_id)
        .join(Entry, Entry.id == Conflict.entry_id)
        .join(Standing, (Standing.entry_id == Entry.id) & (Standing.round_id == round_id))
        .where(Seat.round_id == round_id, Conflict.effect == "block", Conflict.relation.in_(OWN_ORGAN))
    )
    own: dict[int, set[tuple[int | None, str]]] = {}
    for seat_id, number, words in session.execute(found):
        own.setdefault(seat_id, set()).add((number, words))
    return own


class Sent(NamedTuple):
    entry_id: int
    opened_at: datetime | None
    sent_at: datetime


def order_of(round_id: int) -> dict[int, list[Sent]]:
    """Seat → entries in the order in which their sheets were sent."""
    found = (
        select(Assignment.seat_id, Assignment.entry_id, Assignment.opened_at, ScoreSheet.finished_at)
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, ScoreSheet.finished_at.is_not(None))
        .order_by(ScoreSheet.finished_at, ScoreSheet.id)
    )
    order: dict[int, list[Sent]] = {}
    for seat_id, entry_id, opened_at, sent_at in session.execute(found):
        assert sent_at is not None
        order.setdefault(seat_id, []).append(Sent(entry_id, opened_at, sent_at))
    return order


def newsrooms_of(ids: set[int], judged: Round) -> dict[int, str]:
    """The names that these organs bore when the round was closed."""
    if not ids or judged.closed_at is None:
        return {}
    day = judged.closed_at.date()
    return {each.id: each.name_on(day) for each in session.scalars(select(Newsroom).where(Newsroom.id.in_(ids)))}
