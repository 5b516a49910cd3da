"""The crowd before a deadline: how many come and when, and what counts as waiting."""

import math

from benchmarks.surge import recovered, spread
from benchmarks.surge_http import SECONDS
from benchmarks.surge_law import CUT_MINUTES, crowd, share


def test_so_many_come_as_the_law_says() -> None:
    """A fifth in the last ten minutes, a third in the last hour, two thirds in the last day."""
    assert [round(100 * share(minutes)) for minutes in (10, 60, 24 * 60)] == [20, 36, 64]
    people = crowd(2500, 60, 2.0, seed=1)
    assert len(people) == round(2 * 2500 * math.log(2) / math.log(60 * 24 * 60))


def test_the_nearer_the_end_the_more_come() -> None:
    left = sorted(each.presses for each in crowd(100_000, 60, 1.0, seed=1))
    assert left[0] >= 0
    assert left[-1] <= 60
    cut = CUT_MINUTES * 60
    half = cut * math.sqrt((cut + 60) / cut) - cut
    assert abs(left[len(left) // 2] - half) < 1
    assert 0.08 < sum(each.panics for each in crowd(100_000, 60, 1.0, seed=1)) / len(left) < 0.12


def test_what_failed_counts_with_the_longest_wait() -> None:
    quick = [("submit", -1.0, 0.1, 303)] * 98
    told = spread([*quick, ("submit", -1.0, 0.02, 503), ("submit", -1.0, 0.02, 429)])
    assert (told["count"], told["failed"], told["p50"], told["p99"]) == (100, 2, 0.1, SECONDS)
    assert told["other_answers"] == {"429": 1, "503": 1}


def test_recovered_when_waiting_is_as_short_as_before() -> None:
    before = [("desk", -60.0, 0.1, 200)] * 20
    slow = [("desk", -20.0 + second, 2.0, 200) for second in range(4)]
    fast = [("desk", -16.0 + second, 0.12, 200) for second in range(10)]
    assert recovered([*before, *slow, *fast], -20.0) == 4.0
    assert recovered([*before, *fast], -20.0) == 0.0
