"""The places of a level go to those that more agreed to, in whatever order they were voted on."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.ties import Known, parted
from judging.sittings.places import Filled, Parts, Passed, filled


def passed(entry: int, yes: int, of: int = 9, among: int | None = None) -> Passed:
    return Passed(entry, Fraction(yes, of), None if among is None else Fraction(among, of))


def test_the_highest_shares_get_the_places_and_a_smaller_denominator_counts() -> None:
    works = [passed(1, 7), passed(2, 9), passed(3, 7, of=8)]
    for order in permutations(works):
        assert filled(order, 2) == Filled((2, 3))
    assert filled(works, 5) == Filled((2, 3, 1)), "fewer than there are places: the rest stays vacant"
    assert filled(works, 0) == Filled((), (), 0)


def by_steps(*steps: str, decision: Sequence[int] = ()) -> Parts:
    """The works are of one score and no sheet says anything else."""
    return lambda works, ballots: (
        parted(list(works), Known(dict.fromkeys(works, Fraction(5)), ballot=ballots, decision=decision), steps).order
    )


def test_equal_ones_at_the_last_place_wait_for_a_ballot_among_them() -> None:
    named = by_steps("median", "ballot")
    assert filled([passed(1, 9), passed(2, 7), passed(3, 7)], 2, named) == Filled((1,), (2, 3), 1)
    assert filled([passed(1, 9), passed(2, 7, among=4), passed(3, 7, among=6)], 2, named) == Filled((1, 3))
    one_missing = [passed(1, 9), passed(2, 7, among=9), passed(3, 7)]
    assert filled(one_missing, 2, named) == Filled((1,), (2, 3), 1), "all of them, or it decides nothing"
    assert filled([passed(1, 9), passed(2, 7, among=5), passed(3, 7, among=5)], 2, named) == Filled((1,), (2, 3), 1)


def test_a_decision_comes_after_the_ballot_that_the_rules_name_and_none_is_taken_that_is_not_named() -> None:
    named = by_steps("ballot", "decision", decision=(3, 2))
    assert filled([passed(2, 7), passed(3, 7)], 1, named) == Filled((), (2, 3), 1), "it waits for the ballot"
    assert filled([passed(2, 7, among=5), passed(3, 7, among=4)], 1, named) == Filled((2,))
    assert filled([passed(2, 7, among=5), passed(3, 7, among=5)], 1, named) == Filled((3,))
    others = [passed(2, 7, among=5), passed(3, 7, among=4)]
    assert filled(others, 1, by_steps("decision", decision=(3, 2))) == Filled((3,)), "the ballot is not named"
    assert filled(others, 1) == Filled((), (2, 3), 1), "no step is"


def test_a_ballot_among_equals_lifts_nobody_above_who_more_agreed_to() -> None:
    works = [passed(1, 8), passed(2, 7, among=9), passed(3, 7, among=3)]
    assert filled(works, 1, by_steps("ballot")) == Filled((1,))
    assert filled(works, 2, by_steps("ballot")) == Filled((1, 2))


def test_the_steps_of_the_rules_come_before_the_ballot() -> None:
    works = [passed(1, 7), passed(2, 7), passed(3, 7)]
    assert filled(works, 1, lambda _group, _ballots: [(3,), (1, 2)]) == Filled((3,))
    assert filled(works, 2, lambda _group, _ballots: [(3,), (1, 2)]) == Filled((3,), (1, 2), 1)


@given(st.lists(st.tuples(st.integers(5, 9), st.integers(0, 9) | st.none()), max_size=7), st.integers(0, 4))
def test_never_more_than_the_places_and_never_one_below_another_left_out(
    given_: list[tuple[int, int | None]], places: int
) -> None:
    works = [passed(number, yes, among=among) for number, (yes, among) in enumerate(given_)]
    found = filled(works, places, by_steps("ballot"))
    shares = {each.entry_id: each.share for each in works}
    assert len(found.inside) <= places
    assert len(found.inside) + found.left <= places
    out = [entry for entry in shares if entry not in found.inside]
    assert all(shares[inside] >= shares[other] for inside in found.inside for other in out)
    assert found == filled(list(reversed(works)), places, by_steps("ballot"))
