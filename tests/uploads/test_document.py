"""A document looked at in one child says what three children said of it."""

from pathlib import Path

import pytest
import typst

from tests.uploads import corpus
from uploads.document import looked_at
from uploads.kinds import BY_CODE
from uploads.media import clean_text, page_images
from uploads.sandbox import ChildFailed
from uploads.sniff import verify_in_child

PDF, DOCX = BY_CODE["pdf"], BY_CODE["docx"]
PAGES = "\n#pagebreak()\n".join(f"Trang {number} của một bài báo" for number in range(1, 5))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.pdf"
    path.write_bytes(typst.compile(f'#set page(paper: "a6")\n{PAGES}'.encode()))
    return path


def test_all_at_once_is_what_each_says_by_itself(article: Path, tmp_path: Path) -> None:
    together, apart = tmp_path / "together", tmp_path / "apart"
    together.mkdir()
    apart.mkdir()
    found = looked_at(article, "bài báo.pdf", PDF, together, pages=3)
    assert found.verdict == verify_in_child(article, "bài báo.pdf", PDF)
    assert found.paragraphs == clean_text(article, PDF)
    assert [each.number for each in found.pictures] == [1, 2, 3]
    singly = page_images(article, apart, last=3)
    assert [each.path.read_bytes() for each in found.pictures] == [each.path.read_bytes() for each in singly]


def test_a_document_without_pages_has_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.docx_file("Một", "Hai"))
    found = looked_at(path, "a.docx", DOCX, tmp_path, pages=3)
    assert (found.verdict.ok, found.pictures, found.paragraphs) == (True, [], ["Một", "Hai"])


@pytest.mark.parametrize("name", ["a.docx", "a.exe"])
def test_another_ending_is_not_opened(article: Path, name: str, tmp_path: Path) -> None:
    found = looked_at(article, name, PDF, tmp_path, pages=3)
    assert (found.verdict.reason, found.pictures, found.paragraphs) == ("wrong_type", [], [])


def test_nothing_is_made_of_what_must_not_be_taken(article: Path, tmp_path: Path) -> None:
    article.write_bytes(article.read_bytes()[:-200])
    found = looked_at(article, "a.pdf", PDF, tmp_path, pages=3)
    assert (found.verdict.reason, found.pictures, found.paragraphs) == ("truncated", [], [])
    assert list(tmp_path.iterdir()) == [article]


def test_of_a_child_that_broke_nothing_is_known(article: Path, tmp_path: Path) -> None:
    with pytest.raises(ChildFailed):
        looked_at(article, "a.pdf", PDF, tmp_path / "no such folder", pages=3)
