"""Sheets that lie apart: the worked example, thresholds, the rule of the regulations, and who needs a third reader."""

from fractions import Fraction
from math import inf

import pytest

from judging.ranking.alerts import Rest, alerts, beyond, distance, needs_third, rests
from tests.judging.ranking.tables import complete, exact

ZERO: dict[int, Fraction] = {}
QUIET = [(70 + n % 5, 72 + n % 4, 73 - n % 3, 71 + n % 2) for n in range(20)]


def test_the_distance_of_the_worked_example() -> None:
    marks = (80, 82, 78, 81, 55)
    found = rests(complete([marks]), ZERO)
    apart, errors = distance(found.each[1, 5], noise=5)
    assert apart == pytest.approx(-25.25)
    assert errors == pytest.approx(-4.517, abs=5e-4)


@pytest.mark.parametrize(("off", "level"), [(8, None), (13, "amber"), (30, "red"), (-13, "amber"), (-30, "red")])
def test_two_levels_by_points_and_by_errors(off: int, level: str | None) -> None:
    table = complete([*QUIET, (72, 72, 72, 72 + off)])
    found = alerts(rests(table, ZERO), scale=100)
    assert [(alert.entry_id, alert.seat_id, alert.level) for alert in found[:1]] == ([(21, 4, level)] if level else [])


def test_far_in_points_alone_is_no_alert_where_everybody_scatters() -> None:
    table = complete([(50 + 17 * n % 40, 50 + 23 * n % 40, 50 + 29 * n % 40, 50 + 31 * n % 40) for n in range(20)])
    found = rests(table, ZERO)
    assert any(abs(distance(rest, found.noise)[0]) > 15 for rest in found.each.values())
    assert alerts(found, scale=100) == []


def test_what_severity_explains_is_no_alert() -> None:
    table = complete([(70 + n % 5, 71 + n % 5, 50 + n % 5) for n in range(20)])
    plain = rests(table, ZERO)
    assert all(abs(distance(plain.each[entry, 3], plain.noise)[0]) > 15 for entry in table)
    known = {1: Fraction(6), 2: Fraction(7), 3: Fraction(-14)}
    assert all(abs(rest.value) < 1 for rest in rests(table, known).each.values())


def test_a_wild_sheet_does_not_hide_itself_in_the_noise() -> None:
    calm, wild = rests(complete(QUIET), ZERO), rests(complete([*QUIET, (70, 72, 71, 5)]), ZERO)
    assert wild.noise == pytest.approx(calm.noise, rel=0.2)


def test_two_readers_are_never_an_alert_but_may_need_a_third() -> None:
    table = exact({1: {1: 80, 2: 64}, 2: {1: 80, 2: 65}, 3: {1: 80, 2: 40, 3: 80}, 4: {1: 10}})
    assert all(alert.entry_id == 3 for alert in alerts(rests(table, ZERO), scale=100))
    assert needs_third(table, scale=100) == [1]


def test_one_against_all_who_agree_exactly_is_beyond_any_error() -> None:
    assert distance(Rest(-2.0, 5), noise=0) == (pytest.approx(-2.5), -inf)
    assert distance(Rest(0.0, 5), noise=0) == (0, 0)
    assert rests({}, ZERO).noise == 0


def test_the_scale_is_measured_in_hundredths() -> None:
    tenth = {
        entry: {seat: mark / 10 for seat, mark in given.items()}
        for entry, given in complete([*([(70, 72, 71, 69)] * 10), (70, 72, 71, 40)]).items()
    }
    alert = alerts(rests(tenth, ZERO), scale=10)[0]
    assert (alert.entry_id, alert.seat_id, alert.level) == (11, 4, "red")
    assert alerts(rests(tenth, ZERO), scale=100) == []


def test_at_most_two_points_from_the_mean_of_the_others() -> None:
    table = {
        7: {1: Fraction(9), 2: Fraction(8), 3: Fraction(25, 4)},
        8: {1: Fraction(9), 2: Fraction(7)},
        9: {1: Fraction(1)},
    }
    assert beyond(table, Fraction(2)) == {(7, 3): Fraction(-9, 4)}
    assert set(beyond(table, Fraction(199, 100))) == {(7, 3), (8, 1), (8, 2)}
