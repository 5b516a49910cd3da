"""Counting working days. Pure.

Saturdays, Sundays and the holidays whose date the sun sets are none. Tết, Giỗ Tổ and days off in lieu are announced
year by year: the house keeps them as data, as it keeps the Saturdays that are worked instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BY_THE_SUN = ((1, 1), (4, 30), (5, 1), (9, 2))
"""Month and day of the holidays that are the same each year."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Announced:
    """What was announced beside weekends and the holidays of the sun."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    """Worked although it is a weekend."""

    def is_working(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() < 5 and (day.month, day.day) not in BY_THE_SUN and day not in self.off


NOTHING = Announced()


def after(first: date, count: int, announced: Announced = NOTHING) -> date:
    """The `count`th working day after `first`, which itself is not counted."""
    day = first
    while count > 0:
        day += A_DAY
        count -= announced.is_working(day)
    return day


def stretches(days: Iterable[tuple[date, str, bool]]) -> Sequence[tuple[date, date, str, bool]]:
    """Days in their order, those that follow each other under one name as one: first, last, name, whether worked."""
    found: list[tuple[date, date, str, bool]] = []
    for day, name, worked in sorted(days):
        if found and found[-1][2:] == (name, worked) and found[-1][1] + A_DAY == day:
            found[-1] = (found[-1][0], day, name, worked)
        else:
            found.append((day, day, name, worked))
    return found
