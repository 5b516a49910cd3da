"""Workbooks as people send them, and workbooks made to do harm: text and days come out, or one reason why not."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from award.documents.tables import Column, Sheet, xlsx
from award.documents.workbooks import MAX_ROWS, Cell, Page, Unreadable, read
from award.encodings import Reading
from tests.uploads import corpus


def book(fill: Callable[[Any], object]) -> bytes:
    """A workbook of one sheet, filled by `fill`."""
    made = openpyxl.Workbook()
    fill(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows_of(*rows: tuple[object, ...]) -> bytes:
    def fill(sheet: Any) -> None:
        for row in rows:
            sheet.append(row)

    return book(fill)


def texts(page: Page) -> dict[int, list[str]]:
    """Number of a row -> what stands in it, without the empty cells at the right."""
    return {row.number: " | ".join(cell.text for cell in row.cells).rstrip(" |").split(" | ") for row in page.rows}


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The same archive with one part rewritten."""
    parts = corpus.parts_of(content)
    return corpus.zipped({**parts, name: change(parts[name].decode()).encode()})


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Giữ lời hứa với dân", Cell("Giữ lời hứa với dân")),
        ("  Giữ \u00a0 lời\u200b hứa \t", Cell("Giữ lời hứa")),
        (unicodedata.normalize("NFD", "Khánh Hoà"), Cell("Khánh Hoà")),
        ("Nguyễn Thị Vân\nTrần Minh", Cell("Nguyễn Thị Vân\nTrần Minh")),
        (2022, Cell("2022")),
        (2022.0, Cell("2022")),
        (7.5, Cell("7.5")),
        (True, Cell("True")),
        (datetime.fromisoformat("2022-07-05T08:30"), Cell("05/7/2022", date(2022, 7, 5))),
        (date(2022, 12, 30), Cell("30/12/2022", date(2022, 12, 30))),
        ("05/7/2022", Cell("05/7/2022")),
        ("", Cell()),
        ("   ", Cell()),
        ("a" * 20_000, Cell("a" * 10_000)),
    ],
)
def test_a_cell_is_its_text_and_its_day(value: object, expected: Cell) -> None:
    (page,) = read(rows_of(("cột", value)))
    assert page.rows[0].cells[1] == expected


@pytest.mark.parametrize(
    "formula", ["=A1&B1", '=HYPERLINK("http://x.example","Xem")', ArrayFormula("B1:B1", "=SUM(A1:A2)")]
)
def test_a_formula_is_read_as_it_is_written_and_never_computed(formula: Any) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = "Năm", formula

    (page,) = read(book(fill))
    found = page.rows[0].cells[1]
    assert found.formula
    assert found.text == getattr(formula, "text", formula)


def test_what_a_program_last_computed_is_not_taken_for_a_typed_value() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet().write_formula("A1", "=2021+1", None, 2022)
    made.close()
    assert read(out.getvalue())[0].rows[0].cells[0] == Cell("=2021+1", formula=True)


def test_text_that_begins_like_a_formula_is_text() -> None:
    sheet = Sheet("Danh sách", [Column("Tên")], [("=1+1",), ("+84 258",)])
    cells = [row.cells[0] for row in read(xlsx([sheet]))[0].rows]
    assert cells == [Cell("Tên"), Cell("=1+1"), Cell("+84 258")]


def test_a_cell_merged_over_rows_speaks_for_each_of_them_and_one_merged_across_for_itself() -> None:
    def fill(sheet: Any) -> None:
        for row in (("Mức giải", "Tác phẩm"), ("Giải A", "Một"), (None, "Hai"), (None, "Ba"), ("Ghi chú chung", None)):
            sheet.append(row)
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A5:B5")
        sheet.merge_cells("D2:E3")
        sheet["D2"] = "Báo in"

    (page,) = read(book(fill))
    assert texts(page) == {
        1: ["Mức giải", "Tác phẩm"],
        2: ["Giải A", "Một", "", "Báo in"],
        3: ["Giải A", "Hai", "", "Báo in"],
        4: ["Giải A", "Ba"],
        5: ["Ghi chú chung"],
    }


def test_rows_keep_their_numbers_and_empty_ones_say_nothing() -> None:
    def fill(sheet: Any) -> None:
        sheet["B3"], sheet["A7"], sheet["C9"] = "ba", "bảy", "  "

    (page,) = read(book(fill))
    assert texts(page) == {3: ["", "ba"], 7: ["bảy"]}


def test_hidden_sheets_are_left_out_and_the_others_keep_their_order() -> None:
    made = openpyxl.Workbook()
    made.active.title = "Hướng dẫn"
    made.create_sheet("Ẩn").sheet_state = "hidden"
    made.create_sheet("Danh sách")["A1"] = "Năm"
    out = io.BytesIO()
    made.save(out)
    assert [page.title for page in read(out.getvalue())] == ["Hướng dẫn", "Danh sách"]


def test_as_many_rows_as_are_taken_and_not_one_more() -> None:
    assert len(read(rows_of(*[(n,) for n in range(MAX_ROWS)]))[0].rows) == MAX_ROWS
    with pytest.raises(Unreadable) as refused:
        read(rows_of(*[(n,) for n in range(MAX_ROWS + 1)]))
    assert refused.value.reason == "too_many_rows"


def test_something_far_below_is_told_and_not_lost() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A30000"] = "Năm", "rất xa"

    with pytest.raises(Unreadable) as refused:
        read(book(fill))
    assert refused.value.reason == "too_many_rows"


def test_a_number_of_a_row_that_no_sheet_has_keeps_nobody_waiting() -> None:
    far = with_part(rows_of((1,)), SHEET, lambda xml: xml.replace('<row r="1"', '<row r="99999999999"'))
    with pytest.raises(Unreadable):
        read(far)
    empty = with_part(
        rows_of((1,)), SHEET, lambda xml: xml.replace("</sheetData>", '<row r="99999999999"/></sheetData>')
    )
    assert texts(read(empty)[0]) == {1: ["1"]}


def test_a_size_that_a_sheet_claims_is_not_believed() -> None:
    claimed = with_part(
        rows_of(("một", "hai"), ("ba", "bốn")), SHEET, lambda xml: xml.replace('ref="A1:B2"', 'ref="A1:A1"')
    )
    assert texts(read(claimed)[0]) == {1: ["một", "hai"], 2: ["ba", "bốn"]}


GOOD = rows_of(("Năm", 2022))
SHARED = xlsx([Sheet("Danh sách", [Column("Năm")], [])])
"""Of the program whose texts stand in a part of their own, and cells name them by number."""
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def _bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("xl/media/bomb.bin", bytes(30 * 1024 * 1024))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_workbook"),
        (b"Mot, hai, ba", "not_a_workbook"),
        (corpus.OLD_WORD, "not_a_workbook"),
        (corpus.pdf(), "not_a_workbook"),
        (corpus.docx_file(), "not_a_workbook"),
        (corpus.odt_file(), "not_a_workbook"),
        (GOOD[:-40], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD + b"<html>", "not_a_workbook"),
        (corpus.zipped(corpus.parts_of(GOOD), _bomb), "too_large"),
        (corpus.zipped(corpus.parts_of(GOOD), corpus.link), "too_large"),
        (with_part(GOOD, SHEET, lambda xml: ENTITY + xml[xml.index("<worksheet") :]), "damaged"),
        (with_part(GOOD, SHEET, lambda xml: xml[:-30]), "damaged"),
        (with_part(GOOD, SHEET, lambda xml: xml.replace('r="A1"', 'r="?"')), "damaged"),
        (with_part(SHARED, SHEET, lambda xml: xml.replace("<v>0</v>", "<v>7000</v>")), "damaged"),
        (
            with_part(GOOD, "[Content_Types].xml", lambda xml: xml.replace("sheet.main", "sheet.macroEnabled.main")),
            "not_a_workbook",
        ),
    ],
    ids=[
        "empty",
        "text",
        "old office",
        "pdf",
        "docx",
        "odt",
        "cut at the end",
        "cut in half",
        "something behind",
        "bomb",
        "link out of the archive",
        "entity",
        "torn part",
        "no such cell",
        "no such text",
        "macros",
    ],
)
def test_what_is_no_workbook_or_no_sound_one_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.reason == reason


def test_text_of_an_old_font_is_read_with_the_letter_that_canonical_text_leaves_out() -> None:
    (page,) = read(rows_of(("cột", "Khi bÝ th\u00ad chi bé")))
    cell = page.rows[0].cells[1]
    assert cell.text == "Khi bÝ th chi bé"
    assert cell.reading == Reading("TCVN3", "Khi bí thư chi bộ")
    assert page.rows[0].cells[0].reading is None
