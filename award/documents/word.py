"""A paper as DOCX for an office to edit: real styles, Times New Roman, the same words as on the PDF."""

import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph

from award.documents import forms
from award.documents.composing import (
    Beside,
    Composition,
    Grid,
    Line,
    Scanned,
    Section,
    closing_of,
    composed,
    width_of,
)
from award.documents.evening import POINTS_PER_MM, length
from award.documents.forms import FONT, FORMS, Form, Style
from award.documents.paper import FormCode, Paper
from award.documents.settled import settled

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_RULE = "rule"
_RULE_STYLE = Style("Đường kẻ", 1, before=2.5, after=1, line=2)
_AROUND = 3
"""Points left free above and below a ruled table."""


def docx(paper: Paper) -> bytes:
    """The paper as an editable text. The same paper gives the same bytes."""
    composition = composed(paper)
    writer = _Writer(composition)
    for number, section in enumerate(composition.sections):
        writer.write(section, first=number == 0)
    out = io.BytesIO()
    writer.document.save(out)
    return settled(out.getvalue(), composition.settled_on)


@lru_cache(maxsize=len(FORMS))
def _blank(code: FormCode) -> tuple[bytes, Mapping[str, str]]:
    """An empty document with the styles of the form, and the id of each."""
    document = Document()
    _bare(document)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    letters = normal.element.get_or_add_rPr()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        letters.get_or_add_rFonts().set(qn(f"w:{script}"), FONT)
    letters.append(_element("lang", val="vi-VN"))
    ids = {name: _style(document, style) for name, style in {**FORMS[code].styles, _RULE: _RULE_STYLE}.items()}
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), ids


def _bare(document: Any) -> None:
    """The template of the library without what no paper uses: its picture, its styles once more, table designs."""
    for part in (document.part, document.part.package):
        for number, to in list(part.rels.items()):
            if to.reltype.rpartition("/")[2] in {"thumbnail", "stylesWithEffects", "customXml"}:
                del part.rels[number]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()


def _style(document: Any, style: Style) -> str:
    """The id under which the document now has the style."""
    made = document.styles.add_style(style.word, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), style.bold, style.italic
    made.font.underline = style.underline
    shape = made.paragraph_format
    shape.alignment, shape.widow_control = _ALIGN[style.align], True
    shape.first_line_indent = Mm(style.indent) if style.indent else None
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.leading)
    return str(made.style_id)


class _Writer:
    """A document with the styles of a form; it is written from top to bottom.

    The library finds a style by searching for its name; here the ids are known and set at once.
    """

    def __init__(self, composition: Composition) -> None:
        self.form: Form = composition.form
        blank, self.ids = _blank(self.form.code)
        self.document: Any = Document(io.BytesIO(blank))
        self.width = 0.0
        self._frame(composition)

    def write(self, section: Section, *, first: bool) -> None:
        page = self.document.sections[0] if first else self._new_page()
        short, long = (Mm(side) for side in forms.PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE if section.landscape else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = (long, short) if section.landscape else (short, long)
        page.top_margin, page.bottom_margin = Mm(forms.TOP), Mm(forms.BOTTOM)
        page.left_margin, page.right_margin = Mm(forms.LEFT), Mm(forms.RIGHT)
        page.header_distance = page.footer_distance = Mm(forms.TOP / 2)
        page.different_first_page_header_footer = first
        self.width = width_of(landscape=section.landscape)
        closes = closing_of(section.parts)
        for number, part in enumerate(section.parts, start=1):
            if isinstance(part, Line):
                self._line(self.document.add_paragraph(), part)
                self._rule(self.document.add_paragraph, part, self.width)
            elif isinstance(part, Beside):
                self._beside(part)
            elif isinstance(part, Scanned):
                self._scanned(part)
            else:
                self._grid(part, ends=number == closes < len(section.parts))
        if self._ends_with_table():
            # a text that ends with a table is none to a word processor; as low as can be, or it takes a page of its own
            self._gap().paragraph_format.line_spacing = Twips(1)

    def _new_page(self) -> Any:
        """The section begins after an empty paragraph, which must not take a line of the page before."""
        page = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._styled(self.document.paragraphs[-1], _RULE)
        return page

    def _gap(self, before: float = 0) -> Any:
        """Between two tables, which would be one without it, and above a signature."""
        gap = self._styled(self.document.add_paragraph(), _RULE)
        gap.paragraph_format.space_before = Pt(before)
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.keep_with_next = True
        return gap

    def _frame(self, composition: Composition) -> None:
        """The number above and the mark below every page, and what the file says of itself."""
        first = self.document.sections[0]
        first.different_first_page_header_footer = True
        number = self._styled(first.header.paragraphs[0], "page")
        number._p.append(_element("fldSimple", instr="PAGE"))
        for footer in (first.footer, first.first_page_footer):
            self._styled(footer.paragraphs[0], "mark").add_run(composition.mark)
        properties = self.document.core_properties
        properties.title, properties.language = composition.title[:255], "vi-VN"
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""

    def _styled(self, paragraph: Any, style: str) -> Any:
        paragraph._p.style = self.ids[style]
        return paragraph

    def _line(self, paragraph: Any, line: Line) -> None:
        self._styled(paragraph, line.style)
        if self.form.styles[line.style].rule:
            paragraph.paragraph_format.space_after = Pt(0)
        if line.keeps:
            paragraph.paragraph_format.keep_with_next = True
        if line.lead:
            paragraph.add_run(f"{line.lead} " if line.text else line.lead).bold = True
        _words(paragraph, line.text)

    def _rule(self, add: Any, line: Line, width: float) -> None:
        """A line below the words: an empty paragraph with a border, drawn in from both sides to its length."""
        style = self.form.styles[line.style]
        if not style.rule:
            return
        room = width * POINTS_PER_MM
        side = Pt((room - min(max(length(words, style) for words in line.text.split("\n")), room) * style.rule) / 2)
        paragraph = self._styled(add(), _RULE)
        paragraph.paragraph_format.space_after = Pt(max(style.after, _RULE_STYLE.after))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        border = _element("pBdr")
        border.append(_element("top", val="single", sz="6", space="0", color="auto"))
        paragraph._p.pPr.insert_element_before(border, "w:spacing", "w:ind", "w:jc")

    def _beside(self, part: Beside) -> None:
        if part.before or self._ends_with_table():
            self._gap(part.before)
        widths = [self.width * part.share / 100, self.width * (100 - part.share) / 100]
        table = self._table(1, widths)
        _inset(table, sides=0, ends=0)
        cells = zip(table._tbl.tr_lst[0].tc_lst, (part.left, part.right), widths, strict=True)
        for cell, lines, width in cells:
            self._fill(cell, table, lines, width)

    def _scanned(self, part: Scanned) -> None:
        """A picture needs a line as high as itself, not as the style says."""
        import segno

        picture = io.BytesIO()
        segno.make(part.address, error="m").save(picture, kind="png", border=0, scale=6)
        paragraph = self._styled(self.document.add_paragraph(), "code")
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(picture, width=Mm(20))

    def _ends_with_table(self) -> bool:
        blocks = self.document.element.body.inner_content_elements
        return bool(blocks) and blocks[-1].tag == qn("w:tbl")

    def _fill(self, cell: Any, table: Any, lines: Iterable[Line], width: float) -> None:
        """A cell begins with an empty paragraph, which takes the first line."""
        first = self._styled(Paragraph(cell.p_lst[0], table), _RULE)

        def add() -> Any:
            return Paragraph(cell.add_p(), table)

        for number, line in enumerate(lines):
            self._line(add() if number else first, line)
            self._rule(add, line, width)

    def _grid(self, part: Grid, *, ends: bool) -> None:
        """Where it `ends` the paper its last rows go to the page of the signatures."""
        shares = [column.share for column in part.columns]
        self._gap(_AROUND)
        table = self._table(1 + len(part.rows), [self.width * share / sum(shares) for share in shares])
        table.style = "Table Grid"
        flush = _element("tblInd", w=str(round(forms.INSET * 20)), type="dxa")
        table._tbl.tblPr.insert_element_before(
            flush, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
        )
        _inset(table, sides=forms.INSET, ends=2)
        head, *rows = table._tbl.tr_lst
        head.get_or_add_trPr().append(_element("tblHeader"))
        for cell, column in zip(head.tc_lst, part.columns, strict=True):
            self._cell(cell, table, "column", column.heading)
        for row, values in zip(rows, part.rows, strict=True):
            if isinstance(values, str):
                self._cell(_merged(row), table, "group", values)
                continue
            for cell, column, value in zip(row.tc_lst, part.columns, values, strict=True):
                self._cell(cell, table, "cell", value, column.align)
        if ends:
            for row in rows[len(rows) - part.bound :]:
                for found in row.iter(qn("w:p")):
                    Paragraph(found, table).paragraph_format.keep_with_next = True
        self._gap(_AROUND)

    def _cell(self, cell: Any, table: Any, style: str, text: str, align: str = "") -> None:
        paragraph = self._styled(Paragraph(cell.p_lst[0], table), style)
        if align and align != self.form.styles[style].align:
            paragraph.alignment = _ALIGN[align]
        _words(paragraph, text)

    def _table(self, rows: int, widths: list[float]) -> Table:
        """Rows that no page break parts, columns as wide as asked."""
        table: Table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = Mm(width)
        for _row in range(rows):
            row = table._tbl.add_tr()
            row.get_or_add_trPr().append(_element("cantSplit"))
            for width in widths:
                row.add_tc().width = Mm(width)
        return table


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _inset(table: Any, *, sides: float, ends: float) -> None:
    """So many points are free within every cell of the table. Word wants these things in the order of its schema."""
    margins = _element("tblCellMar")
    for edge, points in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        margins.append(_element(edge, w=str(round(points * 20)), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _merged(row: Any) -> Any:
    """The first cell of the row, over the width of all."""
    first, *others = row.tc_lst
    first.grid_span = 1 + len(others)
    for other in others:
        first.width += other.width
        row.remove(other)
    return first


def _words(paragraph: Any, text: str) -> None:
    """The text with its line breaks."""
    run = paragraph.add_run()
    for number, words in enumerate(text.split("\n")):
        if number:
            run.add_break()
        run.add_text(words)
