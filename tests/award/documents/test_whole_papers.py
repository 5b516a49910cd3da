"""Every kind of paper with a real body, word for word in each form, as the golden files hold it.

After a change that is meant they are written anew, and read before they are kept:

    python3 dev.py test tests/award/documents/test_whole_papers.py --golden

The register of processing is left out: its body is what the rooms declare, and held against that in its own room.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from award.clock import stopped_at
from award.db import session, unit_of_work
from award.documents.composing import Beside, Composition, Grid, Line, composed
from award.documents.paper import FORM_CODES, Paper
from award.editions.issuing import KINDS
from award.editions.models import Edition, PaperBody
from award.languages import OWN
from tests.award.documents.reading import flat
from tests.award.documents.whole.decided import Writers, decided
from tests.award.documents.whole.judged import judged
from tests.award.editions.issuing import issuing_body, settled
from tests.conftest import empty_tables

GOLDEN = Path(__file__).parent / "golden" / "whole"
AT = datetime(2023, 12, 20, 2, tzinfo=UTC)
SEASONS: tuple[Callable[[], tuple[Edition, Writers]], ...] = (judged, decided)
SETTLED: Mapping[str, Any] = {
    "recitals": ["Căn cứ Kế hoạch 159-KH/TU, ngày 05/7/2023;", "Căn cứ Thể lệ Giải"],
    "funding": "ngân sách Đảng năm 2023",
    "writer": "Lê Thu Hà",
}
LEFT_OUT = {"processing"}


@pytest.fixture(scope="module")
def told(house: Flask) -> Iterator[Mapping[str, str]]:
    """Kind of paper, or which of several of a kind → its words in each form."""
    found: dict[str, str] = {}
    for season in SEASONS:
        empty_tables(house)
        with house.app_context(), stopped_at(AT), force_locale(OWN):
            with unit_of_work():
                edition, writers = season()
                body = issuing_body(edition, authority="K/T Trưởng Ban", post="Phó Trưởng Ban")
                for kind in KINDS:
                    settled(edition, kind, body, recipients=["Như trên", "Lưu Văn thư"], **SETTLED)
            found |= {name: in_each_form(body, write) for name, write in writers.items()}
        empty_tables(house)
    yield found


def in_each_form(body: PaperBody, write: Callable[[], Paper]) -> str:
    """The paper as it would be written were this the form of its body."""
    texts = []
    for form in FORM_CODES:
        session.get_one(PaperBody, body.id).form = form
        session.flush()
        texts.append(f"[{form}]\n" + "\n".join(words_of(composed(write()))))
    session.rollback()
    return "\n\n".join(texts)


def words_of(paper: Composition) -> Iterator[str]:
    """Each line from the first page to the last; cells of a row side by side, below their headings."""
    for number, section in enumerate(paper.sections):
        if number:
            yield "=" * 8
        for part in section.parts:
            if isinstance(part, Grid):
                yield " | ".join(flat(column.heading) for column in part.columns)
                yield from (flat(row) if isinstance(row, str) else " | ".join(map(flat, row)) for row in part.rows)
            elif isinstance(part, Line):
                yield flat(f"{part.lead} {part.text}")
            elif isinstance(part, Beside):
                yield from (flat(f"{each.lead} {each.text}") for each in (*part.left, *part.right))
    if paper.mark:
        yield f"({paper.mark})"


def test_every_kind_of_paper_is_among_them(told: Mapping[str, str]) -> None:
    assert {name.partition(",")[0] for name in told} == set(KINDS) - LEFT_OUT


def test_every_word_is_as_the_golden_files_hold_it(told: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    files = {f"{name.replace(', ', '-')}.txt": f"{words}\n" for name, words in told.items()}
    if request.config.getoption("--golden"):
        for old in GOLDEN.glob("*.txt"):
            old.unlink()
        GOLDEN.mkdir(exist_ok=True)
        for name, words in files.items():
            (GOLDEN / name).write_text(words, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")}
    assert sorted(kept) == sorted(files)
    for name, words in files.items():
        assert words == kept[name], name
