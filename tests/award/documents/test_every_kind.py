"""Each kind of paper that an edition brings forth, headed and signed in each form: golden words, measures, fonts."""

import unicodedata
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from award.documents import forms
from award.documents.paper import FORM_CODES, Block, FormCode, Paper, Paragraph, Table
from award.documents.paper import Column as Across
from award.documents.typeset import pdf
from award.documents.word import docx
from award.editions.issuing import KINDS
from award.editions.models import Award, Edition
from award.editions.papers import Letterhead
from tests.award.documents.reading import MM, flat, fonts_of, pages_of, word_lines

GOLDEN = Path(__file__).parent / "golden" / "kinds"
LISTS = {
    *("ineligible", "shortlist", "scores", "national", "payment", "processing", "ceremony", "index", "fees"),
    *("sending", "received"),
}
"""Kinds that lie across the page."""
DECIDES = {"decision", "revocation", "succession", "lowering", "commendation"}


def paper_of(kind: str, form: FormCode) -> Paper:
    """The paper as the edition heads it, with a text or a list of two pages between head and signature."""
    award = Award(name="Giải báo chí về xây dựng Đảng", place="Khánh Hòa")
    edition = Edition(name="Giải báo chí lần thứ III - năm 2023", year=2023, award=award, illustrative=False)
    head = Letterhead(
        edition,
        KINDS[kind],
        form,
        number="31",
        day=date(2024, 1, 5),
        recitals=("Căn cứ Thể lệ Giải;",),
        recipients=("Như Điều 3", "Lưu Tổ Thư ký"),
        writer="Lê Thu Hà",
        parent="Tỉnh ủy Khánh Hòa",
        name="Ban Tổ chức Giải",
        body_symbol="BTCG",
        authority="K/T Trưởng Ban",
        post="Phó Trưởng Ban",
        signer="Nguyễn Văn Hòa",
    )
    across, minuted = kind in LISTS, "writer" in KINDS[kind].asks
    columns = (Across("STT", 6, "center"), Across("Tên tác phẩm", 60), Across("Tác giả", 34))
    rows = tuple((str(n), f"Đường về bản xa {n}", "Nguyễn Thị Vân (Hà Vân)") for n in range(1, 31))
    told: list[Block] = [Paragraph(f"Đoạn {n}: giữ lời hứa với dân, ở Khánh Sơn và Ninh Hòa.") for n in range(1, 31)]
    return head.paper(
        "" if kind == "letter" else str(KINDS[kind].label),
        "gửi tác phẩm dự giải" if kind == "letter" else "minh họa từng loại văn bản",
        [Table(columns, rows)] if across else told,
        to=("Cơ quan thường trực Giải",) if kind == "letter" else (),
        recitals=head.recitals if kind in DECIDES | {"notice"} else (),
        signatures=head.minuted if minuted else None,
        decides=kind in DECIDES,
        landscape=across,
    )


def around(lines: list[str]) -> str:
    """The paper without what stands thirty times in it."""
    return "\n".join(
        line for line in lines if not line.startswith(("Đoạn ", "Đường về", "Nguyễn Thị")) and not line.isdigit()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_its_words_in_each_form_are_the_golden_ones(kind: str) -> None:
    told = "\n\n".join(f"[{form}]\n{around(word_lines(docx(paper_of(kind, form))))}" for form in FORM_CODES)
    assert told == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("form", FORM_CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_independent_reader_finds_its_measures_fonts_numbers_and_words(kind: str, form: FormCode) -> None:
    paper = paper_of(kind, form)
    drawn = pdf(paper)
    document, pages = pypdfium2.PdfDocument(drawn), pages_of(drawn)
    size = forms.PAGE[::-1] if paper.landscape else forms.PAGE
    assert {tuple(round(side / MM) for side in page.get_size()) for page in document} == {size}
    for page in document:
        text = page.get_textpage()
        found = text.get_text_bounded()
        assert unicodedata.is_normalized("NFC", found)
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
        assert min(left for left, *_rest in boxes) >= forms.LEFT * MM - 0.5
        assert max(right for _l, _b, right, _t in boxes) <= (size[0] - forms.RIGHT) * MM + 0.5
        assert min(bottom for _l, bottom, *_rest in boxes) >= forms.BOTTOM * MM
        assert sum(top > (size[1] - forms.TOP) * MM + 1 for *_rest, top in boxes) <= 1, "only the number stands above"
    assert len(pages) > 1
    assert not pages[0].startswith("1 ")
    assert all(page.startswith(f"{number} ") for number, page in enumerate(pages[1:], start=2))
    assert all(name.startswith("Tinos") and embedded for name, embedded in fonts_of(drawn).items())
    whole = " ".join(pages)
    assert all(flat(words) in whole for words in ("Ban Tổ chức Giải".upper(), "Nguyễn Văn Hòa"))
