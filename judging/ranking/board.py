"""The ranking of a closed round as people read it: places, figures, and every sheet behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from award.db import session
from award.editions.models import Criterion, Panel, Round
from award.entries.models import Entry
from award.people.models import Person
from award.results.models import Standing
from award.screening.models import Screening
from judging.panels.models import Seat
from judging.ranking.aggregate import Place, digits_needed, points, shown, spread
from judging.ranking.ties import Cut, cut


@dataclass(frozen=True)
class SheetLine:
    """A sheet behind a figure: whose it is (None for readers who may not know), points by criterion, total."""

    judge: str | None
    by_criterion: tuple[Decimal | None, ...]
    total: Decimal


@dataclass(frozen=True)
class Line:
    """One work of the ranking. Positions are percent of the scale, for the drawing."""

    entry_id: int
    public_id: str
    code: str
    title: str
    rank: int | None
    score: Decimal | None
    spread: Decimal | None
    low: float
    middle: float
    high: float
    sheets: tuple[SheetLine, ...]
    advanced: bool | None
    reason: str
    tied: bool


@dataclass(frozen=True)
class PanelBoard:
    """A panel's works, best first, and where the cut lies among them."""

    panel: Panel
    lines: tuple[Line, ...]
    cut: Cut | None


def boards(judged: Round, *, names: bool) -> list[PanelBoard]:
    """The round's panels with their places. `names` tells who wrote each sheet. Four questions, however many works."""
    criteria = session.scalars(
        select(Criterion).where(Criterion.round_id == judged.id).order_by(Criterion.ordinal)
    ).all()
    panels = session.scalars(select(Panel).where(Panel.round_id == judged.id).order_by(Panel.ordinal, Panel.id)).all()
    judges = _judges(judged.id) if names else {}
    found = session.execute(
        select(Standing, Entry.public_id, Entry.title, Screening.blind_code)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Standing.round_id == judged.id)
        .order_by(Standing.rank.asc().nulls_last(), Screening.blind_code)
    ).tuples()
    by_panel: dict[int, list[tuple[Standing, str, str, str | None]]] = {panel.id: [] for panel in panels}
    for row in found:
        by_panel[row[0].panel_id].append(row)
    return [_board(judged, panel, by_panel[panel.id], criteria, judges) for panel in panels if by_panel[panel.id]]


def _judges(round_id: int) -> dict[int, str]:
    rows = session.execute(
        select(Seat.id, Person.legal_name).join(Person, Person.id == Seat.person_id).where(Seat.round_id == round_id)
    )
    return dict(rows.tuples().all())


def _board(
    judged: Round,
    panel: Panel,
    rows: Sequence[tuple[Standing, str, str, str | None]],
    criteria: Sequence[Criterion],
    judges: Mapping[int, str],
) -> PanelBoard:
    scores = {row[0].entry_id: _score(row[0]) for row in rows}
    digits = digits_needed([score for score in scores.values() if score is not None])
    places = [Place(s.entry_id, s.rank, scores[s.entry_id], None, s.sheets) for s, *_ in rows]
    found_cut = cut(places, judged.shortlist_size) if judged.shortlist_size else None
    tied = set(found_cut.tied) if found_cut else set()
    lines = tuple(
        _line(judged, standing, (public_id, title, code or ""), criteria, judges, digits, standing.entry_id in tied)
        for standing, public_id, title, code in rows
    )
    return PanelBoard(panel, lines, found_cut)


def _score(standing: Standing) -> Fraction | None:
    if standing.score_numerator is None or standing.score_denominator is None:
        return None
    return Fraction(standing.score_numerator, standing.score_denominator)


def _line(
    judged: Round,
    standing: Standing,
    names: tuple[str, str, str],
    criteria: Sequence[Criterion],
    judges: Mapping[int, str],
    digits: int,
    tied: bool,
) -> Line:
    score = _score(standing)
    kept = standing.detail.get("sheets", [])
    marks = [{int(criterion): steps for criterion, steps in sheet["marks"].items()} for sheet in kept]
    totals = [points(each, judged.steps_per_point) for each in marks]
    between = spread(totals)
    public_id, title, code = names
    return Line(
        entry_id=standing.entry_id,
        public_id=public_id,
        code=code,
        title=title,
        rank=standing.rank,
        score=None if score is None else shown(score, digits),
        spread=None if between is None else shown(between),
        low=_percent(min(totals, default=Fraction(0)), judged),
        middle=_percent(score or Fraction(0), judged),
        high=_percent(max(totals, default=Fraction(0)), judged),
        sheets=tuple(
            SheetLine(
                judges.get(sheet["seat"]),
                tuple(_points(each.get(criterion.id), judged) for criterion in criteria),
                shown(total),
            )
            for sheet, each, total in zip(kept, marks, totals, strict=True)
        ),
        advanced=standing.advanced,
        reason=standing.advanced_reason,
        tied=tied,
    )


def _percent(value: Fraction, judged: Round) -> float:
    return round(float(value / judged.scale_max * 100), 2)


def _points(steps: int | None, judged: Round) -> Decimal | None:
    return None if steps is None else shown(Fraction(steps, judged.steps_per_point))
