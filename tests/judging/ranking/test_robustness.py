"""What each judge alone decides of a list."""

from judging.ranking.robustness import inside, robustness
from tests.judging.ranking.tables import complete, exact


def test_a_work_that_one_judge_carries_falls_without_that_judge() -> None:
    table = complete([(90, 91, 89), (70, 70, 100), (76, 77, 75), (50, 50, 50)])
    found = robustness(table, 2)
    assert inside(table, 2) == {1, 2}
    assert found.steadfast == {1}
    assert found.changes == {3: (frozenset({3}), frozenset({2}))}


def test_where_all_agree_nobody_decides_alone() -> None:
    found = robustness(complete([(90, 91, 89), (80, 81, 82), (60, 61, 59)]), 2)
    assert (found.steadfast, found.changes) == ({1, 2}, {})


def test_who_alone_read_a_work_does_not_take_it_along() -> None:
    table = exact({1: {1: 90}, 2: {2: 80, 3: 81}, 3: {2: 50, 3: 60}})
    assert robustness(table, 2).steadfast == {1, 2}


def test_works_that_equal_the_last_place_are_inside() -> None:
    table = complete([(80, 80), (70, 70), (70, 70), (60, 60)])
    assert inside(table, 2) == {1, 2, 3}
    assert robustness(table, 2).changes == {}


def test_fewer_works_than_places_or_none() -> None:
    table = complete([(80, 80), (70, 70)])
    assert inside(table, 5) == {1, 2}
    assert inside(table, 0) == frozenset()
    assert robustness({}, 3).steadfast == frozenset()
    assert inside({1: {}}, 3) == frozenset()
