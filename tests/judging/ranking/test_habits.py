"""What each figure about a judge finds, and what it leaves alone."""

from fractions import Fraction

import pytest

from judging.ranking.alerts import rests
from judging.ranking.habits import (
    by_newsroom,
    correlation,
    drift,
    habits,
    halos,
    leanings,
    rank_correlation,
    slope,
)
from judging.ranking.severity import errors, noise_ratio, severity
from tests.judging.ranking.tables import complete, exact

ZERO: dict[int, Fraction] = {}
MIX = [(7 * n) % 20 for n in range(30)]


def test_a_strict_judge_stands_out_and_chance_does_not() -> None:
    rows = [tuple(70 + MIX[n] + (n * (3 + 2 * judge)) % 5 - 12 * (judge == 5) for judge in range(6)) for n in range(30)]
    table = complete(rows)
    known = severity(table, scale=100)
    assert known.ratio is not None
    found = habits(table, known.offsets, errors(table, noise_ratio(table)), rests(table, known.offsets), 100)
    assert [habit.strong for habit in found] == [False] * 5 + [True]
    assert found[5].offset == pytest.approx(-10, abs=1)


def test_one_mark_for_everything_does_not_tell_works_apart() -> None:
    table = complete([(60 + MIX[n], 62 + MIX[n], 61 + MIX[n], 75) for n in range(30)])
    found = habits(table, ZERO, {}, rests(table, ZERO), 100)
    assert [habit.flat for habit in found] == [False, False, False, True]
    assert found[3].slope == pytest.approx(0)
    assert found[3].same == 1
    assert found[3].agreement is None


def test_half_the_scale_is_half_the_slope() -> None:
    table = complete([(60 + MIX[n], 60 + MIX[n], 70 + MIX[n] // 4) for n in range(30)])
    found = habits(table, ZERO, {}, rests(table, ZERO), 100)
    assert found[2].slope == pytest.approx(0.25, abs=0.03)
    assert found[2].flat
    assert not found[0].flat


def test_the_opposite_order_is_at_odds_and_noise_shows_in_the_fit() -> None:
    table = complete([(60 + MIX[n], 61 + MIX[n], 62 + MIX[n], 90 - MIX[n]) for n in range(30)])
    found = habits(table, ZERO, {}, rests(table, ZERO), 100)
    assert found[3].agreement == pytest.approx(-1)
    assert [habit.at_odds for habit in found] == [False, False, False, True]
    assert found[3].infit is not None
    assert found[0].infit is not None
    assert found[3].infit > 1.5 > found[0].infit
    assert [habit.restless for habit in found] == [False, False, False, True]


def test_few_shared_works_have_no_agreement() -> None:
    table = complete([(60 + n, 70 - n) for n in range(9)])
    assert [habit.agreement for habit in habits(table, ZERO, {}, rests(table, ZERO), 100)] == [None, None]


def test_a_single_judge_has_no_figures() -> None:
    (only,) = habits(exact({1: {4: 80}, 2: {4: 70}}), ZERO, {}, rests({}, ZERO), 100)
    assert (only.seat_id, only.sheets, only.slope, only.infit, only.outfit, only.flat) == (
        4,
        2,
        None,
        None,
        None,
        False,
    )


def test_growing_lenient_is_seen_and_a_step_of_one_point_is_not() -> None:
    table = complete([(70 + MIX[n], 71 + MIX[n] - n % 2, 64 + MIX[n] + n // 2) for n in range(30)])
    order = list(range(1, 31))
    found, back = drift(rests(table, ZERO), 3, order, 100), drift(rests(table, ZERO), 3, order[::-1], 100)
    assert found is not None
    assert back is not None
    assert found.notable
    assert found.gained == pytest.approx(10, abs=1.5)
    assert back.gained == pytest.approx(-found.gained)
    steady = drift(rests(complete([(70, 71, 70 + n // 15) for n in range(30)]), ZERO), 3, order, 100)
    assert steady is not None
    assert not steady.notable
    assert drift(rests(table, ZERO), 3, order[:4], 100) is None


def sheets(judge: int, n: int) -> dict[int, float]:
    """Three criteria of ten, thirty and sixty points; judge 3 follows one impression of the whole."""
    apart = [(n * 3) % 5 - 2, (n * 7) % 5 - 2, (n * 11) % 7 - 3]
    if judge == 3:
        return {1: 6 + (n % 5 - 2), 2: 18 + 3 * (n % 5 - 2), 3: 36 + 6 * (n % 5 - 2)}
    return {1: 6 + apart[(judge + 0) % 3] / 2, 2: 18 + apart[(judge + 1) % 3], 3: 36 + apart[(judge + 2) % 3]}


def test_criteria_that_always_move_together() -> None:
    marks = {n: {judge: sheets(judge, n) for judge in (1, 2, 3, 4)} for n in range(30)}
    found = halos(marks, {1: 10, 2: 30, 3: 60})
    assert [halo.notable for halo in found.values()] == [False, False, True, False]
    assert found[3].level == 1
    assert found[3].even
    assert found[1].level < 0.5


def test_few_works_have_no_halo() -> None:
    marks = {n: {judge: sheets(judge, n) for judge in (1, 3)} for n in range(14)}
    assert {halo.together for halo in halos(marks, {1: 10, 2: 30, 3: 60}).values()} == {None}
    assert halos({}, {}) == {}


NEWSROOMS = {entry: "ABC"[entry % 3] for entry in range(1, 31)}


def test_leaning_to_a_newsroom_is_found_for_that_judge_only() -> None:
    rows = [
        (
            70 + MIX[n] + n % 4,
            71 + MIX[n] - n % 3,
            70 + MIX[n] + n % 2 + 15 * (NEWSROOMS[n + 1] == "B"),
            72 + MIX[n] - n % 5,
        )
        for n in range(30)
    ]
    found = leanings(rests(complete(rows), ZERO), by_newsroom((1, 2, 3, 4), NEWSROOMS), 100)
    assert len(found) == 12
    assert [(lean.seat_id, lean.group) for lean in found if lean.notable and lean.points > 0] == [(3, "B")]
    assert found[0].works == 10


def test_leaning_against_the_strongest_rivals_is_asked_in_the_same_way() -> None:
    rows = [
        (70 + MIX[n] + n % 4, 71 + MIX[n] - n % 3, 70 + MIX[n] - 14 * (n < 5), 72 + MIX[n] - n % 5) for n in range(30)
    ]
    (found,) = leanings(rests(complete(rows), ZERO), {(3, "rivals of B"): range(1, 6)}, 100)
    assert found.notable
    assert found.points < -5


def test_two_works_are_no_leaning() -> None:
    assert leanings(rests(complete([(70, 72, 99)] * 9), ZERO), {(3, "A"): (1, 2)}, 100) == []


def test_of_many_figures_by_chance_none_is_notable() -> None:
    rows = [tuple(70 + MIX[n] + (n * (5 + 2 * judge)) % 9 for judge in range(5)) for n in range(30)]
    found = leanings(rests(complete(rows), ZERO), by_newsroom(range(1, 6), NEWSROOMS), 100)
    assert len(found) == 15
    assert not any(lean.notable for lean in found)


def test_lines_through_points() -> None:
    assert slope([1, 2, 3], [2, 4, 6]) == 2
    assert slope([1, 1], [2, 3]) is None
    assert slope([1], [1]) is None
    assert correlation([1, 2, 3], [6, 4, 2]) == pytest.approx(-1)
    assert correlation([1, 2, 3], [5, 5, 5]) is None
    assert rank_correlation([1, 2, 3, 4], [1, 8, 27, 1000]) == pytest.approx(1)
