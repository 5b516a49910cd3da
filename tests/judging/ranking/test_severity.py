"""Severity known from works read together only, exact after λ, and never moving those who share nothing."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from judging.panels.linking import groups
from judging.ranking.aggregate import Totals, mean
from judging.ranking.severity import (
    MOST,
    corrected,
    errors,
    noise,
    noise_ratio,
    offsets,
    set_right,
    severity,
    within,
)
from tests.judging.ranking.tables import COMPLETE, complete, exact, linked, plates

RATIOS = st.fractions(Fraction(1, 100), 100, max_denominator=1000)


@st.composite
def tables(draw: st.DrawFn) -> Totals:
    """A few works, each read by some of a few judges."""
    judges = draw(st.integers(2, 5))
    readers = st.sets(st.integers(1, judges), max_size=judges)
    works = draw(st.lists(readers, min_size=2, max_size=7))
    marks = st.integers(0, 400).map(lambda steps: Fraction(steps, 4))
    return {entry: {seat: draw(marks) for seat in sorted(seats)} for entry, seats in enumerate(works, start=1)}


def fractions(*values: str) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("ratio", "by", "scores"),
    [
        ("1", ("1/3", "-31/6", "103/24", "13/24"), ("929/12", "1287/16", "1291/16", "1165/16", "1337/16")),
        ("1/2", ("2/5", "-31/5", "27/5", "2/5"), ("77.9", "80.4", "80.1", "73.4", "83.6")),
    ],
)
def test_offsets_are_the_fractions_of_the_hand_calculation(
    ratio: str, by: tuple[str, ...], scores: tuple[str, ...]
) -> None:
    found = offsets(linked(), Fraction(ratio))
    assert [found[seat] for seat in (1, 2, 3, 4)] == fractions(*by)
    assert list(set_right(linked(), found).values()) == fractions(*scores)


def test_less_shrinking_lets_the_work_of_a_strict_judge_overtake() -> None:
    one, half = (set_right(linked(), offsets(linked(), Fraction(ratio))) for ratio in ("1", "1/2"))
    assert one[3] > one[2]
    assert half[2] > half[3]


def test_without_shrinking_the_offsets_are_those_of_least_squares() -> None:
    found = offsets(linked(), Fraction(1, 10**12))
    assert [float(found[seat]) for seat in (1, 2, 3, 4)] == pytest.approx([0.5, -7.75, 7.375, -0.125])
    right = set_right(linked(), found)
    assert [float(value) for value in right.values()] == pytest.approx([78.625, 80.1875, 79.0625, 74.4375, 83.8125])


def test_the_estimate_is_that_of_the_restricted_likelihood() -> None:
    ratio = noise_ratio(linked())
    assert float(ratio) == pytest.approx(0.18846, abs=5e-6)
    assert noise(within(linked()), float(ratio)) ** 2 == pytest.approx(6.5124, abs=1e-4)
    right = set_right(linked(), offsets(linked(), ratio))
    expected = [78.3128, 80.3072, 79.5374, 73.9626, 83.6928]
    assert [float(value) for value in right.values()] == pytest.approx(expected, abs=1e-4)


def test_the_published_samples_of_penicillin() -> None:
    ratio = float(noise_ratio(plates()))
    noise_of_one = noise(within(plates()), ratio)
    assert noise_of_one == pytest.approx(0.5499, abs=5e-5)
    assert noise_of_one / ratio**0.5 == pytest.approx(1.9316, abs=5e-5)


def test_what_is_rounded_is_recorded_and_repeats_the_rest_exactly() -> None:
    first = severity(plates(), scale=30)
    assert first.ratio is not None
    assert first.ratio == Fraction(round(first.ratio * 10**6), 10**6)
    assert severity(plates(), scale=30, ratio=first.ratio) == first


def test_noise_free_sheets_give_back_quality_and_severity() -> None:
    quality, lenient = (80, 75, 70, 85, 65), (0, -6, 4, 2)
    pattern = [(1, 2), (2, 3), (1, 3), (2, 4), (1, 4)]
    table = exact(
        {
            entry: {seat: value + lenient[seat - 1] for seat in pair}
            for entry, (value, pair) in enumerate(zip(quality, pattern, strict=True), start=1)
        }
    )
    found = offsets(table, Fraction(1, 10**9))
    assert [float(found[seat]) for seat in (1, 2, 3, 4)] == pytest.approx(lenient, abs=1e-6)
    assert [float(value) for value in set_right(table, found).values()] == pytest.approx(quality, abs=1e-6)


# P1 to P6


@settings(max_examples=50)
@given(st.integers(2, 5), st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=5), min_size=2), RATIOS)
def test_where_all_read_all_no_difference_changes(judges: int, rows: list[list[int]], ratio: Fraction) -> None:
    table = complete([row[:judges] for row in rows])
    right = set_right(table, offsets(table, ratio))
    for entry, given_marks in table.items():
        plain, first = mean(list(given_marks.values())), mean(list(table[1].values()))
        assert right[entry] - right[1] == plain - first


@settings(max_examples=50)
@given(tables(), RATIOS)
def test_in_every_linked_group_severities_sum_to_zero(table: Totals, ratio: Fraction) -> None:
    found = offsets(table, ratio)
    for group in groups(given_marks.keys() for given_marks in table.values()):
        assert sum(found[seat] for seat in group) == 0


@settings(max_examples=50)
@given(tables(), RATIOS)
def test_who_shares_no_work_is_not_corrected(table: Totals, ratio: Fraction) -> None:
    alone = {**table, 99: {99: Fraction(80)}, 98: {99: Fraction(40)}}
    assert offsets(alone, ratio)[99] == 0
    assert set_right(alone, offsets(alone, ratio))[99] == 80


@settings(max_examples=30)
@given(tables(), st.lists(st.integers(-8, 8), min_size=5, max_size=5))
def test_noise_free_sheets_of_linked_judges_are_recovered(table: Totals, lenient: list[int]) -> None:
    assume(len(groups(given_marks.keys() for given_marks in table.values())) == 1)
    read = {entry: given_marks for entry, given_marks in table.items() if given_marks}
    clean = exact(
        {entry: {seat: 50 + entry + lenient[seat - 1] for seat in given_marks} for entry, given_marks in read.items()}
    )
    right = set_right(clean, offsets(clean, Fraction(1, 10**9)))
    entries = sorted(clean)
    for entry in entries:
        assert float(right[entry] - right[entries[0]]) == pytest.approx(entry - entries[0], abs=1e-4)


@settings(max_examples=50)
@given(tables(), RATIOS)
def test_no_score_moves_further_than_the_largest_severity(table: Totals, ratio: Fraction) -> None:
    found = offsets(table, ratio)
    for entry, value in set_right(table, found).items():
        plain = mean(list(table[entry].values()))
        if plain is not None:
            assert abs(value - plain) <= max(abs(each) for each in found.values())


@settings(max_examples=50)
@given(tables(), RATIOS, st.randoms(use_true_random=False))
def test_other_numbers_for_works_and_judges_change_nothing_else(table: Totals, ratio: Fraction, random) -> None:
    entries = random.sample(range(1, 9), 8)
    seats = random.sample(range(1, 7), 6)
    turned = {
        entries[entry - 1]: {seats[seat - 1]: total for seat, total in given_marks.items()}
        for entry, given_marks in reversed(list(table.items()))
    }
    found, other = offsets(table, ratio), offsets(turned, ratio)
    assert {seats[seat - 1]: value for seat, value in found.items()} == other
    right = set_right(table, found)
    assert {entries[entry - 1]: value for entry, value in right.items()} == set_right(turned, other)


# Where the sheets do not tell


def test_panels_that_share_nothing_are_not_moved_against_each_other() -> None:
    """Two panels of three, one of them ten points stricter: every mean stays as it is."""
    rows = [(70 + n % 7, 76 + n % 5, 82 - n % 4) for n in range(20)]
    table = {
        n: {seat + 3 * (n % 2): Fraction(mark - 10 * (n % 2)) for seat, mark in enumerate(row, start=1)}
        for n, row in enumerate(rows)
    }
    found = severity(table, scale=100)
    assert found.ratio is not None
    assert any(found.offsets.values())
    assert set_right(table, found.offsets) == {n: mean(list(given_marks.values())) for n, given_marks in table.items()}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({}, "few_judges"),
        ({1: {1: 80}, 2: {1: 70}}, "few_judges"),
        ({1: {1: 80, 2: 70}}, "few_judges"),
        ({1: {1: 80}, 2: {2: 70}, 3: {3: 60}}, "nothing_shared"),
        ({1: {1: 80, 2: 70, 3: 75}}, "few_sheets"),
    ],
)
def test_what_is_not_known_is_not_corrected(table: dict[int, dict[int, int]], reason: str) -> None:
    found = severity(exact(table), scale=100)
    assert (found.reason, found.ratio, set(found.offsets.values()) - {0}) == (reason, None, set())
    assert set_right(exact(table), found.offsets) == {
        entry: mean([Fraction(mark) for mark in given_marks.values()]) for entry, given_marks in table.items()
    }


def test_everybody_gives_the_same() -> None:
    table = complete([(80,) * 4] * 12)
    found = severity(table, scale=100)
    assert set(found.offsets.values()) == {0}
    assert set(corrected(table, found.offsets).values()) == {80}


def test_a_judge_with_one_mark_for_everything_is_corrected_as_the_others_are() -> None:
    table = complete([(60 + n, 64 + n, 75) for n in range(12)])
    found = severity(table, scale=100).offsets
    assert found[3] > 0
    assert sum(found.values()) == 0


def test_a_work_without_sheets_has_no_corrected_score() -> None:
    table = {**complete(COMPLETE), 9: {}}
    assert corrected(table, offsets(table, Fraction(1)))[9] is None


def test_an_offset_beyond_belief_makes_its_group_smaller_and_says_so() -> None:
    table = complete([(90 + n % 3, 30 + n % 2, 32 + n % 5) for n in range(20)])
    found = severity(table, scale=100)
    assert max(abs(value) for value in found.offsets.values()) == MOST * 100
    assert sum(found.offsets.values()) == 0
    assert found.capped == {1, 2, 3}


def test_scores_are_compared_in_ten_thousandths() -> None:
    table = {1: {1: Fraction(1, 3)}, 2: {1: Fraction(100005, 300000)}, 3: {1: Fraction(66665, 10**6)}}
    assert corrected(table, {1: Fraction(0)}) == {
        1: Fraction(3333, 10000),
        2: Fraction(3334, 10000),
        3: Fraction(667, 10000),
    }


@settings(max_examples=50)
@given(tables(), RATIOS)
def test_rounding_in_whole_numbers_is_rounding(table: Totals, ratio: Fraction) -> None:
    found = offsets(table, ratio)
    rounded = corrected(table, found)
    for entry, value in set_right(table, found).items():
        assert (rounded[entry] is None) == (value is None)
        if value is not None:
            assert Fraction(-1, 20000) <= value - rounded[entry] < Fraction(1, 20000)
            assert (10000 * rounded[entry]).denominator == 1


def test_errors_shrink_with_what_is_shared() -> None:
    few, many = (complete([(70 + n % 5, 72 + n % 4, 80 - n % 3) for n in range(size)]) for size in (12, 60))
    one, other = (errors(table, noise_ratio(table)) for table in (few, many))
    assert all(other[seat] < one[seat] for seat in (1, 2, 3))


def test_sixty_judges_are_solved_exactly() -> None:
    """What a judge gave beyond the corrected means of all works read is λ times the offset: the equation itself."""
    ratio = Fraction(2471234, 10**6)
    works = {n: {(n * 7 + place * (1 + n % 11)) % 60 for place in range(3)} for n in range(300)}
    table = {n: {seat: Fraction(280 + (n * 13 + seat * 17) % 60, 4) for seat in judges} for n, judges in works.items()}
    found = severity(table, scale=100, ratio=ratio).offsets
    right = set_right(table, found)
    beyond = dict.fromkeys(found, Fraction(0))
    for entry, given_marks in table.items():
        for seat, total in given_marks.items():
            beyond[seat] += total - found[seat] - right[entry]
    assert len(found) == 60
    assert beyond == {seat: ratio * offset for seat, offset in found.items()}
