"""The seven steps in their order, each asked only where the ones before leave works equal."""

import hashlib
from fractions import Fraction
from itertools import islice, permutations

from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.ties import Known, lot, parted
from tests.judging.ranking.tables import exact

EQUAL = dict.fromkeys((1, 2, 3), Fraction(8))


def test_the_exact_score_comes_first() -> None:
    found = parted([1, 2, 3], Known({1: Fraction(2, 3), 2: Fraction(666667, 10**6), 3: None}))
    assert (found.order, found.steps) == (((2,), (1,), (3,)), ("score", "score"))


def test_then_the_criteria_from_the_heaviest() -> None:
    heavy = {1: Fraction(4), 2: Fraction(4), 3: Fraction(5)}
    light = {1: Fraction(3), 2: Fraction(4), 3: Fraction(1)}
    found = parted([1, 2, 3], Known(EQUAL, criteria=(heavy, light)))
    assert (found.order, found.steps) == (((3,), (2,), (1,)), ("criteria", "criteria"))


def test_then_judges_of_both_where_two_are_left() -> None:
    table = exact({1: {1: 9, 2: 9, 3: 6, 4: 8}, 2: {1: 8, 2: 8, 3: 8, 5: 8}})
    found = parted([2, 1], Known({1: Fraction(8), 2: Fraction(8)}, totals=table))
    assert (found.order, found.steps) == (((1,), (2,)), ("head_to_head",))


def test_of_three_the_middle_total_decides() -> None:
    table = exact({1: {1: 9, 2: 9, 3: 6}, 2: {1: 8, 2: 8, 3: 8}, 3: {1: 10, 2: 7, 3: 7}})
    found = parted([1, 2, 3], Known(EQUAL, totals=table))
    assert (found.order, found.steps) == (((1,), (2,), (3,)), ("median", "median"))


def test_a_group_parted_down_to_two_goes_on_from_where_it_is() -> None:
    """The third falls out by a criterion; the two that are left are then set against each other by their judges."""
    table = exact({1: {1: 9, 2: 7, 3: 8}, 2: {1: 8, 2: 9, 3: 9}})
    best = {1: Fraction(5), 2: Fraction(5), 3: Fraction(4)}
    found = parted([1, 2, 3], Known(EQUAL, criteria=(best,), totals=table))
    assert (found.order, found.steps) == (((2,), (1,), (3,)), ("head_to_head", "criteria"))


VOTES = {1: Fraction(3, 9), 2: Fraction(5, 9), 3: Fraction(3, 9)}


def test_then_what_people_did() -> None:
    assert parted([1, 2, 3], Known(EQUAL)).order == ((1, 2, 3),)
    votes = Known(EQUAL, ballot=VOTES)
    assert (parted([1, 2, 3], votes).order, parted([1, 2, 3], votes).steps) == (((2,), (1, 3)), ("ballot",))
    chair = Known(EQUAL, ballot=VOTES, decision=(3, 1))
    assert parted([1, 2, 3], chair) == parted([3, 2, 1], chair)
    assert (parted([1, 2, 3], chair).order, parted([1, 2, 3], chair).steps) == (
        ((2,), (3,), (1,)),
        ("ballot", "decision"),
    )
    drawn = Known(EQUAL, lot=(3, 1, 2))
    assert (parted([1, 2, 3], drawn).order, parted([1, 2, 3], drawn).steps) == (((3,), (1,), (2,)), ("lot", "lot"))


def test_an_order_that_leaves_one_out_decides_nothing() -> None:
    assert parted([1, 2, 3], Known(EQUAL, decision=(3, 1), lot=(2,))).order == ((1, 2, 3),)
    assert parted([1, 2, 3], Known(EQUAL, ballot={1: Fraction(1)}, decision=(3, 1, 2))).order == ((1, 2, 3),)
    assert parted([1, 2, 3], Known(EQUAL, decision=(3, 1, 2))).order == ((3,), (1,), (2,)), "no ballot can be held"


def test_nobody_scored_any_of_them() -> None:
    assert parted([1, 2], Known({1: None, 2: None})).order == ((1, 2),)
    assert parted([], Known({})).order == ()


@given(st.dictionaries(st.integers(1, 6), st.fractions(0, 10, max_denominator=3), min_size=1))
def test_every_order_of_asking_gives_the_same_answer(scores: dict[int, Fraction]) -> None:
    answers = {parted(order, Known(scores)) for order in islice(permutations(scores), 6)}
    (answer,) = answers
    assert sorted(entry for group in answer.order for entry in group) == sorted(scores)
    assert len(answer.steps) == len(answer.order) - 1


NAMES = [f"{number:02}" for number in range(1, 26)]
NUMBERS = "9319./2.5.8.10.12./9.18.26.34.41.45./"
"""Of the example in RFC 3797."""


def test_the_lot_of_rfc_3797_draws_the_names_that_are_published_there() -> None:
    drawn = lot(NUMBERS, NAMES, lambda data: hashlib.md5(data, usedforsecurity=False).digest())
    assert [int(each) for each in drawn[:10]] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_the_same_lot_with_sha_256_draws_what_others_reckoned() -> None:
    drawn = lot(NUMBERS, NAMES)
    assert [int(each) for each in drawn[:10]] == [20, 23, 1, 14, 17, 9, 11, 15, 7, 13]
    assert sorted(drawn) == NAMES
    assert lot("GBC-2026/B/12345./", ["E042", "E003", "E017"])[0] == "E017"
    assert lot("any", []) == []
