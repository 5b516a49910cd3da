"""Sheets by day: none is lost, and what has not come is not told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.pace import spread

FIRST = date(2023, 10, 1)
DAYS = st.integers(-3, 40).map(lambda n: FIRST + timedelta(days=n))


@given(st.dictionaries(DAYS, st.integers(1, 9)), st.integers(0, 30), st.none() | DAYS, st.integers(0, 300))
def test_no_sheet_is_lost_and_an_even_pace_ends_with_all(
    sent: dict[date, int], length: int, planned: date | None, expected: int
) -> None:
    last = FIRST + timedelta(days=length)
    days = spread(sent, FIRST, last, planned, expected)
    told = [each for each in days if each.so_far is not None]
    assert [each.day for each in told] == [FIRST + timedelta(days=n) for n in range(length + 1)]
    assert told[-1].so_far == sum(sent.values()) == sum(each.sent or 0 for each in told)
    even = [each.even for each in days if each.even is not None]
    assert even == sorted(even) and (not even or even[-1] == expected)
    assert bool(even) == (planned is not None and planned >= FIRST)
