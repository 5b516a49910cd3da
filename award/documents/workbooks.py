"""A table that somebody sent as a workbook: its cells as text and days. Nothing in it is computed or fetched."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Literal

from award import dates
from award.encodings import Reading, reading
from award.text import canonical
from uploads import zips
from uploads.verdict import Unfit

MAX_ROWS = 3000
MAX_COLUMNS = 40
_MAX_HEIGHT = 20_000
"""How far down anything may stand: rows are counted off one by one, and a file may name any number."""
_MOST_MERGED = 10_000
_LONGEST = 10_000
_CHUNK = 65_536
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")

Reason = Literal["not_a_workbook", "damaged", "too_large", "too_many_rows"]


@dataclass(frozen=True)
class Cell:
    """What a person sees in a cell: canonical text with its line breaks, and the day when the cell holds one.

    The text of a formula is the formula itself. `reading`: how the text reads, where an old font's encoding wrote it.
    """

    text: str = ""
    day: date | None = None
    formula: bool = False
    reading: Reading | None = None


@dataclass(frozen=True)
class Row:
    """A row that says something, under the number it has in the workbook."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Page:
    """One worksheet that is not hidden."""

    title: str
    rows: tuple[Row, ...]


class Unreadable(Exception):
    """The file cannot be read as a table, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def read(content: bytes) -> list[Page]:
    """The worksheets of a workbook in their order. A cell merged over several rows speaks for each of them."""
    file = io.BytesIO(content)
    try:
        zips.check_workbook(file)
    except Unfit as unfit:
        raise Unreadable(_reason(unfit)) from unfit
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which nobody asks here
            return _pages(file)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as fault:
        raise Unreadable("damaged") from fault  # a sound archive whose parts contradict each other
    except Unfit as unfit:
        raise Unreadable("damaged") from unfit


def _reason(unfit: Unfit) -> Reason:
    if unfit.reason in {"wrong_type", "disguised", "encrypted"}:
        return "not_a_workbook"
    return "too_large" if unfit.reason in {"too_large", "zip_rules"} else "damaged"


def _pages(file: BinaryIO) -> list[Page]:
    import openpyxl  # heavier than the rest of a web process

    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [Page(str(sheet.title), tuple(_rows(sheet, _merged(file, sheet)))) for sheet in shown]
    finally:
        book.close()


def _rows(sheet: Any, merged: Mapping[tuple[int, int], tuple[int, int]]) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    speaking: dict[tuple[int, int], Cell] = {}
    first_cells = set(merged.values())
    told = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=_MAX_HEIGHT), start=1):
        cells = [_cell(each) for each in row]
        for across, cell in enumerate(cells, start=1):
            if (number, across) in first_cells:
                speaking[number, across] = cell
            elif (number, across) in merged:
                cells[across - 1] = speaking.get(merged[number, across], cell)
        if not any(cell.text for cell in cells):
            continue
        told += 1
        if told > MAX_ROWS:
            raise Unreadable("too_many_rows")
        yield Row(number, tuple(cells))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell()
    if cell.data_type == "f":
        return Cell(_text(getattr(value, "text", value)), formula=True)
    if isinstance(value, datetime):
        return Cell(dates.day(value.date()), value.date())
    if isinstance(value, date):
        return Cell(dates.day(value), value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return Cell(_text(value), reading=_reading(value) if isinstance(value, str) else None)


def _reading(value: str) -> Reading | None:
    """Asked of what was typed: one letter of TCVN3 is a sign that canonical text leaves out."""
    found = reading(value[:_LONGEST])
    return None if found is None else Reading(found.encoding, canonical(found.text))


def _text(value: object) -> str:
    return canonical(str(value)[:_LONGEST])


def _merged(file: BinaryIO, sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells below the first one of a merged range -> that first one. A range lying across speaks for one cell only.

    Raises Unreadable when something stands further down than rows are read.
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    row = 0

    def on_element(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row
        if name == "row":
            row = int(attributes.get("r", row + 1))
        elif row > _MAX_HEIGHT and name in {"v", "is", "f"}:
            raise Unreadable("too_many_rows")
        elif name == "mergeCell" and (spanned := _RANGE.fullmatch(attributes.get("ref", ""))):
            across, first, last = _number(spanned[1]), int(spanned[2]), int(spanned[4])
            if len(found) + last - first > _MOST_MERGED:
                raise Unreadable("too_many_rows")
            found.update({(below, across): (first, across) for below in range(first + 1, last + 1)})

    with zipfile.ZipFile(file) as archive, archive.open(sheet._worksheet_path) as part:
        zips.parse(iter(lambda: part.read(_CHUNK), b""), on_element)
    return found


def _number(letters: str) -> int:
    """Column A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
