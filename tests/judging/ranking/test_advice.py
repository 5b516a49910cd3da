"""What stands beside the official figures: from the sheets alone, the same for everybody who asks."""

from decimal import Decimal
from fractions import Fraction

from judging.ranking.advice import Side, advice, figures, likely, sides
from judging.ranking.ties import Cut
from tests.judging.ranking.tables import complete, exact

CLEAR = complete([(base, base + 1, base - 1) for base in range(95, 15, -4)])
"""Twenty works, each four points below the one before, and three judges who agree on them."""
MILD = exact(
    {
        work: {seat: 60 + work * 2 + (6 if seat == 1 else 0) + (work * seat) % 3 for seat in seats}
        for work, seats in enumerate([(1, 2), (2, 3), (1, 3), (2, 3)] * 6, start=1)
    }
)
"""Works of which some were read by a lenient judge and some were not."""


def test_where_judges_agree_places_are_settled() -> None:
    found = likely(CLEAR, 5, ["a", "b"])
    side = sides(found, Cut((1, 2, 3, 4, 5), (), 0), 5)
    assert [side[work].nearness for work in (1, 20)] == ["in", "out"]
    assert {each.crosses for each in side.values()} == {None}


def test_the_same_sheets_give_the_same_figures_and_other_sheets_others() -> None:
    assert likely(CLEAR, 5, ["a", "b"]) == likely(CLEAR, 5, ["b", "a"])
    near = complete([(60 + (work * 7) % 11, 61 + (work * 5) % 13, 58 + (work * 3) % 7) for work in range(20)])
    one, other = likely(near, 5, ["a"]), likely(near, 5, ["c"])
    assert [each["among"] for each in one.values()] != [each["among"] for each in other.values()]
    known = [[each["estimate"] for each in found.values()] for found in (one, other)]
    assert known[0] == known[1], "what is set against each other work by work is not drawn"


def test_a_work_is_thought_of_beside_the_usual_of_its_own_kind() -> None:
    strong = [(78 + n % 5, 84 - n % 7, 80 + n % 3) for n in range(9)]
    weak = [(50 + n % 5, 56 - n % 7, 52 + n % 3) for n in range(9)]
    same = (66, 62, 70)
    totals = complete([*strong, same, *weak, same])
    kinds = {entry: 1 if row < 10 else 2 for row, entry in enumerate(totals)}
    first, last = (list(totals)[row] for row in (9, 19))
    beside = likely(totals, 10, ["a"], kinds)
    assert beside[first]["among"] > beside[last]["among"]
    alone = likely(totals, 10, ["a"])
    assert abs(alone[first]["among"] - alone[last]["among"]) < 25, "nothing tells them apart but the draws"


def test_without_a_number_of_places_there_is_no_chance() -> None:
    assert likely(CLEAR, None, []) == {}


def test_a_lenient_judge_is_set_right_and_lambda_is_told() -> None:
    found = advice(MILD, 100)
    assert found.ratio is not None
    read_by_the_lenient, not_read = found.works[1]["corrected"], found.works[2]["corrected"]
    assert Fraction(*read_by_the_lenient) < sum(MILD[1].values()) / 2
    assert Fraction(*not_read) > sum(MILD[2].values()) / 2


def test_a_work_whose_corrected_score_lies_on_the_other_side_says_so() -> None:
    kept = {1: {"corrected": [70, 1]}, 2: {"corrected": [80, 1]}, 3: {"corrected": [90, 1]}}
    found = sides(kept, Cut((1, 3), (), 0), 2)
    assert {work: each.crosses for work, each in found.items()} == {1: "out", 2: "in", 3: None}


def test_a_chance_that_speaks_against_the_place_is_never_called_settled() -> None:
    kept = {1: {"among": 40}, 2: {"among": 960}}
    found = sides(kept, Cut((1,), (), 0), 1)
    assert (found[1].nearness, found[2].nearness) == ("near_in", "near_out")


def test_works_tied_at_the_cut_are_left_to_the_tie() -> None:
    found = sides({1: {"among": 500}, 2: {"among": 500}}, Cut((), (1, 2), 1), 1)
    assert set(found.values()) == {Side(None, None, None, doubt=0)}
    assert sides({1: {"among": 500}}, None, None) == {1: Side(doubt=0)}


def test_a_panel_that_agrees_is_told_in_words_and_hangs_on_nobody() -> None:
    found = figures(CLEAR, 5, "mean", 100)
    assert (found.level, found.inside, found.steadfast) == ("best", 5, 5)
    assert found.unity is not None and found.unity > Decimal("0.95")
    assert found.alpha is None


def test_where_not_everybody_read_everything_the_figure_that_bears_gaps_is_taken() -> None:
    found = figures(MILD, 6, "mean", 100)
    assert found.agreement is None
    assert found.alpha is not None


def test_a_figure_of_two_members_says_that_it_is_of_two() -> None:
    both = complete([(base, base + 1) for base in range(95, 15, -4)])
    assert (figures(both, 5, "mean", 100).of_two, figures(both, 5, "mean", 100).unity is not None) == (True, True)
    assert not figures(CLEAR, 5, "mean", 100).of_two
    assert not figures(MILD, 6, "mean", 100).of_two, "three read, though no work was read by all of them"


def test_nothing_is_said_of_nothing() -> None:
    for table in ({}, {1: {}}, complete([(50,)])):
        found = figures(table, 3, "mean", 100)
        assert (found.unity, found.inside) == (None, 0)
