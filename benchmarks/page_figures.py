"""How a figure is taken on a machine that is never quite quiet: ours and the control in turns, and ratios of each turn.

A figure is void where the control alone wandered: its slowest turns more than 1.6 times its fastest.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

WANDERS = 1.6
WARM_SECONDS = 2.0

Ask = Callable[[], tuple[float, int]]
"""Seconds and status of one answer."""


@dataclass(frozen=True)
class Measured:
    """One line of the results. `ratio` is the median of the ratios of each turn, `lowest` and `highest` the others."""

    name: str
    ours: dict[str, float]
    control: dict[str, float]
    against: str
    ratio: float | None
    lowest: float | None
    highest: float | None
    target: str
    met: bool | None
    void: bool
    turns: int
    errors: int = 0
    aim: str = ""


def part(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def told(times: Sequence[float]) -> dict[str, float]:
    return {f"p{percent}": round(1000 * part(times, percent), 3) for percent in (50, 95, 99)}


def beside(
    name: str,
    ours: Ask,
    control: Ask,
    *,
    against: str,
    most: float,
    turns: int,
    each: int,
    percent: int = 50,
    aim: str = "",
) -> Measured:
    """Ours beside the control, milliseconds; what failed counts as a minute."""
    _warm(ours)
    _warm(control)
    mine: list[list[float]] = []
    theirs: list[list[float]] = []
    errors = 0
    for _turn in range(turns):
        theirs.append([control()[0] for _one in range(each)])
        answers = [ours() for _one in range(each)]
        errors += sum(status not in {200, 303, 304} for _took, status in answers)
        mine.append([took if status in {200, 303, 304} else 60.0 for took, status in answers])
    ratios = [part(a, percent) / part(b, percent) for a, b in zip(mine, theirs, strict=True)]
    middles = [median(turn) for turn in theirs]
    void = part(middles, 90) / part(middles, 10) > WANDERS
    ratio = median(ratios)
    return Measured(
        name,
        told([each for turn in mine for each in turn]),
        told([each for turn in theirs for each in turn]),
        against,
        round(ratio, 2),
        round(min(ratios), 2),
        round(max(ratios), 2),
        f"ratio ≤ {most}" + (f" at p{percent}" if percent != 50 else ""),
        None if void else bool(ratio <= most and not errors),
        void,
        turns,
        errors,
        aim,
    )


def plain(name: str, value: float, *, unit: str, most: float, **more: float) -> Measured:
    """A count, or a time that has no control."""
    found = {unit: round(value, 4), **more}
    return Measured(name, found, {}, "", None, None, None, f"{unit} ≤ {most}", value <= most, False, 1)


def _warm(ask: Ask) -> None:
    end = time.monotonic() + WARM_SECONDS
    for _least in range(5):
        ask()
    while time.monotonic() < end:
        ask()
