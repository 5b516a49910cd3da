"""How many sheets make a place: by the rules, and by the share of those who may read."""

import pytest

from judging.ranking.aggregate import Sheet, places
from judging.ranking.minimum import Minimum


@pytest.mark.parametrize(
    ("least", "everybody", "readers", "needed"),
    [
        (3, False, 7, 3),
        (1, False, 0, 1),
        (1, True, 9, 6),
        (1, True, 8, 6),
        (1, True, 7, 5),
        (1, True, 2, 2),
        (1, True, 0, 1),
        (3, True, 2, 3),
    ],
)
def test_so_many_sheets_are_needed(least: int, everybody: bool, readers: int, needed: int) -> None:
    assert Minimum(least, everybody).of(readers) == needed


def test_too_few_sheets_are_a_score_without_a_rank_and_nobody_is_moved_by_it() -> None:
    given = {
        1: [Sheet(1, {1: 30}), Sheet(2, {1: 30})],
        2: [Sheet(1, {1: 40})],
        3: [Sheet(1, {1: 20}), Sheet(2, {1: 20})],
    }
    found = places(given, 4, {1: 2, 2: 2, 3: 2})
    assert [(place.entry_id, place.rank, place.score and float(place.score), place.needed) for place in found] == [
        (1, 1, 7.5, 2),
        (3, 2, 5.0, 2),
        (2, None, 10.0, 2),
    ]
    assert [place.rank for place in places(given, 4)] == [1, 2, 3], "one sheet is enough where nothing is said"
