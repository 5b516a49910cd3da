"""The model against published estimates, chances that anybody can repeat, and the words for them."""

import json
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from judging.ranking.reliability import icc
from judging.ranking.uncertainty import (
    USUAL,
    Chance,
    Estimate,
    Spread,
    agenda,
    belief,
    better,
    chances,
    estimated,
    seed_of,
    word,
)
from tests.judging.ranking.tables import COMPLETE, complete, exact, plates


def sizes(spread: Spread) -> list[float]:
    return [variance**0.5 for variance in (spread.works, spread.judges, spread.noise)]


def test_the_published_estimates_of_penicillin() -> None:
    found = estimated(plates())
    assert found is not None
    assert sizes(found) == pytest.approx([0.8467, 1.9316, 0.5499], abs=5e-5)
    assert found.criterion == pytest.approx(330.8606, abs=1e-4)


def test_the_published_predictions_of_penicillin() -> None:
    known = belief(plates())
    assert known is not None
    expected = [0.804547, 0.804547, 0.181672, 0.337391, 0.025953, -0.441203]
    assert known.quality[:6] - 22.972222 == pytest.approx(expected, abs=5e-6)
    samples = [2.187058, -1.010476, 1.937899, -0.096895, -0.013842, -3.003744]
    assert list(known.offsets.values()) == pytest.approx(samples, abs=5e-6)
    assert not known.spread.assumed


def test_a_complete_table_is_its_closed_form() -> None:
    table, agreement = complete(COMPLETE), icc(COMPLETE)
    found = estimated(table)
    assert found is not None
    assert agreement is not None
    assert sizes(found) == pytest.approx([12.90994, 2.68742, 7.79957], abs=5e-4)
    known = belief(table, spread=found)
    assert known is not None
    assert agreement.panel[2] == pytest.approx(0.916380, abs=5e-7)
    shrunk = [68.75 + agreement.panel[2] * (mean - 68.75) for mean in (80, 60, 87.5, 52.5, 72.5, 60)]
    assert known.quality == pytest.approx(shrunk, abs=1e-3)


def test_chances_of_a_complete_table() -> None:
    table = complete(COMPLETE)
    known = belief(table, spread=estimated(table))
    assert known is not None
    found = chances(known, 2, seed=20260621)
    expected = [0.904, 0, 0.998, 0, 0.098, 0]
    assert [found[entry].among for entry in range(1, 7)] == pytest.approx(expected, abs=0.02)
    assert sum(chance.among for chance in found.values()) == pytest.approx(2)
    assert (found[3].best, found[4].worst) == (1, 6)


def test_one_work_against_another_without_draws() -> None:
    table = complete(COMPLETE)
    known = belief(table, spread=estimated(table))
    assert known is not None
    of = known.estimates
    assert better(of[2], of[6]) == pytest.approx(0.5)
    assert better(of[3], of[4]) > 0.99
    assert better(of[1], of[5]) + better(of[5], of[1]) == pytest.approx(1)
    again = {entry: Estimate.of(json.loads(json.dumps(each.kept()))) for entry, each in of.items()}
    assert better(again[1], again[5]) == pytest.approx(better(of[1], of[5]), abs=1e-4)


def test_the_same_sheets_give_the_same_figures_in_any_order() -> None:
    table = complete(COMPLETE)
    turned = {entry: dict(reversed(list(given.items()))) for entry, given in reversed(list(table.items()))}
    seed = seed_of(["b", "a"])
    assert seed == seed_of(["a", "b"]) != seed_of(["a", "c"])
    one, other = belief(table), belief(turned)
    assert one is not None
    assert other is not None
    assert chances(one, 2, seed) == chances(other, 2, seed)


def test_each_kind_has_a_mean_of_its_own() -> None:
    """Films far above articles: without kinds the difference would pass for quality."""
    rows = [(60 + n % 5, 62 + n % 4, 61 + n % 3) for n in range(12)]
    table = complete(rows + [(a + 25, b + 25, c + 25) for a, b, c in rows])
    kinds = {entry: int(entry > 12) for entry in table}
    one, by_kind = estimated(table), estimated(table, kinds)
    assert one is not None
    assert by_kind is None or by_kind.works < one.works / 20


def test_too_few_works_get_the_usual_proportions() -> None:
    known = belief(complete(COMPLETE))
    assert known is not None
    assert known.spread.assumed
    works, judges, noise = sizes(known.spread)
    assert (judges / works, noise / works) == pytest.approx((USUAL[1] / USUAL[0], USUAL[2] / USUAL[0]))


def test_a_fit_that_finds_nothing_gets_the_usual_proportions() -> None:
    """Every judge gives every work the same three marks in another order: works do not differ at all."""
    table = complete([(70, 75, 80), (75, 80, 70), (80, 70, 75)] * 6)
    assert estimated(table) is None
    known = belief(table)
    assert known is not None
    assert known.spread.assumed


@pytest.mark.parametrize(
    "table",
    [
        {},
        {1: {1: 80}, 2: {1: 70}},
        {1: {1: 80, 2: 70}, 2: {3: 60, 4: 65}},
        {1: {1: 80, 2: 80}, 2: {1: 80, 2: 80}},
    ],
    ids=["nothing", "one judge", "unlinked", "all equal"],
)
def test_where_nothing_can_be_said_nothing_is(table: dict[int, dict[int, int]]) -> None:
    assert belief(exact(table)) is None


def test_more_places_than_works_are_certain() -> None:
    known = belief(complete(COMPLETE))
    assert known is not None
    assert {chance.among for chance in chances(known, 9, seed=1).values()} == {1.0}


@pytest.mark.parametrize(
    ("among", "words"),
    [
        (1, "firm"),
        (0.9, "firm"),
        (0.899, "leaning_in"),
        (0.5, "leaning_in"),
        (0.499, "leaning_out"),
        (0.1, "leaning_out"),
        (0.099, "out"),
        (0, "out"),
    ],
)
def test_four_words(among: float, words: str) -> None:
    assert word(among) == words


def test_the_agenda_begins_with_the_most_open_and_leaves_out_the_settled() -> None:
    found = {entry: Chance(among, 1, 9) for entry, among in enumerate((0.95, 0.6, 0.15, 0.48, 0.05, 0.9), start=1)}
    assert agenda(found) == [4, 2, 3]


def test_one_work_against_another_is_what_the_draws_come_to() -> None:
    table = exact({1: {1: 70, 2: 76}, 2: {2: 71, 3: 74}, 3: {1: 72, 3: 70}, 4: {1: 64, 2: 66, 3: 60}})
    known = belief(table)
    assert known is not None
    random = np.random.default_rng(3)
    own = random.standard_normal((40000, 4)) * known.lasting
    drawn = known.quality + own + random.standard_normal((40000, known.shared.shape[1])) @ known.shared.T
    for one, other in combinations(range(4), 2):
        share = float((drawn[:, one] > drawn[:, other]).mean())
        assert better(known.estimates[one + 1], known.estimates[other + 1]) == pytest.approx(share, abs=0.01)


def test_a_work_read_more_often_is_surer() -> None:
    rows = {n: {1: Fraction(60 + n), 2: Fraction(64 + n), 3: Fraction(62 + n)} for n in range(1, 20)}
    rows[20] = {1: Fraction(70)}
    known = belief(rows, spread=Spread(36, 20, 49))
    assert known is not None
    unsure = known.lasting**2 + (known.shared**2).sum(axis=1)
    assert unsure[19] > unsure[:19].max()
