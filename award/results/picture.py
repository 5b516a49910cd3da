"""The picture that a shared address shows in a chat: a few words, set like the front page of a newspaper. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent.parent / "static" / "vendor" / "tinos"
SIZE = (1200, 630)
MARGIN = 84
PAPER, INK, MUTED, RED, GOLD = "#fbf7ef", "#1f1b16", "#5b534a", "#a4161a", "#b58a1b"
LARGEST, SMALLEST, MOST_LINES = 84, 44, 4
LONGEST = 200
"""Letters of a title; no more would stand on four lines."""


@dataclass(frozen=True)
class Words:
    """Above, large, and below."""

    kicker: str
    title: str
    foot: str


@lru_cache(maxsize=128)
def drawn(words: Words) -> bytes:
    """The picture as PNG. The same words give the same bytes."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    pen.rectangle((0, 0, SIZE[0], 14), fill=RED)
    _line(pen, 62, words.kicker, _face("Tinos_700Bold.ttf", 34), RED)
    pen.rectangle((MARGIN, 122, MARGIN + 120, 125), fill=GOLD)
    face, lines = fitted(words.title, width)
    step = round(face.size * 1.22)
    top = 150 + (330 - step * len(lines)) // 2
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * step), line, font=face, fill=INK)
    pen.rectangle((MARGIN, 520, SIZE[0] - MARGIN, 521), fill=MUTED)
    _line(pen, 540, words.foot, _face("Tinos_400Regular.ttf", 32), MUTED)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def fitted(title: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title stands in few enough lines; what does not fit even so ends in dots."""
    if len(title) > LONGEST:
        title = title[: LONGEST - 1].rstrip() + "…"
    for size in range(LARGEST, SMALLEST - 1, -8):
        face = _face("Tinos_700Bold.ttf", size)
        lines = wrapped(title, face, width)
        if len(lines) <= MOST_LINES:
            return face, balanced(title, face, width, lines)
    kept = lines[:MOST_LINES]
    kept[-1] = _cut(kept[-1] + "…", face, width)
    return face, kept


def balanced(text: str, face: ImageFont.FreeTypeFont, width: int, lines: list[str]) -> list[str]:
    """As many lines, none of them much shorter than the others: no word stands alone at the end."""
    for narrower in range(width - 40, width // 2, -40):
        if len(tried := wrapped(text, face, narrower)) > len(lines):
            break
        lines = tried
    return lines


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines no wider than `width`, broken between words, within one only where it is wider alone."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if face.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while face.getlength(line) > width:
            lines.append(_cut(line, face, width, dots=""))
            line = line[len(lines[-1]) :]
    return [*lines, line] if line else lines or [""]


def _cut(text: str, face: ImageFont.FreeTypeFont, width: int, dots: str = "…") -> str:
    if face.getlength(text) <= width:
        return text
    fits, over = 1, len(text)
    while over - fits > 1:
        middle = (fits + over) // 2
        if face.getlength(text[:middle].rstrip() + dots) <= width:
            fits = middle
        else:
            over = middle
    return text[:fits].rstrip() + dots


def _line(pen: ImageDraw.ImageDraw, top: int, text: str, face: ImageFont.FreeTypeFont, fill: str) -> None:
    pen.text((MARGIN, top), _cut(text, face, SIZE[0] - 2 * MARGIN), font=face, fill=fill)


@lru_cache(maxsize=32)
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)
