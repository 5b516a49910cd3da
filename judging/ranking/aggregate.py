"""From sheets to places, in exact fractions: numbers in, numbers out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

Totals = Mapping[int, Mapping[int, Fraction]]
"""Entry → seat → total of the finished sheet, in points."""

LEAST_TO_TRIM = 5
"""Below it too much of what was given would be thrown away."""


@dataclass(frozen=True)
class Sheet:
    """One finished sheet: who gave it (a seat's id) and its marks, criterion id → whole steps."""

    seat_id: int
    marks: Mapping[int, int]


@dataclass(frozen=True)
class Place:
    """An entry's official figure. `score` and `spread` are points; `rank` is shared by equal scores (1, 2, 2, 4).

    With fewer sheets than are `needed` there is a score and no rank.
    """

    entry_id: int
    rank: int | None
    score: Fraction | None
    spread: Fraction | None
    sheets: int
    needed: int = 1

    def ranked(self, rank: int | None) -> "Place":
        """The same work at that rank."""
        if rank == self.rank:
            return self
        return Place(self.entry_id, rank, self.score, self.spread, self.sheets, self.needed)


reduced = lru_cache(maxsize=8192)(Fraction)
"""A fraction of two whole numbers. The same few hundred stand behind every page of a ranking, many times over."""


def points(marks: Mapping[int, int], steps_per_point: int) -> Fraction:
    """The total of a sheet in points."""
    return reduced(sum(marks.values()), steps_per_point)


def totals(sheets: Mapping[int, Sequence[Sheet]], steps_per_point: int) -> dict[int, dict[int, Fraction]]:
    """Entry → seat → total in points."""
    return {
        entry: {sheet.seat_id: points(sheet.marks, steps_per_point) for sheet in given}
        for entry, given in sheets.items()
    }


def mean(totals: Sequence[Fraction]) -> Fraction | None:
    """The plain mean of the valid totals; None when there is none."""
    if not totals:
        return None
    shared = lcm(*(total.denominator for total in totals))  # to add fractions one by one makes a new one each time
    return Fraction(sum(total.numerator * (shared // total.denominator) for total in totals), shared * len(totals))


def trimmed(totals: Sequence[Fraction]) -> Fraction | None:
    """The mean without one highest and one lowest total. Fewer than five are not trimmed."""
    return mean(sorted(totals)[1:-1] if len(totals) >= LEAST_TO_TRIM else totals)


def can_trim(works: Iterable[Sequence[Fraction]]) -> bool:
    """Whether trimming is one rule for the whole list: every work has the same number of totals, and enough of them."""
    counts = {len(totals) for totals in works}
    return len(counts) == 1 and min(counts) >= LEAST_TO_TRIM


def median(totals: Sequence[Fraction]) -> Fraction | None:
    """The middle total, or the mean of the two middle ones. Ties are frequent: to look at, not to rank by."""
    if not totals:
        return None
    ordered, half = sorted(totals), len(totals) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread(totals: Sequence[Fraction]) -> Fraction | None:
    """Highest minus lowest."""
    return max(totals) - min(totals) if totals else None


def gap(totals: Sequence[Fraction], of: int) -> Fraction | None:
    """How far the total number `of` lies from the mean of the others, with its sign; None when there are no others."""
    others = mean([total for number, total in enumerate(totals) if number != of])
    return None if others is None else totals[of] - others


def ranks(scores: Mapping[int, Fraction | None]) -> dict[int, int | None]:
    """Rank of each id: one more than the number of strictly better scores. No score, no rank."""
    valid = sorted((score for score in scores.values() if score is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for position, score in enumerate(valid, start=1):
        first.setdefault(score, position)
    return {entry: None if score is None else first[score] for entry, score in scores.items()}


def places(
    sheets: Mapping[int, Sequence[Sheet]],
    steps_per_point: int,
    needed: Mapping[int, int] | None = None,
    official: Mapping[int, Fraction | None] | None = None,
) -> list[Place]:
    """Every entry of `sheets` (entry id → its finished sheets) with its place, best first, then by id.

    `needed`: entry id → how many sheets it must have to be ranked; one where nothing is said. Works with fewer take no
    place from others. `official`: the scores, where they are not the plain means.
    """
    least = needed or {}
    totals = {entry: [points(sheet.marks, steps_per_point) for sheet in given] for entry, given in sheets.items()}
    scores = official if official is not None else {entry: mean(each) for entry, each in totals.items()}
    ranked = ranks({e: None if len(totals[e]) < least.get(e, 1) else score for e, score in scores.items()})
    found = [
        Place(entry, ranked[entry], scores[entry], spread(each), len(each), least.get(entry, 1))
        for entry, each in totals.items()
    ]
    return sorted(found, key=lambda place: (place.rank is None, place.rank or 0, place.entry_id))


def shown(score: Fraction, digits: int = 2) -> Decimal:
    """The score as people read it: half up to `digits` decimals, decided on the exact fraction."""
    above, below = score.numerator * 10**digits, score.denominator  # whole numbers: no fraction is reduced on the way
    whole = (2 * above + below) // (2 * below)
    return Decimal(whole).scaleb(-digits)


def digits_needed(scores: Sequence[Fraction], at_least: int = 2, at_most: int = 6) -> int:
    """Decimals that make different scores look different, since equal figures would be read as a tie."""
    distinct = set(scores)
    for digits in range(at_least, at_most):
        if len({shown(score, digits) for score in distinct}) == len(distinct):
            return digits
    return at_most
