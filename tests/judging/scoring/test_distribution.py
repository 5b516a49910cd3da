"""How own marks lie: bands, reach, order."""

from datetime import UTC, datetime
from fractions import Fraction

from judging.scoring.distribution import Band, bands, by_total, middle, reach
from judging.scoring.reading_list import Place


def place(code: str, steps: int, *, given: int = 3, recused: bool = False, sent: bool = False) -> Place:
    at = datetime(2023, 10, 1, tzinfo=UTC) if sent else None
    return Place(1, code, code, "Tên", "Báo in", "", 1, "Báo in", recused, False, 3, given, steps, at)


def test_bands_reach_from_the_lowest_total_to_the_highest_with_what_is_empty_between() -> None:
    totals = [Fraction(7), Fraction(29, 4), Fraction(8), Fraction(849, 100)]
    assert bands(totals, 10) == [
        Band(Fraction(7), Fraction(15, 2), 2),
        Band(Fraction(15, 2), Fraction(8), 0),
        Band(Fraction(8), Fraction(17, 2), 2),
    ]


def test_the_last_band_holds_the_top_of_the_scale() -> None:
    assert bands([Fraction(100)], 100) == [Band(Fraction(95), Fraction(100), 1)]
    assert bands([], 10) == []


def test_the_middle_is_exact() -> None:
    found = middle([Fraction(7), Fraction(8), Fraction(8), Fraction(10, 3)])
    assert found is not None
    assert (found.lowest, found.median, found.mean, found.highest) == (
        Fraction(10, 3),
        Fraction(15, 2),
        Fraction(79, 12),
        Fraction(8),
    )
    assert middle([]) is None


def test_a_criterion_reaches_over_the_works_that_have_a_mark_on_it() -> None:
    found = reach({1: {5: 8, 6: 1}, 2: {5: 14}, 3: {6: 2}}, 5, 16, 4)
    assert found is not None
    assert (found.given, found.lowest, found.mean, found.highest) == (2, 2, Fraction(11, 4), Fraction(7, 2))
    assert (found.share(found.lowest), found.share(found.highest)) == (50.0, 87.5)
    assert reach({3: {6: 2}}, 5, 16, 4) is None


def test_equal_totals_share_a_rank_and_what_is_not_marked_has_none() -> None:
    places = [
        place("C", 30),
        place("B", 34, sent=True),
        place("A", 34),
        place("D", 9, given=2),
        place("E", 0, recused=True),
    ]
    found = by_total([*places, place("F", 12)])
    assert [(one.rank, one.place.code, one.equal) for one in found] == [
        (1, "A", True),
        (1, "B", True),
        (3, "C", False),
        (4, "F", False),
    ]
