"""A list held against what lists may say: bad cells of all sorts, doubles, what is recorded already."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from award.documents.listings import Told
from award.history.cells import READERS, Known, Organ
from award.history.checking import Checked, check, organ_names
from award.history.columns import BY_NAME

OURS = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"
PAPER = Organ(7, date(2000, 1, 1), date(2025, 4, 23))
MERGED = Organ(9, date(2025, 4, 24), None)
KNOWN = Known(
    OURS, 2026, {"an tuong": 4}, {"bao khanh hoa": (PAPER, MERGED), "dai nui bac": (Organ(8, date(2020, 1, 1), None),)}
)
GOOD = {
    "ordinal": "Lần thứ II",
    "year": "2022",
    "level": "Giải A",
    "title": "Loạt 5 bài “Giữ lời hứa với dân”",
    "authors": "nhóm tác giả Nguyễn Thị Vân (Hà Vân), Trần Minh",
    "newsroom": "Báo Khánh Hòa",
    "category": "Báo in",
    "published_on": "05/7/2022",
    "link": "https://baobien.vn/giu-loi-hua.html",
}


@pytest.fixture(autouse=True)
def words(ctx: Flask) -> None:
    """Sentences need an application to be said in."""


def told(number: int = 2, *formulas: str, **cells: str) -> Told:
    return Told(number, {**GOOD, **cells}, formulas)


def one(row: Told, known: Known = KNOWN) -> Checked:
    (checked,) = check([row], known)
    return checked


def test_a_good_row_is_a_work() -> None:
    checked = one(told())
    assert (checked.state, checked.faults, checked.notes) == ("new", {}, {})
    work = checked.work
    assert work is not None
    assert (work.award_name, work.ordinal, work.year, work.level.key, work.level.rank) == (OURS, "II", 2022, "a", 2)
    assert (work.title.unit, work.title.title) == ("Loạt 5 bài", "Giữ lời hứa với dân")
    assert [author.names for author in work.authors] == [("Nguyễn Thị Vân", "Hà Vân"), ("Trần Minh",)]
    assert (work.newsroom, work.newsroom_id, work.published_on) == ("Báo Khánh Hòa", 7, date(2022, 7, 5))


def test_only_year_level_title_and_authors_must_be_there() -> None:
    bare = Told(2, {name: GOOD[name] for name in ("year", "level", "title", "authors")})
    assert one(bare).state == "new"
    assert {name for name in READERS if BY_NAME[name].needed} == set(bare.cells)
    assert set(one(Told(3, {"newsroom": "Báo Khánh Hòa"})).faults) == set(bare.cells)


BAD = [
    ("year", "", "Chưa ghi năm."),
    ("year", "hai nghìn", "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("year", "22", "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("year", "2027", "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("year", "hai không hai hai", "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("year", "2022,5", "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("year", "9" * 300, "Chưa đọc được năm. Ghi bốn chữ số, không sau năm 2026, ví dụ: 2022."),
    ("ordinal", "đợt hai", "Chưa đọc được lần tổ chức. Ghi số La Mã hoặc số thường, ví dụ: II."),
    ("level", "", "Chưa ghi mức giải."),
    (
        "level",
        "Giải Vàng",
        "Chưa rõ mức giải này. Các mức giải ghi ở trang hướng dẫn của mẫu; giải khác ghi “Khác: tên giải”.",
    ),
    ("title", "", "Chưa ghi tên tác phẩm."),
    ("title", "“”", "Tên tác phẩm không có chữ nào."),
    ("title", "…", "Tên tác phẩm không có chữ nào."),
    ("title", "a" * 501, "Dài 501 ký tự; tối đa 500 ký tự."),
    ("authors", "", "Chưa ghi tác giả."),
    ("authors", " , ; ", "Chưa ghi tác giả."),
    (
        "authors",
        "Nguyễn Thị Vân (Hà Vân",
        "Chưa đọc được tác giả: ngoặc đơn chỉ dùng cho bút danh, mở và đóng đủ.",
    ),
    ("published_on", "tháng 7/2022", "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2022."),
    ("published_on", "31/6/2022", "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2022."),
    ("published_on", "44747", "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2022."),
    ("published_on", "05/7/0022", "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2022."),
    ("link", "trang nhất", "Chưa đọc được đường dẫn. Ghi đủ, ví dụ: https://bao.vn/bai-viet.html."),
    ("link", "javascript:alert(1)", "Chưa đọc được đường dẫn. Ghi đủ, ví dụ: https://bao.vn/bai-viet.html."),
    ("link", "https://a.vn/" + "a" * 2000, "Dài 2013 ký tự; tối đa 2000 ký tự."),
    ("newsroom", "b" * 301, "Dài 301 ký tự; tối đa 300 ký tự."),
    ("award_name", "***", "Tên giải không có chữ nào."),
]


@pytest.mark.parametrize(("name", "text", "sentence"), BAD)
def test_a_bad_cell_is_told_in_one_plain_sentence_beside_it(name: str, text: str, sentence: str) -> None:
    checked = one(told(**{name: text}))
    assert checked.state == "bad"
    assert checked.faults == {name: [sentence]}


def test_an_endless_name_is_no_name() -> None:
    checked = one(told(authors="Nguyễn " * 40))
    assert checked.faults["authors"][0].startswith("Tên quá dài: “Nguyễn Nguyễn")


@pytest.mark.parametrize("name", list(GOOD))
def test_a_formula_is_a_fault_of_any_cell(name: str) -> None:
    checked = one(told(2, name, **{name: "=A1&B1"}))
    assert checked.faults == {name: ["Ô này là công thức. Đề nghị dán giá trị thay cho công thức."]}


def test_every_bad_cell_of_a_row_is_told() -> None:
    assert set(one(told(year="?", level="?", title="", link="?")).faults) == {"year", "level", "title", "link"}


@pytest.mark.parametrize("text", ["05/7/2022", "5-7-2022", "05.07.2022", "2022-07-05", "5/7/2022"])
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    work = one(told(published_on=text)).work
    assert work is not None
    assert work.published_on == date(2022, 7, 5)


def test_an_address_copied_without_its_beginning_gets_one() -> None:
    work = one(told(link="www.baobien.vn/a")).work
    assert work is not None
    assert work.link == "https://www.baobien.vn/a"


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("Báo Khánh Hòa", "2022", 7),
        ("báo khánh hoà", "2025", 7),
        ("Báo Khánh Hòa", "2026", 9),
        ("Báo Khánh Hòa, Hội Nhà báo tỉnh Khánh Hòa", "2022", 7),
        ("Báo Khánh Hòa - Chi hội 1", "2022", 7),
        ("Đài Núi Bạc", "2015", 8),
        ("Báo Biển Xanh", "2022", None),
        ("", "2022", None),
    ],
)
def test_an_organ_is_known_by_the_name_it_bore(text: str, year: str, expected: int | None) -> None:
    checked = one(told(newsroom=text, year=year, published_on=""))
    assert checked.work is not None
    assert (checked.work.newsroom, checked.work.newsroom_id) == (text, expected)
    unlisted = ["Chưa có trong danh sách cơ quan báo chí; giữ tên như đã ghi."]
    assert checked.notes == ({"newsroom": unlisted} if text and expected is None else {})


def test_the_names_to_look_up_are_those_the_cells_may_mean() -> None:
    rows = [told(newsroom="Báo Khánh Hòa, Hội Nhà báo tỉnh"), told(newsroom=""), Told(4, {})]
    assert organ_names(rows) == {"bao khanh hoa hoi nha bao tinh", "bao khanh hoa"}


def test_the_same_prize_twice_in_a_file_is_a_fault_of_the_later_row() -> None:
    again = told(9, title="GIỮ LỜI HỨA VỚI DÂN", authors="Trần Minh; Nguyễn Thị Vân", level="a")
    first, second = check([told(5), again], KNOWN)
    assert (first.state, second.state) == ("new", "bad")
    assert second.faults == {"title": ["Trùng với dòng 5 của tệp này."]}


@pytest.mark.parametrize(
    "other",
    [{"level": "Chuyên đề"}, {"year": "2021"}, {"title": "Đường về bản"}, {"authors": "Trần Minh"}],
    ids=str,
)
def test_another_prize_work_or_year_is_no_double(other: dict[str, str]) -> None:
    assert [each.state for each in check([told(5), told(6, published_on="", **other)], KNOWN)] == ["new", "new"]


@pytest.mark.parametrize(
    "name", ["", OURS, "Giải Búa liềm vàng tỉnh Khánh Hòa", "Giải Búa liềm vàng tỉnh Khánh Hòa lần thứ II - năm 2022"]
)
def test_what_is_recorded_is_known_again_under_either_name_of_the_award(name: str) -> None:
    work = one(told()).work
    assert work is not None
    known = replace(KNOWN, identities=frozenset({work.identity}))
    assert one(told(award_name=name), known).state == "known"
    assert one(told(award_name="Giải báo chí Khánh Hòa"), known).state == "new"


def test_a_namesake_of_the_same_edition_is_only_noted() -> None:
    work = one(told()).work
    assert work is not None
    known = replace(KNOWN, titles=frozenset({(work.award_key, 2022, work.title_words)}))
    checked = one(told(level="B"), known)
    assert checked.state == "new"
    assert checked.notes == {
        "title": ["Đã có tác phẩm cùng tên của lần này, khác mức giải hoặc tác giả. Đề nghị xem lại."]
    }


def test_a_day_after_the_edition_is_only_noted() -> None:
    assert one(told(published_on="05/7/2023")).notes == {"published_on": ["Sau năm của lần tổ chức. Đề nghị xem lại."]}
