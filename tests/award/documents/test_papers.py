"""Every kind of paper in every form says the same on PDF and DOCX, word for word, and obeys the form's measures."""

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx as docx_format
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from award.documents import forms
from award.documents.composing import composed
from award.documents.paper import FORM_CODES, Annex, Column, FormCode, Head, Paper, Paragraph, Signature, Table
from award.documents.typeset import pdf
from award.documents.word import docx
from tests.award.documents import samples
from tests.award.documents.reading import flat, fonts_of, pages_of, word_lines, words

GOLDEN = Path(__file__).parent / "golden"
SHAPES: dict[str, Callable[[FormCode], Paper]] = {
    "decision": samples.decision,
    "letter": samples.letter,
    "minutes": samples.minutes,
}
MM = 72 / 25.4

every_form = pytest.mark.parametrize("form", FORM_CODES)
every_shape = pytest.mark.parametrize("shape", SHAPES)


@every_form
@every_shape
def test_the_text_is_the_golden_one(form: FormCode, shape: str) -> None:
    lines = word_lines(docx(SHAPES[shape](form)))
    assert "\n".join(lines) == (GOLDEN / f"{shape}-{form}.txt").read_text(encoding="utf-8").rstrip("\n")


@every_form
@every_shape
def test_pdf_and_docx_say_the_same(form: FormCode, shape: str) -> None:
    paper = SHAPES[shape](form)
    first, *others = pages_of(pdf(paper))
    told = [first, *(page.removeprefix(f"{n} ") for n, page in enumerate(others, start=2))]
    assert words(*told) == words(*word_lines(docx(paper)))


@every_form
def test_what_people_typed_comes_back_as_it_was(form: FormCode) -> None:
    """Marks of the typesetter's language, quotes, hyphens and every Vietnamese letter are text."""
    letters = "ĂÂĐÊÔƠƯ ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵ ÁÀẢÃẠ Ý"
    text = f'H\'Yim "nói" - #set text(red) $x^2$ *không* _nghiêng_ `mã` @nguồn // <a> 50% \\ {letters}'
    paper = Paper(
        form, Head("", "Ban"), "Thông báo", "thử", (Paragraph(text),), (Signature("Trưởng Ban"),), samples.DAY
    )
    assert flat(text) in " ".join(pages_of(pdf(paper)))
    assert flat(text) in " ".join(word_lines(docx(paper)))


@every_form
def test_decomposed_and_invisible_characters_are_mended(form: FormCode) -> None:
    body = (Paragraph("Kha\u0301nh Ho\u0300a\u200b\x07"),)
    paper = Paper(form, Head("", "Ban"), "Báo cáo", "thử", body, (), samples.DAY)
    assert "Khánh Hòa" in " ".join(pages_of(pdf(paper)))
    assert any(line.startswith("Khánh Hòa") and len(line) <= 13 for line in word_lines(docx(paper)))


@every_form
def test_the_same_paper_gives_the_same_bytes(form: FormCode) -> None:
    assert pdf(samples.decision(form)) == pdf(samples.decision(form))
    assert docx(samples.decision(form)) == docx(samples.decision(form))
    assert pdf(samples.decision(form)) != pdf(samples.decision(form, number="13"))


@every_form
def test_pages_are_a4_with_the_margins_of_the_form(form: FormCode) -> None:
    """No letter stands outside of them but the number above and the mark below."""
    document = pypdfium2.PdfDocument(pdf(samples.long_list(form)))
    assert {tuple(round(side / MM) for side in page.get_size()) for page in document} == {(297, 210)}
    document = pypdfium2.PdfDocument(pdf(samples.decision(form)))
    for page in document:
        assert tuple(round(side / MM) for side in page.get_size()) == forms.PAGE
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
        assert min(left for left, *_ in boxes) >= forms.LEFT * MM - 0.5
        assert max(right for _l, _b, right, _t in boxes) <= (210 - forms.RIGHT) * MM + 0.5
        assert min(bottom for _l, bottom, *_ in boxes) >= forms.BOTTOM * MM
        body = [top for *_rest, top in boxes if top < (297 - forms.TOP) * MM + 1]
        assert len(boxes) - len(body) in {0, 1}, "only the number stands above"


@every_form
def test_word_has_the_same_page_and_real_styles(form: FormCode) -> None:
    document = docx_format.Document(io.BytesIO(docx(samples.decision(form))))
    for section in document.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == forms.PAGE
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    styles = document.styles
    assert styles["Normal"].font.name == "Times New Roman"
    text = styles["Thân văn bản"]
    assert (text.font.size, round(text.paragraph_format.first_line_indent.mm)) == (Pt(14), 10)
    assert (text.paragraph_format.line_spacing, text.paragraph_format.space_after) == (Pt(18), Pt(6))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert used <= {style.word for style in forms.FORMS[form].styles.values()} | {"Đường kẻ"}
    assert "Thân văn bản" in used


def test_a_list_turned_sideways_is_so_in_word_too() -> None:
    section = docx_format.Document(io.BytesIO(docx(samples.long_list("hd05")))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


@every_form
def test_fonts_come_with_the_file(form: FormCode) -> None:
    fonts = fonts_of(pdf(samples.decision(form)))
    assert fonts
    assert all(name.startswith("Tinos") and embedded for name, embedded in fonts.items()), fonts


@every_form
def test_pages_are_numbered_from_the_second(form: FormCode) -> None:
    pages = pages_of(pdf(samples.long_list(form)))
    assert len(pages) > 3
    assert not pages[0].startswith("1 ")
    assert all(page.startswith(f"{number} STT") for number, page in enumerate(pages[1:-1], start=2))
    assert pages[-1].startswith(f"{len(pages)} ")
    document = docx_format.Document(io.BytesIO(docx(samples.decision(form))))
    first, annex = document.sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    assert not annex.different_first_page_header_footer, "an annex is never a first page"
    assert annex.header.is_linked_to_previous
    fields = list(first.header._element.iter(qn("w:fldSimple")))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]


@every_form
def test_invented_data_are_called_so_on_every_page(form: FormCode) -> None:
    pages = pages_of(pdf(samples.decision(form, mark=samples.MARK)))
    assert len(pages) == 2
    assert all(page.endswith(samples.MARK) for page in pages)
    document = docx_format.Document(io.BytesIO(docx(samples.decision(form, mark=samples.MARK))))
    first, annex = document.sections
    assert first.footer.paragraphs[0].text == first.first_page_footer.paragraphs[0].text == samples.MARK
    assert annex.footer.is_linked_to_previous


@every_form
def test_a_signature_stands_below_rows_of_its_table(form: FormCode) -> None:
    """However many rows there are, the page that is signed shows two of them under the heads of their columns."""
    for rows in range(9, 18):
        pages = pages_of(pdf(samples.long_list(form, rows=rows)))
        last = pages[-1]
        assert last.endswith(f"Trần Đức Minh {samples.MARK}")
        assert f"Đường về bản xa {rows - 1} " in last, rows
        assert "STT Tên tác phẩm Tác giả Điểm" in last
        assert sum(page.count("Đường về bản xa") for page in pages) == rows
    document = docx_format.Document(io.BytesIO(docx(samples.long_list(form, rows=12))))
    kept = [
        all(paragraph.paragraph_format.keep_with_next for cell in row.cells for paragraph in cell.paragraphs)
        for row in document.tables[-2].rows
    ]
    assert kept == [False] * 12 + [True] * 2


@every_form
def test_titles_are_broken_where_they_stay_whole(form: FormCode) -> None:
    """Before "lần thứ III - năm 2023", not within it; and the same on both."""
    document = docx_format.Document(io.BytesIO(docx(samples.decision(form))))
    (subject,) = (one.text for one in document.paragraphs if one.style.name == "Trích yếu")
    first, second = subject.split("\n")
    assert flat(second).endswith("lần thứ III - năm 2023")
    page = pypdfium2.PdfDocument(pdf(samples.decision(form)))[0].get_textpage().get_text_bounded()
    lines = [flat(line) for line in page.splitlines()]
    assert flat(first) in lines
    assert flat(second) in lines


def test_who_decides_stands_above_the_word_for_it_where_one_line_is_too_short() -> None:
    for decides, said in (
        ("Ban Tổ chức Giải", ["BAN TỔ CHỨC GIẢI QUYẾT ĐỊNH"]),
        (samples.AWARD, ["GIẢI BÁO CHÍ VỀ XÂY DỰNG ĐẢNG", "TỈNH KHÁNH HÒA LẦN THỨ III - NĂM 2023", "QUYẾT ĐỊNH"]),
    ):
        document = docx_format.Document(io.BytesIO(docx(replace(samples.decision("hd36"), decides=decides))))
        (told,) = (one.text for one in document.paragraphs if one.style.name == "Cơ quan quyết định")
        assert [flat(line) for line in told.split("\n")] == said


def test_the_two_heads_are_never_mixed() -> None:
    for form in FORM_CODES:
        told = " ".join(pages_of(pdf(samples.decision(form))))
        assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in told) is (form != "nd30")
        assert ("Độc lập - Tự do - Hạnh phúc" in told) is (form == "nd30")


@pytest.mark.parametrize(
    ("form", "typed", "printed"),
    [
        ("hd36", "T/M Hội đồng", "T/M HỘI ĐỒNG"),
        ("hd05", "KT. Trưởng Ban", "K/T TRƯỞNG BAN"),
        ("nd30", "T/M Ban Tổ chức Giải", "TM. BAN TỔ CHỨC GIẢI"),
        ("nd30", "TUQ Chủ tịch", "TUQ. CHỦ TỊCH"),
        ("hd36", "Tập thể Hội đồng", "TẬP THỂ HỘI ĐỒNG"),
    ],
)
def test_whose_name_is_signed_in_is_abbreviated_as_the_form_does(form: FormCode, typed: str, printed: str) -> None:
    paper = Paper(form, Head("", "Ban"), "Báo cáo", "thử", (), (Signature("Trưởng Ban", "", typed),), samples.DAY)
    assert printed in word_lines(docx(paper))


@pytest.mark.parametrize(
    ("form", "number", "line"),
    [
        ("hd36", "12", "Số 12-QĐ/BTCG"),
        ("hd36", "12-QĐ/BTCG", "Số 12-QĐ/BTCG"),
        ("hd05", "", "Số -QĐ/BTCG"),
        ("nd30", "12", "Số: 12/QĐ-BTCG"),
        ("nd30", "", "Số: /QĐ-BTCG"),
    ],
)
def test_the_number_is_that_of_the_register_or_a_gap(form: FormCode, number: str, line: str) -> None:
    assert line in word_lines(docx(samples.decision(form, number=number)))


def test_what_nobody_told_is_a_dotted_line() -> None:
    lines = word_lines(docx(samples.letter("hd36")))
    assert lines.count("……………………") == 2
    assert "Khánh Hòa, ngày tháng năm" in lines


def test_several_addressees_stand_below_the_greeting() -> None:
    lines = word_lines(docx(samples.letter("hd05", to=("Tạp chí Cộng sản", "Hội Nhà báo Việt Nam"))))
    at = lines.index("Kính gửi:")
    assert lines[at + 1 : at + 3] == ["- Tạp chí Cộng sản;", "- Hội Nhà báo Việt Nam."]


def test_a_table_names_its_groups_over_the_whole_width() -> None:
    document = docx_format.Document(io.BytesIO(docx(samples.long_list("hd36", rows=2))))
    rows = document.tables[2].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [len(row._tr.tc_lst) for row in rows] == [4, 1, 4, 4]
    assert rows[1]._tr.tc_lst[0].grid_span == 4


TABLE_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


@every_form
def test_word_finds_everything_in_the_order_of_its_schema(form: FormCode) -> None:
    """Between two tables and after the last stands a paragraph: without it they are one table, or no text."""
    for paper in (samples.decision(form), samples.long_list(form, rows=2), samples.minutes(form)):
        body = docx_format.Document(io.BytesIO(docx(paper))).element.body
        for properties in body.iter(qn("w:tblPr")):
            places = [TABLE_ORDER.index(child.tag.rpartition("}")[2]) for child in properties]
            assert places == sorted(places)
        tags = [child.tag.rpartition("}")[2] for child in body]
        assert tags[-2:] == ["p", "sectPr"]
        assert not any(pair == ("tbl", "tbl") for pair in pairwise(tags))


def test_a_table_of_two_long_rows_does_not_leave_the_first_page_empty() -> None:
    rows = tuple((str(n), "\n".join(f"Dòng {line} của tác phẩm {n}" for line in range(14))) for n in (1, 2))
    table = Table((Column("STT", 1), Column("Tác phẩm", 9)), rows)
    signed = (Signature("Trưởng Ban", "An"),)
    paper = Paper(
        "hd36", Head("", "Ban"), "Danh sách", "thử", (table, Paragraph("Có 2.")), signed, samples.DAY, landscape=True
    )
    first, second = pages_of(pdf(paper))
    assert "của tác phẩm 1" in first
    assert "của tác phẩm 2" in second


def test_a_signature_is_never_alone_on_a_page() -> None:
    """Text that fills the page to its end takes its last lines along to where it is signed."""
    for lines in range(26, 34):
        body = tuple(Paragraph(f"Dòng {n}.") for n in range(1, lines + 1))
        paper = Paper("hd36", Head("", "Ban"), "Báo cáo", "thử", body, (Signature("Trưởng Ban", "An"),), samples.DAY)
        pages = pages_of(pdf(paper))
        if len(pages) == 2:
            assert "Dòng" in pages[1]
            return
    raise AssertionError("the text never filled the page")


def test_an_annex_without_rows_is_still_a_page() -> None:
    annex = Annex("Danh sách", "thử", "Kèm theo", (Table((), ()),))
    paper = Paper("hd36", Head("", "Ban"), "Báo cáo", "thử", (), (), samples.DAY, annexes=(annex,))
    assert len(composed(paper).sections) == 2
