"""How a panel marked, for its heads and the auditor once the round is closed: figures that are reasons to ask.

Nothing here changes a score or a place. Works that the reader has to do with are left out, with their sheets. How
lenient a judge is stays as the end of the round found it, whoever reads it and whatever work has left since.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from award.editions.models import Panel, Round
from award.editions.rulebook import figure_of
from judging.ranking.advice import PanelFigures, as_counted, figures
from judging.ranking.aggregate import Totals, shown
from judging.ranking.alerts import Level, Rests, alerts, beyond, rests
from judging.ranking.cuts import own_sizes
from judging.ranking.examined import Examined, Sent, members_of, newsrooms_of, order_of, own_organs, works_of
from judging.ranking.habits import (
    LEAN_WORKS,
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
from judging.ranking.reliability import Concordance, concordance
from judging.ranking.robustness import Score, robustness
from judging.ranking.severity import Severity, corrected, errors, severity


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
        others = (
            self.halo and (self.halo.notable or self.halo.even),
            self.drift and self.drift.notable,
            self.habit.restless,
        )
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
    """A member gives the works of one newsroom so many points more (or less) than the others give them.

    Without a newsroom: the strongest works of other newsrooms, in a list where the member's own one has works too.
    """

    member: str
    newsroom: str | None
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


def examine(judged: Round, *, reader: int | None, limit: Fraction | None) -> list[PanelExamination]:
    """The panels of a closed round in their order. Five statements, however many works."""
    names, order, works = members_of(judged.id), order_of(judged.id), works_of(judged.id, reader)
    own = own_organs(judged.id)
    organs = newsrooms_of({each.newsroom_id for _panel, each in works if each.newsroom_id}, judged)
    by_panel: dict[int, tuple[Panel, list[Examined]]] = {}
    for panel, work in works:
        by_panel.setdefault(panel.id, (panel, []))[1].append(work)
    counts = {key: panel.shortlist_size for key, (panel, _each) in by_panel.items()}
    ranked = {
        key: sum(work.rank is not None and work.seen for work in each) for key, (_panel, each) in by_panel.items()
    }
    readers = {
        key: [[sheet["seat"] for sheet in work.detail.get("sheets", ())] for work in each if work.seen]
        for key, (_panel, each) in by_panel.items()
    }
    sizes = own_sizes(counts, judged.shortlist_size, ranked, linked_in(judged, counts, readers))  # type: ignore[arg-type]
    return [
        _panel(judged, panel, each, sizes.get(panel.id), names, order, organs, own, limit)
        for panel, each in by_panel.values()
        if any(work.seen for work in each)
    ]


def _panel(
    judged: Round,
    panel: Panel,
    works: Sequence[Examined],
    size: int | None,
    names: Mapping[int, str],
    order: Mapping[int, list[Sent]],
    organs: Mapping[int, str],
    own: Mapping[int, Collection[tuple[int | None, str]]],
    limit: Fraction | None,
) -> PanelExamination:
    everything = {work.entry_id: totals_of(_marks(work, judged.steps_per_point)) for work in works}
    known = severity({entry: given for entry, given in everything.items() if given}, judged.scale_max)
    works = [work for work in works if work.seen]
    marks = {work.entry_id: _marks(work, judged.steps_per_point) for work in works}
    read = {entry: totals_of(given) for entry, given in marks.items() if given}
    left = rests(read, known.offsets)
    codes = {work.entry_id: work.code for work in works}
    placed = {work.entry_id for work in works if work.rank is not None}
    ranked = {entry: given for entry, given in read.items() if entry in placed}
    return PanelExamination(
        panel=panel,
        works=len(works),
        sheets=sum(map(len, read.values())),
        figures=figures(ranked, size, figure_of(judged), judged.scale_max),
        concordance=_concordance(read),
        severity=known,
        members=_habits(judged, read, marks, known, left, names, order),
        odd=_odd(read, left, judged.scale_max, codes, names, limit),
        without=_without(*as_counted(ranked, figure_of(judged), judged.scale_max), size, codes, names),
        leanings=_leanings(works, left, judged.scale_max, names, organs, _rivals(works, size, own, organs)),
        lengths=_lengths(works, read, known),
    )


def _marks(work: Examined, steps_per_point: int) -> dict[int, dict[int, Fraction]]:
    """Seat → criterion → points."""
    found: dict[int, dict[int, Fraction]] = {}
    for sheet in work.detail.get("sheets", ()):
        seat, given = sheet["seat"], sheet["marks"]
        assert isinstance(seat, int) and isinstance(given, dict)
        found[seat] = {int(criterion): Fraction(steps, steps_per_point) for criterion, steps in given.items()}
    return found


def totals_of(marks: Mapping[int, Mapping[int, Fraction]]) -> dict[int, Fraction]:
    """Seat → its total."""
    return {seat: sum(sheet.values(), Fraction(0)) for seat, sheet in marks.items()}


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
    order: Mapping[int, list[Sent]],
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


def _spans(order: Mapping[int, list[Sent]], read: Totals) -> dict[int, list[tuple[datetime | None, datetime]]]:
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


def _without(
    read: Totals, score: Score, size: int | None, codes: Mapping[int, str], names: Mapping[int, str]
) -> tuple[Without, ...]:
    if not size or size >= len(read):
        return ()
    changes = robustness(read, size, score).changes
    return tuple(
        Without(names[seat], tuple(sorted(codes[e] for e in enter)), tuple(sorted(codes[e] for e in leave)))
        for seat, (enter, leave) in sorted(changes.items())
    )


def _lengths(works: Sequence[Examined], read: Totals, known: Severity) -> Lengths | None:
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


def _rivals(
    works: Sequence[Examined],
    size: int | None,
    own: Mapping[int, Collection[tuple[int | None, str]]],
    organs: Mapping[int, str],
) -> dict[tuple[int, Hashable], list[int]]:
    """Of each seat that is kept from works as one of their newsroom: the strongest works of the others.

    The strongest are those within the cut, and the best third of a list without one.
    """
    placed = [work for work in works if work.rank is not None]
    most = size or max(LEAN_WORKS, len(placed) // 3)
    best = [work for work in placed if work.rank is not None and work.rank <= most]
    found: dict[tuple[int, Hashable], list[int]] = {}
    for seat, known in own.items():
        mine = {organs.get(number or 0) or words for number, words in known}
        found[seat, None] = [work.entry_id for work in best if work.organ(organs) not in mine]
    return found


def _leanings(
    works: Sequence[Examined],
    left: Rests,
    scale: int,
    names: Mapping[int, str],
    organs: Mapping[int, str],
    rivals: Mapping[tuple[int, Hashable], list[int]],
) -> tuple[Leaning, ...]:
    of_work: dict[int, Hashable] = {work.entry_id: organ for work in works if (organ := work.organ(organs))}
    seats = sorted({seat for _entry, seat in left.each})
    sets = by_newsroom(seats, of_work) | {key: each for key, each in rivals.items() if key[0] in seats}
    return tuple(
        Leaning(
            names[each.seat_id],
            None if each.group is None else str(each.group),
            each.works,
            shown(Fraction(each.points).limit_denominator(10**6)),
        )
        for each in leanings(left, sets, scale)
        if each.notable
    )
