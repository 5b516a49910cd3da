"""How works and people stand in lists of winners: Loạt 5 bài “…” của tác giả Nguyễn Thị Vân (Hà Vân). Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from award.text import one_line, words

_UNIT = re.compile(r"(?i)(loạt|chùm|tuyến|nhóm|bộ|series|phóng sự|ký sự|\d+\s*kỳ)\b")
_QUOTED = re.compile(r"([^“”\"«»]{0,60}?)\s*[“\"«]([^“”\"«»]+)[”\"»]\s*\.?")
_BETWEEN = re.compile(r"[,;\n]|\s+(?:và|&)\s+|\s+[-–—]\s+")
_BETWEEN_PENS = re.compile(r"[,;/\n]|\s+(?:và|&)\s+|\s+[-–—]\s+")
_BEFORE = re.compile(r"(?i)^(?:của\s+)?(?:nhóm\s+)?(?:các\s+)?(?:tác giả|phóng viên|pv)\s*:?\s+(?=\S)")
_NUMBER = re.compile(r"^\d{1,2}\s*[.)]\s*")
_NAMED = re.compile(r"([^()]+?)\s*(?:\(([^()]*)\))?")


@dataclass(frozen=True)
class Title:
    """`unit` is what stands before the title in a list: Loạt 5 bài."""

    unit: str
    title: str


@dataclass(frozen=True)
class Author:
    """An author in the order of the list. Where only a pen name is printed, it is the name."""

    name: str
    pen_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.pen_names)

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.pen_names)})" if self.pen_names else self.name


def title(text: str) -> Title:
    """The title without the quotes around it; a unit word before them is kept apart."""
    written = one_line(text)
    found = _QUOTED.fullmatch(written)
    if found is None:
        return Title("", written)
    unit = found[1].strip(" :")
    return Title(unit, found[2].strip()) if not unit or _UNIT.match(unit) else Title("", written)


def authors(text: str) -> list[Author] | None:
    """The authors in their order, each once, with the pen names in brackets. None when brackets do not close."""
    found: dict[str, Author] = {}
    for piece in _outside_brackets(_BEFORE.sub("", text.strip())):
        written = _BEFORE.sub("", _NUMBER.sub("", one_line(piece))).strip(" .")
        if not written:
            continue
        named = _NAMED.fullmatch(written)
        if named is None:
            return None
        name = named[1].strip()
        pens = [one_line(pen).strip(" .") for pen in _BETWEEN_PENS.split(named[2] or "")]
        author = Author(name, tuple(dict.fromkeys(pen for pen in pens if pen and words(pen) != words(name))))
        found.setdefault(words(name), author)
    return list(found.values())


def _outside_brackets(text: str) -> Iterable[str]:
    """The pieces between separators that stand in no brackets."""
    depth, piece, at = 0, "", 0
    while at < len(text):
        separator = _BETWEEN.match(text, at) if depth == 0 else None
        if separator is not None:
            yield piece
            piece, at = "", separator.end()
            continue
        depth = max(0, depth + {"(": 1, ")": -1}.get(text[at], 0))
        piece += text[at]
        at += 1
    yield piece
