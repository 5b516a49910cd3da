"""Exact means, shared ranks, half-up display, and what is tied at a cut."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.aggregate import (
    Place,
    Sheet,
    can_trim,
    digits_needed,
    gap,
    mean,
    median,
    places,
    ranks,
    shown,
    spread,
    trimmed,
)
from judging.ranking.ties import cut

SHEETS = st.dictionaries(
    st.integers(1, 30),
    st.lists(st.integers(0, 40).map(lambda steps: Sheet(seat_id=1, marks={1: steps})), max_size=5),
    max_size=12,
)


def sheet(*steps: int, seat: int = 1) -> Sheet:
    return Sheet(seat_id=seat, marks=dict(enumerate(steps)))


def test_a_mean_is_exact_and_not_a_float() -> None:
    (place,) = places({7: [sheet(33), sheet(34), sheet(33)]}, steps_per_point=4)
    assert place.score == Fraction(100, 12)
    assert shown(place.score) == Decimal("8.33")


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Fraction(35, 4), "8.75"),
        (Fraction(8375, 1000), "8.38"),
        (Fraction(2, 3), "0.67"),
        (Fraction(83749999, 10**7), "8.37"),
        (Fraction(0), "0.00"),
        (Fraction(10), "10.00"),
    ],
)
def test_half_goes_up(score: Fraction, words: str) -> None:
    assert str(shown(score)) == words


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    scores = {1: Fraction(9), 2: Fraction(8), 3: Fraction(8), 4: Fraction(7), 5: None}
    assert ranks(scores) == {1: 1, 2: 2, 3: 2, 4: 4, 5: None}


def test_a_work_without_sheets_stands_last_without_a_rank() -> None:
    found = places({1: [], 2: [sheet(8)]}, 4)
    assert [(p.entry_id, p.rank, p.score, p.sheets) for p in found] == [(2, 1, Fraction(2), 1), (1, None, None, 0)]


def test_the_gap_is_measured_from_the_mean_of_the_others() -> None:
    totals = [Fraction(t) for t in (80, 82, 78, 81, 55)]
    assert gap(totals, 4) == Fraction(-2525, 100)
    assert gap([Fraction(8)], 0) is None
    assert spread(totals) == 27


def test_more_digits_when_two_shown_figures_would_look_equal() -> None:
    assert digits_needed([Fraction(8375, 1000), Fraction(8379, 1000)]) == 3
    assert digits_needed([Fraction(8), Fraction(8)]) == 2


def test_trimming_leaves_out_one_highest_and_one_lowest_of_five() -> None:
    five = [Fraction(total) for total in (80, 82, 78, 82, 55)]
    assert trimmed(five) == 80
    assert trimmed(five[:4]) == mean(five[:4])
    assert trimmed([]) is None


def test_trimming_is_one_rule_for_the_whole_list_or_none() -> None:
    five, four = [Fraction(8)] * 5, [Fraction(8)] * 4
    assert can_trim([five, five])
    assert not can_trim([five, [*five, Fraction(8)]])
    assert not can_trim([four, four])
    assert not can_trim([])


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert median([Fraction(9), Fraction(7), Fraction(8)]) == 8
    assert median([Fraction(9), Fraction(6), Fraction(7), Fraction(8)]) == Fraction(15, 2)
    assert median([Fraction(5)]) == 5
    assert median([]) is None


def test_a_missing_sheet_is_left_out_and_never_a_nought() -> None:
    full, short = (places({1: [sheet(32)] * number}, 4) for number in (3, 2))
    assert (full[0].score, full[0].sheets) == (8, 3)
    assert (short[0].score, short[0].sheets) == (8, 2)


def test_one_judge_gives_the_score() -> None:
    (only,) = places({1: [sheet(33)]}, 4)
    assert (only.score, only.spread) == (Fraction(33, 4), 0)


@given(SHEETS)
def test_the_order_of_works_and_sheets_changes_nothing(sheets: dict[int, list[Sheet]]) -> None:
    turned = {entry: list(reversed(given)) for entry, given in reversed(list(sheets.items()))}
    assert places(sheets, 4) == places(turned, 4)


@given(st.lists(st.fractions(0, 10), min_size=1, max_size=8), st.fractions(0, 5))
def test_the_mean_lies_between_and_moves_with_its_totals(totals: list[Fraction], by: Fraction) -> None:
    middle = mean(totals)
    assert middle is not None
    assert min(totals) <= middle <= max(totals)
    assert mean([total + by for total in totals]) == middle + by


def ranked(*scores: int) -> list[Place]:
    given = {number: Fraction(score) for number, score in enumerate(scores, start=1)}
    found = ranks(given)
    rows = [Place(entry, found[entry], score, Fraction(0), 3) for entry, score in given.items()]
    return sorted(rows, key=lambda place: (place.rank or 0, place.entry_id))


def test_a_clean_cut_ties_nobody() -> None:
    assert cut(ranked(9, 8, 7), 2).inside == (1, 2)
    assert cut(ranked(9, 8, 7), 2).tied == ()
    assert cut(ranked(9, 8), 5).inside == (1, 2)


def test_a_tie_at_the_cut_names_the_group_and_the_places_left() -> None:
    found = cut(ranked(9, 8, 8, 8, 7), 3)
    assert (found.inside, found.tied, found.left) == ((1,), (2, 3, 4), 2)


@given(st.lists(st.integers(0, 6), max_size=15), st.integers(0, 15))
def test_a_cut_never_lets_in_more_than_its_size(scores: list[int], size: int) -> None:
    found = cut(ranked(*scores), size)
    assert len(found.inside) + found.left <= max(size, 0)
    assert not set(found.inside) & set(found.tied)
    assert len(found.tied) > found.left or not found.tied
