"""Published figures of agreement, and where there is none to give."""

import pytest

from judging.ranking.reliability import (
    Distance,
    alpha,
    concordance,
    icc,
    interval,
    middle_ranks,
    nominal,
    ordinal,
    proportional,
)
from tests.judging.ranking.tables import COMPLETE, FOUR_CODERS, SHROUT, THREE_CODERS, WINES, units

SIEGEL = [(1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1)]
WITH_TIES = [
    (1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10),
    (2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5),
    (2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10),
]


@pytest.mark.parametrize(
    ("table", "single", "panel"),
    [
        (SHROUT, (0.1657, 0.2898, 0.7148), (0.4428, 0.6201, 0.9093)),
        (WINES, (0.727521, 0.727689, 0.729487), (0.914384, 0.914450, 0.915159)),
    ],
)
def test_published_correlations(
    table: list[tuple[int, ...]], single: tuple[float, ...], panel: tuple[float, ...]
) -> None:
    found = icc(table)
    assert found is not None
    assert found.single == pytest.approx(single, abs=5e-5)
    assert found.panel == pytest.approx(panel, abs=5e-5)


def test_a_complete_table_by_variances_or_by_squares() -> None:
    found = icc(COMPLETE)
    assert found is not None
    assert found.panel[1] == pytest.approx(0.907372, abs=5e-7)
    assert found.panel[2] == pytest.approx(0.916380, abs=5e-7)
    works, judges, noise = 12.90994**2, 2.68742**2, 7.79957**2
    assert found.panel[1] == pytest.approx(works / (works + (judges + noise) / 4), abs=1e-6)


@pytest.mark.parametrize(
    ("distance", "four", "three"),
    [
        (nominal, 0.743421, 0.691358),
        (interval, 0.849107, 0.810845),
        (ordinal, 0.815388, None),
        (proportional, 0.797403, None),
    ],
)
def test_published_alphas(distance: Distance, four: float, three: float | None) -> None:
    assert alpha(units(FOUR_CODERS), distance) == pytest.approx(four, abs=5e-7)
    if three is not None:
        assert alpha(units(THREE_CODERS), distance) == pytest.approx(three, abs=5e-7)


def test_published_concordance() -> None:
    plain, tied = concordance(SIEGEL), concordance(WITH_TIES)
    assert plain is not None
    assert tied is not None
    assert (plain.squares, tied.squares) == (25.5, 591)
    assert plain.w == pytest.approx(0.16190, abs=5e-6)
    assert tied.plain == pytest.approx(0.795960, abs=5e-7)
    assert tied.w == pytest.approx(0.827731, abs=5e-7)


def test_equal_values_share_the_middle_of_their_ranks() -> None:
    assert middle_ranks([7, 3, 7, 1]) == [3.5, 2, 3.5, 1]


def test_perfect_agreement_is_one() -> None:
    table = [(5, 5, 5), (7, 7, 7), (9, 9, 9)]
    found, order = icc(table), concordance([(1, 2, 3)] * 3)
    assert found is not None
    assert order is not None
    assert (found.panel[1], alpha(table), order.w) == (1, 1, 1)


def test_where_all_is_equal_or_too_little_there_is_no_figure() -> None:
    same = [(80, 80, 80)] * 4
    assert (icc(same), alpha(same), concordance(same)) == (None, None, None)
    assert icc([(1,), (2,)]) is None
    assert icc([(1, 2)]) is None
    assert alpha([[1], [2]]) is None
    assert concordance([(1, 2, 3)]) is None
