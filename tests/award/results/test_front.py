"""The arrangement of the front page, as a table of small cases."""

from dataclasses import replace

import pytest

from award.editions.models import Category, PrizeLevel
from award.results.front import Narrowed, categories, front, narrowed
from award.results.works import Author, Honoured, PrizeWork

LEVELS = [
    PrizeLevel(id=n, rank=n, code=code, name=f"Giải {code}", kind="main", quota=5)
    for n, code in enumerate(("ĐB", "A", "B"), start=1)
]
CATEGORIES = [
    Category(id=1, ordinal=2, code="IN", name="Báo in", medium="print"),
    Category(id=2, ordinal=1, code="ĐT", name="Báo điện tử", medium="online"),
]


def prize(level: int, title: str = "Giữ lời hứa", category: int = 0) -> PrizeWork:
    return PrizeWork(
        key=title,
        result_key="",
        state="decided",
        level=LEVELS[level],
        title=title,
        category=CATEGORIES[category],
        genre="",
        authors=(Author("Nguyễn Thị Vân", ("Hà Vân",)),),
        newsroom="Báo Biển Xanh",
        parts=(),
        code="",
        reason="",
        withdrawn=False,
        eligible=True,
    )


@pytest.mark.parametrize(
    ("given", "leads", "below"),
    [
        ([0, 1, 1], 1, {"ĐB": None, "A": 2, "B": 0}),
        ([1, 1, 2], 2, {"ĐB": 0, "A": None, "B": 1}),
        ([1, 1, 1, 1], 0, {"ĐB": 0, "A": 4, "B": 0}),
        ([], 0, {"ĐB": 0, "A": 0, "B": 0}),
    ],
)
def test_the_highest_level_given_leads(given: list[int], leads: int, below: dict[str, int | None]) -> None:
    works = [prize(level, f"Tác phẩm {n}") for n, level in enumerate(given)]
    made = front(works, LEVELS, Narrowed())
    assert len(made.leads) == leads
    assert {each.level.code: len(each.works) for each in made.levels} == {
        code: count for code, count in below.items() if count is not None
    }


def test_a_narrowed_page_has_neither_lead_nor_vacancy() -> None:
    works = [prize(0, "Một"), prize(1, "Hai", category=1)]
    made = front(works, LEVELS, narrowed({"loai": "ĐT"}))
    assert (made.leads, [each.level.code for each in made.levels], made.count) == ((), ["A"], 1)


def test_words_are_looked_for_anywhere_in_any_order() -> None:
    work = prize(0, "Đường về bản xa")
    assert Narrowed(words="xa duong").takes(work)
    assert Narrowed(words="bien  HA").takes(work)
    assert not Narrowed(words="duong gan").takes(work)


def test_categories_are_counted_in_the_editions_order() -> None:
    works = [prize(0, "Một"), prize(1, "Hai"), prize(1, "Ba", category=1)]
    assert categories(works) == [("ĐT", "Báo điện tử", 1), ("IN", "Báo in", 2)]
    assert categories([*works, prize(2, "Hai")]) == [("ĐT", "Báo điện tử", 1), ("IN", "Báo in", 2)]


def test_a_work_with_two_prizes_stands_under_both_and_is_one_work() -> None:
    works = [prize(0, "Một"), prize(1, "Hai"), prize(2, "Hai")]
    made = front(works, LEVELS, Narrowed())
    assert [[work.title for work in each.works] for each in made.levels] == [["Hai"], ["Hai"]]
    assert made.count == 2


def test_a_thematic_prize_leads_nothing() -> None:
    theme = PrizeLevel(id=9, rank=9, code="CD", name="Giải Chuyên đề", kind="thematic", quota=3)
    made = front([replace(prize(0), level=theme)], [*LEVELS, theme], Narrowed())
    assert made.leads == ()
    assert [(each.level.code, each.given, each.vacant) for each in made.levels] == [
        ("ĐB", 0, 5),
        ("A", 0, 5),
        ("B", 0, 5),
        ("CD", 1, 2),
    ]


def test_bodies_stand_at_their_level_and_are_found_by_their_name() -> None:
    level = PrizeLevel(id=9, rank=9, code="TT", name="Bằng khen tập thể", kind="collective", quota=2)
    body = Honoured("k", "decided", level, "Báo Người Miền Núi", "Nhiều tác phẩm", "")
    person = Honoured("p", "decided", LEVELS[2], "Già làng", "", "Tiếng cồng ở Suối Đá")
    levels, honours = [*LEVELS, level], [body, person]
    made = front([prize(0)], levels, Narrowed(), honours)
    assert [(each.level.code, each.given) for each in made.levels] == [("A", 0), ("B", 1), ("TT", 1)]
    assert made.count == 1
    assert front([prize(0)], levels, narrowed({"tim": "mien nui"}), honours).levels[0].honours == (body,)
    assert front([prize(0)], levels, narrowed({"tim": "suoi da"}), honours).count == 1
    assert front([prize(0)], levels, narrowed({"muc": "TT"}), honours).levels[0].honours == (body,)
    assert [each.honours for each in front([prize(0)], levels, narrowed({"loai": "IN"}), honours).levels] == [()]


def test_the_address_keeps_what_was_asked() -> None:
    asked = narrowed({"loai": "IN", "tim": " ba lần ", "muc": ""})
    assert asked.address(loai="ĐT") == {"loai": "ĐT", "tim": "ba lần"}
    assert asked.address(loai="", tim="") == {}
