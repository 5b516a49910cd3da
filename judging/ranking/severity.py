"""How lenient each judge is, known only from works read together, and scores set right by it.

Severity is a judge's offset from those who read the same works; it is shrunk by λ, the noise of a sheet in units of the
variance between judges, which is estimated (REML, the works fixed and the judges random). Only that estimate is a
floating number: it is rounded to six decimals, and everything after it is exact, on any machine the same.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lcm, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from judging.panels.linking import groups
from judging.ranking.aggregate import Totals, mean

Reason = Literal["", "few_judges", "few_sheets", "nothing_shared"]
"""Why nothing is corrected: fewer than three judges, too few sheets beyond one a work, no work that two have read."""

LEAST_JUDGES, LEAST_FREE = 3, 20
MOST = Fraction(15, 100)
"""No severity is taken to be more than this part of the scale."""
DECIMALS = 6
"""Of λ."""
FINEST = 10**4
"""Corrected scores are compared in units of a ten-thousandth of a point: nothing smaller tells works apart."""
LEAST_LOG, MOST_LOG = -7.0, 12.0
STEPS = 400
"""Of the search for the lowest point between them; a minimum is then followed to the last bit."""


@dataclass(frozen=True)
class Severity:
    """Offsets by seat, positive for the lenient, summing to zero in every group of judges who are linked."""

    offsets: Mapping[int, Fraction]
    ratio: Fraction | None
    """λ, to be recorded: with it the offsets can be found again without estimating. None when nothing is corrected."""
    reason: Reason
    capped: frozenset[int]
    """Judges of a group whose offsets were made smaller, since one was beyond belief."""


def severity(totals: Totals, scale: int, ratio: Fraction | None = None) -> Severity:
    """The judges' offsets; all are zero, with the reason, where the sheets do not tell. `ratio`: λ as once recorded."""
    reason = _reason(totals)
    if reason:
        return Severity({seat: Fraction(0) for seat in seats(totals)}, None, reason, frozenset())
    ratio = noise_ratio(totals) if ratio is None else ratio
    found, capped = _capped(totals, offsets(totals, ratio), MOST * scale)
    return Severity(found, ratio, "", capped)


def corrected(totals: Totals, by: Mapping[int, Fraction]) -> dict[int, Fraction | None]:
    """Each work's mean with every total set right by its judge's offset, rounded half up to a ten-thousandth."""
    return {
        entry: None if value is None else Fraction((2 * FINEST * value + 1) // 2, FINEST)
        for entry, value in set_right(totals, by).items()
    }


def set_right(totals: Totals, by: Mapping[int, Fraction]) -> dict[int, Fraction | None]:
    """The same in exact fractions."""
    return {entry: mean([total - by[seat] for seat, total in given.items()]) for entry, given in totals.items()}


def seats(totals: Totals) -> list[int]:
    """Every seat that gave a sheet, in order."""
    return sorted({seat for given in totals.values() for seat in given})


def _reason(totals: Totals) -> Reason:
    if len(seats(totals)) < LEAST_JUDGES:
        return "few_judges"
    read = [len(given) for given in totals.values() if given]
    if max(read) < 2:
        return "nothing_shared"
    return "few_sheets" if sum(read) - len(read) < LEAST_FREE else ""


def _capped(totals: Totals, found: dict[int, Fraction], most: Fraction) -> tuple[dict[int, Fraction], frozenset[int]]:
    """A group with an offset beyond `most` shrinks as a whole, so that it still sums to zero and moves no other."""
    capped: set[int] = set()
    for group in groups(given.keys() for given in totals.values()):
        largest = max(abs(found[seat]) for seat in group)
        if largest > most:
            capped |= group
            found |= {seat: found[seat] * most / largest for seat in group}
    return found, frozenset(capped)


# Exact


def offsets(totals: Totals, ratio: Fraction) -> dict[int, Fraction]:
    """(L + λ)⁻¹ r: L links judges by the works they share, r sums what each gave beyond the means of its works."""
    found: dict[int, Fraction] = {}
    links, beyond = _links(totals)
    for group in groups(given.keys() for given in totals.values()):
        order = sorted(group)
        shrunk = [[links[row, column] + (ratio if row == column else 0) for column in order] for row in order]
        found |= dict(zip(order, _solved(shrunk, [beyond[seat] for seat in order]), strict=True))
    return found


def _links(totals: Totals) -> tuple[dict[tuple[int, int], Fraction], dict[int, Fraction]]:
    together: Counter[tuple[int, int, int]] = Counter()
    beyond: dict[int, Fraction] = defaultdict(Fraction)
    for given in totals.values():
        average = mean(list(given.values()))
        together.update((len(given), one, other) for one in given for other in given)
        for seat, total in given.items():
            assert average is not None  # the work has this sheet
            beyond[seat] += total - average
    links: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for (count, one, other), times in together.items():
        links[one, other] += times * (Fraction(int(one == other)) - Fraction(1, count))
    return links, beyond


def _solved(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a system with a positive definite matrix, by elimination in whole numbers (Bareiss)."""
    whole = lcm(*(cell.denominator for row in matrix for cell in row), *(cell.denominator for cell in right))
    rows = [[int(cell * whole) for cell in [*row, value]] for row, value in zip(matrix, right, strict=True)]
    size, before = len(rows), 1
    for step in range(size):
        pivot = rows[step][step]
        for other in range(size):
            if other != step:
                factor = rows[other][step]
                rows[other] = [
                    (cell * pivot - factor * above) // before
                    for cell, above in zip(rows[other], rows[step], strict=True)
                ]
        before = pivot
    return [Fraction(row[size], row[number]) for number, row in enumerate(rows)]


# Estimated


@dataclass(frozen=True)
class Within:
    """Every work taken for itself: links of the judges, what they gave beyond its mean, squares, degrees of freedom."""

    seats: list[int]
    links: NDArray[np.float64]
    beyond: NDArray[np.float64]
    squares: float
    free: int


def within(totals: Totals) -> Within:
    """The sums from which severity and its error are estimated."""
    order = seats(totals)
    links, beyond = _links(totals)
    squares = 0.0
    for given in totals.values():
        values = np.array([float(total) for total in given.values()])
        squares += float(((values - values.mean()) ** 2).sum()) if len(values) else 0.0
    return Within(
        order,
        np.array([[float(links[row, column]) for column in order] for row in order]),
        np.array([float(beyond[seat]) for seat in order]),
        squares,
        sum(len(given) - 1 for given in totals.values() if given),
    )


def noise_ratio(totals: Totals) -> Fraction:
    """λ with six decimals: where the restricted likelihood of what judges gave beyond each other is highest."""
    return Fraction(round(exp(_log_ratio(within(totals))) * 10**DECIMALS), 10**DECIMALS)


def noise(sums: Within, ratio: float) -> float:
    """The standard deviation of one sheet around its work and its judge."""
    shift = float(sums.beyond @ np.linalg.solve(sums.links + ratio * np.eye(len(sums.seats)), sums.beyond))
    return float(np.sqrt(max(sums.squares - shift, 0.0) / max(sums.free, 1)))


def errors(totals: Totals, ratio: Fraction) -> dict[int, float]:
    """The standard error of each judge's offset."""
    sums = within(totals)
    inverse = np.linalg.inv(sums.links + float(ratio) * np.eye(len(sums.seats)))
    sizes = noise(sums, float(ratio)) * np.sqrt(np.diag(inverse))
    return dict(zip(sums.seats, sizes.tolist(), strict=True))


def _log_ratio(sums: Within) -> float:
    """The minimum over log λ, in the axes of the links, where a likelihood costs J additions."""
    spread, axes = np.linalg.eigh(sums.links)
    spread = np.maximum(spread, 0.0)
    along = (axes.T @ sums.beyond) ** 2
    if sums.squares <= 0:
        return MOST_LOG  # nobody differs from anybody

    def rest(ratio: float) -> float:
        return max(sums.squares - float((along / (spread + ratio)).sum()), 1e-12 * sums.squares)

    def height(at: float) -> float:
        ratio = exp(at)
        return sums.free * log(rest(ratio) / sums.free) + float(np.log(spread + ratio).sum()) - len(spread) * at

    def slope(at: float) -> float:
        ratio = exp(at)
        falling = sums.free * float((along * ratio / (spread + ratio) ** 2).sum()) / rest(ratio)
        return falling + float((ratio / (spread + ratio)).sum()) - len(spread)

    grid: list[float] = np.linspace(LEAST_LOG, MOST_LOG, STEPS + 1).tolist()
    lowest = min(range(len(grid)), key=lambda number: height(grid[number]))
    low, high = grid[max(lowest - 1, 0)], grid[min(lowest + 1, STEPS)]
    if slope(low) >= 0 or slope(high) <= 0:
        return grid[lowest]  # at a bound, or too flat to go on
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if slope(middle) > 0 else (middle, high)
    return (low + high) / 2
