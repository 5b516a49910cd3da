"""Days, times and numbers as they are typed and as offices write them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from award import dates
from judging.scoring.marks import MarkFault, Scale, read

TYPED_DAYS = [
    ("9/6/2026", date(2026, 6, 9)),
    ("09-06-2026", date(2026, 6, 9)),
    ("9.6.2026", date(2026, 6, 9)),
    ("09/06/2026", date(2026, 6, 9)),
    ("2026-06-09", date(2026, 6, 9)),
    ("30/9/2023", date(2023, 9, 30)),
    ("29/2/2024", date(2024, 2, 29)),
    ("29/2/2023", None),
    ("9/30/2023", None),
    ("32/7/2023", None),
    ("9/6/26", None),
    ("hôm qua", None),
    ("", None),
]
SHOWN_DAYS = [
    (date(2023, 7, 5), "05/7/2023"),
    (date(2023, 9, 30), "30/9/2023"),
    (date(2026, 2, 1), "01/02/2026"),
    (date(2026, 1, 31), "31/01/2026"),
    (date(2026, 12, 10), "10/12/2026"),
]
MOMENTS = [
    (datetime(2023, 9, 30, 16, 59, 59, tzinfo=UTC), "23:59:59", "30/9/2023"),
    (datetime(2023, 9, 30, 17, 0, 0, tzinfo=UTC), "00:00:00", "01/10/2023"),
    (datetime(2023, 9, 30, 23, 59, 59, tzinfo=UTC), "06:59:59", "01/10/2023"),
    (datetime(2023, 12, 31, 17, 0, 0, tzinfo=UTC), "00:00:00", "01/01/2024"),
    (datetime(2024, 2, 28, 17, 0, 0, tzinfo=UTC), "00:00:00", "29/02/2024"),
]
WEEK = [
    (date(2026, 6, 8), "Thứ Hai"),
    (date(2026, 6, 9), "Thứ Ba"),
    (date(2026, 6, 10), "Thứ Tư"),
    (date(2026, 6, 11), "Thứ Năm"),
    (date(2026, 6, 12), "Thứ Sáu"),
    (date(2026, 6, 13), "Thứ Bảy"),
    (date(2026, 6, 14), "Chủ Nhật"),
]
NUMBERS = [
    (1234567, None, "1.234.567"),
    (1234.5, None, "1.234,5"),
    (Fraction(335, 4), 2, "83,75"),
    (Fraction(1, 3), 2, "0,33"),
    (8.5, 2, "8,50"),
    (0, None, "0"),
]
TEN = Scale(most=40, steps_per_point=4)
"""Ten points in quarters."""
MARKS = [("8,5", 34), ("8.5", 34), (" 8,25 ", 33), ("10", 40), ("0", 0), ("８,５", 34), ("", None)]
NO_MARKS = ["1.234", "1,2,3", "tám", "-1", "10,25", "8,3", "8,5đ", "1.234,5"]


@pytest.mark.parametrize(("typed", "day"), TYPED_DAYS)
def test_a_day_is_read_as_it_is_written_here(typed: str, day: date | None) -> None:
    assert dates.read_day(typed) == day


@pytest.mark.parametrize(("day", "shown"), SHOWN_DAYS)
def test_a_day_is_shown_as_offices_write_it(day: date, shown: str) -> None:
    assert dates.day(day) == shown
    assert dates.read_day(shown) == day


@pytest.mark.parametrize(("instant", "clock", "day"), MOMENTS)
def test_an_instant_is_shown_on_vietnamese_clocks(instant: datetime, clock: str, day: str) -> None:
    assert dates.time_with_seconds(instant) == clock
    assert dates.day(instant) == day


@pytest.mark.parametrize(("day", "name"), WEEK)
def test_the_days_of_the_week_have_their_names(day: date, name: str) -> None:
    assert dates.long_day(day).startswith(f"{name}, ngày ")


@pytest.mark.parametrize(("value", "places", "shown"), NUMBERS)
def test_a_number_has_points_between_thousands_and_a_comma(value: float, places: int | None, shown: str) -> None:
    assert dates.number(value, places) == shown


@pytest.mark.parametrize(("typed", "steps"), MARKS)
def test_a_mark_is_read_with_comma_or_point(typed: str, steps: int | None) -> None:
    assert read(typed, TEN) == steps


@pytest.mark.parametrize("typed", NO_MARKS)
def test_what_may_mean_two_things_is_no_mark(typed: str) -> None:
    with pytest.raises(MarkFault):
        read(typed, TEN)
