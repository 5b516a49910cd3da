"""Editions beside each other; how the works of one came beside the one before. Pure: rows in, lines out."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

_MINUTES = 24 * 60
"""Of a day."""
DAYS = 60
"""So many days before the last one the two curves begin; whatever came earlier had come by then."""


@dataclass(frozen=True)
class EditionRow:
    id: int
    slug: str
    ordinal: str
    year: int
    public: bool
    """Whether everybody may read its results."""


@dataclass(frozen=True)
class Tally:
    """Works of an edition, of all or of those called so in one respect."""

    edition_id: int
    name: str | None
    received: int = 0
    eligible: int = 0
    prizes: int = 0


@dataclass(frozen=True)
class AcrossLine:
    """One name, and its works in each edition in their order."""

    name: str
    cells: tuple[Tally, ...]

    @property
    def received(self) -> int:
        return sum(cell.received for cell in self.cells)

    @property
    def prizes(self) -> int:
        return sum(cell.prizes for cell in self.cells)


def across(editions: Sequence[EditionRow], works: Iterable[Tally], prizes: Iterable[Tally]) -> list[AcrossLine]:
    """A line for each name, those with most works first."""
    names: dict[str, dict[int, Tally]] = {}
    for each in works:
        names.setdefault(each.name or "", {})[each.edition_id] = each
    given = Counter[tuple[str, int]]()
    for each in prizes:
        given[(each.name or "", each.edition_id)] += each.prizes
    lines = [
        AcrossLine(
            name,
            tuple(_with(found.get(each.id, Tally(each.id, name)), given[(name, each.id)]) for each in editions),
        )
        for name, found in names.items()
    ]
    return sorted(lines, key=lambda line: (-line.received, line.name))


def _with(tally: Tally, prizes: int) -> Tally:
    return Tally(tally.edition_id, tally.name, tally.received, tally.eligible, prizes)


def run_in(came: Mapping[date, int], last: date | None) -> list[int]:
    """How many works had come by each of the last days, the last day itself at the end. Nothing without a last day."""
    if last is None:
        return []
    before = Counter[int]()
    for day, works in came.items():
        before[max(min((last - day).days, DAYS), 0)] += works
    return list(accumulate(before[left] for left in range(DAYS, -1, -1)))


def by_law(curve: Sequence[int]) -> list[int]:
    """The same run-in if people had followed the law of deadlines: the nearer the end, the more come, as 1/(T - t).

    Between the first and the last number of the curve, day by day. The law has no end of its own: it stops a minute
    before the deadline, as people do.
    """
    if not curve:
        return []
    whole, first, last = math.log(DAYS * _MINUTES), curve[0], curve[-1]
    come = [1 - math.log(max(left * _MINUTES, 1)) / whole for left in range(DAYS, -1, -1)]
    return [round(first + (last - first) * share) for share in come]
