"""The official figure by the way the rules name: exact, one way for a whole list, and kept when sheets are struck."""

from fractions import Fraction

from judging.ranking.official import official
from judging.ranking.severity import corrected, severity
from tests.judging.ranking.tables import complete, exact

FIVE = {1: {1: 8, 2: 8, 3: 8, 4: 8, 5: 2}, 2: {1: 7, 2: 7, 3: 7, 4: 7, 5: 7}}
ROWS = [(80, 70, 60, 75), (60, 52, 40, 58), (90, 78, 70, 85), (50, 45, 33, 47), (70, 66, 50, 68)] * 2
SHORT = {entry: dict(list(given.items())[entry % 2 : 3 + entry % 2]) for entry, given in complete(ROWS).items()}
"""Ten works, each read by three of four: just enough sheets to tell severity."""


def test_trimming_is_for_a_list_of_equal_numbers_and_otherwise_the_mean_stands_for_all() -> None:
    found = official(exact(FIVE), "trimmed", 10, [1, 2])
    assert (found.how, found.scores) == ("trimmed", {1: Fraction(8), 2: Fraction(7)})
    thin = {**FIVE, 3: {1: 9, 2: 9}}
    assert official(exact(thin), "trimmed", 10, [1, 2]).how == "trimmed", "a work without a rank is no part of the list"
    found = official(exact(thin), "trimmed", 10, [1, 2, 3])
    assert (found.how, found.scores[1]) == ("mean", Fraction(34, 5))


def test_severity_is_set_right_where_the_sheets_tell_it() -> None:
    found = official(SHORT, "adjmean", 100, list(SHORT))
    assert found.how == "adjmean"
    assert found.scores == corrected(SHORT, severity(SHORT, 100).offsets)
    few = official(complete(ROWS[:2]), "adjmean", 100, [1, 2])
    assert (few.how, few.scores[1]) == ("mean", Fraction(285, 4)), "too few sheets tell nothing of severity"


def test_a_list_that_lost_sheets_keeps_its_way_and_the_others_their_scores() -> None:
    trimmed = official(exact({**FIVE, 3: dict.fromkeys(range(1, 6), 6)}), "trimmed", 10, [1, 2, 3])
    left = exact({1: {1: 8, 2: 8, 4: 8, 5: 2}, 2: FIVE[2], 3: {}})
    assert trimmed.over(left).scores == {1: Fraction(13, 2), 2: Fraction(7), 3: None}, "four are not trimmed, five are"
    plain = official(exact({**FIVE, 3: {1: 9, 2: 9}}), "trimmed", 10, [1, 2, 3])
    assert plain.over(exact(FIVE)).scores[1] == Fraction(34, 5), "what was not trimmed is not trimmed afterwards"
    found = official(SHORT, "adjmean", 100, list(SHORT))
    one = {**SHORT, 1: dict(list(SHORT[1].items())[1:])}
    assert found.over(one).scores == {**found.scores, 1: corrected(one, found.offsets)[1]}
    assert official(one, "adjmean", 100, list(one)).how == "mean", "anew, a sheet less would move the whole list"
