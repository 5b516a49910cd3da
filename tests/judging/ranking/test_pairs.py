"""Works across the cut that the sheets do not tell apart: reckoned by hand, each pair with both, in words."""

from judging.ranking.pairs import MOST, Pairs, Rival, across
from judging.ranking.ties import Cut
from judging.ranking.uncertainty import Estimate

KNOWN = {
    1: Estimate(80, 2, (0.0,)),
    2: Estimate(74.5, 2, (0.0,)),
    3: Estimate(73, 2, (1.0,)),
    4: Estimate(71.5, 2, (0.0,)),
    5: Estimate(76, 2, (1.0,)),
}
"""Two works read by other judges lie apart with variance 4 + 4 + 1: three points are one standard deviation."""


def test_a_small_world_reckoned_by_hand() -> None:
    """Φ(0.5) = 0.6915 that 2 is better than 3, Φ(−0.5) = 0.3085 that it is better than 5; Φ(3/√8) = 0.8556 tells it
    from 4, and 1 is told from everybody."""
    found = across(KNOWN, inside=(1, 2), outside=(3, 4, 5))
    assert found == {2: (Rival(5, 30), Rival(3, 69)), 3: (Rival(2, 69),), 5: (Rival(2, 30),)}


def test_works_tied_at_the_cut_are_on_neither_side() -> None:
    codes = {entry: f"III-IN-00{entry}" for entry in KNOWN}
    assert Pairs([(KNOWN, Cut((1, 2), (5,), 0))], codes).told(2) == "III-IN-003 (69%)"
    assert not Pairs([(KNOWN, Cut((1,), (2, 5), 1))], codes).found


def test_few_are_named_the_others_counted_and_the_hidden_neither() -> None:
    many = {entry: Estimate(70 - entry / 10, 2, ()) for entry in range(1, MOST + 4)}
    pairs = Pairs([(many, Cut((1,), (), 0))], {entry: f"M{entry}" for entry in many})
    assert pairs.told(1) == "M2 (51%), M3 (52%), M4 (54%), M5 (55%), M6 (57%) và 2 tác phẩm khác"
    assert pairs.told(1, hidden={2, 3}) == "M4 (54%), M5 (55%), M6 (57%), M7 (58%), M8 (59%)"
    assert pairs.told(8) == "M1 (59%)"
