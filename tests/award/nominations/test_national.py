"""The national rules on a candidate, as a table."""

from datetime import date

import pytest

from award.nominations.national import Candidate, NationalRules, findings, over_quota

RULES = NationalRules(
    name="Giải Búa liềm vàng lần thứ VIII",
    window_from=date(2022, 11, 1),
    window_to=date(2023, 10, 31),
    quota=2,
    one_per_author=True,
    barred_prizes=("Giải Báo chí quốc gia",),
)


def candidate(
    *days: date | None, prizes: tuple[str, ...] = (), authors: tuple[str, ...] = ("nguyen thi van",)
) -> Candidate:
    return Candidate(days or (date(2023, 3, 2),), prizes, frozenset(authors))


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (candidate(), []),
        (candidate(date(2022, 11, 1)), []),
        (candidate(date(2022, 10, 31)), [("window", True)]),
        (candidate(date(2023, 10, 31)), []),
        (candidate(date(2023, 11, 1)), [("window", True)]),
        (candidate(date(2023, 3, 2), None), [("no_date", False)]),
        (candidate(prizes=("GIẢI BÁO CHÍ QUỐC GIA lần thứ XVII",)), [("barred_prize", True)]),
        (candidate(prizes=("Giải báo chí tỉnh",)), [("declared_prize", False)]),
    ],
)
def test_what_the_rules_say(given: Candidate, codes: list[tuple[str, bool]]) -> None:
    assert [(each.code, each.bars) for each in findings(given, RULES)] == codes


def test_one_work_for_each_author_counts_co_authors() -> None:
    chosen = [candidate(authors=("tran minh", "le hoa"))]
    assert [each.code for each in findings(candidate(authors=("le hoa",)), RULES, chosen)] == ["author"]
    assert findings(candidate(authors=("cao lam",)), RULES, chosen) == []


def test_a_list_longer_than_the_quota_is_told() -> None:
    assert over_quota(RULES, 2) is None
    told = over_quota(RULES, 3)
    assert told is not None
    assert "3" in told.sentence
