"""Tables for people's own programs: XLSX with typed cells, CSV that no program reads as a formula.

Whatever a cell holds is data. Text stays text even when it begins like a formula or an address.
"""

import csv as csv_format
import io
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO, Literal

from award import dates
from award.clock import now
from award.text import canonical

Kind = Literal["text", "int", "year", "decimal", "date", "money"]

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "int": {"num_format": "#,##0", "valign": "top"},
    "year": {"num_format": "0", "valign": "top", "align": "left"},
    "decimal": {"num_format": "#,##0.00", "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
    "money": {"num_format": '#,##0" đồng"', "valign": "top"},
}
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_EXCEL_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was; such dates are written as text."""
_LARGEST_EXACT = 10**15
_LONGEST_CELL = 32_767
_ROWS_TO_FILL = 3000
_IN_MEMORY = 5000
"""Up to so many rows a workbook is put together in memory: its texts stand in one place, and its file is smaller."""
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_MEANS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind = "text"
    width: int = 18
    """Characters wide in a spreadsheet."""
    choices: tuple[str, ...] = ()
    """In a sheet to fill in: what is offered for a cell; other text is taken too."""


@dataclass(frozen=True)
class Sheet:
    """One table. `note` stands above it: where it comes from, that it is illustrative.

    A sheet `to_fill` keeps the kinds of its columns below its rows, for people to type in.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    note: str = ""
    to_fill: bool = False


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with one worksheet for each sheet, headings frozen and filterable, no formula and no link in it."""
    out = io.BytesIO()
    write_xlsx(sheets, out)
    return out.getvalue()


def write_xlsx(sheets: Sequence[Sheet], out: BinaryIO) -> None:
    """The same written to `out`. Many rows go there by way of the disk: memory does not grow with them."""
    import xlsxwriter  # heavier than the rest of a web process

    kept = {"constant_memory": True} if _many(sheets) else {"in_memory": True}
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {**kept, **plain})
    book.set_properties({"created": now().replace(tzinfo=None)})
    formats = {kind: book.add_format(shape) for kind, shape in _FORMATS.items()}
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    names: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_free_name(sheet.title, names))
        first = 0
        if sheet.note:
            page.write_string(0, 0, _clean(sheet.note))
            first = 2
        for across, column in enumerate(sheet.columns):
            page.set_column(across, across, column.width, formats[column.kind] if sheet.to_fill else None)
            page.write_string(first, across, _clean(column.heading), heading)
        down, kinds = first, [column.kind for column in sheet.columns]
        for row in sheet.rows:
            down += 1
            for across, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                if type(value) is str and value:
                    page.write_string(down, across, _clean(value), formats["text"])
                else:
                    _write(page, (down, across), kind, value, formats)
        if sheet.to_fill:
            _offer(page, sheet, down + 1)
        page.freeze_panes(first + 1, 0)
        if sheet.columns:
            page.autofilter(first, 0, down, len(sheet.columns) - 1)
    book.close()


def _many(sheets: Sequence[Sheet]) -> bool:
    """Whether there are more rows than fit in memory without a thought; rows that cannot be counted may be many."""
    return any(not isinstance(sheet.rows, Sized) or len(sheet.rows) > _IN_MEMORY for sheet in sheets)


def csv(sheet: Sheet) -> bytes:
    """Every field quoted, UTF-8 with its mark; text that a program would compute begins with an apostrophe."""
    out = io.BytesIO()
    write_csv(sheet, out)
    return out.getvalue()


def write_csv(sheet: Sheet, out: BinaryIO) -> None:
    """The same written to `out`, row by row."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv_format.writer(text, quoting=csv_format.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_harmless(column.heading) for column in sheet.columns])
    kinds = [column.kind for column in sheet.columns]
    for row in sheet.rows:
        writer.writerow([_as_text(kind, value) for kind, value in zip(kinds, row, strict=True)])
    text.detach()


def _offer(page: Any, sheet: Sheet, first: int) -> None:
    """Cells from row `first` on offer the choices of their columns."""
    for across, column in enumerate(sheet.columns):
        if column.choices:
            offered = {"validate": "list", "source": list(column.choices), "show_error": False}
            page.data_validation(first, across, first + _ROWS_TO_FILL, across, offered)


def _write(page: Any, at: tuple[int, int], kind: Kind, value: object, formats: dict[str, Any]) -> None:
    shape = formats[kind]
    if value is None or value == "":
        page.write_blank(*at, None, shape)
    elif kind in {"int", "year", "money", "decimal"} and (number := _number(value)) is not None:
        page.write_number(*at, number, shape)
    elif kind == "date" and (day := _day(value)) is not None:
        page.write_number(*at, (day - _EXCEL_EPOCH).days, shape)
    else:
        page.write_string(*at, _clean(_shown(value)), formats["text"])


def _number(value: object) -> float | int | None:
    """The value as a spreadsheet number, when it is a number that a spreadsheet keeps exactly enough."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, Fraction)):
        return None
    if not -_LARGEST_EXACT < value < _LARGEST_EXACT:
        return None
    return value if isinstance(value, int) else float(value)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        value = dates.local(value).date()
    return value if isinstance(value, date) and value >= _FIRST_EXCEL_DAY else None


def words(kind: Kind, value: object) -> str:
    """A cell of a sheet as people read it on a page."""
    if value is None:
        return ""
    if kind == "year" or isinstance(value, bool):
        return str(value)
    if kind == "date" and isinstance(value, datetime):
        return dates.day(value)
    return _clean(_shown(value))


def _shown(value: object) -> str:
    """A value as people read it: 8,75 and 05/7/2023; an instant with its time."""
    if isinstance(value, datetime):
        return dates.moment(value)
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return dates.number(value)
    return str(value)


def _as_text(kind: Kind, value: object) -> str:
    if type(value) is str:
        return _harmless(value)
    if value is None:
        return ""
    if kind in {"int", "year", "money"} and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if kind == "decimal" and isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return _decimal(value)
    if kind == "date" and isinstance(value, datetime):
        return dates.day(value)
    return _harmless(_shown(value))


def _decimal(value: int | Decimal | Fraction) -> str:
    """8,75 with at most six decimals and no point between thousands, so that a Vietnamese Excel reads a number."""
    return dates.number(value, 6).replace(".", "").rstrip("0").removesuffix(",")


def _harmless(text: str) -> str:
    text = _clean(text)
    return f"'{text}" if text.startswith(_MEANS_A_FORMULA) else text


def _clean(text: str) -> str:
    """Text without the characters that no XML takes, as long as one cell holds; line breaks stay."""
    text = canonical(text)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _free_name(title: str, taken: set[str]) -> str:
    """A worksheet name: at most 31 characters, none of those Excel forbids, unlike the others."""
    base = " ".join(canonical(title).translate(_NO_NAME).split()).strip("' ")[:31] or "1"
    name, n = base, 1
    while name.casefold() in taken or name.casefold() == "history":
        n += 1
        name = f"{base[: 31 - len(str(n)) - 1]} {n}"
    taken.add(name.casefold())
    return name
