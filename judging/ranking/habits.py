"""How a judge marks: severity, spread, agreement with the others, drift, halo, and leaning to or against a newsroom.

For those who lead the panel: each figure is a reason to ask, and none changes a score.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations
from math import erfc, sqrt
from statistics import mean, median

from judging.ranking.aggregate import Totals
from judging.ranking.alerts import Rests
from judging.ranking.reliability import middle_ranks

STRONG_ERRORS, STRONG = 2.0, 4.0
FLAT, SAME = 0.5, 0.2
RESTLESS = 1.5
AT_ODDS, SHARED = 0.2, 10
DRIFT, DRIFT_ERRORS = 3.0, 2.5
HALO, HALO_ABOVE, HALO_WORKS = 0.7, 0.25, 15
LEAN, LEAN_ERRORS, LEAN_WORKS = 5.0, 3.0, 3
FALSE = 0.10
"""The part of leanings found that may be found by chance."""


@dataclass(frozen=True)
class Habit:
    """One judge beside the others. Points on the scale; None where too little is shared."""

    seat_id: int
    sheets: int
    offset: float
    error: float
    strong: bool
    """More lenient or stricter than chance and than 4 hundredths of the scale."""
    slope: float | None
    """How much a work that the others hold a point better gains with this judge."""
    same: float
    """The part of the judge's totals that are the most frequent one."""
    flat: bool
    """Tells works apart too little."""
    agreement: float | None
    at_odds: bool
    """Orders works hardly as the others do."""
    infit: float | None
    outfit: float | None
    """Noise beside that of the panel, by squares and by sheets: 0.5 to 1.5 is usual."""

    @property
    def restless(self) -> bool:
        """Marks rise and fall more than those of the others do."""
        if self.infit is None or self.outfit is None or self.sheets < SHARED:
            return False
        return min(self.infit, self.outfit) > RESTLESS


def habits(
    totals: Totals, offsets: Mapping[int, Fraction], errors: Mapping[int, float], found: Rests, scale: int
) -> list[Habit]:
    """Every judge who gave a sheet, in the order of seats."""
    by_seat: dict[int, dict[int, float]] = {}
    for entry, given in totals.items():
        for seat, total in given.items():
            by_seat.setdefault(seat, {})[entry] = float(total)
    variance = _variance(found)
    return [
        _habit(seat, by_seat[seat], offsets, errors.get(seat, 0.0), found, variance, scale) for seat in sorted(by_seat)
    ]


def _habit(
    seat: int,
    own: Mapping[int, float],
    offsets: Mapping[int, Fraction],
    error: float,
    found: Rests,
    variance: float,
    scale: int,
) -> Habit:
    offset = float(offsets.get(seat, Fraction(0)))
    mine = {entry: found.each[entry, seat] for entry in own if (entry, seat) in found.each}
    # the others' mean: the judge's own total, set right, less its distance from them
    others = [own[entry] - offset - rest.value / rest.share for entry, rest in mine.items()]
    values = [own[entry] for entry in mine]
    steep = slope(others, values)
    same = max(Counter(own.values()).values()) / len(own) if len(own) > 1 else 0.0
    flat = len(own) >= SHARED and ((steep is not None and steep < FLAT) or same > SAME)
    agreement = rank_correlation(values, others) if len(mine) >= SHARED else None
    squares = [rest.value**2 for rest in mine.values()]
    expected = [variance * rest.share for rest in mine.values()]
    fits = bool(expected) and variance > 0
    return Habit(
        seat_id=seat,
        sheets=len(own),
        offset=offset,
        error=error,
        strong=abs(offset) > STRONG_ERRORS * error and abs(offset) > STRONG * scale / 100,
        slope=steep,
        same=same,
        flat=flat,
        agreement=agreement,
        at_odds=agreement is not None and agreement < AT_ODDS,
        infit=sum(squares) / sum(expected) if fits else None,
        outfit=mean(each / one for each, one in zip(squares, expected, strict=True)) if fits else None,
    )


def _variance(found: Rests) -> float:
    """Of the noise of one sheet, over all of them."""
    free = sum(rest.share for rest in found.each.values())
    return sum(rest.value**2 for rest in found.each.values()) / free if free else 0.0


# Time


@dataclass(frozen=True)
class ReadingTime:
    """From the first look at a work to the sheet that was sent, in the middle of the works of which both are known.

    `unknown`: sheets of works whose first look nobody knows, such as those read on paper or without a network. For
    information: it says nothing of how carefully anybody read.
    """

    median: timedelta | None
    unknown: int


def reading_time(spans: Iterable[tuple[datetime | None, datetime]]) -> ReadingTime:
    """Of one judge. `spans`: of each sheet when its work was first opened, and when the sheet was sent."""
    listed = list(spans)
    taken = [sent - opened for opened, sent in listed if opened is not None and opened <= sent]
    middle = median(each.total_seconds() for each in taken) if taken else None
    return ReadingTime(None if middle is None else timedelta(seconds=middle), len(listed) - len(taken))


# Drift


@dataclass(frozen=True)
class Drift:
    """Points gained from the first to the last work a judge read, and in standard errors."""

    gained: float
    errors: float
    notable: bool


def drift(found: Rests, seat: int, order: Sequence[int], scale: int) -> Drift | None:
    """Whether the judge grew lenient or strict. `order`: entries as first marked. None for fewer than five of them."""
    left = [found.each[entry, seat].value for entry in order if (entry, seat) in found.each]
    many = len(left)
    if many < 5:
        return None
    at = [number / (many - 1) - 0.5 for number in range(many)]
    gained, middle = slope(at, left) or 0.0, mean(left)
    squares = sum((value - middle - gained * where) ** 2 for where, value in zip(at, left, strict=True))
    error = sqrt(squares / (many - 2) / sum(where**2 for where in at))
    errors = gained / error if error else 0.0
    return Drift(gained, errors, abs(gained) >= DRIFT * scale / 100 and abs(errors) >= DRIFT_ERRORS)


# Halo


Marks = Mapping[int, Mapping[int, Mapping[int, float]]]
"""Entry → seat → criterion → mark."""


@dataclass(frozen=True)
class Halo:
    """How much criteria move together beyond what works ask for; `level`: the part of sheets without a difference."""

    together: float | None
    level: float
    notable: bool
    even: bool
    """More sheets than a few are without a difference."""


def halos(marks: Marks, most: Mapping[int, int]) -> dict[int, Halo]:
    """Seat → halo. `most` holds the maximum of each criterion. Judges of fewer than 15 works shared have no figure."""
    apart: dict[int, list[dict[int, float]]] = {}
    even: dict[int, list[bool]] = {}
    for given in marks.values():
        for seat, sheet in given.items():
            even.setdefault(seat, []).append(len({sheet[each] / most[each] for each in sheet}) == 1 < len(sheet))
            others = [other for who, other in given.items() if who != seat]
            if others:
                beside = {each: sheet[each] - mean(other[each] for other in others) for each in sheet}
                apart.setdefault(seat, []).append(beside)
    together = {
        seat: _together(rows) if len(rows) >= HALO_WORKS else None
        for seat, rows in ((seat, apart.get(seat, [])) for seat in even)
    }
    known = [value for value in together.values() if value is not None]
    usual = median(known) if known else 0.0
    return {
        seat: Halo(
            value,
            mean(even[seat]),
            value is not None and value > HALO and value > usual + HALO_ABOVE,
            len(even[seat]) >= SHARED and mean(even[seat]) > SAME,
        )
        for seat, value in sorted(together.items())
    }


def _together(rows: Sequence[Mapping[int, float]]) -> float | None:
    """The mean correlation of every two criteria."""
    columns = {each: [row[each] for row in rows] for each in rows[0]}
    found = [correlation(columns[one], columns[other]) for one, other in combinations(sorted(columns), 2)]
    known = [value for value in found if value is not None]
    return mean(known) if known else None


# Leaning


@dataclass(frozen=True)
class Lean:
    """A judge gives the works of a group `points` more than others do, in standard errors `errors`."""

    seat_id: int
    group: Hashable
    works: int
    points: float
    errors: float
    notable: bool


def leanings(found: Rests, sets: Mapping[tuple[int, Hashable], Collection[int]], scale: int) -> list[Lean]:
    """Of every judge and group of at least three works read. `sets`: (seat, name of the group) → its works.

    A group may be the works of a newsroom, or the strongest rivals of the newsroom a judge belongs to. Notable ones are
    chosen so that of all of them at most a tenth are expected by chance (Benjamini and Hochberg).
    """
    rows = []
    for (seat, group), works in sets.items():
        left = [found.each[entry, seat] for entry in works if (entry, seat) in found.each]
        if len(left) < LEAN_WORKS or not found.noise:
            continue
        points = mean(rest.value for rest in left)
        error = found.noise * sqrt(mean(rest.share for rest in left) / len(left))
        rows.append((seat, group, len(left), points, points / error))
    rare = _rare([erfc(abs(row[4]) / sqrt(2)) for row in rows])
    leaning = [
        Lean(*row, notable=is_rare and abs(row[4]) >= LEAN_ERRORS and abs(row[3]) >= LEAN * scale / 100)
        for row, is_rare in zip(rows, rare, strict=True)
    ]
    return sorted(leaning, key=lambda lean: (-abs(lean.errors), lean.seat_id, str(lean.group)))


def by_newsroom(judges: Iterable[int], newsrooms: Mapping[int, Hashable]) -> dict[tuple[int, Hashable], list[int]]:
    """The sets of `leanings` for every judge and newsroom; `newsrooms`: entry → newsroom."""
    works: dict[Hashable, list[int]] = {}
    for entry, newsroom in newsrooms.items():
        works.setdefault(newsroom, []).append(entry)
    return {(seat, newsroom): each for seat in judges for newsroom, each in works.items()}


def _rare(chances: Sequence[float]) -> list[bool]:
    ordered = sorted(chances)
    below = [chance for place, chance in enumerate(ordered, start=1) if chance <= FALSE * place / len(ordered)]
    return [bool(below) and chance <= below[-1] for chance in chances]


# Lines through points


def slope(along: Sequence[float], values: Sequence[float]) -> float | None:
    """Of the straight line by least squares; None where nothing varies along it."""
    if len(along) < 2:
        return None
    middle, centre = mean(along), mean(values)
    width = sum((each - middle) ** 2 for each in along)
    if not width:
        return None
    return sum((each - middle) * (value - centre) for each, value in zip(along, values, strict=True)) / width


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's; None where one of the two does not vary."""
    steep, back = slope(one, other), slope(other, one)
    if steep is None or back is None:
        return None
    size = sqrt(max(steep * back, 0.0))
    return size if steep > 0 else -size


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Spearman's."""
    return correlation(middle_ranks(one), middle_ranks(other))
