"""How lenient each judge is, known only from works read together, and scores set right by it.

Severity is a judge's offset from those who read the same works; it is shrunk by λ, the noise of a sheet in units of the
variance between judges, which is estimated (REML, the works fixed and the judges random). Only that estimate is a
floating number: it is rounded to six decimals, and everything after it is exact, on any machine the same.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lcm, log, sqrt
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
    sums = within(totals)
    ratio = _noise_ratio(sums) if ratio is None else ratio
    found, capped = _capped(sums, _offsets(sums, ratio), MOST * scale)
    return Severity(found, ratio, "", capped)


def corrected(totals: Totals, by: Mapping[int, Fraction]) -> dict[int, Fraction | None]:
    """`set_right` rounded half up to a ten-thousandth, in whole numbers: reducing long fractions takes its time."""
    part = lcm(*(offset.denominator for offset in by.values()))
    shift = {seat: offset.numerator * (part // offset.denominator) for seat, offset in by.items()}
    found: dict[int, Fraction | None] = {}
    for entry, given in totals.items():
        summed = sum(given.values(), Fraction(0))
        above = summed.numerator * part - sum(shift[seat] for seat in given) * summed.denominator
        below = summed.denominator * part * len(given)
        found[entry] = Fraction((2 * FINEST * above + below) // (2 * below), FINEST) if given else None
    return found


def set_right(totals: Totals, by: Mapping[int, Fraction]) -> dict[int, Fraction | None]:
    """Each work's mean with every total set right by its judge's offset, in exact fractions."""
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


# Exact


@dataclass(frozen=True)
class Within:
    """What the sheets say when every work is taken for itself, in exact fractions."""

    seats: list[int]
    links: Mapping[tuple[int, int], Fraction]
    """Of two judges by the works both read: the Laplacian L of that graph, zero where a pair is missing."""
    beyond: Mapping[int, Fraction]
    """What each judge gave beyond the means of the works read, summed up."""
    squares: Fraction
    """Of the distances of all totals from the means of their works."""
    free: int
    """Sheets beyond one a work."""

    @property
    def matrix(self) -> NDArray[np.float64]:
        rows = [[float(self.links.get((row, column), 0)) for column in self.seats] for row in self.seats]
        return np.array(rows, dtype=float)

    @property
    def vector(self) -> NDArray[np.float64]:
        return np.array([float(self.beyond[seat]) for seat in self.seats], dtype=float)


def within(totals: Totals) -> Within:
    """The sums from which severity and its error are estimated, added up in whole numbers by the number of readings."""
    part = lcm(*{total.denominator for given in totals.values() for total in given.values()})
    together: Counter[tuple[int, int, int]] = Counter()
    beyond: Counter[tuple[int, int]] = Counter()
    squares: Counter[int] = Counter()
    for given in totals.values():
        many, whole = len(given), [total.numerator * (part // total.denominator) for total in given.values()]
        summed = sum(whole)
        together.update((many, one, other) for one in given for other in given)
        for seat, value in zip(given, whole, strict=True):
            beyond[many, seat] += many * value - summed
            squares[many] += (many * value - summed) ** 2
    links: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for (many, one, other), times in together.items():
        links[one, other] += times * (Fraction(int(one == other)) - Fraction(1, many))
    gave: dict[int, Fraction] = defaultdict(Fraction)
    for (many, seat), value in beyond.items():
        gave[seat] += Fraction(value, many * part)
    return Within(
        seats(totals),
        dict(links),
        dict(gave),
        sum((Fraction(value, (many * part) ** 2) for many, value in squares.items()), Fraction(0)),
        sum(len(given) - 1 for given in totals.values() if given),
    )


def offsets(totals: Totals, ratio: Fraction) -> dict[int, Fraction]:
    """(L + λ)⁻¹ r: L links judges by the works they share, r is what each gave beyond the means of those works."""
    return _offsets(within(totals), ratio)


def _offsets(sums: Within, ratio: Fraction) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for group in groups(sums.links):
        order = sorted(group)
        shrunk = [
            [sums.links.get((row, column), Fraction(0)) + (ratio if row == column else 0) for column in order]
            for row in order
        ]
        found |= dict(zip(order, _solved(shrunk, [sums.beyond[seat] for seat in order]), strict=True))
    return found


def _solved(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a system with a positive definite matrix, by elimination in whole numbers (Bareiss)."""
    whole = lcm(*(cell.denominator for row in matrix for cell in row), *(cell.denominator for cell in right))
    rows = [[int(cell * whole) for cell in [*row, value]] for row, value in zip(matrix, right, strict=True)]
    size, before = len(rows), 1
    for step in range(size):  # downwards only: below the pivot everything divides evenly
        pivot, above = rows[step][step], rows[step]
        for other in range(step + 1, size):
            factor = rows[other][step]
            rows[other] = [
                (cell * pivot - factor * over) // before for cell, over in zip(rows[other], above, strict=True)
            ]
        before = pivot
    # upwards with the determinant for a common denominator: every numerator is a whole number (Cramer)
    found = [0] * size
    for row in reversed(range(size)):
        rest = before * rows[row][size] - sum(rows[row][column] * found[column] for column in range(row + 1, size))
        found[row] = rest // rows[row][row]
    return [Fraction(value, before) for value in found]


def _capped(sums: Within, found: dict[int, Fraction], most: Fraction) -> tuple[dict[int, Fraction], frozenset[int]]:
    """A group with an offset beyond `most` shrinks as a whole, so that it still sums to zero and moves no other."""
    capped: set[int] = set()
    for group in groups(sums.links):
        largest = max(abs(found[seat]) for seat in group)
        if largest > most:
            capped |= group
            found |= {seat: found[seat] * most / largest for seat in group}
    return found, frozenset(capped)


# Estimated


def noise_ratio(totals: Totals) -> Fraction:
    """λ with six decimals: where the restricted likelihood of what judges gave beyond each other is highest."""
    return _noise_ratio(within(totals))


def _noise_ratio(sums: Within) -> Fraction:
    return Fraction(round(exp(_log_ratio(sums)) * 10**DECIMALS), 10**DECIMALS)


def noise(sums: Within, ratio: float) -> float:
    """The standard deviation of one sheet around its work and its judge."""
    shift = float(sums.vector @ np.linalg.solve(sums.matrix + ratio * np.eye(len(sums.seats)), sums.vector))
    return sqrt(max(float(sums.squares) - shift, 0.0) / max(sums.free, 1))


def errors(totals: Totals, ratio: Fraction) -> dict[int, float]:
    """The standard error of each judge's offset."""
    sums = within(totals)
    inverse = np.linalg.inv(sums.matrix + float(ratio) * np.eye(len(sums.seats)))
    sizes = noise(sums, float(ratio)) * np.sqrt(np.diag(inverse))
    return dict(zip(sums.seats, sizes.tolist(), strict=True))


def _log_ratio(sums: Within) -> float:
    """The minimum over log λ, in the axes of the links, where a likelihood costs J additions."""
    if not sums.squares:
        return MOST_LOG  # nobody differs from anybody
    spread, axes = np.linalg.eigh(sums.matrix)
    spread = np.maximum(spread, 0.0)
    along, squares = (axes.T @ sums.vector) ** 2, float(sums.squares)

    def rest(ratio: float) -> float:
        return max(squares - float((along / (spread + ratio)).sum()), 1e-12 * squares)

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
