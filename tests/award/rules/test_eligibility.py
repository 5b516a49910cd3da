"""What the rules of entry say: each rule by a table, and what holds for every work by chance."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.rules.eligibility import (
    AuthorFacts,
    CaptionFacts,
    EntryFacts,
    Finding,
    PartFacts,
    PriorPrizeFacts,
    RuleBook,
    SlotFacts,
    blocking,
    findings,
    missing,
    worst,
)
from award.rules.facts import Medium
from award.rules.work import is_address

VAN = AuthorFacts("a1", "Nguyễn Thị Vân", ("Hà Vân",), contact=True, phone="0905 123 456")
MINH = AuthorFacts("a2", "Trần Minh")
PART = PartFacts("k1", 1, "Kỳ 1", date(2023, 3, 2))
WHOLE = EntryFacts(
    medium="print",
    title="Giữ lời hứa với dân",
    publisher="Báo Biển Xanh",
    publisher_licensed=True,
    byline="Hà Vân",
    parts=(PART,),
    authors=(VAN,),
    slots=(SlotFacts("page", "Bản quét trang báo", "k1", 1, held=1),),
    no_prior_prize=True,
    declared=frozenset({"commitment", "consent"}),
)
WINDOW = RuleBook(date(2022, 11, 1), date(2023, 9, 30), sources={"window": "khoản 2 Điều 4"})


def say(facts: EntryFacts, book: RuleBook, code: str) -> list[Finding]:
    return [finding for finding in findings(facts, book) if finding.code == code]


def on(day: date, **fields: Any) -> EntryFacts:
    return replace(WHOLE, parts=(replace(PART, published_on=day),), **fields)


def test_a_whole_work_has_nothing_against_it() -> None:
    found = findings(WHOLE, WINDOW)
    assert blocking(found) == []
    assert {finding.verdict for finding in found} == {"green", "not_applicable"}


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2022, 10, 31), "red"),
        (date(2022, 11, 1), "green"),
        (date(2023, 9, 30), "green"),
        (date(2023, 10, 1), "red"),
    ],
)
def test_the_window_is_whole_days_on_both_ends(day: date, verdict: str) -> None:
    assert [finding.verdict for finding in say(on(day), WINDOW, "window")] == [verdict]


def test_a_part_before_the_window_is_told_in_the_adopted_sentence() -> None:
    parts = (replace(PART, published_on=date(2022, 10, 15)), PartFacts("k2", 2, "Kỳ 2", date(2023, 1, 5)))
    first, second = say(replace(WHOLE, parts=parts), WINDOW, "window")
    assert first.sentence == (
        "Theo kê khai, chưa đủ điều kiện dự Giải: kỳ 1 đăng ngày 15/10/2022, trước thời gian quy định "
        "(từ ngày 01/11/2022). Căn cứ: khoản 2 Điều 4 Thể lệ."
    )
    assert (first.field, first.clause, second.verdict) == ("parts.k1.published_on", "khoản 2 Điều 4", "green")


def test_a_broadcast_is_told_as_a_broadcast() -> None:
    (finding,) = say(on(date(2023, 10, 2), medium="radio"), WINDOW, "window")
    assert "tác phẩm phát ngày 02/10/2023, sau thời gian quy định (đến hết ngày 30/9/2023)" in finding.sentence


def test_without_a_clause_the_same_fault_only_warns() -> None:
    book = replace(WINDOW, sources={})
    (finding,) = say(on(date(2022, 10, 15)), book, "window")
    assert (finding.verdict, finding.clause) == ("amber", "")
    assert finding.sentence.startswith("Cần xem lại: ")
    assert "Căn cứ" not in finding.sentence
    assert blocking(findings(on(date(2022, 10, 15)), book)) == []


FAULTS: list[tuple[str, str, EntryFacts, RuleBook, str]] = [
    (
        "parts",
        "max_parts",
        replace(WHOLE, parts=tuple(replace(PART, key=f"k{n}", ordinal=n) for n in range(1, 7))),
        RuleBook(max_parts=5),
        "tác phẩm có 6 kỳ (tối đa 5 kỳ)",
    ),
    (
        "group",
        "max_group_size",
        replace(WHOLE, authors=(VAN, MINH, replace(MINH, key="a3"))),
        RuleBook(max_group_size=2),
        "nhóm tác giả có 3 người (tối đa 2 người)",
    ),
    (
        "works of an author",
        "max_works_per_author",
        replace(WHOLE, authors=(replace(VAN, works=2),)),
        RuleBook(max_works_per_author=2),
        "tác giả Nguyễn Thị Vân đã có 2 tác phẩm dự Giải (tối đa 2 tác phẩm mỗi tác giả)",
    ),
    (
        "works of an outlet",
        "max_works_per_newsroom",
        replace(WHOLE, publisher_works=30),
        RuleBook(max_works_per_newsroom=30),
        "Báo Biển Xanh đã có 30 tác phẩm dự Giải (tối đa 30 tác phẩm mỗi cơ quan)",
    ),
    (
        "works of an employer",
        "max_works_per_newsroom",
        replace(WHOLE, authors=(replace(VAN, employer="Đài Núi Bạc", employer_works=4),)),
        RuleBook(max_works_per_newsroom=4, newsroom_means="employer"),
        "Đài Núi Bạc đã có 4 tác phẩm dự Giải",
    ),
    (
        "organiser",
        "organisers_enter",
        replace(WHOLE, authors=(replace(VAN, organiser=True),)),
        RuleBook(organisers_enter=False),
        "tác giả Nguyễn Thị Vân là thành viên Ban Tổ chức Giải, Tổ Thư ký",
    ),
    (
        "judge",
        "judges_enter",
        replace(WHOLE, authors=(replace(VAN, judge=True),)),
        RuleBook(judges_enter=False),
        "tác giả Nguyễn Thị Vân là thành viên Hội đồng",
    ),
    (
        "licence",
        "licensed_outlet",
        replace(WHOLE, publisher="Trang của thôn", publisher_licensed=False),
        RuleBook(licensed_outlet=True),
        "Trang của thôn không phải cơ quan báo chí được cấp phép",
    ),
    (
        "barred prize",
        "prior_prizes",
        replace(
            WHOLE, no_prior_prize=False, prior_prizes=(PriorPrizeFacts("p", "giải Báo chí Quốc gia lần thứ XVII"),)
        ),
        RuleBook(prior_prizes="barred", barred_prizes=("Giải Báo chí quốc gia",)),
        "tác phẩm đã đoạt giải tại giải Báo chí Quốc gia lần thứ XVII",
    ),
]


@pytest.mark.parametrize(
    ("code", "facts", "book", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_fault_is_red_with_its_clause_and_amber_without(
    code: str, facts: EntryFacts, book: RuleBook, words: str
) -> None:
    cited = replace(book, sources={code: "Điều 9"})
    red = [finding for finding in say(facts, cited, code) if finding.verdict == "red"]
    amber = [finding for finding in say(facts, book, code) if finding.verdict == "amber"]
    assert len(red) == len(amber) == 1
    assert words in red[0].sentence
    assert red[0].sentence.endswith("Căn cứ: Điều 9 Thể lệ.")
    assert words in amber[0].sentence
    assert red[0].blocks
    assert not amber[0].blocks


@pytest.mark.parametrize("code", [row[1] for row in FAULTS])
def test_what_the_edition_does_not_regulate_does_not_apply(code: str) -> None:
    facts = next(row[2] for row in FAULTS if row[1] == code)
    assert {finding.verdict for finding in say(facts, RuleBook(), code)} == {"not_applicable"}


def test_exactly_at_a_limit_is_within_it() -> None:
    book = RuleBook(max_parts=1, max_group_size=1, max_works_per_author=3, max_works_per_newsroom=3)
    facts = replace(WHOLE, authors=(replace(VAN, works=2),), publisher_works=2)
    assert worst(findings(facts, book)) == "green"


def test_a_namesake_warns_even_where_a_clause_stands() -> None:
    book = RuleBook(max_works_per_author=2, sources={"max_works_per_author": "Điều 5"})
    (finding,) = say(replace(WHOLE, authors=(replace(VAN, works=1, namesakes=1),)), book, "max_works_per_author")
    assert finding.verdict == "amber"
    assert "tính cả người trùng tên" in finding.sentence


def test_an_organ_that_is_not_listed_yet_only_warns() -> None:
    book = RuleBook(licensed_outlet=True, sources={"licensed_outlet": "Điều 3"})
    (finding,) = say(replace(WHOLE, publisher_licensed=None), book, "licensed_outlet")
    assert finding.verdict == "amber"
    assert finding.sentence == (
        "Chưa có trong danh sách: ghi tên cơ quan, Tổ Thư ký bổ sung sau. Không ảnh hưởng việc nộp hồ sơ."
    )


def test_other_prizes_may_enter_where_only_some_are_barred() -> None:
    book = RuleBook(prior_prizes="barred", barred_prizes=("Giải Báo chí quốc gia",), sources={"prior_prizes": "Điều 6"})
    facts = replace(WHOLE, no_prior_prize=False, prior_prizes=(PriorPrizeFacts("p", "Giải báo chí tỉnh"),))
    assert [finding.verdict for finding in say(facts, book, "prior_prizes")] == ["green"]


@pytest.mark.parametrize(
    ("byline", "author", "verdict"),
    [
        ("Nguyễn Thị Vân", VAN, "green"),
        ("HÀ VÂN - Trần Minh", VAN, "green"),
        ("Hà Vân, Sông Mây", replace(VAN, legal_name="Lê Hòa", pen_names=("Sông Mây",)), "green"),
        ("Lê Hoà", replace(VAN, legal_name="Lê Hòa", pen_names=()), "green"),
        ("Hà Vânh", VAN, "amber"),
        ("Phóng viên", VAN, "amber"),
    ],
)
def test_each_author_is_in_the_byline_by_a_whole_name(byline: str, author: AuthorFacts, verdict: str) -> None:
    facts = replace(WHOLE, byline=byline, authors=(author,))
    assert [finding.verdict for finding in say(facts, RuleBook(), "byline")] == [verdict]


def test_an_author_who_is_not_in_the_byline_is_told_in_the_adopted_sentence() -> None:
    facts = replace(WHOLE, authors=(VAN, MINH))
    assert say(facts, RuleBook(), "byline")[1].sentence == (
        "Cần xem lại: “Trần Minh” không có trong tên tác giả của bài đã đăng. "
        "Nếu bài ký bút danh, ghi thêm bút danh ấy ở mục tác giả; "
        "nếu là tác giả mà bài không ghi tên, đề nghị cơ quan báo chí xác nhận."
    )
    assert [each.verdict for each in say(replace(facts, confirmed=True), RuleBook(), "byline")] == ["green", "green"]


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("https://baobienxanh.vn/bai-1.html", True),
        ("http://bao.example.vn:8080/a?b=c#d", True),
        ("https://báo.vn/bài", True),
        ("baobienxanh.vn/bai", False),
        ("javascript:alert(1)", False),
        ("ftp://bao.vn/a", False),
        ("https://localhost/a", False),
        ("https://user:pass@bao.vn/", False),
        ("https://bao.vn/bai mot", False),
        ("https://bao.vn:port/", False),
        ("https://[::1", False),
    ],
)
def test_an_address_is_one_that_can_be_opened(link: str, good: bool) -> None:
    assert is_address(link) is good


def test_an_online_work_needs_an_address_and_a_printed_one_does_not() -> None:
    assert [finding.missing for finding in say(replace(WHOLE, medium="online"), RuleBook(), "link")] == ["đường dẫn"]
    assert say(WHOLE, RuleBook(), "link") == []


@pytest.mark.parametrize(
    ("change", "lacking", "field"),
    [
        ({"title": ""}, "tên tác phẩm", "work.title"),
        ({"genre_missing": True}, "thể loại", "work.genre"),
        ({"publisher": ""}, "cơ quan đăng, phát", "work.publisher"),
        ({"byline": ""}, "tên tác giả như đã đăng", "work.byline"),
        ({"parts": (), "slots": ()}, "bài (kỳ) đã đăng, phát", "parts.add"),
        ({"parts": (replace(PART, published_on=None),)}, "ngày đăng", "parts.k1.published_on"),
        ({"authors": ()}, "tác giả", "authors.add"),
        ({"authors": (replace(VAN, contact=False),)}, "người liên hệ", "authors.contact"),
        ({"authors": (replace(VAN, phone=""),)}, "số điện thoại của người liên hệ", "authors.a1.phone"),
        ({"authors": (VAN, replace(MINH, legal_name=""))}, "họ và tên tác giả thứ 2", "authors.a2.legal_name"),
        ({"slots": (SlotFacts("page", "Bản quét trang báo", "k1", 1),)}, "bản quét trang báo", "files.page.k1"),
        ({"no_prior_prize": None}, "giải thưởng đã đạt (hoặc chưa đạt giải)", "declarations.no_prior_prize"),
        ({"no_prior_prize": False}, "giải thưởng đã đạt (hoặc chưa đạt giải)", "declarations.no_prior_prize"),
        ({"declared": frozenset({"consent"})}, "cam kết của tác giả", "declarations.commitment"),
        ({"declared": frozenset({"commitment"})}, "đồng ý sử dụng thông tin cá nhân", "declarations.consent"),
    ],
)
def test_what_is_missing_is_named_with_its_field_and_blocks(change: dict[str, Any], lacking: str, field: str) -> None:
    found = missing(findings(replace(WHOLE, **change), RuleBook()))
    assert [(finding.missing, finding.field) for finding in found] == [(lacking, field)]
    assert blocking(found) == found


def test_parts_of_a_series_are_named_by_their_number() -> None:
    parts = (PART, PartFacts("k2", 2, "Kỳ 2"), PartFacts("k3", 3, "", date(2023, 3, 4)))
    slots = tuple(SlotFacts("page", "Bản quét trang báo", p.key, p.ordinal, held=p.ordinal % 2) for p in parts)
    found = missing(findings(replace(WHOLE, parts=parts, slots=slots), RuleBook()))
    assert [finding.missing for finding in found] == ["ngày đăng kỳ 2", "tên bài kỳ 3", "bản quét trang báo kỳ 2"]


@pytest.mark.parametrize(
    ("held", "coming", "refused", "lacking", "verdicts"),
    [
        (1, 0, 0, False, ["green"]),
        (0, 1, 0, False, ["green"]),
        (0, 0, 1, True, ["amber", "amber"]),
        (2, 1, 0, False, ["amber"]),
        (1, 0, 1, False, ["green", "amber"]),
    ],
)
def test_a_promised_file_counts_and_a_refused_one_does_not(
    held: int, coming: int, refused: int, lacking: bool, verdicts: list[str]
) -> None:
    slot = SlotFacts("page", "Bản quét", "k1", 1, at_most=2, held=held, coming=coming, refused=refused)
    found = say(replace(WHOLE, slots=(slot,)), RuleBook(), "files")
    assert [finding.verdict for finding in found] == verdicts
    assert bool(missing(found)) is lacking


def test_a_file_that_nobody_could_check_counts_and_is_pointed_out() -> None:
    slot = SlotFacts("page", "Bản quét", "k1", 1, held=1, unchecked=1)
    found = say(replace(WHOLE, slots=(slot,)), RuleBook(), "files")
    assert [finding.verdict for finding in found] == ["green", "amber"]
    assert "bản quét có 1 tệp máy chưa kiểm tra được" in found[1].sentence
    assert not missing(found)


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@given(
    days=st.lists(DAYS, min_size=1, max_size=6),
    ends=st.tuples(DAYS, DAYS).map(sorted),
    more=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    source=st.sampled_from(["", "Điều 4"]),
)
def test_a_longer_window_turns_nothing_from_green_to_red(
    days: list[date], ends: list[date], more: tuple[int, int], source: str
) -> None:
    facts = replace(WHOLE, parts=tuple(PartFacts(f"k{n}", n, "Kỳ", day) for n, day in enumerate(days, start=1)))
    book = RuleBook(ends[0], ends[1], sources={"window": source} if source else {})
    longer = replace(book, window_from=ends[0] - timedelta(more[0]), window_to=ends[1] + timedelta(more[1]))
    before, after = (say(facts, each, "window") for each in (book, longer))
    assert all(b.verdict == "green" for a, b in zip(before, after, strict=True) if a.verdict == "green")


AUTHORS = st.builds(
    AuthorFacts,
    key=st.uuids().map(str),
    legal_name=st.sampled_from(["Nguyễn Thị Vân", "Trần Minh", "Lê Hòa", ""]),
    contact=st.booleans(),
    phone=st.sampled_from(["", "0905"]),
    works=st.integers(0, 4),
    namesakes=st.integers(0, 4),
    organiser=st.booleans(),
    judge=st.booleans(),
)


@given(st.lists(AUTHORS, max_size=6).flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))))
def test_the_order_of_authors_changes_no_verdict(orders: tuple[list[AuthorFacts], list[AuthorFacts]]) -> None:
    book = RuleBook(
        max_works_per_author=2, max_group_size=3, judges_enter=False, sources={"max_works_per_author": "Điều 5"}
    )
    verdicts = [
        sorted((each.code, each.verdict, each.field) for each in findings(replace(WHOLE, authors=tuple(order)), book))
        for order in orders
    ]
    assert verdicts[0] == verdicts[1]


@given(
    st.builds(
        EntryFacts,
        medium=st.sampled_from(["print", "online", "radio", "television", "photo"]),
        title=st.text(max_size=20),
        publisher=st.text(max_size=20),
        publisher_licensed=st.none() | st.booleans(),
        byline=st.text(max_size=30),
        parts=st.lists(
            st.builds(PartFacts, key=st.uuids().map(str), ordinal=st.integers(1, 9), link=st.text()), max_size=3
        ).map(tuple),
        authors=st.lists(AUTHORS, max_size=3).map(tuple),
        no_prior_prize=st.none() | st.booleans(),
    )
)
def test_nothing_is_red_without_a_clause(facts: EntryFacts) -> None:
    book = RuleBook(
        date(2022, 1, 1),
        date(2022, 12, 31),
        1,
        1,
        1,
        1,
        organisers_enter=False,
        judges_enter=False,
        prior_prizes="barred",
        licensed_outlet=True,
    )
    assert worst(findings(facts, book)) != "red"


NEEDS = frozenset({"issue", "page", "place", "aired_at", "topic"})


@pytest.mark.parametrize(
    ("medium", "lacking"),
    [
        ("print", ["số báo", "trang báo", "chuyên mục"]),
        ("online", ["giờ đăng", "chuyên mục"]),
        ("radio", ["chương trình phát sóng", "giờ phát sóng"]),
        ("photo", ["số báo", "trang báo", "chuyên mục"]),
    ],
)
def test_a_part_lacks_what_its_medium_asks_and_its_category_demands(medium: Medium, lacking: list[str]) -> None:
    link = "https://bao.vn/bai" if medium == "online" else ""
    facts = replace(WHOLE, medium=medium, needed=NEEDS, topic="Cán bộ", parts=(replace(PART, link=link),))
    assert [finding.missing for finding in blocking(findings(facts, RuleBook()))] == lacking
    told = replace(PART, link=link, issue="7520", page="3", place="Thời sự", aired_at=time(19, 45))
    assert blocking(findings(replace(facts, parts=(told,)), RuleBook())) == []


def test_what_a_category_does_not_demand_may_stay_open() -> None:
    assert blocking(findings(replace(WHOLE, parts=(PART,)), RuleBook())) == []
    found = blocking(findings(replace(WHOLE, needed=NEEDS - {"issue", "page", "place"}), RuleBook()))
    assert [(each.missing, each.field) for each in found] == [("nội dung theo kế hoạch", "work.topic")]


def test_of_a_series_the_part_is_named() -> None:
    parts = (replace(PART, issue="7520"), replace(PART, key="k2", ordinal=2))
    found = blocking(findings(replace(WHOLE, needed=frozenset({"issue"}), parts=parts), RuleBook()))
    assert [(each.missing, each.field) for each in found] == [("số báo kỳ 2", "parts.k2.issue")]


def test_every_picture_needs_words_under_it() -> None:
    pictures = (CaptionFacts("f1", 1, "Bí thư chi bộ bên ruộng lúa"), CaptionFacts("f2", 2))
    found = blocking(findings(replace(WHOLE, captions=pictures), RuleBook()))
    assert [(each.missing, each.field) for each in found] == [("chú thích ảnh 2", "captions.f2.caption")]
