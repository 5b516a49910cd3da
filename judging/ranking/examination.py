"""How a panel marked, for its heads and the auditor once the round is closed: figures that are reasons to ask.

Nothing here changes a score or a place. Works that the reader has to do with are left out, with their sheets.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import exists, func, select

from award.db import session
from award.editions.models import Panel, Round
from award.entries.models import Entry, Part
from award.people.models import Newsroom, Person
from award.results.models import Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.advice import PanelFigures, figures
from judging.ranking.aggregate import Totals, shown
from judging.ranking.alerts import Level, Rests, alerts, beyond, rests
from judging.ranking.cuts import own_sizes
from judging.ranking.habits import (
    Drift,
    Habit,
    Halo,
    ReadingTime,
    by_newsroom,
    drift,
    habits,
    halos,
    leanings,
    reading_time,
)
from judging.ranking.links import linked_in
from judging.ranking.queries import standing_still
from judging.ranking.reliability import Concordance, concordance
from judging.ranking.robustness import robustness
from judging.ranking.severity import Severity, corrected, errors, severity
from judging.scoring.models import ScoreSheet


@dataclass(frozen=True)
class Member:
    """One judge's way of marking beside the others'."""

    name: str
    habit: Habit
    halo: Halo | None
    drift: Drift | None
    corrected: bool
    """What is said of leniency is known from works read together."""
    time: ReadingTime | None = None
    """None in a round of which nobody knows when a work was opened."""

    @property
    def notable(self) -> bool:
        others = (self.halo and self.halo.notable, self.drift and self.drift.notable)
        return self.habit.strong or self.habit.flat or self.habit.at_odds or any(others)


@dataclass(frozen=True)
class OddSheet:
    """A sheet that lies apart: `apart` points from the mean of the others, severity taken off where it is known."""

    code: str
    member: str
    apart: Decimal
    level: Level | None
    """None where only the regulations speak."""
    against_rule: Decimal | None
    """The plain distance, where the regulations allow less."""


@dataclass(frozen=True)
class Without:
    """What the list would be without one member's sheets."""

    member: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True)
class Leaning:
    """A member gives the works of one newsroom so many points more (or less) than the others give them."""

    member: str
    newsroom: str
    works: int
    points: Decimal


FEWEST_ALIKE = 3
"""Fewer series, or fewer single works, say nothing of how length is marked."""


@dataclass(frozen=True)
class Lengths:
    """Series beside works of one part: so many of each, and how many points more (or less) series have on average."""

    series: int
    single: int
    points: Decimal


@dataclass(frozen=True)
class PanelExamination:
    panel: Panel
    works: int
    sheets: int
    figures: PanelFigures
    concordance: Concordance | None
    """Where everybody read everything."""
    severity: Severity
    members: tuple[Member, ...]
    odd: tuple[OddSheet, ...]
    without: tuple[Without, ...]
    leanings: tuple[Leaning, ...]
    lengths: Lengths | None
    """Shown so that people look; nothing is set right by it."""


class _Work(NamedTuple):
    entry_id: int
    code: str
    newsroom_id: int | None
    newsroom: str
    rank: int | None
    parts: int
    detail: Mapping[str, Sequence[Mapping[str, object]]]


def examine(judged: Round, *, reader: int | None, limit: Fraction | None) -> list[PanelExamination]:
    """The panels of a closed round in their order. Four statements, however many works."""
    names, order, works = _members(judged.id), _order(judged.id), _works(judged.id, reader)
    organs = _newsrooms({each.newsroom_id for _panel, each in works if each.newsroom_id}, judged)
    by_panel: dict[int, tuple[Panel, list[_Work]]] = {}
    for panel, work in works:
        by_panel.setdefault(panel.id, (panel, []))[1].append(work)
    counts = {key: panel.shortlist_size for key, (panel, _each) in by_panel.items()}
    ranked = {key: sum(work.rank is not None for work in each) for key, (_panel, each) in by_panel.items()}
    readers = {
        key: [[sheet["seat"] for sheet in work.detail.get("sheets", ())] for work in each]
        for key, (_panel, each) in by_panel.items()
    }
    sizes = own_sizes(counts, judged.shortlist_size, ranked, linked_in(judged, counts, readers))  # type: ignore[arg-type]
    return [
        _panel(judged, panel, each, sizes.get(panel.id), names, order, organs, limit)
        for panel, each in by_panel.values()
    ]


def _works(round_id: int, reader: int | None) -> list[tuple[Panel, _Work]]:
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
        )
        .join(Panel, Panel.id == Standing.panel_id)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Standing.round_id == round_id, standing_still(), ~kept)
        .order_by(Panel.ordinal, Panel.id, Screening.blind_code)
    )
    return [(panel, _Work(*rest)) for panel, *rest in session.execute(found)]


def _members(round_id: int) -> dict[int, str]:
    found = select(Seat.id, Person.legal_name).join(Person, Person.id == Seat.person_id)
    return dict(session.execute(found.where(Seat.round_id == round_id)).tuples().all())


class _Sent(NamedTuple):
    entry_id: int
    opened_at: datetime | None
    sent_at: datetime


def _order(round_id: int) -> dict[int, list[_Sent]]:
    """Seat → entries in the order in which their sheets were sent."""
    found = (
        select(Assignment.seat_id, Assignment.entry_id, Assignment.opened_at, ScoreSheet.finished_at)
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, ScoreSheet.finished_at.is_not(None))
        .order_by(ScoreSheet.finished_at, ScoreSheet.id)
    )
    order: dict[int, list[_Sent]] = {}
    for seat_id, entry_id, opened_at, sent_at in session.execute(found):
        assert sent_at is not None
        order.setdefault(seat_id, []).append(_Sent(entry_id, opened_at, sent_at))
    return order


def _newsrooms(ids: set[int], judged: Round) -> dict[int, str]:
    """The names that these organs bore when the round was closed."""
    if not ids or judged.closed_at is None:
        return {}
    day = judged.closed_at.date()
    return {each.id: each.name_on(day) for each in session.scalars(select(Newsroom).where(Newsroom.id.in_(ids)))}


def _panel(
    judged: Round,
    panel: Panel,
    works: Sequence[_Work],
    size: int | None,
    names: Mapping[int, str],
    order: Mapping[int, list[_Sent]],
    organs: Mapping[int, str],
    limit: Fraction | None,
) -> PanelExamination:
    marks = {work.entry_id: _marks(work, judged.steps_per_point) for work in works}
    read = {
        entry: {seat: sum(sheet.values(), Fraction(0)) for seat, sheet in given.items()}
        for entry, given in marks.items()
        if given
    }
    known = severity(read, judged.scale_max)
    left = rests(read, known.offsets)
    codes = {work.entry_id: work.code for work in works}
    placed = {work.entry_id for work in works if work.rank is not None}
    ranked = {entry: given for entry, given in read.items() if entry in placed}
    return PanelExamination(
        panel=panel,
        works=len(works),
        sheets=sum(map(len, read.values())),
        figures=figures(ranked, size),
        concordance=_concordance(read),
        severity=known,
        members=_habits(judged, read, marks, known, left, names, order),
        odd=_odd(read, left, judged.scale_max, codes, names, limit),
        without=_without(ranked, size, codes, names),
        leanings=_leanings(works, left, judged.scale_max, names, organs),
        lengths=_lengths(works, read, known),
    )


def _marks(work: _Work, steps_per_point: int) -> dict[int, dict[int, Fraction]]:
    """Seat → criterion → points."""
    found: dict[int, dict[int, Fraction]] = {}
    for sheet in work.detail.get("sheets", ()):
        seat, given = sheet["seat"], sheet["marks"]
        assert isinstance(seat, int) and isinstance(given, dict)
        found[seat] = {int(criterion): Fraction(steps, steps_per_point) for criterion, steps in given.items()}
    return found


def _concordance(read: Totals) -> Concordance | None:
    if not read or len({frozenset(given) for given in read.values()}) > 1:
        return None
    seats = sorted(next(iter(read.values())))
    return concordance([[float(given[seat]) for given in read.values()] for seat in seats])


def _habits(
    judged: Round,
    read: Totals,
    marks: Mapping[int, Mapping[int, Mapping[int, Fraction]]],
    known: Severity,
    left: Rests,
    names: Mapping[int, str],
    order: Mapping[int, list[_Sent]],
) -> tuple[Member, ...]:
    unsure = errors(read, known.ratio) if known.ratio is not None else {}
    plain = {
        entry: {seat: {each: float(points) for each, points in sheet.items()} for seat, sheet in given.items()}
        for entry, given in marks.items()
        if given
    }
    spans = _spans(order, read) if any(sent.opened_at for one in order.values() for sent in one) else {}
    halo = halos(plain, {criterion.id: criterion.weight * judged.scale_max for criterion in judged.criteria})
    return tuple(
        Member(
            names[each.seat_id],
            each,
            halo.get(each.seat_id),
            drift(left, each.seat_id, [sent.entry_id for sent in order.get(each.seat_id, [])], judged.scale_max),
            known.ratio is not None,
            reading_time(spans.get(each.seat_id, ())) if spans else None,
        )
        for each in habits(read, known.offsets, unsure, left, judged.scale_max)
    )


def _spans(order: Mapping[int, list[_Sent]], read: Totals) -> dict[int, list[tuple[datetime | None, datetime]]]:
    return {
        seat: [(one.opened_at, one.sent_at) for one in sent if one.entry_id in read] for seat, sent in order.items()
    }


def _odd(
    read: Totals,
    left: Rests,
    scale: int,
    codes: Mapping[int, str],
    names: Mapping[int, str],
    limit: Fraction | None,
) -> tuple[OddSheet, ...]:
    """Those that the figures speak of, the worst first; then those that only the regulations speak of."""
    ruled = beyond(read, limit) if limit is not None else {}
    found = []
    for each in alerts(left, scale):
        plain = ruled.pop((each.entry_id, each.seat_id), None)
        apart = shown(Fraction(each.apart).limit_denominator(10**6))
        rule = None if plain is None else shown(abs(plain))
        found.append(OddSheet(codes[each.entry_id], names[each.seat_id], apart, each.level, rule))
    rest = sorted(ruled.items(), key=lambda item: (-abs(item[1]), item[0]))
    found += [OddSheet(codes[entry], names[seat], shown(gap), None, shown(abs(gap))) for (entry, seat), gap in rest]
    return tuple(found)


def _without(read: Totals, size: int | None, codes: Mapping[int, str], names: Mapping[int, str]) -> tuple[Without, ...]:
    if not size or size >= len(read):
        return ()
    changes = robustness(read, size).changes
    return tuple(
        Without(names[seat], tuple(sorted(codes[e] for e in enter)), tuple(sorted(codes[e] for e in leave)))
        for seat, (enter, leave) in sorted(changes.items())
    )


def _lengths(works: Sequence[_Work], read: Totals, known: Severity) -> Lengths | None:
    """By the scores with severity set right where it is known: a strict judge may have read the series."""
    scores = corrected(read, known.offsets)
    parted: dict[bool, list[Fraction]] = {True: [], False: []}
    for work in works:
        score = scores.get(work.entry_id)
        if score is not None:
            parted[work.parts > 1].append(score)
    series, single = parted[True], parted[False]
    if min(len(series), len(single)) < FEWEST_ALIKE:
        return None
    apart = sum(series, Fraction(0)) / len(series) - sum(single, Fraction(0)) / len(single)
    return Lengths(len(series), len(single), shown(apart))


def _leanings(
    works: Sequence[_Work], left: Rests, scale: int, names: Mapping[int, str], organs: Mapping[int, str]
) -> tuple[Leaning, ...]:
    of_work: dict[int, Hashable] = {}
    for work in works:
        group = organs.get(work.newsroom_id or 0) or work.newsroom
        if group:
            of_work[work.entry_id] = group
    seats = sorted({seat for _entry, seat in left.each})
    return tuple(
        Leaning(names[each.seat_id], str(each.group), each.works, shown(Fraction(each.points).limit_denominator(10**6)))
        for each in leanings(left, by_newsroom(seats, of_work), scale)
        if each.notable
    )
