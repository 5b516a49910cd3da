"""Lists are found in workbooks whatever stands above, beside and before them."""

import pytest
from flask import Flask

from award.documents.workbooks import Cell, Page, Row
from award.history.sheet import FIELDS, Told, find

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
    listing = find([page(HEADINGS, VALUES)])
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
        ]
    )
    assert listing.unused == ("Ghi chú",)
    assert [row.number for row in listing.rows] == [5]
    assert listing.rows[0].cells == {"title": "Đường về bản", "authors": "Trần Minh", "level": "A", "year": "2022"}


def test_the_sheet_with_the_headings_is_the_list_wherever_it_lies() -> None:
    guide = page(("Cột", "Cách ghi"), ("Tên tác phẩm", "Tên đầy đủ"), title="Hướng dẫn")
    assert find([guide, page(HEADINGS, VALUES)]).rows == find([page(HEADINGS, VALUES)]).rows


def test_a_heading_told_twice_is_the_first_one() -> None:
    listing = find([page((*HEADINGS, "Tác giả"), (*VALUES, "Người khác"))])
    assert listing.rows[0].cells["authors"] == "Trần Minh"
    assert listing.unused == ("Tác giả",)


def test_formulas_are_remembered_by_their_column() -> None:
    made = Page(
        "Danh sách", (Row(1, tuple(map(Cell, HEADINGS))), Row(2, (*map(Cell, VALUES[:5]), Cell("=A1", None, True))))
    )
    told = find([made]).rows[0]
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
    assert find(pages).fault == fault


def test_no_two_columns_answer_to_one_heading() -> None:
    from award.history.naming import words

    names = [words(name) for each in FIELDS for name in (str(each.heading), *each.also)]
    assert len(names) == len(set(names))
