"""What the rules say of a work that earlier editions gave a prize: declare it, and it is known again."""

from dataclasses import replace

import pytest

from award.rules.dossier import recognised
from award.rules.eligibility import Finding, PriorPrizeFacts, PrizedFacts, RuleBook, blocking, findings
from tests.award.rules.test_eligibility import WHOLE

OURS = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"
ON_RECORD = PrizedFacts(7, OURS, "lần thứ II - năm 2022", 2022, "A", "Nguyễn Thị Vân")
DECLARED = RuleBook(prior_prizes="declared", sources={"prior_prizes": "Điều 6"})


def say(
    *prizes: PriorPrizeFacts, book: RuleBook = DECLARED, on_record: tuple[PrizedFacts, ...] = (ON_RECORD,)
) -> list[Finding]:
    facts = replace(WHOLE, no_prior_prize=not prizes, prior_prizes=prizes, prized=on_record)
    found = findings(facts, book)
    assert blocking(found) == []
    return [finding for finding in found if finding.code == "prior_prizes"]


def test_a_work_that_was_prized_before_is_asked_to_be_declared() -> None:
    (finding,) = say()
    assert (finding.verdict, finding.clause, finding.field) == ("amber", "Điều 6", "declarations.no_prior_prize")
    assert finding.sentence == (
        "Cần xem lại: tác phẩm cùng tên của tác giả Nguyễn Thị Vân đã đoạt Giải A, "
        "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ II - năm 2022. Nếu là tác phẩm này, đề nghị kê khai."
    )


def test_it_is_asked_beside_what_is_missing_too() -> None:
    facts = replace(WHOLE, no_prior_prize=None, prized=(ON_RECORD,))
    found = [finding for finding in findings(facts, DECLARED) if finding.code == "prior_prizes"]
    assert [bool(finding.missing) for finding in found] == [True, False]


@pytest.mark.parametrize(
    "declared",
    [
        PriorPrizeFacts("g1", OURS, "A", 2022),
        PriorPrizeFacts("g1", OURS, "", None),
        PriorPrizeFacts("g1", "Giải Búa liềm vàng tỉnh Khánh Hòa", "Giải A", 2022),
        PriorPrizeFacts("g1", "Giải Búa liềm vàng tỉnh Khánh Hòa lần thứ II", "A", 2023),
        PriorPrizeFacts("g1", "Giải của Tỉnh ủy", "giải a", 2022),
    ],
    ids=lambda prize: f"{prize.award_name} {prize.level} {prize.year}",
)
def test_a_declared_prize_is_known_again(declared: PriorPrizeFacts) -> None:
    (finding,) = say(declared)
    assert finding.verdict == "green"
    assert finding.sentence == (
        "Đã kê khai: Giải A, Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ II - năm 2022."
    )


@pytest.mark.parametrize(
    "declared",
    [
        PriorPrizeFacts("g1", "Giải báo chí Khánh Hòa", "B", 2022),
        PriorPrizeFacts("g1", "Giải Búa liềm vàng", "B", 2022),
        PriorPrizeFacts("g1", OURS, "A", 2019),
        PriorPrizeFacts("g1", "Giải báo chí Khánh Hòa", "A", None),
    ],
    ids=lambda prize: f"{prize.award_name} {prize.level} {prize.year}",
)
def test_another_prize_does_not_stand_for_it(declared: PriorPrizeFacts) -> None:
    assert [finding.verdict for finding in say(declared)] == ["amber"]


def test_each_prize_on_record_is_spoken_of() -> None:
    other = replace(
        ON_RECORD, key=8, award_name="Giải Báo chí quốc gia", edition="năm 2023", year=2023, level="Khuyến khích"
    )
    found = say(PriorPrizeFacts("g1", OURS, "A", 2022), on_record=(ON_RECORD, other))
    assert [finding.verdict for finding in found] == ["green", "amber"]
    facts = replace(WHOLE, prior_prizes=(PriorPrizeFacts("g1", OURS, "A", 2022),), prized=(ON_RECORD, other))
    assert recognised(facts) == {"g1": 7}


def test_where_nothing_has_to_be_declared_nothing_is_asked() -> None:
    assert [finding.verdict for finding in say(book=RuleBook(prior_prizes="allowed"))] == ["green"]


def test_without_a_rule_it_is_asked_without_a_clause() -> None:
    assert [(finding.verdict, finding.clause) for finding in say(book=RuleBook())] == [("amber", "")]


def test_the_national_award_is_not_the_provinces_one_of_the_same_name() -> None:
    book = RuleBook(prior_prizes="barred", barred_prizes=("Giải Búa liềm vàng",), sources={"prior_prizes": "Điều 6"})
    ours = PriorPrizeFacts("g1", "Giải Búa liềm vàng tỉnh Khánh Hòa", "A", 2022)
    assert [finding.verdict for finding in say(ours, book=book)] == ["green"]
    national = PriorPrizeFacts("g1", "Giải báo chí toàn quốc về xây dựng Đảng lần thứ VII", "C", 2022)
    facts = replace(WHOLE, no_prior_prize=False, prior_prizes=(national,))
    assert [finding.code for finding in blocking(findings(facts, book))] == ["prior_prizes"]
