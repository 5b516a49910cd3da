"""What the rules of an edition may say."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from award.editions import clauses
from award.editions.forms.clauses import stored_rules
from award.editions.models import Clause, Edition, PrizeLevel
from tests.award.editions.conftest import CLAUSES


def edition(*kept: Clause, **fields: Any) -> Edition:
    return Edition(grace_seconds=120, clauses=list(kept), **fields)


def saying(code: str, value: dict[str, Any] | None, *, unregulated: bool = False, source: str = "") -> Clause:
    return Clause(code=code, value=value, unregulated=unregulated, source=source)


@pytest.mark.parametrize(("code", "value"), CLAUSES.items())
def test_every_believable_value_is_an_answer(code: str, value: dict[str, Any]) -> None:
    assert clauses.BY_CODE[code].faults(value) == {}


@pytest.mark.parametrize(
    ("code", "value", "kind"),
    [
        ("max_parts", {}, "number"),
        ("max_parts", {"number": 0}, "number"),
        ("spread_limit", {"points": "1e9999999999"}, "points"),
        ("spread_limit", {"points": "1/3"}, "points"),
        ("spread_limit", {"points": "1234567"}, "points"),
        ("spread_limit", {"points": "٣"}, "points"),
        ("max_parts", {"number": -3}, "number"),
        ("max_parts", {"number": "5"}, "number"),
        ("max_parts", {"number": True}, "number"),
        ("max_parts", {"number": 5, "choice": "x"}, "choice"),
        ("max_works_per_newsroom", {"number": 5}, "choice"),
        ("max_works_per_newsroom", {"number": 5, "choice": "tòa soạn"}, "choice"),
        ("prior_prizes", {"choice": "barred"}, "names"),
        ("prior_prizes", {"choice": "barred", "names": []}, "names"),
        ("prior_prizes", {"choice": "barred", "names": [""]}, "names"),
        ("prior_prizes", {"choice": "allowed", "names": ["Giải"]}, "names"),
        ("licensed_outlet", {"yes": None}, "yes"),
        ("licensed_outlet", {"yes": "y"}, "yes"),
        ("conflict_policy", {"choice": "friends"}, "choice"),
        ("conflict_policy", {"choice": "barred"}, "choice"),
        ("conflict_relations", {}, "newsroom"),
        ("conflict_relations", {"relative": "forgive"}, "relative"),
        ("conflict_relations", {"relative": "block", "author": "disclose"}, "author"),
        ("organisers_enter", {"yes": "no"}, "yes"),
        ("spread_limit", {"points": "0"}, "points"),
        ("spread_limit", {"points": "hai"}, "points"),
        ("spread_limit", {"points": "1/0"}, "points"),
        ("spread_limit", {"points": 2}, "points"),
        ("tie_rule", {"text": ""}, "text"),
        ("quorum", {"choice": ""}, "choice"),
        ("aggregation", {"choice": "median"}, "choice"),
        ("corrections", {"choice": "some"}, "several"),
        ("corrections", {"choice": "some", "several": []}, "several"),
        ("corrections", {"choice": "some", "several": ["bank account"]}, "several"),
        ("corrections", {"choice": "some", "several": "files"}, "several"),
        ("corrections", {"choice": "some", "several": [["files"]]}, "several"),
        ("corrections", {"choice": "some", "several": [{}]}, "several"),
        ("corrections", {"choice": "all", "several": ["files"]}, "several"),
    ],
)
def test_what_is_no_answer_is_told_at_its_field(code: str, value: dict[str, Any], kind: str) -> None:
    assert list(clauses.BY_CODE[code].faults(value)) == [kind]


def test_false_is_an_answer_to_a_yes_or_no() -> None:
    assert clauses.BY_CODE["licensed_outlet"].faults({"yes": False}) == {}


def test_every_matter_without_value_or_word_is_missing() -> None:
    blank = edition(prize_levels=[PrizeLevel(kind="main"), PrizeLevel(kind="thematic")])
    for stage in ("entry", "judging"):
        of_stage = [d for d in clauses.CLAUSES if d.stage == stage and d.must_be_said]
        assert clauses.missing(blank, stage) == of_stage  # type: ignore[arg-type]
    assert len(clauses.CLAUSES) == 41


def test_a_matter_that_does_not_concern_an_edition_is_not_missing() -> None:
    for kinds in ((), ("main",), ("thematic",), ("main", "collective")):
        levels = [PrizeLevel(kind=kind) for kind in kinds]
        missing = {d.code for d in clauses.missing(edition(prize_levels=levels), "entry")}
        assert "thematic_and_main" not in missing, kinds


def test_an_invented_clause_says_so_wherever_it_is_cited() -> None:
    kept = saying("max_parts", {"number": 5}, source="khoản 5 Điều 5")
    assert clauses.rule(edition(kept), "max_parts").cited == "khoản 5 Điều 5"
    kept.illustrative = True
    assert clauses.rule(edition(kept), "max_parts").cited == "khoản 5 Điều 5 (minh họa)"
    assert clauses.rule(edition(saying("max_parts", {"number": 5})), "max_parts").cited == ""


def test_a_value_or_the_word_that_it_is_unregulated_settles_a_matter() -> None:
    said = edition(saying("max_parts", {"number": 5}), saying("max_group_size", None, unregulated=True))
    left = {definition.code for definition in clauses.missing(said, "entry")}
    assert left == {
        "window",
        "deadline",
        "posted_works",
        "max_works_per_author",
        "max_works_per_group",
        "max_works_per_newsroom",
        "prior_prizes",
        "licensed_outlet",
        "newsroom_confirmation",
        "counted_in_time",
        "organisers_enter",
        "judges_enter",
        "conflict_policy",
        "changes_after_submission",
        "corrections",
        "newsroom_choice",
    }


def test_a_row_that_only_cites_a_source_settles_nothing() -> None:
    cited = edition(saying("max_parts", None, source="Điều 4"))
    assert "max_parts" in {d.code for d in clauses.missing(cited, "entry")}
    assert not clauses.rule(cited, "max_parts").may_refuse


def test_window_and_deadline_are_settled_by_the_dates_of_the_edition() -> None:
    dated = edition(window_from=date(2022, 11, 1), deadline_at=datetime(2023, 9, 30, 17, tzinfo=UTC))
    left = {definition.code for definition in clauses.missing(dated, "entry")}
    assert "deadline" not in left
    assert "window" in left, "half a window says nothing"
    dated.window_to = date(2023, 9, 30)
    assert "window" not in {definition.code for definition in clauses.missing(dated, "entry")}


@pytest.mark.parametrize(
    ("kept", "refuses"),
    [
        (saying("max_parts", {"number": 5}, source="khoản 2 Điều 4"), True),
        (saying("max_parts", {"number": 5}), False),
        (saying("max_parts", None, unregulated=True, source="khoản 2 Điều 4"), False),
    ],
)
def test_a_rule_refuses_only_with_a_value_and_the_clause_it_comes_from(kept: Clause, refuses: bool) -> None:
    assert clauses.rule(edition(kept), "max_parts").may_refuse is refuses


def test_an_unregulated_matter_has_no_value_even_if_one_was_left_in_its_row() -> None:
    rule = clauses.rule(edition(saying("max_parts", {"number": 5}, unregulated=True)), "max_parts")
    assert rule.number is None
    assert rule.words == "Không quy định."


def test_values_come_out_typed() -> None:
    said = edition(*(saying(code, value) for code, value in CLAUSES.items()))
    assert clauses.rule(said, "max_parts").number == 5
    assert clauses.rule(said, "spread_limit").points == Fraction(2)
    assert clauses.rule(said, "conflict_policy").choice == "own_work"
    assert clauses.rule(said, "prior_prizes").names == ("Giải Báo chí quốc gia",)
    assert clauses.rule(said, "revision").yes is True
    assert clauses.rule(edition(), "revision").yes is False
    assert clauses.rule(edition(), "spread_limit").points is None


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("corrections", {"choice": "none"}, "Hết thời hạn nhận tác phẩm, hồ sơ không được bổ sung."),
        (
            "corrections",
            {"choice": "some", "several": ["declarations", "files"]},
            "Hết thời hạn nhận tác phẩm, hồ sơ chỉ được bổ sung khi Tổ Thư ký đề nghị: tệp; "
            "giải thưởng đã đạt, cam kết.",
        ),
        (
            "corrections",
            {"choice": "all"},
            "Hết thời hạn nhận tác phẩm, hồ sơ chỉ được bổ sung khi Tổ Thư ký đề nghị: mọi phần của hồ sơ.",
        ),
        ("max_works_per_author", {"number": 3}, "Mỗi tác giả, riêng hoặc trong nhóm, dự Giải nhiều nhất 3 tác phẩm."),
        (
            "max_works_per_newsroom",
            {"number": 1200, "choice": "publisher"},
            "Mỗi cơ quan đăng, phát có nhiều nhất 1.200 tác phẩm dự Giải.",
        ),
        (
            "max_works_per_newsroom",
            {"number": 9, "choice": "employer"},
            "Tác giả của cùng một cơ quan công tác có nhiều nhất 9 tác phẩm dự Giải.",
        ),
        ("prior_prizes", {"choice": "allowed"}, "Tác phẩm đã đoạt giải khác được dự Giải."),
        (
            "prior_prizes",
            {"choice": "barred", "names": ["Giải A", "Giải B"]},
            "Không nhận tác phẩm đã đoạt: Giải A; Giải B. "
            "Tác phẩm đã đoạt giải khác được dự Giải nếu kê khai mức giải, đơn vị trao giải và năm.",
        ),
        ("organisers_enter", {"yes": False}, "Thành viên Ban Tổ chức Giải, Tổ Thư ký không được dự Giải."),
        ("judges_enter", {"yes": True}, "Thành viên Hội đồng được dự Giải."),
        ("conflict_policy", {"choice": "own_work"}, "Thành viên Hội đồng không chấm tác phẩm của mình."),
        (
            "conflict_relations",
            {"acquainted": "disclose", "relative": "block", "newsroom": "block", "superior": "waivable"},
            "Cùng cơ quan với tác giả; Là người thân của tác giả: không chấm. Là cấp trên, cấp dưới hoặc cộng tác có "
            "thù lao với tác giả: không chấm, trừ khi được phép bằng văn bản. Quen biết tác giả: khai báo, vẫn chấm.",
        ),
        ("licensed_outlet", {"yes": False}, "Tác phẩm được đăng, phát cả ở nơi không phải cơ quan báo chí."),
        (
            "spread_limit",
            {"points": "2.5"},
            "Điểm của một thành viên không chênh lệch quá 2,5 điểm so với trung bình của các thành viên khác.",
        ),
        ("tie_rule", {"text": "Bỏ phiếu."}, "Bỏ phiếu."),
        (
            "tie_steps",
            {"several": ["ballot", "median"]},
            "Tác phẩm bằng điểm được xét lần lượt: điểm giữa của các phiếu; bỏ phiếu kín giữa các tác phẩm bằng nhau.",
        ),
        ("shortlist_floor", {"points": "6.5"}, "Tác phẩm vào vòng sau có điểm từ 6,5 trở lên."),
        ("shortlist_per_author", {"number": 2}, "Mỗi tác giả có nhiều nhất 2 tác phẩm vào vòng sau."),
        ("quorum", {"choice": "two_thirds"}, "Hội đồng bỏ phiếu khi có mặt ít nhất hai phần ba số thành viên."),
    ],
)
def test_rules_are_said_in_words(code: str, value: dict[str, Any], words: str) -> None:
    assert clauses.rule(edition(saying(code, value)), code).words == words


def test_every_choice_of_every_matter_can_be_said() -> None:
    for definition in clauses.CLAUSES:
        for asked in definition.fields:
            for option, _words in asked.options:
                value = {asked.name: option, "number": 2, "names": ["Giải X"], "several": ["files"]}
                if asked.kind == "several":
                    value |= {"choice": "some", "several": [option]}
                assert definition.sentence(edition(), value).endswith(".")
            if asked.kind == "yes":
                said = {definition.sentence(edition(), {"yes": answer}) for answer in (True, False)}
                assert len(said) == 2


def test_the_window_is_said_with_both_days() -> None:
    dated = edition(window_from=date(2022, 11, 1), window_to=date(2023, 9, 30))
    assert (
        clauses.rule(dated, "window").words == "Tác phẩm đăng, phát lần đầu từ ngày 01/11/2022 đến hết ngày 30/9/2023."
    )


@pytest.mark.parametrize(
    ("state", "said", "offered"), [("draft", (), "block"), ("open", (), None), ("draft", ("",), None)]
)
def test_a_draft_that_says_nothing_of_ties_yet_is_offered_what_is_usual(
    state: str, said: tuple[str, ...], offered: str | None
) -> None:
    """The own organ is left to the matter on it."""
    of = edition(*(saying("conflict_relations", {"acquainted": "disclose"}) for _each in said))
    of.state = state
    row = stored_rules(of, "entry")["conflict_relations"]
    assert (row.get("same_parent"), row.get("newsroom")) == (offered, None)
