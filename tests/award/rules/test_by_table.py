"""Each rule by a table: met, not met with and without a clause, not regulated, and exactly at its edges."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from award.rules.eligibility import (
    AuthorFacts,
    CaptionFacts,
    CategoryLimits,
    EntryFacts,
    Finding,
    LengthFacts,
    PartFacts,
    PriorPrizeFacts,
    RuleBook,
    SlotFacts,
    TwinFacts,
    findings,
    worst,
)
from tests.award.rules.test_eligibility import MINH, PART, VAN, WHOLE

CLAUSE = "khoản 2 Điều 4"
FIRST, LAST = date(2022, 11, 1), date(2023, 9, 30)


def say(facts: EntryFacts, book: RuleBook, code: str) -> list[Finding]:
    return [finding for finding in findings(facts, book) if finding.code == code]


def book(code: str, *, cited: bool = True, **rules: Any) -> RuleBook:
    return RuleBook(**rules, sources={code: CLAUSE} if cited else {})


def colour(facts: EntryFacts, rules: RuleBook, code: str) -> str:
    found = say(facts, rules, code)
    return worst(found) if found else "silent"


def parts(*days: date | None) -> tuple[PartFacts, ...]:
    return tuple(replace(PART, key=f"k{n}", ordinal=n, published_on=day) for n, day in enumerate(days, start=1))


def people(n: int, **first: Any) -> tuple[AuthorFacts, ...]:
    return (replace(VAN, **first), *(replace(MINH, key=f"b{k}") for k in range(1, n)))


def prizes(*names: str) -> dict[str, Any]:
    return {
        "no_prior_prize": False,
        "prior_prizes": tuple(PriorPrizeFacts(str(n), each) for n, each in enumerate(names)),
    }


WINDOW = [
    ("the day before the first", (date(2022, 10, 31),), "red"),
    ("the first day", (FIRST,), "green"),
    ("the second day", (date(2022, 11, 2),), "green"),
    ("the day before the last", (date(2023, 9, 29),), "green"),
    ("the last day", (LAST,), "green"),
    ("the day after the last", (date(2023, 10, 1),), "red"),
    ("a year early", (date(2021, 11, 1),), "red"),
    ("a leap day outside", (date(2024, 2, 29),), "red"),
    ("all parts inside", (FIRST, LAST), "green"),
    ("the first part early", (date(2022, 10, 31), FIRST), "red"),
    ("the last part late", (LAST, date(2023, 10, 1)), "red"),
    ("a part without a day", (FIRST, None), "green"),
    ("no day at all", (None,), "silent"),
]


@pytest.mark.parametrize(("days", "verdict"), [row[1:] for row in WINDOW], ids=[row[0] for row in WINDOW])
@pytest.mark.parametrize("cited", [True, False], ids=["with a clause", "without"])
def test_window(days: tuple[date | None, ...], verdict: str, cited: bool) -> None:
    rules = book("window", cited=cited, window_from=FIRST, window_to=LAST)
    expected = "amber" if verdict == "red" and not cited else verdict
    assert colour(replace(WHOLE, parts=parts(*days)), rules, "window") == expected


@pytest.mark.parametrize(
    ("first", "last", "day", "verdict"),
    [
        (None, None, date(1999, 1, 1), "not_applicable"),
        (FIRST, None, date(2022, 10, 31), "red"),
        (FIRST, None, date(2030, 1, 1), "green"),
        (None, LAST, date(1999, 1, 1), "green"),
        (None, LAST, date(2023, 10, 1), "red"),
        (LAST, LAST, LAST, "green"),
        (LAST, LAST, date(2023, 9, 29), "red"),
    ],
)
def test_a_window_open_at_one_end(first: date | None, last: date | None, day: date, verdict: str) -> None:
    rules = book("window", window_from=first, window_to=last)
    assert colour(replace(WHOLE, parts=parts(day)), rules, "window") == verdict


EARLY, IN, LATE = date(2022, 10, 31), date(2023, 3, 2), date(2023, 10, 1)
CARRIED: list[tuple[str, tuple[date | None, ...], bool, list[str]]] = [
    ("begun before, ended within", (EARLY, IN), True, ["green", "green"]),
    ("begun before, where the rules do not take it", (EARLY, IN), False, ["red", "green"]),
    ("a single work before", (EARLY,), True, ["red"]),
    ("a series wholly before", (EARLY, date(2022, 10, 30)), True, ["red", "red"]),
    ("its last part late", (EARLY, LATE), True, ["red", "red"]),
    ("its last part on the last day", (EARLY, LAST), True, ["green", "green"]),
    ("its last part on the first day", (EARLY, FIRST), True, ["green", "green"]),
    ("the days out of order", (IN, EARLY), True, ["green", "green"]),
    ("one part without a day", (EARLY, None, IN), True, ["green", "green"]),
]


@pytest.mark.parametrize(("days", "taken", "verdicts"), [row[1:] for row in CARRIED], ids=[row[0] for row in CARRIED])
def test_a_series_begun_before_the_window(days: tuple[date | None, ...], taken: bool, verdicts: list[str]) -> None:
    sources = {"window": CLAUSE, "carry_over": "khoản 3 Điều 4"}
    rules = RuleBook(window_from=FIRST, window_to=LAST, carry_over=taken, sources=sources)
    found = say(replace(WHOLE, parts=parts(*days)), rules, "window")
    assert [each.verdict for each in found] == verdicts
    assert all(each.clause == "khoản 3 Điều 4" for each in found if "kỳ cuối" in each.sentence)


TWINS: list[tuple[bool | None, tuple[bool, ...], bool, str]] = [
    (None, (), True, "not_applicable"),
    (None, (True,), False, "amber"),
    (False, (), True, "green"),
    (False, (True,), True, "red"),
    (False, (True,), False, "amber"),
    (False, (False,), True, "amber"),
    (False, (False, True), True, "red"),
    (True, (), True, "not_applicable"),
    (True, (True,), True, "green"),
]


@pytest.mark.parametrize(("several", "sure", "cited", "verdict"), TWINS)
def test_one_work_in_two_categories(several: bool | None, sure: tuple[bool, ...], cited: bool, verdict: str) -> None:
    facts = replace(WHOLE, twins=tuple(TwinFacts("Phát thanh", each) for each in sure))
    rules = book("several_categories", cited=cited, several_categories=several)
    assert colour(facts, rules, "several_categories") == verdict


@pytest.mark.parametrize(
    ("n", "most", "clause", "verdict"),
    [(29, 30, "khoản 9", "green"), (30, 30, "khoản 9", "green"), (31, 30, "khoản 9", "red"), (31, 30, "", "amber")],
)
@pytest.mark.parametrize(("measure", "words"), [("minutes", "phút"), ("pages", "trang"), ("words", "chữ")])
def test_a_file_is_no_longer_than_its_place_takes(
    measure: str, words: str, n: int, most: int, clause: str, verdict: str
) -> None:
    slot = SlotFacts("page", "Bản quét", "k1", 1, held=1, lengths=(LengthFacts("bai.pdf", measure, n, most),))
    facts = replace(WHOLE, slots=(slot,), limits=CategoryLimits(source=clause))
    (found,) = say(facts, RuleBook(), "file_length")
    assert (found.verdict, found.field) == (verdict, "files.page.k1")
    assert (f"“bai.pdf” dài 31 {words} (tối đa 30 {words})" in found.sentence) is (verdict != "green")


@pytest.mark.parametrize(
    ("licensed", "verdicts"), [(True, ["green", "green"]), (False, ["green", "red"]), (None, ["green", "amber"])]
)
def test_a_part_may_have_appeared_in_another_organ(licensed: bool | None, verdicts: list[str]) -> None:
    elsewhere = replace(PART, key="k2", ordinal=2, outlet="Đài Núi Bạc", outlet_licensed=licensed)
    rules = book("licensed_outlet", licensed_outlet=True)
    found = say(replace(WHOLE, publisher_licensed=True, parts=(PART, elsewhere)), rules, "licensed_outlet")
    assert [each.verdict for each in found] == verdicts
    assert [each.field for each in found] == ["work.publisher", "parts.k2.outlet"]


def test_a_category_looks_at_the_organ_of_each_part() -> None:
    elsewhere = replace(PART, key="k2", ordinal=2, outlet="Trang X", outlet_kinds=frozenset({"portal"}))
    facts = replace(
        WHOLE,
        outlets=frozenset({"newspaper"}),
        publisher_kinds=frozenset({"newspaper"}),
        parts=(PART, elsewhere),
        limits=CategoryLimits(source="khoản 9"),
    )
    found = [each for each in say(facts, RuleBook(), "licensed_outlet") if each.verdict != "not_applicable"]
    assert [(each.verdict, each.field) for each in found] == [("green", "work.publisher"), ("red", "parts.k2.outlet")]


Told = Callable[[int], EntryFacts]
LIMITED: dict[str, tuple[Told, int]] = {
    "max_parts": (lambda n: replace(WHOLE, parts=parts(*([FIRST] * n))), 0),
    "max_group_size": (lambda n: replace(WHOLE, authors=people(n)), 0),
    "max_works_per_author": (lambda n: replace(WHOLE, authors=people(1, works=n)), 1),
    "max_works_per_group": (lambda n: replace(WHOLE, authors=people(2), group_works=n), 1),
    "max_works_per_newsroom": (lambda n: replace(WHOLE, publisher_works=n), 1),
}
"""Rule → facts with so many, and 1 where the work itself is one more."""


@pytest.mark.parametrize("code", LIMITED)
@pytest.mark.parametrize(
    ("over", "cited", "verdict"),
    [
        (-1, True, "green"),
        (0, True, "green"),
        (1, True, "red"),
        (5, True, "red"),
        (0, False, "green"),
        (1, False, "amber"),
    ],
)
def test_a_number_is_kept_to_the_last(code: str, over: int, cited: bool, verdict: str) -> None:
    facts, itself = LIMITED[code]
    limit = 3
    assert colour(facts(limit + over - itself), book(code, cited=cited, **{code: limit}), code) == verdict


@pytest.mark.parametrize("code", LIMITED)
def test_a_number_that_is_not_regulated_does_not_apply(code: str) -> None:
    facts, _itself = LIMITED[code]
    assert colour(facts(50), RuleBook(), code) == "not_applicable"


@pytest.mark.parametrize("code", LIMITED)
def test_one_is_a_number_too(code: str) -> None:
    facts, itself = LIMITED[code]
    rules = book(code, **{code: 1})
    least = 1 if code != "max_works_per_group" else 2
    assert colour(facts(1 - itself), rules, code) == "green"
    assert colour(facts(max(2 - itself, least - 1)), rules, code) == "red"


def test_who_works_alone_is_no_group() -> None:
    facts = replace(WHOLE, authors=people(1), group_works=9)
    assert colour(facts, book("max_works_per_group", max_works_per_group=1), "max_works_per_group") == "not_applicable"


@pytest.mark.parametrize(
    ("works", "namesakes", "verdict"),
    [(0, 0, "green"), (2, 0, "green"), (3, 0, "red"), (2, 1, "amber"), (0, 3, "amber"), (0, 2, "green"), (3, 3, "red")],
)
def test_namesakes_only_warn(works: int, namesakes: int, verdict: str) -> None:
    facts = replace(WHOLE, authors=people(1, works=works, namesakes=namesakes))
    assert colour(facts, book("max_works_per_author", max_works_per_author=3), "max_works_per_author") == verdict


def test_the_second_author_of_a_group_counts_as_much_as_the_first() -> None:
    facts = replace(WHOLE, authors=(VAN, replace(MINH, works=3)))
    (first, second) = say(facts, book("max_works_per_author", max_works_per_author=3), "max_works_per_author")
    assert (first.verdict, second.verdict, second.field) == ("green", "red", "authors.a2.legal_name")


@pytest.mark.parametrize(
    ("general", "own", "n", "verdict", "clause"),
    [
        (7, None, 7, "green", CLAUSE),
        (7, None, 8, "red", CLAUSE),
        (7, 3, 3, "green", "khoản 9"),
        (7, 3, 4, "red", "khoản 9"),
        (3, 7, 7, "green", "khoản 9"),
        (3, 7, 8, "red", "khoản 9"),
        (None, 3, 4, "red", "khoản 9"),
        (None, 3, 3, "green", "khoản 9"),
    ],
)
@pytest.mark.parametrize("code", ["max_parts", "max_group_size"])
def test_a_category_says_parts_and_people_for_itself(
    code: str, general: int | None, own: int | None, n: int, verdict: str, clause: str
) -> None:
    limits = CategoryLimits({} if own is None else {code: own}, "" if own is None else "khoản 9")
    facts = replace(LIMITED[code][0](n), limits=limits)
    (found,) = say(facts, book(code, **{code: general}), code)
    assert (found.verdict, found.clause) == (verdict, clause)


def test_a_categorys_number_without_a_clause_cites_the_rule_of_the_edition() -> None:
    facts = replace(WHOLE, parts=parts(FIRST, FIRST), limits=CategoryLimits({"max_parts": 1}))
    (found,) = say(facts, book("max_parts", max_parts=5), "max_parts")
    assert (found.verdict, found.clause) == ("red", CLAUSE)
    (found,) = say(facts, RuleBook(), "max_parts")
    assert found.verdict == "amber"


@pytest.mark.parametrize(
    ("whole", "here", "verdicts"),
    [
        (0, 0, ["green", "green"]),
        (2, 1, ["green", "red"]),
        (3, 0, ["red", "green"]),
        (3, 1, ["red", "red"]),
        (2, 0, ["green", "green"]),
    ],
)
@pytest.mark.parametrize("code", ["max_works_per_author", "max_works_per_group", "max_works_per_newsroom"])
def test_works_are_counted_in_the_edition_and_in_the_category(
    code: str, whole: int, here: int, verdicts: list[str]
) -> None:
    facts = replace(
        WHOLE,
        category="Báo in",
        limits=CategoryLimits({code: 1}, "khoản 9"),
        authors=people(1, works=whole, works_here=here),
        publisher_works=whole,
        publisher_works_here=here,
        group_works=whole,
        group_works_here=here,
    )
    if code == "max_works_per_group":
        facts = replace(facts, authors=people(2))
    found = say(facts, book(code, **{code: 3}), code)
    assert [each.verdict for each in found] == verdicts
    if verdicts[1] == "red":
        assert "loại hình Báo in" in found[1].sentence
        assert found[1].clause == "khoản 9"


@pytest.mark.parametrize(
    ("means", "publisher", "employer", "verdict", "field"),
    [
        ("publisher", 3, 0, "red", "work.publisher"),
        ("publisher", 0, 3, "green", "work.publisher"),
        ("employer", 0, 3, "red", "authors.a1.employer"),
        ("employer", 3, 0, "green", "authors.a1.employer"),
    ],
)
def test_an_organ_is_where_a_work_appeared_or_where_its_author_works(
    means: Any, publisher: int, employer: int, verdict: str, field: str
) -> None:
    code = "max_works_per_newsroom"
    facts = replace(
        WHOLE, publisher_works=publisher, authors=people(1, employer="Đài Núi Bạc", employer_works=employer)
    )
    (found,) = say(facts, book(code, max_works_per_newsroom=3, newsroom_means=means), code)
    assert (found.verdict, found.field) == (verdict, field)


@pytest.mark.parametrize(
    ("outlet", "works", "means", "verdict", "field"),
    [
        ("Đài Núi Bạc", 3, "publisher", "red", "parts.{key}.outlet"),
        ("Đài Núi Bạc", 2, "publisher", "green", "parts.{key}.outlet"),
        ("Đài Núi Bạc", 3, "employer", "green", "authors.a1.employer"),
        ("", 3, "publisher", "green", "work.publisher"),
    ],
)
def test_the_organ_that_a_part_names_is_counted_too(
    outlet: str, works: int, means: Any, verdict: str, field: str
) -> None:
    code = "max_works_per_newsroom"
    part = replace(WHOLE.parts[0], outlet=outlet, outlet_works=works)
    facts = replace(WHOLE, parts=(part, *WHOLE.parts[1:]), authors=people(1, employer="Đài Núi Bạc"))
    (found,) = say(facts, book(code, max_works_per_newsroom=3, newsroom_means=means), code)
    assert (found.verdict, found.field) == (verdict, field.format(key=part.key))


@pytest.mark.parametrize("facts", [replace(WHOLE, publisher=""), replace(WHOLE, authors=())])
def test_an_organ_that_nobody_named_is_not_counted(facts: EntryFacts) -> None:
    code = "max_works_per_newsroom"
    means: Any = "publisher" if facts.authors else "employer"
    rules = book(code, max_works_per_newsroom=1, newsroom_means=means)
    assert colour(replace(facts, publisher_works=9), rules, code) == "not_applicable"


PRIZES = [
    ("none had", "barred", {"no_prior_prize": True}, "green"),
    ("nothing said", "barred", {"no_prior_prize": None}, "amber"),
    ("had, not named", "barred", {"no_prior_prize": False}, "amber"),
    ("the barred one", "barred", prizes("Giải Báo chí quốc gia"), "red"),
    ("the barred one, of an edition", "barred", prizes("giải báo chí Quốc gia lần thứ XVII - 2022"), "red"),
    ("another", "barred", prizes("Giải báo chí tỉnh"), "green"),
    ("one of two barred", "barred", prizes("Giải báo chí tỉnh", "Giải Báo chí quốc gia"), "red"),
    ("a name left empty", "barred", prizes(""), "amber"),
    ("declared where that is enough", "declared", prizes("Giải Báo chí quốc gia"), "green"),
    ("declared where anything goes", "allowed", prizes("Giải Báo chí quốc gia"), "green"),
    ("not regulated", None, prizes("Giải Báo chí quốc gia"), "not_applicable"),
]


@pytest.mark.parametrize(("means", "told", "verdict"), [row[1:] for row in PRIZES], ids=[row[0] for row in PRIZES])
def test_prior_prizes(means: Any, told: dict[str, Any], verdict: str) -> None:
    rules = book("prior_prizes", prior_prizes=means, barred_prizes=("Giải Báo chí quốc gia",))
    assert colour(replace(WHOLE, **told), rules, "prior_prizes") == verdict


@pytest.mark.parametrize(
    ("asked", "licensed", "cited", "verdict"),
    [
        (True, True, True, "green"),
        (True, False, True, "red"),
        (True, False, False, "amber"),
        (True, None, True, "amber"),
        (False, False, True, "not_applicable"),
        (None, False, True, "not_applicable"),
    ],
)
def test_licensed_outlet(asked: bool | None, licensed: bool | None, cited: bool, verdict: str) -> None:
    rules = book("licensed_outlet", cited=cited, licensed_outlet=asked)
    assert colour(replace(WHOLE, publisher_licensed=licensed), rules, "licensed_outlet") == verdict


@pytest.mark.parametrize(
    ("code", "of", "body"),
    [("organisers_enter", "organiser", "Ban Tổ chức Giải, Tổ Thư ký"), ("judges_enter", "judge", "Hội đồng")],
)
@pytest.mark.parametrize(
    ("may_enter", "member", "namesake", "cited", "verdict", "words"),
    [
        (None, True, False, True, "not_applicable", "Không quy định."),
        (True, True, False, True, "green", "là thành viên {body}, được dự Giải."),
        (True, False, True, True, "not_applicable", "không thuộc {body}"),
        (False, True, False, True, "red", "là thành viên {body}"),
        (False, True, False, False, "amber", "là thành viên {body}"),
        (False, False, True, True, "amber", "trùng tên với một thành viên {body}"),
        (False, False, False, True, "green", "không thuộc {body}"),
    ],
)
def test_who_may_enter(
    code: str, of: str, body: str, may_enter: Any, member: bool, namesake: bool, cited: bool, verdict: str, words: str
) -> None:
    facts = replace(WHOLE, authors=people(1, **{of: member, f"{of}_namesake": namesake}))
    rules = book(code, cited=cited, **{code: may_enter})
    (found,) = say(facts, rules, code)
    assert found.verdict == verdict
    assert words.format(body=body) in found.sentence
    other = {"organisers_enter": "judges_enter", "judges_enter": "organisers_enter"}[code]
    assert [each.verdict for each in say(facts, rules, other)] == ["not_applicable"], "one body is not the other"


@pytest.mark.parametrize(
    ("policy", "judge", "may_enter", "verdict", "words"),
    [
        (None, True, True, "not_applicable", "Không quy định."),
        ("none", True, True, "green", "chấm mọi tác phẩm"),
        ("own_work", True, None, "green", "không chấm tác phẩm của mình."),
        ("own_newsroom", True, True, "green", "của cơ quan mình."),
        ("own_newsroom", True, False, "not_applicable", "Không quy định."),
        ("own_newsroom", False, True, "not_applicable", "Không quy định."),
    ],
)
def test_conflict_policy(policy: Any, judge: bool, may_enter: Any, verdict: str, words: str) -> None:
    facts = replace(WHOLE, authors=people(1, judge=judge))
    (found,) = say(facts, book("conflict_policy", members=policy, judges_enter=may_enter), "conflict_policy")
    assert found.verdict == verdict
    assert words in found.sentence


@pytest.mark.parametrize(
    ("kinds", "cited", "verdict"),
    [
        ((), True, "green"),
        (("newspaper",), True, "green"),
        (("bulletin", "newspaper"), True, "green"),
        (("bulletin",), True, "red"),
        (("bulletin",), False, "amber"),
    ],
)
def test_organs_of_an_unlicensed_kind_alone(kinds: Any, cited: bool, verdict: str) -> None:
    """What the edition says of a kind holds for organs that the register calls licensed."""
    names = (("newspaper", "báo"), ("bulletin", "bản tin"))
    rules = book("licensed_outlet", cited=cited, licensed_outlet=True, outlet_names=names)
    rules = replace(rules, unlicensed_kinds=frozenset({"bulletin"}))
    facts = replace(WHOLE, publisher_licensed=True, publisher_kinds=frozenset(kinds))
    (found,) = say(facts, rules, "licensed_outlet")
    assert found.verdict == verdict
    assert ("là bản tin," in found.sentence) is (verdict != "green")


@pytest.mark.parametrize(
    ("takes", "kinds", "clause", "verdict"),
    [
        ((), ("portal",), "khoản 9", None),
        (("newspaper",), ("newspaper",), "khoản 9", "green"),
        (("newspaper", "magazine"), ("station", "newspaper"), "khoản 9", "green"),
        (("newspaper",), (), "khoản 9", "amber"),
        (("newspaper",), ("portal",), "khoản 9", "red"),
        (("newspaper",), ("portal",), "", "amber"),
    ],
)
def test_kinds_of_outlet(takes: Any, kinds: Any, clause: str, verdict: str | None) -> None:
    """A category names the kinds of organ it takes; the register knows what an organ is."""
    limits = CategoryLimits(source=clause)
    facts = replace(WHOLE, publisher_kinds=frozenset(kinds), outlets=frozenset(takes), limits=limits)
    found = [each for each in say(facts, RuleBook(), "licensed_outlet") if each.verdict != "not_applicable"]
    assert [each.verdict for each in found] == ([] if verdict is None else [verdict])
    assert all(each.clause == "khoản 9" for each in found if each.verdict == "red")


@pytest.mark.parametrize(
    ("asked", "confirmed", "over", "cited", "verdict"),
    [
        (False, None, True, True, "not_applicable"),
        (False, False, True, True, "not_applicable"),
        (True, True, False, True, "green"),
        (True, True, True, True, "green"),
        (True, None, False, True, "amber"),
        (True, None, True, True, "red"),
        (True, None, True, False, "amber"),
        (True, False, False, True, "red"),
        (True, False, False, False, "amber"),
    ],
)
def test_newsroom_confirmation(asked: bool, confirmed: bool | None, over: bool, cited: bool, verdict: str) -> None:
    rules = book(
        "newsroom_confirmation",
        cited=cited,
        confirmation=asked,
        confirmation_until="đến hết ngày 05/10/2023",
        confirmation_over=over,
    )
    assert colour(replace(WHOLE, confirmed=confirmed), rules, "newsroom_confirmation") == verdict


def test_waiting_for_a_newsroom_keeps_nobody_from_submitting() -> None:
    (found,) = say(WHOLE, book("newsroom_confirmation", confirmation=True), "newsroom_confirmation")
    assert not found.blocks
    assert found.sentence == "Cần xem lại: chờ cơ quan đăng, phát xác nhận."


@pytest.mark.parametrize(
    ("minor", "guardian", "verdict", "missing"),
    [
        (False, "", "silent", False),
        (False, "Trần Văn Ba", "silent", False),
        (True, "Trần Văn Ba", "green", False),
        (True, "", "amber", True),
    ],
)
def test_a_guardian_consents_for_a_minor(minor: bool, guardian: str, verdict: str, missing: bool) -> None:
    facts = replace(WHOLE, authors=people(1, minor=minor, guardian=guardian, guardian_relation="mẹ"))
    assert colour(facts, RuleBook(), "guardian") == verdict
    assert any(each.missing for each in say(facts, RuleBook(), "guardian")) is missing


def test_what_a_guardian_is_to_the_author_is_told() -> None:
    facts = replace(WHOLE, authors=people(1, minor=True, guardian="Trần Văn Ba"))
    (lacks,) = [each for each in say(facts, RuleBook(), "guardian") if each.missing]
    assert lacks.field == "authors.a1.guardian_relation"


@pytest.mark.parametrize(
    ("minor", "held", "verdict", "words"),
    [(False, 0, "silent", ""), (True, 0, "amber", "chưa có giấy đồng ý"), (True, 1, "amber", "đối chiếu họ tên")],
)
def test_a_person_looks_at_what_a_guardian_signed(minor: bool, held: int, verdict: str, words: str) -> None:
    """Whether it came or not, nobody is kept from submitting."""
    slot = SlotFacts("dong-y", "Giấy đồng ý", at_least=0, held=held, for_minors=True)
    authors = people(1, minor=minor, guardian="Trần Văn Ba", guardian_relation="cha")
    facts = replace(WHOLE, authors=authors, slots=(*WHOLE.slots, slot))
    assert colour(facts, RuleBook(), "guardian_paper") == verdict
    for found in say(facts, RuleBook(), "guardian_paper"):
        assert (found.field, found.blocks) == ("files.dong-y", False)
        assert words in found.sentence


@pytest.mark.parametrize(
    ("held", "coming", "still_come", "may_follow", "verdict", "blocks"),
    [
        (1, 0, True, False, "green", False),
        (0, 1, True, False, "green", False),
        (0, 1, False, False, "amber", True),
        (0, 0, True, False, "amber", True),
        (0, 0, True, True, "amber", False),
        (0, 0, False, True, "amber", True),
        (4, 0, True, False, "amber", False),
        (3, 0, True, False, "green", False),
        (3, 1, True, False, "amber", False),
        (3, 1, False, False, "green", False),
    ],
)
def test_files(held: int, coming: int, still_come: bool, may_follow: bool, verdict: str, blocks: bool) -> None:
    slot = SlotFacts("page", "Bản quét trang báo", "k1", 1, at_most=3, held=held, coming=coming)
    rules = RuleBook(files_still_come=still_come, files_may_follow=may_follow)
    found = say(replace(WHOLE, slots=(slot,)), rules, "files")
    assert (worst(found), any(each.blocks for each in found)) == (verdict, blocks)


@pytest.mark.parametrize(
    ("link", "medium", "verdict", "missing"),
    [
        ("https://bao.vn/bai.html", "online", "green", False),
        ("http://bao.vn", "online", "green", False),
        ("https://báo.vn/bài", "online", "green", False),
        ("bao.vn/bai", "online", "amber", True),
        ("javascript:alert(1)", "online", "amber", True),
        ("https://ten:mat-khau@bao.vn", "online", "amber", True),
        ("https://bao", "online", "amber", True),
        ("https://bao.vn/bai viet", "online", "amber", True),
        ("", "online", "amber", True),
        ("", "print", "silent", False),
        ("bao.vn", "print", "amber", False),
        ("https://bao.vn", "print", "green", False),
    ],
)
def test_links(link: str, medium: Any, verdict: str, missing: bool) -> None:
    facts = replace(WHOLE, medium=medium, parts=(replace(PART, link=link),))
    assert colour(facts, RuleBook(), "link") == verdict
    assert any(each.missing for each in say(facts, RuleBook(), "link")) is missing


@pytest.mark.parametrize(
    ("byline", "names", "confirmed", "verdict"),
    [
        ("Nguyễn Thị Vân", (), None, "green"),
        ("NGUYỄN THỊ VÂN", (), None, "green"),
        ("Nguyen Thi Van", (), None, "green"),
        ("Hà Vân", ("Hà Vân",), None, "green"),
        ("Sông Mây - Hà Vân", ("Biển", "Sông Mây"), None, "green"),
        ("Thị Vân", (), None, "amber"),
        ("Phóng viên", ("Hà Vân",), None, "amber"),
        ("Phóng viên", ("Hà Vân",), True, "green"),
        ("Phóng viên", ("Hà Vân",), False, "amber"),
        ("Nguyễn Thị Vânh", (), None, "amber"),
    ],
)
def test_byline(byline: str, names: tuple[str, ...], confirmed: bool | None, verdict: str) -> None:
    facts = replace(WHOLE, byline=byline, authors=people(1, pen_names=names), confirmed=confirmed)
    assert colour(facts, RuleBook(), "byline") == verdict


LACKING: list[tuple[str, str, dict[str, Any]]] = [
    ("title", "tên tác phẩm", {"title": ""}),
    ("genre", "thể loại", {"genre_missing": True}),
    ("publisher", "cơ quan đăng, phát", {"publisher": ""}),
    ("byline", "tên tác giả như đã đăng", {"byline": ""}),
    ("parts", "bài (kỳ) đã đăng, phát", {"parts": ()}),
    ("published_on", "ngày đăng", {"parts": parts(None)}),
    ("part_title", "tên bài kỳ 2", {"parts": (PART, replace(PART, key="k2", ordinal=2, title=""))}),
    ("authors", "tác giả", {"authors": ()}),
    ("author_name", "họ và tên tác giả thứ 1", {"authors": people(1, legal_name="")}),
    ("contact", "người liên hệ", {"authors": people(1, contact=False)}),
    ("contact", "số điện thoại của người liên hệ", {"authors": people(1, phone="")}),
    ("caption", "chú thích ảnh 1", {"captions": (CaptionFacts("f", 1),)}),
    ("declarations", "cam kết của tác giả", {"declared": frozenset({"consent"})}),
    ("declarations", "đồng ý sử dụng thông tin cá nhân", {"declared": frozenset({"commitment"})}),
    ("summary", "tóm tắt nội dung", {"needed": frozenset({"summary"})}),
    ("topic", "nội dung theo kế hoạch", {"needed": frozenset({"topic"})}),
    ("issue", "số báo", {"needed": frozenset({"issue"})}),
    ("page", "trang báo", {"needed": frozenset({"page"})}),
    ("place", "chuyên mục", {"needed": frozenset({"place"})}),
]


@pytest.mark.parametrize(("code", "noun", "change"), LACKING, ids=[f"{row[0]}: {row[1]}" for row in LACKING])
def test_what_a_dossier_lacks_is_named_once(code: str, noun: str, change: dict[str, Any]) -> None:
    found = [each.missing for each in say(replace(WHOLE, **change), RuleBook(), code) if each.missing]
    assert found == [noun]
