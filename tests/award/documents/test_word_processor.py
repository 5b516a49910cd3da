"""A word processor opens every paper and sets it on as many pages as the typesetter, with the same words on each."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from award.documents.paper import FORM_CODES, FormCode, Paper
from award.documents.typeset import pdf
from award.documents.word import docx
from award.editions.issuing import KINDS
from tests.award.documents import samples
from tests.award.documents.office import printed
from tests.award.documents.reading import pages_of, words
from tests.award.documents.test_every_kind import paper_of

PAPERS: dict[str, Callable[[FormCode], Paper]] = {
    "decision": samples.decision,
    "letter": samples.letter,
    "minutes": samples.minutes,
    "list": partial(samples.long_list, rows=30),
    **{kind: partial(paper_of, kind) for kind in KINDS},
}

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every paper as the word processor sets it."""
    files = {f"{name}, {form}": docx(made(form)) for form in FORM_CODES for name, made in PAPERS.items()}
    return printed(tmp_path_factory.mktemp("papers"), files)


@pytest.mark.parametrize("form", FORM_CODES)
@pytest.mark.parametrize("name", PAPERS)
def test_page_by_page_the_words_are_the_same(opened: dict[str, bytes], name: str, form: FormCode) -> None:
    ours = pages_of(pdf(PAPERS[name](form)))
    theirs = pages_of(opened[f"{name}, {form}"])
    assert len(theirs) == len(ours)
    assert words(*map(_unnumbered, theirs)) == words(*map(_unnumbered, ours))


def _unnumbered(page: str) -> str:
    return re.sub(r"^\d+ ", "", page)
