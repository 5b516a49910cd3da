"""Titles of papers broken into lines about equally long, with no name and no number torn apart."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from award.documents.forms import Style

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent.parent / "static" / "vendor" / "tinos"
"""Letters as wide as those of Times New Roman, and free to be embedded."""
POINTS_PER_MM = 72 / 25.4
HELD = "\N{NO-BREAK SPACE}"
_MEASURED_AT = 1000
"""Size at which the widths of letters are measured."""
_LONGEST_NAME = 3
"""So many capitalised words in a row stay on one line: Búa liềm vàng has none, Khánh Hòa two, a person's name three."""
_TOGETHER = re.compile(
    r"(?<=lần) (?=thứ)|(?<=thứ) (?=\w)|(?<=năm) (?=\d)|(?<=ngày) (?=\d)|(?<=số) (?=\d)| (?=- năm)|(?<= -) (?=năm)"
    r"|(?<=\bvề) (?=\w)|(?<=\bcủa) (?=\w)|(?<=tỉnh) (?=[A-ZĐ])"
    r"|(?<=báo) (?=chí)|(?<=xây) (?=dựng)|(?<=tác) (?=phẩm)|(?<=Tổ) (?=chức)|(?<=Búa) (?=liềm)|(?<=liềm) (?=vàng)"
)
_CLAUSE = re.compile(r"(?<=\bkhoản) (?=\d)|(?<=\bĐiều) (?=\d)|(?<=\bđiều) (?=\d)|(?<=\bđiểm) (?=\w\b)")


def held(title: str) -> str:
    """The title with spaces that no line breaks at: within "lần thứ III - năm 2023", within a name."""
    if title == title.upper():
        return _TOGETHER.sub(HELD, title)  # all of it would be a name
    words = title.split(" ")
    joined, chain = words[0], 1
    for before, word in pairwise(words):
        goes_on = chain < _LONGEST_NAME and before[:1].isupper() and before[-1:].isalpha() and word[:1].isupper()
        joined += (HELD if goes_on else " ") + word
        chain = chain + 1 if goes_on else 1
    return _TOGETHER.sub(HELD, joined)


def held_clauses(text: str) -> str:
    """khoản 2 Điều 4, with each number beside its word."""
    return _CLAUSE.sub(HELD, text)


def evened(text: str, style: Style, room: float) -> str:
    """The text with a line break wherever a line ends that is `room` points long; as it was when it fits in one."""
    return "\n".join(_lines(text.split(" "), lambda words: length(" ".join(words), style), room))


def length(text: str, style: Style) -> float:
    """Points that the text takes on one line."""
    return float(_measure(style.bold, style.italic).getlength(text)) * style.size / _MEASURED_AT


def _lines(words: Sequence[str], width: Callable[[Sequence[str]], float], room: float) -> list[str]:
    """As few lines as the room allows, and of those ways the one whose lines differ least."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # lines, unevenness, and where the last of them begins
    for end in range(1, len(words) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            taken = width(words[start:end])
            if taken > room and end - start > 1:
                break
            lines, uneven, _start = best[start]
            ways.append((lines + 1, uneven + max(0.0, room - taken) ** 2, start))
        best.append(min(ways))
    found, end = [], len(words)
    while end:
        start = best[end][2]
        found.append(" ".join(words[start:end]))
        end = start
    return found[::-1]


@lru_cache(maxsize=4)
def _measure(bold: bool, italic: bool) -> "FreeTypeFont":
    """The font as it is measured: letter by letter, a little wider than it is set, and alike on every machine. What
    moves letters together is reckoned by a library that some machines have and others have not."""
    from PIL import ImageFont  # heavier than the rest of a web process

    name = f"Tinos_{'700Bold' if bold else '400Regular'}{'_Italic' if italic else ''}.ttf"
    return ImageFont.truetype(str(FONTS / name), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)
