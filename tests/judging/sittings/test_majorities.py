"""Shares in whole numbers, and what a count says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.sittings.majorities import SHARES, Count, counted, is_quorum, least


def test_two_thirds_and_more_than_half_of_three_to_fifteen() -> None:
    assert [least("two_thirds", n) for n in range(3, 16)] == [2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10]
    assert [least("more_than_half", n) for n in range(3, 16)] == [2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]
    assert [least("three_quarters", n) for n in range(3, 9)] == [3, 3, 4, 5, 6, 6]


@given(st.integers(2, 60), st.data())
def test_it_passes_where_three_times_yes_is_twice_those_who_may_vote(eligible: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, eligible))
    no = data.draw(st.integers(0, eligible - yes))
    count = Count(eligible, yes, no, 0)
    assert count.passes("two_thirds") == (3 * yes >= 2 * eligible)
    assert count.passes("more_than_half") == (2 * yes > eligible)


@given(st.sampled_from(sorted(SHARES)), st.integers(1, 60))
def test_a_share_is_the_smallest_number_that_reaches_it(share: str, of: int) -> None:
    part, whole = SHARES[share]
    needed = least(share, of)
    reaches = (lambda n: whole * n > part * of) if share == "more_than_half" else (lambda n: whole * n >= part * of)
    assert reaches(needed)
    assert not reaches(needed - 1)


@pytest.mark.parametrize(("present", "enough"), [(5, False), (6, True)])
def test_nine_members_need_six(present: int, enough: bool) -> None:
    assert is_quorum("two_thirds", present=present, members=9) is enough
    assert is_quorum(None, present=present, members=9)


def test_nobody_who_may_vote_passes_nothing() -> None:
    assert not Count(0, 0, 0, 0).passes("two_thirds")


def test_blank_and_missing_ballots_are_no_agreement() -> None:
    count = counted(["yes", "yes", "blank", "no"], 6)
    assert (count.yes, count.no, count.blank, count.returned) == (2, 1, 1, 4)
    assert not count.passes("two_thirds")
    assert not count.unanimous
    assert counted(["no", "no"], 2).unanimous
    assert not counted([], 2).unanimous
