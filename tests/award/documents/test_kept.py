"""A paper that was kept as data is the same paper, to the byte of what is drawn from it."""

import io
import json
from collections.abc import Callable
from dataclasses import replace

import docx as docx_format
import pypdfium2
import pytest
import segno

from award.documents.kept import as_data, from_data
from award.documents.paper import FORM_CODES, FormCode, Paper
from award.documents.typeset import pdf
from award.documents.word import docx
from tests.award.documents import samples
from tests.award.documents.reading import pages_of, word_lines

every_form = pytest.mark.parametrize("form", FORM_CODES)


@every_form
@pytest.mark.parametrize("make", [samples.decision, samples.letter, samples.minutes, samples.long_list])
def test_what_is_kept_comes_back(make: Callable[[FormCode], Paper], form: FormCode) -> None:
    paper = make(form)
    kept = json.loads(json.dumps(as_data(paper)))
    assert from_data(kept) == paper
    assert pdf(from_data(kept)) == pdf(paper)
    assert docx(from_data(kept)) == docx(paper)


@every_form
def test_a_code_stands_on_the_annex_and_nowhere_else(form: FormCode) -> None:
    paper = samples.decision(form)
    (annex,) = paper.annexes
    coded = replace(paper, annexes=(replace(annex, code="ABCD-EFGH", address="https://giai.example.vn/van-ban"),))
    first, second = pages_of(pdf(coded))
    said = "Mã tra cứu: ABCD-EFGH, tại https://giai.example.vn/van-ban"
    assert "ABCD" not in first
    assert said in second
    assert word_lines(docx(coded))[-1] == said
    assert pdf(coded) == pdf(coded)
    assert docx(coded) == docx(coded)
    pictures = docx_format.Document(io.BytesIO(docx(coded))).inline_shapes
    assert [round(one.width.mm) for one in pictures] == [20]
    assert code_on(pdf(coded), 1, f"{coded.annexes[0].address}/ABCD-EFGH")
    assert not code_on(pdf(coded), 1, f"{coded.annexes[0].address}/ABCD-EFGJ")


def code_on(data: bytes, page: int, address: str) -> bool:
    """Whether the code that leads to the address is drawn at the left margin, module by module."""
    shown = pypdfium2.PdfDocument(data)[page].render(scale=6).to_pil().convert("1")
    matrix = segno.make(address, error="m").matrix
    per_mm = shown.width / 210
    left, side = 30 * per_mm, 20 * per_mm
    column = [y for y in range(shown.height) if not shown.getpixel((round(left + 2), y))]
    tops = [
        y
        for y in column
        if y + side <= shown.height
        and all(
            not shown.getpixel((round(left + (x + 0.5) * side / len(matrix)), round(y + side / len(matrix) / 2)))
            for x in range(7)
        )
    ]
    step = side / len(matrix)
    return any(
        all(
            (not shown.getpixel((round(left + (x + 0.5) * step), round(top + (y + 0.5) * step)))) == bool(module)
            for y, row in enumerate(matrix)
            for x, module in enumerate(row)
        )
        for top in tops[:3]
    )
