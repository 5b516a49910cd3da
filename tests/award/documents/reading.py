"""What independent programs read in a paper: its text, its measures, its fonts."""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import docx as docx_format
import pypdfium2
from docx.oxml.ns import qn

from uploads.qr import read_picture


def flat(text: str) -> str:
    """NFC, with one blank between words, whatever blank stood there."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\N{NO-BREAK SPACE}", " ").split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order of reading."""
    return [flat(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]


def codes_of(pdf: bytes, scale: float = 4) -> list[list[str]]:
    """What the codes drawn on each page say to whoever scans it; at a scale of 4 a page has 288 dots to the inch."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        out = io.BytesIO()
        page.render(scale=scale).to_pil().save(out, "PNG")
        found.append(read_picture(out.getvalue()))
    return found


def word_lines(docx: bytes) -> list[str]:
    """Every paragraph of the text, table cells in their order, empty ones left out."""
    document = docx_format.Document(io.BytesIO(docx))
    return [line for paragraph in paragraphs(document) if (line := flat(_text(paragraph)))]


def paragraphs(document: Any) -> Iterator[Any]:
    return document.element.body.iter(qn("w:p"))


def _text(paragraph: Any) -> str:
    found = []
    for node in paragraph.iter(qn("w:t"), qn("w:br")):
        found.append(node.text or "" if node.tag == qn("w:t") else " ")
    return "".join(found)


def words(*texts: str) -> list[str]:
    """All words, sorted: what must be alike wherever it stands on the page."""
    return sorted(word for text in texts for word in flat(text).split())


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The name of each font of the PDF, and whether its letters come with the file."""
    import pikepdf

    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                name = re.sub(r"^/[A-Z]{6}\+", "", str(thing.FontName))
                found[name] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found
