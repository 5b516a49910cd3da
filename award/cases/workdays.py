"""Counting working days. Pure.

Saturdays and Sundays are none, nor the holidays whose date the sun sets. Tết and other days of the moon are announced
each year: who handles a case sets its last day by hand where they fall in between.
"""

from datetime import date, timedelta

HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
"""Month and day."""


def is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def after(first: date, count: int) -> date:
    """The `count`th working day after `first`, which itself is not counted."""
    day = first
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day
