"""Sheets that lie apart from those beside them: what is looked at again before a round is closed.

Distances are judged in hundredths of the scale, after what is known of severity has been taken off, and by a noise that
the odd sheets themselves cannot raise. Only the rule of the regulations (`beyond`) is exact and official.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt
from statistics import median
from typing import Literal

from judging.ranking.aggregate import Totals, gap

Level = Literal["amber", "red"]
LEVELS: tuple[tuple[Level, float, float], ...] = (("red", 3.0, 15.0), ("amber", 2.5, 10.0))
"""From so many standard errors, and so many hundredths of the scale, on."""
TWO_APART = Fraction(15, 100)
"""Where only two have read, a third reads when they differ by more than this part of the scale."""
NORMAL = 1.4826
"""A median absolute distance times this is the standard deviation of normal values."""


@dataclass(frozen=True)
class Rest:
    """What is left of one total without its work and its judge, beside how many totals the work has."""

    value: float
    readings: int

    @property
    def share(self) -> float:
        """The part of the noise that a distance from a mean it belongs to still has."""
        return (self.readings - 1) / self.readings


@dataclass(frozen=True)
class Rests:
    """Of every work read at least twice: (entry, seat) → what is left, and the noise of one sheet."""

    each: Mapping[tuple[int, int], Rest]
    noise: float


@dataclass(frozen=True)
class Alert:
    """A sheet far from the others of its work: `apart` in points, and in standard errors."""

    entry_id: int
    seat_id: int
    apart: float
    errors: float
    level: Level


def rests(totals: Totals, offsets: Mapping[int, Fraction]) -> Rests:
    """What severity and quality do not account for. `offsets`: lenience by seat, zero where it is not known."""
    each: dict[tuple[int, int], Rest] = {}
    for entry, given in totals.items():
        if len(given) < 2:
            continue
        right = {seat: float(total - offsets.get(seat, Fraction(0))) for seat, total in given.items()}
        middle = sum(right.values()) / len(right)
        each |= {(entry, seat): Rest(value - middle, len(right)) for seat, value in right.items()}
    sizes = [abs(rest.value) / sqrt(rest.share) for rest in each.values()]
    return Rests(each, NORMAL * median(sizes) if sizes else 0.0)


def alerts(found: Rests, scale: float) -> list[Alert]:
    """Sheets of works read at least three times that lie apart in points and in standard errors, the worst first."""
    odd = []
    for (entry, seat), rest in found.each.items():
        if rest.readings < 3:
            continue
        apart, errors = distance(rest, found.noise)
        for level, least, points in LEVELS:
            if abs(errors) >= least and abs(apart) >= points * scale / 100:
                odd.append(Alert(entry, seat, apart, errors, level))
                break
    return sorted(odd, key=lambda alert: (-abs(alert.errors), -abs(alert.apart), alert.entry_id, alert.seat_id))


def distance(rest: Rest, noise: float) -> tuple[float, float]:
    """How far a total lies from the mean of the others of its work: in points, and in standard errors."""
    apart = rest.value / rest.share
    error = noise / sqrt(rest.share)
    if not error:
        return apart, inf if apart > 0 else -inf if apart < 0 else 0.0
    return apart, apart / error


def beyond(totals: Totals, limit: Fraction) -> dict[tuple[int, int], Fraction]:
    """(entry, seat) → signed distance from the mean of the other sheets, where it is more than the rules allow."""
    found: dict[tuple[int, int], Fraction] = {}
    for entry, given in totals.items():
        values = list(given.values())
        for number, seat in enumerate(given):
            apart = gap(values, number)
            if apart is not None and abs(apart) > limit:
                found[entry, seat] = apart
    return found


def needs_third(totals: Totals, scale: int) -> list[int]:
    """Works that only two have read, and quite differently."""
    return sorted(
        entry
        for entry, given in totals.items()
        if len(given) == 2 and max(given.values()) - min(given.values()) > TWO_APART * scale
    )
