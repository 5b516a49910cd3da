"""How one judge's own marks lie: totals in bands, reach of each criterion, works by total. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import floor
from statistics import median
from typing import NamedTuple

from judging.scoring.reading_list import Place

BANDS = 20
"""The scale is looked at in so many equal bands: half a point where it goes to ten."""


class Band(NamedTuple):
    """Totals from `low` up to, but not with, `high`; the last band of the scale holds its top as well."""

    low: Fraction
    high: Fraction
    works: int


@dataclass(frozen=True)
class Reach:
    """From where to where the marks on one criterion go, in points; `given` works have one."""

    most: Fraction
    given: int
    lowest: Fraction
    mean: Fraction
    highest: Fraction

    def share(self, points: Fraction) -> float:
        """How far along the criterion's axis that is, in percent."""
        return round(float(100 * points / self.most), 2) if self.most else 0.0


@dataclass(frozen=True)
class Middle:
    """What all totals have in common."""

    lowest: Fraction
    median: Fraction
    mean: Fraction
    highest: Fraction


def bands(totals: Sequence[Fraction], scale_max: int) -> list[Band]:
    """Every band from the lowest total's to the highest's, those without a total between them included."""
    if not totals:
        return []
    width = Fraction(scale_max, BANDS)
    numbers = [min(floor(total / width), BANDS - 1) for total in totals]
    return [Band(n * width, (n + 1) * width, numbers.count(n)) for n in range(min(numbers), max(numbers) + 1)]


def middle(totals: Sequence[Fraction]) -> Middle | None:
    """None as long as no work has all its marks."""
    if not totals:
        return None
    return Middle(min(totals), Fraction(median(totals)), sum(totals, Fraction()) / len(totals), max(totals))


def reach(marks: Mapping[int, Mapping[int, int]], criterion: int, most: int, steps_per_point: int) -> Reach | None:
    """Of all works with a mark on the criterion, sent or not; None without any."""
    given = [Fraction(sheet[criterion], steps_per_point) for sheet in marks.values() if criterion in sheet]
    if not given:
        return None
    mean = sum(given, Fraction()) / len(given)
    return Reach(Fraction(most, steps_per_point), len(given), min(given), mean, max(given))


class Standing(NamedTuple):
    """A work in the judge's own order of totals; works with the same total have the same `rank`."""

    rank: int
    place: Place
    equal: bool
    """Another work has the same total."""


def by_total(places: Sequence[Place]) -> list[Standing]:
    """Works with all their marks, the highest total first, equal ones by their code."""
    marked = sorted((place for place in places if place.marked), key=lambda place: (-place.steps, place.code))
    found: list[Standing] = []
    for _steps, group in groupby(marked, key=lambda place: place.steps):
        same = list(group)
        found += [Standing(len(found) + 1, place, len(same) > 1) for place in same]
    return found
