"""Every kind of paper with a real body, word for word in each form, as the golden files hold it and as readers that are
not ours find it in PDF and DOCX. Each is drawn in one of the forms, and under --long in each.

After a change that is meant they are written anew, and read before they are kept:

    python3 dev.py test tests/award/documents/test_whole_papers.py --golden

The register of processing is left out: its body is what the rooms declare, and held against that in its own room.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdfium2 import PdfDocument

from award.clock import stopped_at
from award.db import session, unit_of_work
from award.documents.composing import Beside, Composition, Grid, Line, composed
from award.documents.paper import FORM_CODES, Paper
from award.documents.typeset import pdf
from award.documents.word import docx
from award.editions.issuing import KINDS
from award.editions.models import Edition, PaperBody
from award.languages import OWN
from tests.award.documents.office import printed
from tests.award.documents.reading import (
    Box,
    boxes_of,
    flat,
    fonts_of,
    look_of,
    one_over_another,
    pages_of,
    printed_over,
    word_lines,
    words,
)
from tests.award.documents.whole.decided import Writers, decided
from tests.award.documents.whole.judged import judged
from tests.award.editions.issuing import issuing_body, settled
from tests.conftest import empty_tables

GOLDEN = Path(__file__).parent / "golden" / "whole"
LOOKS = GOLDEN.with_name("looks.txt")
AT = datetime(2023, 12, 20, 2, tzinfo=UTC)
SEASONS: tuple[Callable[[], tuple[Edition, Writers]], ...] = (judged, decided)
SETTLED: Mapping[str, Any] = {
    "recitals": ["Căn cứ Kế hoạch 159-KH/TU, ngày 05/7/2023;", "Căn cứ Thể lệ Giải"],
    "funding": "ngân sách Đảng năm 2023",
    "writer": "Lê Thu Hà",
}
LEFT_OUT = {"processing"}


@dataclass
class Drawn:
    """A paper in one form: its words, the headings of its tables, and the files."""

    words: list[str]
    headings: list[str]
    pdf: bytes
    docx: bytes


@dataclass
class Papers:
    """Kind of paper, or which of several of a kind → its words in each form; and what was drawn of it."""

    told: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, Drawn] = field(default_factory=dict)


@pytest.fixture(scope="module")
def papers(house: Flask, request: pytest.FixtureRequest) -> Iterator[Papers]:
    found = Papers()
    for season in SEASONS:
        empty_tables(house)
        with house.app_context(), stopped_at(AT), force_locale(OWN):
            with unit_of_work():
                edition, writers = season()
                body = issuing_body(edition, authority="K/T Trưởng Ban", post="Phó Trưởng Ban")
                for kind in KINDS:
                    settled(edition, kind, body, recipients=["Như trên", "Lưu Văn thư"], **SETTLED)
            for name, write in writers.items():
                one = len(found.told) % len(FORM_CODES)
                every = request.config.getoption("--long") or request.config.getoption("--golden")
                drawn = FORM_CODES if every else FORM_CODES[one : one + 1]
                in_each_form(found, name, body, write, drawn)
        empty_tables(house)
    yield found


def in_each_form(found: Papers, name: str, body: PaperBody, write: Callable[[], Paper], drawn: Sequence[str]) -> None:
    """The paper as it would be written were this the form of its body."""
    texts = []
    for form in FORM_CODES:
        session.get_one(PaperBody, body.id).form = form
        session.flush()
        paper = write()
        composition = composed(paper)
        rows = list(rows_of(composition))
        texts.append(f"[{form}]\n" + "\n".join(" | ".join(cells) if cells else "=" * 8 for cells in rows))
        if form in drawn:
            found.drawn[f"{name}, {form}"] = Drawn(
                words(*(cell for cells in rows for cell in cells)), headings_of(composition), pdf(paper), docx(paper)
            )
    found.told[name] = "\n\n".join(texts)
    session.rollback()


def headings_of(paper: Composition) -> list[str]:
    """What stands again on every page that a table goes over."""
    grids = (part for section in paper.sections for part in section.parts if isinstance(part, Grid))
    return [flat(column.heading) for grid in grids for column in grid.columns]


def on_pages(drawn: Drawn) -> list[str]:
    """The words of the PDF without page numbers.

    In a narrow heading the reader cannot tell the end of a line from a blank, nor from nothing.
    """
    first, *others = pages_of(drawn.pdf)
    whole = " ".join([first, *(page.removeprefix(f"{n} ") for n, page in enumerate(others, start=2))])
    for heading in (each for each in drawn.headings if re.search("[ /]", each)):
        letters = r"\s*".join(re.escape(letter) for letter in heading if letter != " ")
        whole = re.sub(letters, lambda _read, said=heading: f" {said} ", whole)
    return words(whole)


def rows_of(paper: Composition) -> Iterator[list[str]]:
    """Each line from the first page to the last, as its cells; a page that begins anew is an empty line."""
    for number, section in enumerate(paper.sections):
        if number:
            yield []
        for part in section.parts:
            if isinstance(part, Grid):
                yield [flat(column.heading) for column in part.columns]
                yield from ([flat(row)] if isinstance(row, str) else [flat(cell) for cell in row] for row in part.rows)
            elif isinstance(part, Line):
                yield [flat(f"{part.lead} {part.text}")]
            elif isinstance(part, Beside):
                yield from ([flat(f"{each.lead} {each.text}")] for each in (*part.left, *part.right))
    if paper.mark:
        yield [f"({paper.mark})"]


def test_every_kind_of_paper_is_among_them(papers: Papers) -> None:
    assert {name.partition(",")[0] for name in papers.told} == set(KINDS) - LEFT_OUT


def test_every_word_is_as_the_golden_files_hold_it(papers: Papers, request: pytest.FixtureRequest) -> None:
    files = {f"{name.replace(', ', '-')}.txt": f"{told}\n" for name, told in papers.told.items()}
    if request.config.getoption("--golden"):
        for old in GOLDEN.glob("*.txt"):
            old.unlink()
        GOLDEN.mkdir(exist_ok=True)
        for name, told in files.items():
            (GOLDEN / name).write_text(told, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")}
    assert sorted(kept) == sorted(files)
    for name, told in files.items():
        assert told == kept[name], name


def test_readers_that_are_not_ours_find_every_word_and_no_other(papers: Papers) -> None:
    """On the pages of the PDF nothing is missing and nothing more stands than headings said again; in DOCX nothing."""
    for name, drawn in papers.drawn.items():
        whole = Counter(drawn.words)
        found = Counter(on_pages(drawn))
        assert not dict(whole - found), (name, found - whole)
        assert (found - whole).keys() <= set(words(*drawn.headings)), name
        assert Counter(words(*word_lines(drawn.docx))) == whole, name
        assert all(font.startswith("Tinos") and embedded for font, embedded in fonts_of(drawn.pdf).items()), name


def test_a_line_over_another_is_seen_and_lines_below_each_other_are_not() -> None:
    line, below, over = Box(0, 20, 90, 31), Box(0, 10, 90, 21), Box(40, 16, 130, 27)
    assert one_over_another([line, below]) == []
    assert one_over_another([line, over]) == [(over, line)]
    assert look_of([line]) == look_of([Box(0.01, 20, 90, 31)]) != look_of([over])


def test_no_page_looks_otherwise_and_no_line_is_printed_over_another(
    papers: Papers, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Where the lines of every page stand is kept in few letters. Pictures of pages that differ lie where it says."""
    looks = {name: " ".join(map(look_of, boxes_of(drawn.pdf))) for name, drawn in papers.drawn.items()}
    if request.config.getoption("--golden"):
        LOOKS.write_text("".join(f"{name}: {look}\n" for name, look in sorted(looks.items())), encoding="utf-8")
    kept = dict(line.rsplit(": ", 1) for line in LOOKS.read_text(encoding="utf-8").splitlines())
    assert len(kept) == len(papers.told) * len(FORM_CODES)
    differ = [name for name, look in looks.items() if kept.get(name) != look]
    for name in differ:
        for number, page in enumerate(PdfDocument(papers.drawn[name].pdf), start=1):
            page.render(scale=1.5).to_pil().save(tmp_path / f"{name}, {number}.png")
    assert not differ, tmp_path
    over = {name: found for name, drawn in papers.drawn.items() if (found := printed_over(drawn.pdf))}
    assert not over


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_word_processor_sets_each_on_as_many_pages_with_the_same_words(papers: Papers, tmp_path: Path) -> None:
    assert len(papers.drawn) == len(papers.told) * len(FORM_CODES)
    theirs = printed(tmp_path, {name: drawn.docx for name, drawn in papers.drawn.items()})
    parted = {
        name: (len(PdfDocument(theirs[name])), len(PdfDocument(drawn.pdf)))
        for name, drawn in papers.drawn.items()
        if len(PdfDocument(theirs[name])) != len(PdfDocument(drawn.pdf))
        or on_pages(replace(drawn, pdf=theirs[name])) != on_pages(drawn)
    }
    assert not parted
