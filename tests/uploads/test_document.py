"""A document looked at in one child says what three children said of it."""

import io
from pathlib import Path

import docx
import numpy as np
import pypdfium2
import pytest
import typst
from PIL import Image

from tests.uploads import corpus
from uploads import redrawn
from uploads.document import MARK, looked_at
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


def with_picture(data: bytes) -> bytes:
    """A document with a red picture between two paragraphs, which is then this."""
    written = docx.Document()
    written.add_paragraph("Một")
    red, out = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (300, 200), (255, 0, 0)).save(red, "PNG")
    written.add_picture(red)
    written.add_paragraph("Hai")
    written.save(out)
    parts = corpus.parts_of(out.getvalue())
    return corpus.zipped({**parts, "word/media/image1.png": data or parts["word/media/image1.png"]})


def red_points(picture: Path) -> int:
    with Image.open(picture) as page:
        points = np.asarray(page.convert("RGB"), dtype=int)
    return int(((points[..., 0] > 200) & (points[..., 1] < 60) & (points[..., 2] < 60)).sum())


@pytest.mark.parametrize(("data", "shown"), [(b"", True), (b"\x89PNG\r\n\x1a\n broken", False)])
def test_a_document_without_pages_is_drawn_again_from_its_words_and_pictures(
    tmp_path: Path, data: bytes, shown: bool
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(with_picture(data))
    found = looked_at(path, "a.docx", DOCX, tmp_path, pages=3)
    assert (found.verdict.ok, found.paragraphs) == (True, ["Một", "Hai"])
    (page,) = found.pictures
    assert (page.number, page.height) == (1, 1600)
    assert (red_points(page.path) > 10_000) is shown


def test_each_page_says_that_it_was_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.docx_file(*["Một câu dài để sang trang sau. " * 20] * 30))
    monkeypatch.chdir(tmp_path)
    pages = redrawn.draw(path, DOCX, tmp_path, MARK)
    drawn = pypdfium2.PdfDocument(tmp_path / "redrawn.pdf")
    assert len(drawn) == len(pages) > 2
    assert all(MARK in page.get_textpage().get_text_bounded() for page in drawn)


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
