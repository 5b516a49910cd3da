"""Lists are found in workbooks whatever stands above, beside and before them."""

import pytest
from flask import Flask

from award.documents.listings import Told, find, in_unicode, old_cells, values
from award.documents.workbooks import Cell, Page, Row
from award.encodings import reading
from award.history.columns import FIELDS
from award.text import canonical

HEADINGS = ("Tên Giải", "Lần thứ", "Năm", "Mức giải", "Tên tác phẩm", "Tác giả")
VALUES = ("", "II", "2022", "A", "Đường về bản", "Trần Minh")


def page(*rows: tuple[str, ...], title: str = "Danh sách") -> Page:
    return Page(
        title,
        tuple(
            Row(n, (*(Cell(text) for text in row), Cell(), Cell())) for n, row in enumerate(rows, start=1) if any(row)
        ),
    )


@pytest.fixture(autouse=True)
def words(ctx: Flask) -> None:
    """Sentences need an application to be said in."""


def test_a_row_is_its_number_and_the_cells_that_say_something() -> None:
    listing = find([page(HEADINGS, VALUES)], FIELDS)
    assert listing.fault == ""
    assert listing.rows == (
        Told(2, {"ordinal": "II", "year": "2022", "level": "A", "title": "Đường về bản", "authors": "Trần Minh"}),
    )


def test_titles_stand_above_columns_stand_in_any_order_and_unknown_ones_are_named() -> None:
    listing = find(
        [
            page(
                ("DANH SÁCH TÁC PHẨM ĐOẠT GIẢI",),
                ("(Kèm theo Quyết định số 12-QĐ/BTCG)",),
                (),
                ("STT", "TÁC PHẨM", "Tác giả (bút danh)", "Ghi chú", "giải", "NĂM"),
                ("1", "Đường về bản", "Trần Minh", "vắng", "A", "2022"),
            )
        ],
        FIELDS,
    )
    assert listing.unused == ("Ghi chú",)
    assert [row.number for row in listing.rows] == [5]
    assert listing.rows[0].cells == {"title": "Đường về bản", "authors": "Trần Minh", "level": "A", "year": "2022"}


def test_the_sheet_with_the_headings_is_the_list_wherever_it_lies() -> None:
    guide = page(("Cột", "Cách ghi"), ("Tên tác phẩm", "Tên đầy đủ"), title="Hướng dẫn")
    assert find([guide, page(HEADINGS, VALUES)], FIELDS).rows == find([page(HEADINGS, VALUES)], FIELDS).rows


def test_a_heading_told_twice_is_the_first_one() -> None:
    listing = find([page((*HEADINGS, "Tác giả"), (*VALUES, "Người khác"))], FIELDS)
    assert listing.rows[0].cells["authors"] == "Trần Minh"
    assert listing.unused == ("Tác giả",)


def test_formulas_are_remembered_by_their_column() -> None:
    made = Page(
        "Danh sách", (Row(1, tuple(map(Cell, HEADINGS))), Row(2, (*map(Cell, VALUES[:5]), Cell("=A1", None, True))))
    )
    told = find([made], FIELDS).rows[0]
    assert told.formulas == ("authors",)
    assert Told.from_json(told.as_json()) == told


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ([], "Không thấy dòng tiêu đề cột. Đề nghị dùng mẫu danh sách tải từ trang này."),
        (
            [page(("Một", "Hai"), ("Ba", "Bốn"))],
            "Không thấy dòng tiêu đề cột. Đề nghị dùng mẫu danh sách tải từ trang này.",
        ),
        ([page(("Tên tác phẩm", "Năm"), ("Đường về bản", "2022"))], "Còn thiếu cột: Mức giải, Tác giả."),
        ([page(HEADINGS)], "Danh sách chưa có dòng nào."),
    ],
)
def test_what_is_no_list_says_what_it_lacks(pages: list[Page], fault: str) -> None:
    assert find(pages, FIELDS).fault == fault


def test_no_two_columns_answer_to_one_heading() -> None:
    from award.text import words

    names = [words(name) for each in FIELDS for name in (str(each.heading), *each.also)]
    assert len(names) == len(set(names))


def test_headings_and_rows_of_an_old_font_are_found_and_told_with_their_readings() -> None:
    headings = ("Tªn Gi¶i", "LÇn thø", "N¨m", "Møc gi¶i", "Tªn t¸c phÈm", "T¸c gi¶")
    old = Row(2, tuple(map(cell, ("", "II", "2022", "A", "§\u00adêng vÒ b¶n", "TrÇn Minh"))))
    listing = find([Page("Danh sách", (Row(1, tuple(map(cell, headings))), old))], FIELDS)
    (row,) = listing.rows
    assert row.readings == {"title": ("TCVN3", "Đường về bản"), "authors": ("TCVN3", "Trần Minh")}
    assert Told.from_json(row.as_json()) == row
    draft = {"rows": [row.as_json()], "unused": []}
    assert old_cells(draft) == 2
    taken = in_unicode(draft)
    assert (old_cells(taken), taken["rows"][0]["cells"]["title"]) == (0, "Đường về bản")
    faults: dict[str, list[str]] = {}
    said = values(
        row, {"title": lambda text, _known: text, "year": lambda text, _known: text}, None, faults, longest={}
    )
    assert said == {"year": "2022"}
    assert faults == {"title": ["Gõ bằng bảng mã TCVN3, đọc là “Đường về bản”."]}


def cell(text: str) -> Cell:
    return Cell(canonical(text), reading=reading(text))
