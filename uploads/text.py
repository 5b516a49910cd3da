"""Clean text out of documents: paragraphs, NFC, without the line breaks and hyphens that only the page needed."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import quantiles

from uploads.kinds import Kind
from uploads.zips import Attributes, parse

_SOFT_HYPHEN = "\u00ad"
_LINE_ENDING_HYPHEN = re.compile("[\x02\ufffe]")  # what the library writes for a hyphen and the end of its line
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-–—•*+]|\d{1,3}[.)]|[a-zđ]\))\s")
_SHORT = 0.8  # a line this much shorter than the full ones ended because its paragraph did
_BROKEN_WORD = re.compile(r"([a-zA-Z]{2,})-$")
_WORD_START = re.compile(r"[a-z]{2,}")
_LONG_WORD = 8
_PARAGRAPHS = {"p", "h"}
_PART = {"docx": "word/document.xml", "odt": "content.xml"}
_PICTURES = {"blip": "embed", "imagedata": "id", "image": "href"}
"""Element that shows a picture → its attribute that says which."""
_SKIPPED = {"instrText", "delText", "annotation", "tracked-changes", "Fallback", "moveFrom"}


def paragraphs_of_document(path: Path, kind: Kind) -> list[str]:
    """The paragraphs of a DOCX or ODT in reading order, those of tables included, deletions and comments not."""
    return _clean([words for words, _picture in _read(path, kind)])


def blocks_of_document(path: Path, kind: Kind) -> Iterator[tuple[str, str]]:
    """Its paragraphs and, where they stand, the names by which it calls its pictures: one of the two is empty."""
    for words, picture in _read(path, kind):
        if picture:
            yield "", picture
        else:
            yield from ((each, "") for each in _clean([words]))


def _read(path: Path, kind: Kind) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    open_paragraphs: list[list[str]] = []
    skipping = 0

    def on_element(name: str, attributes: Attributes) -> None:
        nonlocal skipping
        if skipping or name in _SKIPPED:
            skipping += 1
        elif name in _PARAGRAPHS:
            open_paragraphs.append([])
        elif open_paragraphs and name in ("tab", "br", "cr", "line-break", "s"):
            open_paragraphs[-1].append(" ")
        elif name in _PICTURES and attributes.get(_PICTURES[name]):
            found.append(("", attributes[_PICTURES[name]]))

    def on_end(name: str) -> None:
        nonlocal skipping
        if skipping:
            skipping -= 1
        elif name in _PARAGRAPHS:
            found.append(("".join(open_paragraphs.pop()), ""))

    def on_text(text: str) -> None:
        if open_paragraphs and not skipping:
            open_paragraphs[-1].append(text)

    with zipfile.ZipFile(path) as archive, archive.open(_PART[kind.code]) as part:
        parse(iter(lambda: part.read(65536), b""), on_element, on_end, on_text)
    return found


def paragraphs_of_pages(pages: Iterable[str]) -> list[str]:
    """The paragraphs of text that comes as pages of lines. A paragraph may run on over the end of a page."""
    lines = [line.strip() for page in pages for line in _LINE_ENDING_HYPHEN.sub("-\n", page).splitlines()]
    full = _full_width(lines)
    paragraphs: list[str] = []
    current = ""
    before = ""
    for line in lines:
        if not line:
            continue
        if current and _begins_anew(before, line, full):
            paragraphs.append(current)
            current = ""
        current = _joined(current, line)
        before = line
    return _clean([*paragraphs, current])


def _full_width(lines: list[str]) -> float:
    """How many letters a full line holds: most lines are full, a few run over."""
    widths = [len(line) for line in lines if line]
    return quantiles(widths, n=10)[7] if len(widths) > 1 else 0.0


def _begins_anew(before: str, line: str, full: float) -> bool:
    if _ITEM.match(line):
        return True
    if _runs_on(before):
        return False
    short = len(before) < _SHORT * full
    return short and (bool(_SENTENCE_END.search(before)) or line[0].isupper() or not line[0].isalpha())


def _runs_on(text: str) -> bool:
    """A hyphen at the end of a word, not a dash after it."""
    return text.endswith("-") and not text.endswith(" -")


def _joined(text: str, line: str) -> str:
    """One text out of two lines.

    Vietnamese breaks between syllables and keeps its hyphens (ra-đi-ô, Pu-tin); only a long foreign word was cut by the
    page, and loses its hyphen again.
    """
    if not text:
        return line
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    if _runs_on(text) and line[0].isalnum():
        cut, rest = _BROKEN_WORD.search(text), _WORD_START.match(line)
        if cut and rest and len(cut[1]) + len(rest[0]) >= _LONG_WORD and not text[: cut.start()].endswith("-"):
            return text[:-1] + line
        return text + line
    return f"{text} {line}"


def _clean(paragraphs: Iterable[str]) -> list[str]:
    return [text for text in map(_tidy, paragraphs) if text]


def _tidy(text: str) -> str:
    visible = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    return " ".join(
        "".join(char for char in visible if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")).split()
    )


def pages_of_pdf(path: Path) -> Iterator[str]:
    """The text of each page as its lines stand."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            yield page.get_textpage().get_text_bounded()
    finally:
        document.close()
