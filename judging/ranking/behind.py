"""What lies behind a score: every sheet, how far they lie apart, what they propose. Reckoned as it is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from award.editions.models import Round
from judging.ranking.aggregate import gap, median, points, shown, spread
from judging.scoring.contents import levels_of


@dataclass(frozen=True)
class SheetLine:
    """A sheet behind a figure: whose it is (None for readers who may not know), points by criterion id, total.

    `gap` is the distance from the mean of the other sheets where it is more than the rules allow.
    """

    number: int
    judge: str | None
    points: Mapping[int, Decimal]
    total: Decimal
    gap: Decimal | None
    level: str = ""
    """The words of the level it proposes; empty in a round that did not ask for one."""


class Behind(NamedTuple):
    """Positions are percent of the scale, for the drawing."""

    spread: Decimal | None = None
    median: Decimal | None = None
    low: float = 0
    middle: float = 0
    high: float = 0
    sheets: tuple[SheetLine, ...] = ()
    proposals: tuple[tuple[str, int], ...] = ()
    """Words of a level → how many sheets propose it, the highest level first. To look at; no figure follows from it."""


NOTHING = Behind()
"""Of a work that its reader may not look into."""


def behind(
    judged: Round,
    score: Fraction | None,
    kept: Sequence[Any],
    judges: Mapping[int, str],
    limit: Fraction | None,
) -> Behind:
    """Of the sheets as they were kept when the round was counted; `limit` is how far one may lie from the others."""
    levels, steps_per_point = levels_of(judged), judged.steps_per_point
    said = [sheet["level"] for sheet in kept if "level" in sheet]
    marks = [{int(criterion): steps for criterion, steps in sheet["marks"].items()} for sheet in kept]
    totals = [points(each, steps_per_point) for each in marks]
    between, middle = spread(totals), median(totals)
    return Behind(
        spread=None if between is None else shown(between),
        median=None if middle is None else shown(middle),
        low=_percent(min(totals, default=Fraction(0)), judged),
        middle=_percent(score or Fraction(0), judged),
        high=_percent(max(totals, default=Fraction(0)), judged),
        sheets=tuple(
            SheetLine(
                number,
                judges.get(sheet["seat"]),
                {criterion: _in_points(steps, steps_per_point) for criterion, steps in each.items()},
                shown(totals[number - 1]),
                _too_far(totals, number - 1, limit),
                levels.get(sheet.get("level"), sheet.get("level", "")),
            )
            for number, (sheet, each) in enumerate(zip(kept, marks, strict=True), start=1)
        ),
        proposals=tuple((words, said.count(code)) for code, words in levels.items() if code in said),
    )


@lru_cache(maxsize=1024)
def _in_points(steps: int, steps_per_point: int) -> Decimal:
    """A mark as people read it. There are few marks and many sheets."""
    return shown(Fraction(steps, steps_per_point))


def _too_far(totals: Sequence[Fraction], of: int, limit: Fraction | None) -> Decimal | None:
    distance = None if limit is None else gap(totals, of)
    if limit is None or distance is None or abs(distance) <= limit:
        return None
    return shown(abs(distance))


def _percent(value: Fraction, judged: Round) -> float:
    return round(100 * value.numerator / (value.denominator * judged.scale_max), 2)
