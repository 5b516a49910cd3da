"""Whether readers can be compared by the works they share."""

from math import inf, isclose, sqrt

from judging.panels.linking import CLOSE_ENOUGH, enough_for_two, groups, uncertainty


def test_members_are_linked_over_others() -> None:
    assert groups([{1, 2}, {2, 3}, {4, 5}]) == [frozenset({1, 2, 3}), frozenset({4, 5})]


def test_who_reads_nothing_with_others_is_alone() -> None:
    assert groups([{1, 2}, {3}], everybody=[1, 2, 3, 4]) == [frozenset({1, 2}), frozenset({3}), frozenset({4})]
    assert groups([]) == []


def test_two_members_are_told_apart_by_the_number_of_works_they_share() -> None:
    for shared in (1, 4, 25):
        assert isclose(uncertainty({work: {1, 2} for work in range(shared)}), sqrt(2 / shared))


def test_seventeen_shared_works_are_enough_for_two() -> None:
    for shared in (0, 1, 16, 17, 40):
        by_figure = shared > 0 and uncertainty({work: {1, 2} for work in range(shared)}) <= CLOSE_ENOUGH
        assert enough_for_two(shared) is by_figure is (shared >= 17)


def test_groups_that_share_nothing_cannot_be_compared() -> None:
    assert uncertainty({1: {1, 2}, 2: {3, 4}}) == inf
    assert uncertainty({1: {7}, 2: {7}}) == 0


def test_common_works_bring_disjoint_panels_within_reach() -> None:
    """240 works, three trios: with 6 works for all about 0.36 at most, with 24 about 0.20."""
    trios = {work: set(range(work % 3 * 3, work % 3 * 3 + 3)) for work in range(240)}
    assert uncertainty(trios) == inf
    for common, most in ((3, 0.49), (6, 0.36), (12, 0.27), (24, 0.20)):
        linked = trios | {work: set(range(9)) for work in range(common)}
        assert round(uncertainty(linked), 2) == most
