"""What independent programs read in a paper: its text, its measures, its fonts."""

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx as docx_format
import pypdfium2
from docx.oxml.ns import qn

from uploads.qr import read_picture

MM = 72 / 25.4


def flat(text: str) -> str:
    """NFC, with one blank between words, whatever blank stood there."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\N{NO-BREAK SPACE}", " ").split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page in the order of reading."""
    return [flat(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]


class Box(NamedTuple):
    """Where a run of letters stands on its page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def boxes_of(pdf: bytes) -> list[list[Box]]:
    """Of each page the boxes of its runs of letters: one for each line, or part of a line, in one font."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        found.append([Box(*text.get_rect(n)) for n in range(text.count_rects())])
    return found


def look_of(boxes: list[Box]) -> str:
    """A page's look in few letters: another one as soon as a run stands a tenth of a millimetre elsewhere, or is wider
    or higher by it."""
    told = sorted(tuple(round(side / MM, 1) for side in box) for box in boxes)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def one_over_another(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of runs of which one is printed over the other, by more than marks above and below letters reach."""
    rising = sorted(boxes, key=lambda box: box.bottom)
    found = []
    for n, low in enumerate(rising):
        for high in rising[n + 1 :]:
            if high.bottom >= low.top:
                break
            height = min(low.top, high.top) - high.bottom
            width = min(low.right, high.right) - max(low.left, high.left)
            if width > 1 and height > 0.3 * min(low.top - low.bottom, high.top - high.bottom):
                found.append((low, high))
    return found


def printed_over(pdf: bytes) -> list[tuple[Box, Box]]:
    """The same of all its pages."""
    return [pair for page in boxes_of(pdf) for pair in one_over_another(page)]


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
