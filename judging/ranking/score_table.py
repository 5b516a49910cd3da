"""The score table of a panel once its round is closed: a column for each member, by number and not by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import exists, select

from award import dates
from award.db import session
from award.editions.models import Panel, Round
from award.entries.models import Entry
from award.people.models import Person
from award.results.models import Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.aggregate import digits_needed, gap, points, shown, spread
from judging.ranking.standing import is_untrimmed

RECUSED = "–"


@dataclass(frozen=True)
class ScoreRow:
    """A work: what each member gave ("–" who was recused, empty who did not judge it), and what follows from it.

    Of a work the reader has to do with, nothing is told but its name.
    """

    code: str
    title: str
    given: tuple[str, ...]
    sheets: str
    mean: str
    spread: str
    rank: str
    too_far: bool
    kept: bool
    lacks: str = ""
    """2/3: the sheets it has and needed, of a work without a rank."""
    untrimmed: bool = False
    """Its list is trimmed; since a correction it has too few sheets for that."""


@dataclass(frozen=True)
class ScoreTable:
    members: int
    head: str
    """The one who heads the panel; empty when nobody, or not only one, does."""
    rows: tuple[ScoreRow, ...]


def score_table(judged: Round, panel: Panel, *, reader: int | None, limit: Fraction | None) -> ScoreTable:
    """The works of the panel, best first. Members are numbered in an order that says nothing of them."""
    seats = session.execute(
        select(Seat.id, Seat.role, Person.legal_name)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.panel_id == panel.id)
        .order_by(Seat.public_id)
    ).all()
    heads = [row.legal_name for row in seats if row.role == "chair"]
    kept = exists().where(
        Conflict.entry_id == Standing.entry_id, Conflict.person_id == reader, Conflict.effect == "block"
    )
    works = session.execute(
        select(Standing, Entry.title, Screening.blind_code, kept)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Standing.round_id == judged.id, Standing.panel_id == panel.id)
        .order_by(Standing.rank.asc().nulls_last(), Screening.blind_code)
    ).all()
    scores = [_score(row.Standing) for row in works]
    digits = digits_needed([score for score in scores if score is not None])
    away = _recused([row.id for row in seats])
    order = [row.id for row in seats]
    rows = [
        _row(judged, standing, code or "", title, order, away, digits, limit)
        if not is_kept
        else _kept(code, title, order)
        for standing, title, code, is_kept in works
    ]
    rows.sort(key=lambda row: row.kept)  # among the others its place would tell its rank
    return ScoreTable(len(order), heads[0] if len(heads) == 1 else "", tuple(rows))


def _score(standing: Standing) -> Fraction | None:
    if standing.score_numerator is None or standing.score_denominator is None:
        return None
    return Fraction(standing.score_numerator, standing.score_denominator)


def _recused(seat_ids: Collection[int]) -> set[tuple[int, int]]:
    """(seat, entry) of those who did not judge because they have to do with the work."""
    found = select(Assignment.seat_id, Assignment.entry_id).where(
        Assignment.seat_id.in_(seat_ids), Assignment.state == "recused"
    )
    return {(seat_id, entry_id) for seat_id, entry_id in session.execute(found)}


def _row(
    judged: Round,
    standing: Standing,
    code: str,
    title: str,
    seats: list[int],
    away: Collection[tuple[int, int]],
    digits: int,
    limit: Fraction | None,
) -> ScoreRow:
    totals: Mapping[int, Fraction] = {
        sheet["seat"]: points({int(c): steps for c, steps in sheet["marks"].items()}, judged.steps_per_point)
        for sheet in standing.detail.get("sheets", [])
    }
    score, values = _score(standing), list(totals.values())
    between = spread(values)
    gaps = [gap(values, n) for n in range(len(values))]
    return ScoreRow(
        code=code,
        title=title,
        given=tuple(_given(seat, standing.entry_id, totals, away) for seat in seats),
        sheets=dates.number(standing.sheets),
        mean="" if score is None else dates.number(shown(score, digits)),
        spread="" if between is None else dates.number(shown(between)),
        rank="" if standing.rank is None else dates.number(standing.rank),
        too_far=limit is not None and any(each is not None and abs(each) > limit for each in gaps),
        kept=False,
        lacks="" if standing.rank is not None else f"{standing.sheets}/{standing.needed}",
        untrimmed=is_untrimmed(standing),
    )


def _given(seat: int, entry_id: int, totals: Mapping[int, Fraction], away: Collection[tuple[int, int]]) -> str:
    if seat in totals:
        return dates.number(shown(totals[seat]))
    return RECUSED if (seat, entry_id) in away else ""


def _kept(code: str | None, title: str, seats: list[int]) -> ScoreRow:
    return ScoreRow(code or "", title, ("",) * len(seats), "", "", "", "", too_far=False, kept=True)
