"""The three forms a paper may have, as numbers: sizes in points, lengths in millimetres.

The Party's form of 2018 (hd36), the Party's form of 2026 that followed it (hd05), and the State's of 2020 (nd30). Where
a rule leaves a span (14 to 15) one value of it is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from award.documents.paper import FormCode

PAGE = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
INSET = 3.5
"""Points left free at the sides within the cells of a ruled table."""
FONT = "Times New Roman"
LINE = 18
"""Points from one line of text to the next."""


@dataclass(frozen=True)
class Style:
    """How one kind of line looks. `word` is its name in a word processor.

    `rule` is a line below the words, as a part of their length; `indent` is that of a paragraph's first line.
    """

    word: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: Literal["left", "center", "right", "justify"] = "center"
    before: float = 0
    after: float = 0
    line: float = 0
    """Points from line to line; 0: as the size asks."""
    indent: float = 0
    rule: float = 0

    @property
    def leading(self) -> float:
        return self.line or round(self.size * 1.2, 1)


@dataclass(frozen=True)
class Form:
    """A form's words and looks. `marks` are how its offices abbreviate in whose name somebody signs."""

    code: FormCode
    party: bool
    motto: tuple[str, ...]
    number_label: str
    left_share: int
    """Percent of the width that the names of the bodies take; the motto has the rest."""
    recipient_ends: tuple[str, str, str]
    """After each line of the recipients, after the last, and between "Lưu" and what follows."""
    end: str
    """What closes the text."""
    marks: Mapping[str, str]
    styles: Mapping[str, Style]


_TEXT = Style("Thân văn bản", align="justify", after=6, line=LINE, indent=10)

_HD36: dict[str, Style] = {
    "motto1": Style("Tiêu đề", 15, bold=True, rule=1),
    "parent": Style("Cơ quan cấp trên"),
    "body": Style("Cơ quan ban hành", bold=True),
    "star": Style("Dấu sao"),
    "number": Style("Số, ký hiệu"),
    "about": Style("Trích yếu công văn", 12, italic=True),
    "dateline": Style("Địa điểm, ngày tháng", italic=True),
    "kind": Style("Tên loại văn bản", 16, bold=True, before=18),
    "subject": Style("Trích yếu", 15, bold=True),
    "dashes": Style("Gạch dưới trích yếu", after=8),
    "to": Style("Kính gửi", before=14, after=12),
    "recital": replace(_TEXT, word="Căn cứ"),
    "decides": Style("Cơ quan quyết định", bold=True, before=6, after=8),
    "text": _TEXT,
    "centred": Style("Đoạn giữa dòng", after=6, line=LINE),
    "heading1": Style("Đề mục 1", bold=True, align="left", before=6, after=6, line=LINE, indent=10),
    "heading2": Style("Đề mục 2", bold=True, align="left", before=2, after=6, line=LINE, indent=10),
    "heading3": replace(_TEXT, word="Đề mục 3"),
    "authority": Style("Quyền hạn ký", bold=True),
    "post": Style("Chức vụ người ký"),
    "name": Style("Họ tên người ký", bold=True, before=64),
    "recipients": Style("Nơi nhận", underline=True, align="left"),
    "recipient": Style("Dòng nơi nhận", 12, align="left"),
    "annex": Style("Tên phụ lục", 15, bold=True),
    "annex_subject": Style("Trích yếu phụ lục", bold=True),
    "annex_note": Style("Ghi chú phụ lục", italic=True, after=2),
    "code": Style("Mã tra cứu", 11, italic=True, align="left", before=10),
    "column": Style("Đầu cột", 12, bold=True),
    "cell": Style("Ô bảng", 12, align="left"),
    "group": Style("Nhóm trong bảng", 12, bold=True, align="left"),
    "page": Style("Số trang"),
    "mark": Style("Dấu minh họa", 11, italic=True),
}

_HD05 = _HD36 | {
    "subject": replace(_HD36["subject"], size=14),
    "annex": replace(_HD36["annex"], size=14),
    "page": replace(_HD36["page"], size=13),
}

_ND30 = _HD36 | {
    "motto1": Style("Quốc hiệu", 12, bold=True),
    "motto2": Style("Tiêu ngữ", 13, bold=True, rule=1),
    "parent": replace(_HD36["parent"], size=12),
    "body": replace(_HD36["body"], size=12, rule=0.4),
    "number": replace(_HD36["number"], size=13, before=4),
    "about": replace(_HD36["about"], italic=False),
    "dateline": replace(_HD36["dateline"], size=13, before=4),
    "kind": replace(_HD36["kind"], size=14),
    "subject": replace(_HD36["subject"], size=14, rule=0.4, after=12),
    "recital": replace(_HD36["recital"], italic=True),
    "post": replace(_HD36["post"], bold=True),
    "recipients": Style("Nơi nhận", 12, bold=True, italic=True, align="left"),
    "recipient": replace(_HD36["recipient"], size=11),
    "annex": replace(_HD36["annex"], size=14),
    "annex_note": replace(_HD36["annex_note"], after=8),
    "page": replace(_HD36["page"], size=13),
}

_PARTY_MARKS = {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "T/UQ"}
_PARTY_MOTTO = ("ĐẢNG CỘNG SẢN VIỆT NAM",)

FORMS: Mapping[FormCode, Form] = {
    "hd36": Form("hd36", True, _PARTY_MOTTO, "Số ", 46, (",", ".", " "), "", _PARTY_MARKS, _HD36),
    "hd05": Form("hd05", True, _PARTY_MOTTO, "Số ", 46, (";", ".", " "), "", _PARTY_MARKS, _HD05),
    "nd30": Form(
        "nd30",
        False,
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        "Số: ",
        41,
        (";", ".", ": "),
        "./.",
        {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ."},
        _ND30,
    ),
}
