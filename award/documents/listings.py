"""Lists that come as workbooks: columns found however the headings stand, rows as typed, read cell by cell. Pure.

What a cell says is read by the room whose list it is. Text in the encoding of an old font is never taken as it stands:
it is a fault that tells how it reads, and who brought the list may have it so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _

from award import dates
from award.documents import workbooks
from award.documents.tables import Kind
from award.documents.workbooks import Cell, Page, Row
from award.encodings import readings
from award.links import begun, is_address
from award.text import one_line, words
from award.verdicts import Refused, Verdict

K = TypeVar("K")
Said = dict[str, list[str]]
"""Column → what is wrong with its cell."""
FIRST_YEAR = 1925
_LONG = 300
HEADING_WITHIN = 20
"""So many rows of titles and remarks may stand above the headings."""


@dataclass(frozen=True)
class Field:
    """One column. `also` are other headings it is known by, as words."""

    name: str
    heading: Any
    hint: Any
    kind: Kind = "text"
    width: int = 18
    needed: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A row of the list as it was typed: field -> text. `formulas` are the fields that hold one.

    `readings` are the fields written in an old encoding: which one, and the text in Unicode.
    """

    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()
    readings: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        kept = {"n": self.number, "cells": dict(self.cells), "formulas": list(self.formulas)}
        return {**kept, "readings": {name: list(read) for name, read in self.readings.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Told":
        readings = {name: (encoding, text) for name, (encoding, text) in kept.get("readings", {}).items()}
        return cls(int(kept["n"]), dict(kept["cells"]), tuple(kept["formulas"]), readings)

    def in_unicode(self) -> "Told":
        """The same row as it reads."""
        read = {name: text for name, (_encoding, text) in self.readings.items()}
        return replace(self, cells={**self.cells, **read}, readings={})


@dataclass(frozen=True)
class Listing:
    """What a workbook tells. `unused` are headings nobody here knows; `fault` says why nothing can be read."""

    rows: tuple[Told, ...] = ()
    unused: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class _Heading:
    row: int
    columns: Mapping[int, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def missing(self, fields: Sequence[Field]) -> list[str]:
        return [str(each.heading) for each in fields if each.needed and each.name not in self.columns.values()]


def read_list(content: bytes, fields: Sequence[Field]) -> Listing:
    """The rows of the workbook. Raises Refused when it is no list of these fields."""
    try:
        listing = find(workbooks.read(content), fields)
    except workbooks.Unreadable as unreadable:
        raise Refused(Verdict(unreadable.reason, _why_unreadable(unreadable.reason))) from unreadable
    if listing.fault:
        raise Refused(Verdict("no_list", listing.fault))
    return listing


def _why_unreadable(reason: workbooks.Reason) -> str:
    if reason == "not_a_workbook":
        return str(_("Đây không phải tệp Excel (.xlsx). Tệp .xls, .csv đề nghị lưu lại thành .xlsx."))
    if reason == "too_large":
        return str(
            _("Tệp chứa nhiều hơn một danh sách cần có (hình ảnh, trang tính khác). Đề nghị dán danh sách vào mẫu.")
        )
    if reason == "too_many_rows":
        return str(_("Tệp có nhiều hơn %(n)s dòng. Đề nghị chia thành nhiều tệp.", n=workbooks.MAX_ROWS))
    return str(_("Tệp bị hỏng hoặc tải lên chưa đủ. Đề nghị lưu lại rồi nạp lại."))


def find(pages: Sequence[Page], fields: Sequence[Field]) -> Listing:
    """The list in the first sheet whose headings name what a list of these fields needs."""
    headings = [(page, _heading(page, fields)) for page in pages]
    best = max(headings, key=lambda each: len(each[1].columns), default=None)
    if best is None or len(best[1].columns) < 2:
        return Listing(fault=_("Không thấy dòng tiêu đề cột. Đề nghị dùng mẫu danh sách tải từ trang này."))
    page, heading = best
    if missing := heading.missing(fields):
        return Listing(fault=_("Còn thiếu cột: %(names)s.", names=", ".join(missing)))
    rows = tuple(_told(row, heading.columns) for row in page.rows if row.number > heading.row)
    rows = tuple(row for row in rows if row.cells)
    if not rows:
        return Listing(fault=_("Danh sách chưa có dòng nào."))
    return Listing(rows, heading.unused)


def _heading(page: Page, fields: Sequence[Field]) -> _Heading:
    """The row that names most columns, among the first ones."""
    known = {words(name): each.name for each in fields for name in (str(each.heading), *each.also)}
    best = _Heading(0)
    for row in page.rows[:HEADING_WITHIN]:
        columns: dict[int, str] = {}
        unused = []
        for at, cell in enumerate(row.cells):
            name = known.get(words(cell.reading.text if cell.reading else cell.text))
            if name is not None and name not in columns.values():
                columns[at] = name
            elif cell.text and words(cell.text) not in {"stt", "so thu tu", "tt"}:
                unused.append(" ".join(cell.text.split()))
        if len(columns) > len(best.columns):
            best = _Heading(row.number, columns, tuple(unused))
    return best


def _told(row: Row, columns: Mapping[int, str]) -> Told:
    cells: dict[str, Cell] = {name: row.cells[at] for at, name in columns.items() if row.cells[at].text}
    read = readings({name: cell.text for name, cell in cells.items() if not cell.formula})
    read |= {name: cell.reading for name, cell in cells.items() if cell.reading is not None}
    return Told(
        row.number,
        {name: cell.text for name, cell in cells.items()},
        tuple(name for name, cell in cells.items() if cell.formula),
        {name: (each.encoding, each.text) for name, each in read.items()},
    )


def old_cells(draft: Mapping[str, Any]) -> int:
    """How many cells of a draft are written in an old encoding."""
    return sum(len(kept.get("readings", ())) for kept in draft.get("rows", ()))


def in_unicode(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The draft with every cell as it reads."""
    return {**draft, "rows": [Told.from_json(kept).in_unicode().as_json() for kept in draft.get("rows", ())]}


class Unread(Exception):
    """The cell cannot be taken; `sentence` says what is wrong and what to write."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def values(
    told: Told,
    readers: Mapping[str, Callable[[str, K], Any]],
    known: K,
    faults: Said,
    *,
    longest: Mapping[str, int],
) -> dict[str, Any]:
    """What the cells of a row say, each by its reader; what cannot be taken is a fault of its cell instead.

    No cell is longer than `longest` allows it, or 300 characters; none is a formula, or in an old encoding.
    """
    found: dict[str, Any] = {}
    for name, read in readers.items():
        text = told.cells.get(name, "")
        try:
            _as_text(told, name, text, longest.get(name, _LONG))
            found[name] = read(text, known)
        except Unread as unread:
            faults[name] = [unread.sentence]
    return found


def _as_text(told: Told, name: str, text: str, limit: int) -> None:
    if name in told.formulas:
        raise Unread(_("Ô này là công thức. Đề nghị dán giá trị thay cho công thức."))
    if name in told.readings:
        encoding, read = told.readings[name]
        raise Unread(_("Gõ bằng bảng mã %(encoding)s, đọc là “%(text)s”.", encoding=encoding, text=read))
    if len(text) > limit:
        raise Unread(_("Dài %(n)s ký tự; tối đa %(limit)s ký tự.", n=len(text), limit=limit))


def day(text: str, *, last_year: int, example: str) -> date | None:
    """The day a cell names, if it names one. `example` says how to write it."""
    typed = one_line(text)
    if not typed:
        return None
    found = dates.read_day(typed)
    if found is None or not FIRST_YEAR <= found.year <= last_year:
        raise Unread(_("Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: %(day)s.", day=example))
    return found


def link(text: str) -> str:
    """The address a cell holds, whole also where its beginning was left out."""
    whole = begun(one_line(text))
    if whole and not is_address(whole):
        raise Unread(_("Chưa đọc được đường dẫn. Ghi đủ, ví dụ: https://bao.vn/bai-viet.html."))
    return whole
