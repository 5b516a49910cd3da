"""Where the columns of a chart stand. Pure: numbers in, whole units of a drawing out."""

from collections.abc import Sequence
from dataclasses import dataclass

from award.reports.statistics import Statistics

WIDTH, HEIGHT = 720, 160
MOST_ORGANS = 20
"""So many organs stand in the chart; all stand in its table."""
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


def rows(figures: Statistics) -> dict[str, list[tuple[str, int]]]:
    """Name and number of every lying bar, chart by chart: what is eligible, what came in, what was given."""
    return {
        "categories": [(line.name, line.eligible) for line in figures.categories],
        "clauses": [(_of(line.clause, line.matter), line.works) for line in figures.clauses],
        "topics": [(line.name, line.received) for line in figures.topics if line.depth == 0],
        "organs": [(line.name, line.received) for line in figures.organs[:MOST_ORGANS]],
        "levels": [(line.name, line.given) for line in figures.levels],
    }


def _of(clause: str, matter: str) -> str:
    return f"{matter} ({clause})" if matter else clause
