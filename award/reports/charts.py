"""Where the columns of a chart stand. Pure: numbers in, whole units of a drawing out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from flask_babel import gettext as _

from award.reports.comparison import AcrossLine
from award.reports.statistics import Line, Span, Statistics

WIDTH, HEIGHT = 720, 160
MOST_ORGANS = 20
"""So many organs, and units, stand in the chart; all stand in its table."""
_GAP = 0.2
"""Of a column's room, what stays empty beside it."""


@dataclass(frozen=True)
class Bar:
    """An upright bar of the drawing."""

    x: float
    y: float
    width: float
    height: float


def bars(values: Sequence[int]) -> list[Bar]:
    """A column for each value, the highest as high as the drawing; none sticks out at any side."""
    if not values:
        return []
    room, most = WIDTH / len(values), max(*values, 1)
    made = []
    for place, value in enumerate(values):
        height = round(HEIGHT * value / most, 1)
        left = place * room + room * _GAP / 2
        made.append(Bar(round(left, 1), round(HEIGHT - height, 1), round(room * (1 - _GAP), 1), height))
    return made


def curve(values: Sequence[int], most: int, days: int | None = None) -> str:
    """The points of a line from the left edge, as a polyline names them: to the right one, or as far as its values
    reach of so many `days`."""
    step = WIDTH / max((days or len(values)) - 1, 1)
    return " ".join(
        f"{round(n * step, 1)},{round(HEIGHT - HEIGHT * value / most, 1)}" for n, value in enumerate(values)
    )


def rows(figures: Statistics, units: Sequence[Line] = ()) -> dict[str, list[tuple[str | int, ...]]]:
    """Name and number of every lying bar, chart by chart; behind them, where there is one, the whole it is a part of.

    Of a loại hình what is eligible of what came in, of a level what was given of its quota. Contents that stand under
    others are counted one by one.
    """
    leaves = [line for line, after in zip_longest(figures.topics, figures.topics[1:]) if _is_leaf(line, after)]
    return {
        "categories": [(line.name, line.eligible, line.received) for line in figures.categories],
        "clauses": [(_of(line.clause, line.matter), line.works) for line in figures.clauses],
        "topics": [(line.name, line.received) for line in leaves],
        "organs": [(line.name or _("Không ghi"), line.received) for line in figures.organs[:MOST_ORGANS]],
        "units": [(line.name, line.received) for line in units[:MOST_ORGANS]],
        "prized_organs": [(line.name or _("Không ghi"), line.given) for line in figures.prized_organs[:MOST_ORGANS]],
        "levels": [(line.name, line.given, line.quota) for line in figures.levels],
    }


def prized(lines: Sequence[AcrossLine]) -> list[tuple[str, int]]:
    """Name and number of the lines that have prizes over the editions, most first."""
    most = sorted((line for line in lines if line.prizes), key=lambda line: (-line.prizes, line.name))
    return [(line.name or _("Không ghi"), line.prizes) for line in most[:MOST_ORGANS]]


def _is_leaf(line: Line, after: Line | None) -> bool:
    """Lines come in the order of the tree: what has something under it is followed by it."""
    return after is None or after.depth <= line.depth


def busiest(spans: Sequence[Span]) -> Span | None:
    """The day or week in which most works came, the first of those that are alike."""
    return max(spans, key=lambda span: span.works, default=None)


def _of(clause: str, matter: str) -> str:
    return f"{matter} ({clause})" if matter else clause
