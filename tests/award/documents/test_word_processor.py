"""A word processor opens every paper and sets it on as many pages as the typesetter, with the same words on each."""

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from award.documents.evening import FONTS
from award.documents.paper import FORM_CODES, FormCode, Paper
from award.documents.typeset import pdf
from award.documents.word import docx
from award.editions.issuing import KINDS
from tests.award.documents import samples
from tests.award.documents.reading import pages_of, words
from tests.award.documents.test_every_kind import paper_of

OFFICE = shutil.which("soffice")
PAPERS: dict[str, Callable[[FormCode], Paper]] = {
    "decision": samples.decision,
    "letter": samples.letter,
    "minutes": samples.minutes,
    "list": partial(samples.long_list, rows=30),
    **{kind: partial(paper_of, kind) for kind in KINDS},
}

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every paper as the word processor sets it. Letters as wide as Times New Roman stand in for it, on both sides."""
    assert OFFICE is not None, "apt install libreoffice-writer-nogui"
    folder = tmp_path_factory.mktemp("papers")
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder}/cache</cachedir><match><test name='family'><string>Times New Roman</string></test>"
        "<edit name='family' mode='assign' binding='strong'><string>Tinos</string></edit></match></fontconfig>",
        encoding="utf-8",
    )
    for form in FORM_CODES:
        for name, made in PAPERS.items():
            (folder / f"{name}-{form}.docx").write_bytes(docx(made(form)))
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *sorted(str(path) for path in folder.glob("*.docx"))]
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder


@pytest.mark.parametrize("form", FORM_CODES)
@pytest.mark.parametrize("name", PAPERS)
def test_page_by_page_the_words_are_the_same(opened: Path, name: str, form: FormCode) -> None:
    ours = pages_of(pdf(PAPERS[name](form)))
    theirs = pages_of((opened / f"{name}-{form}.pdf").read_bytes())
    assert len(theirs) == len(ours)
    assert words(*map(_unnumbered, theirs)) == words(*map(_unnumbered, ours))


def _unnumbered(page: str) -> str:
    return re.sub(r"^\d+ ", "", page)
