"""How far the judges agree: figures about a panel, never about a work. None where they are not defined."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Row = Sequence[float]

POOR, FAIR, GOOD = 0.5, 0.75, 0.9
"""Below them the panel's figure is poor, moderate, good; above the last it is very good."""


@dataclass(frozen=True)
class Agreement:
    """Intraclass correlations of a complete table: `single` of one judge, `panel` of all their means.

    The number is the model: 1 judges are not told apart, 2 they are a sample of judges, 3 only these judges matter.
    """

    single: tuple[float, float, float]
    panel: tuple[float, float, float]


def icc(table: Sequence[Row]) -> Agreement | None:
    """Works × judges. None for fewer than two of either, or when every work was given the same."""
    values = np.array(table, dtype=float)
    if values.ndim != 2 or min(values.shape) < 2 or np.ptp(values) == 0:
        return None
    works, judges = values.shape
    grand, of_work, of_judge = values.mean(), values.mean(axis=1), values.mean(axis=0)
    between = judges * float(((of_work - grand) ** 2).sum()) / (works - 1)
    across = works * float(((of_judge - grand) ** 2).sum())
    inside = float(((values - of_work[:, None]) ** 2).sum())
    rest = max(inside - across, 0.0) / ((works - 1) * (judges - 1))
    inside, across = inside / (works * (judges - 1)), across / (judges - 1)
    if between == 0:
        return None
    drawn = judges * (across - rest) / works
    singles = (
        (between - inside, between + (judges - 1) * inside),
        (between - rest, between + (judges - 1) * rest + drawn),
        (between - rest, between + (judges - 1) * rest),
    )
    panels = ((between - inside, between), (between - rest, between + drawn / judges), (between - rest, between))
    return Agreement(
        (_ratio(*singles[0]), _ratio(*singles[1]), _ratio(*singles[2])),
        (_ratio(*panels[0]), _ratio(*panels[1]), _ratio(*panels[2])),
    )


def _ratio(above: float, below: float) -> float:
    return above / below if below else 0.0


# Krippendorff


Distance = Callable[[Values, Values], Values]
"""Squared distances of values, given the values in order and how often each occurs."""


def nominal(values: Values, _often: Values) -> Values:
    """Equal or not."""
    return np.asarray(values[:, None] != values[None, :], dtype=float)


def ordinal(_values: Values, often: Values) -> Values:
    """How many stand between."""
    upto = np.cumsum(often) - often / 2
    return np.asarray((upto[:, None] - upto[None, :]) ** 2, dtype=float)


def interval(values: Values, _often: Values) -> Values:
    """The difference."""
    return np.asarray((values[:, None] - values[None, :]) ** 2, dtype=float)


def proportional(values: Values, _often: Values) -> Values:
    """The difference as a part of the sum (the ratio metric)."""
    sums = np.abs(values[:, None] + values[None, :])
    apart = np.abs(values[:, None] - values[None, :])
    return np.asarray(np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0) ** 2, dtype=float)


def alpha(units: Sequence[Row], distance: Distance = interval) -> float | None:
    """Krippendorff's: 1 − observed by expected disagreement. `units` holds the values each work was given.

    None when every value is the same, or no work has two.
    """
    paired = [unit for unit in units if len(unit) > 1]
    often = Counter(value for unit in paired for value in unit)
    if len(often) < 2:
        return None
    values = np.array(sorted(often))
    counts = np.array([often[value] for value in values.tolist()], dtype=float)
    apart = distance(values, counts)
    place = {value: number for number, value in enumerate(values.tolist())}
    observed = 0.0
    for unit in paired:
        rows = [place[value] for value in unit]
        observed += float(apart[np.ix_(rows, rows)].sum()) / (len(unit) - 1)
    total = counts.sum()
    expected = float(counts @ apart @ counts) / float(total * (total - 1))
    return 1 - observed / float(total) / expected


# Kendall


@dataclass(frozen=True)
class Concordance:
    """Kendall's W: `squares` of the rank sums around their mean, `w` with and `plain` without counting ties."""

    squares: float
    plain: float
    w: float


def concordance(judges: Sequence[Row]) -> Concordance | None:
    """Whether judges who all read the same works put them in the same order. None when all is tied, or too little."""
    if len(judges) < 2 or len(judges[0]) < 2:
        return None
    ranked = np.array([middle_ranks(each) for each in judges])
    many, works = ranked.shape
    sums = ranked.sum(axis=0)
    squares = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(times**3 - times for each in ranked.tolist() for times in Counter(each).values())
    most = many**2 * (works**3 - works)
    if most == many * ties:
        return None
    return Concordance(squares, 12 * squares / most, 12 * squares / (most - many * ties))


def middle_ranks(values: Row) -> list[float]:
    """The rank of each value from the lowest up; equal ones share the middle of their ranks."""
    ordered = sorted(values)
    first: dict[float, int] = {}
    for position, value in enumerate(ordered, start=1):
        first.setdefault(value, position)
    times = Counter(ordered)
    return [first[value] + (times[value] - 1) / 2 for value in values]
