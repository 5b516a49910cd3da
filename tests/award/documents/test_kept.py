"""A paper that was kept as data is the same paper, to the byte of what is drawn from it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

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
