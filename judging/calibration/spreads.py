"""How far the marks of several judges on one calibration work lie apart. Pure; names nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

LEAST = 4
"""Of fewer judges two edges tell nearly every mark."""
LEAST_FOR_MIDDLE = 5
"""Of fewer judges edges and middle together tell nearly every mark."""


@dataclass(frozen=True)
class Spread:
    """Of the marks on one criterion, or of the totals, in points."""

    lowest: Fraction
    middle: Fraction | None
    """None where fewer than `LEAST_FOR_MIDDLE` have judged."""
    highest: Fraction


def _of(points: Sequence[Fraction]) -> Spread:
    middle = Fraction(median(points)) if len(points) >= LEAST_FOR_MIDDLE else None
    return Spread(min(points), middle, max(points))


def spreads(sheets: Sequence[Mapping[int, int]], steps_per_point: int) -> dict[int | None, Spread]:
    """Criterion → how its marks lie; None stands for the totals. Nothing where fewer than `LEAST` have judged."""
    if len(sheets) < LEAST:
        return {}
    found: dict[int | None, Spread] = {
        criterion: _of([Fraction(sheet[criterion], steps_per_point) for sheet in sheets]) for criterion in sheets[0]
    }
    return found | {None: _of([Fraction(sum(sheet.values()), steps_per_point) for sheet in sheets])}
