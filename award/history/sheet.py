"""The columns of a list of winners, and finding them in a workbook however its headings stand. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.documents.tables import Kind
from award.documents.workbooks import Cell, Page, Row
from award.history.naming import words

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


FIELDS = (
    Field(
        "award_name",
        lazy_gettext("Tên Giải"),
        lazy_gettext("Tên giải thưởng như trong quyết định. Để trống nếu là Giải này."),
        width=34,
        also=("ten giai thuong", "giai thuong"),
    ),
    Field(
        "ordinal",
        lazy_gettext("Lần thứ"),
        lazy_gettext("Số La Mã hoặc số thường, ví dụ: II. Để trống nếu không rõ."),
        width=9,
        also=("lan",),
    ),
    Field(
        "year",
        lazy_gettext("Năm"),
        lazy_gettext("Năm của lần tổ chức, bốn chữ số, ví dụ: 2022."),
        kind="year",
        width=8,
        needed=True,
        also=("nam to chuc", "nam trao giai"),
    ),
    Field(
        "level",
        lazy_gettext("Mức giải"),
        lazy_gettext("Đặc biệt, A, B, C, Khuyến khích, Chuyên đề, Nhất, Nhì, Ba; giải khác ghi “Khác: ” rồi tên giải."),
        width=18,
        needed=True,
        also=("giai", "hang giai", "muc giai thuong"),
    ),
    Field(
        "title",
        lazy_gettext("Tên tác phẩm"),
        lazy_gettext("Tên đầy đủ. Có thể ghi cả “Loạt 5 bài”, “Chùm ảnh” trước tên trong ngoặc kép."),
        width=60,
        needed=True,
        also=("tac pham", "ten bai"),
    ),
    Field(
        "authors",
        lazy_gettext("Tác giả"),
        lazy_gettext(
            "Theo thứ tự, cách nhau bằng dấu phẩy; bút danh trong ngoặc đơn: Nguyễn Thị Vân (Hà Vân), Trần Minh."
        ),
        width=44,
        needed=True,
        also=("tac gia nhom tac gia", "nhom tac gia", "tac gia but danh", "ho ten tac gia"),
    ),
    Field(
        "newsroom",
        lazy_gettext("Cơ quan báo chí"),
        lazy_gettext("Nơi đăng, phát, theo tên khi đó."),
        width=32,
        also=("co quan dang phat", "don vi", "co quan", "co quan bao chi dang phat"),
    ),
    Field(
        "category",
        lazy_gettext("Loại hình"),
        lazy_gettext("Báo in, Báo điện tử, Phát thanh, Truyền hình, Ảnh báo chí."),
    ),
    Field(
        "published_on",
        lazy_gettext("Ngày đăng, phát"),
        lazy_gettext("Ngày của kỳ đầu, ví dụ: 05/7/2022."),
        kind="date",
        width=14,
        also=("ngay dang", "ngay phat", "ngay phat song"),
    ),
    Field(
        "link",
        lazy_gettext("Đường dẫn"),
        lazy_gettext("Địa chỉ của bài trên mạng, nếu có."),
        width=40,
        also=("link", "duong link", "lien ket"),
    ),
)
BY_NAME = {each.name: each for each in FIELDS}


@dataclass(frozen=True)
class Told:
    """A row of the list as it was typed: field -> text. `formulas` are the fields that hold one."""

    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"n": self.number, "cells": dict(self.cells), "formulas": list(self.formulas)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Told":
        return cls(int(kept["n"]), dict(kept["cells"]), tuple(kept["formulas"]))


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


def find(pages: Sequence[Page], fields: Sequence[Field] = FIELDS) -> Listing:
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
            name = known.get(words(cell.text))
            if name is not None and name not in columns.values():
                columns[at] = name
            elif cell.text and words(cell.text) not in {"stt", "so thu tu", "tt"}:
                unused.append(" ".join(cell.text.split()))
        if len(columns) > len(best.columns):
            best = _Heading(row.number, columns, tuple(unused))
    return best


def _told(row: Row, columns: Mapping[int, str]) -> Told:
    cells: dict[str, Cell] = {name: row.cells[at] for at, name in columns.items() if row.cells[at].text}
    return Told(
        row.number,
        {name: cell.text for name, cell in cells.items()},
        tuple(name for name, cell in cells.items() if cell.formula),
    )
