"""A paper as it was issued set against the words of its scan, line by line. Pure: lines and words in, lines out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from award.documents.composing import Beside, Grid, Line, Part, composed
from award.documents.paper import Paper
from award.text import canonical, one_line

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
Words = list[tuple[tuple[int, int], str]]
"""Each word folded, with where it stands in the text."""


@dataclass(frozen=True)
class DraftLine:
    """One line of the draft; `place` is the part of the paper it stands in, empty for the paper itself."""

    number: int
    text: str
    place: str = ""


@dataclass(frozen=True)
class Compared:
    """A line with what the scan has in its place. `same` is None where the scan has no text to tell."""

    line: DraftLine
    same: bool | None
    found: str = ""


@dataclass(frozen=True)
class Comparison:
    """Every line of the draft, and words of the scan that no line has."""

    lines: tuple[Compared, ...]
    readable: bool
    added: tuple[str, ...] = ()

    @property
    def open(self) -> list[Compared]:
        """Those that a person has to look at."""
        return [each for each in self.lines if not each.same]


def draft_lines(paper: Paper) -> list[DraftLine]:
    """Everything that is drawn of the paper, in the order of reading: head, text, recipients, signatures, each annex.

    The code of an annex is no line: the paper was signed before it had one.
    """
    told = [(one_line(words), place) for words, place in _told(paper) if _WORD.search(words)]
    return [DraftLine(number, words, place) for number, (words, place) in enumerate(told, start=1)]


def _told(paper: Paper) -> Iterator[tuple[str, str]]:
    places = ("", *(annex.title for annex in paper.annexes))
    for place, section in zip(places, composed(paper).sections, strict=True):
        for part in section.parts:
            yield from ((words, place) for words in _words_of(part))


def _words_of(part: Part) -> Iterator[str]:
    if isinstance(part, Line):
        yield "" if part.style == "code" else f"{part.lead} {part.text}"
    elif isinstance(part, Beside):
        yield from (words for line in (*part.left, *part.right) for words in _words_of(line))
    elif isinstance(part, Grid):
        yield " ".join(column.heading for column in part.columns)
        yield from (row if isinstance(row, str) else " ".join(row) for row in part.rows)


def codes_of(paper: Paper) -> list[str]:
    """How the codes of its annexes are printed: on what was drawn after it was signed, and on no draft."""
    parts = (part for section in composed(paper).sections for part in section.parts)
    return [f"{part.lead} {part.text}" for part in parts if isinstance(part, Line) and part.style == "code"]


def compared(lines: Sequence[DraftLine], scan: Sequence[str], *marks: str) -> Comparison:
    """Each line beside what the scan says there. Capitals, signs and breaks between lines make no difference.

    `marks` are what may stand on pages and belongs to no line.
    """
    text = " ".join(scan)
    theirs = _words(text)
    for mark in marks:
        theirs = _without(theirs, [word for _n, word in _words(mark)])
    if not theirs:
        return Comparison(tuple(Compared(line, None) for line in lines), readable=False)
    owners = [n for n, line in enumerate(lines) for _ in _words(line.text)]
    ours = [word for line in lines for _, word in _words(line.text)]
    matcher = SequenceMatcher(None, ours, [word for _at, word in theirs], autojunk=False)
    wrong: dict[int, list[str]] = {}
    loose: list[Words] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        there = _paged(theirs[j1:j2], ours[i1:i2])
        hit = set(owners[i1:i2])
        if tag == "insert" and not _page_number(there) and 0 < i1 < len(owners) and owners[i1 - 1] == owners[i1]:
            hit = {owners[i1]}
        for n in hit:
            wrong.setdefault(n, []).append(_piece(text, there))
        if there and not _page_number(there) and (len(hit) != 1 or tag != "insert"):
            loose.append(there)
    for n in sorted(wrong):
        if any(_take(run, [word for _at, word in _words(lines[n].text)]) for run in loose):
            del wrong[n]
    found = tuple(
        Compared(line, n not in wrong, " … ".join(each for each in wrong.get(n, ()) if each))
        for n, line in enumerate(lines)
    )
    shown = {each.found for each in found}
    added = [_piece(text, run) for run in loose if run]
    return Comparison(found, readable=True, added=tuple(each for each in added if each not in shown))


def _take(run: Words, line: Sequence[str]) -> bool:
    """Whether the line stands whole in the run, as one beside another column does; its words are then the line's."""
    said = [word for _at, word in run]
    for at in range(len(said) - len(line) + 1):
        if said[at : at + len(line)] == list(line):
            del run[at : at + len(line)]
            return True
    return False


def _words(text: str) -> Words:
    """Each word with where it stands, as words are told apart: capitals do not."""
    return [(each.span(), canonical(each[0]).casefold()) for each in _WORD.finditer(text)]


def _without(words: Words, mark: Sequence[str]) -> Words:
    """The words without each whole occurrence of the mark."""
    if not mark:
        return words
    kept: Words = []
    at = 0
    while at < len(words):
        if [word for _at, word in words[at : at + len(mark)]] == list(mark):
            at += len(mark)
        else:
            kept.append(words[at])
            at += 1
    return kept


def _piece(text: str, words: Words) -> str:
    """The words as they stand there; what was taken out between two of them is a blank."""
    said = ""
    for n, ((start, end), _word) in enumerate(words):
        gap = text[words[n - 1][0][1] : start] if n else ""
        said += (" " if _WORD.search(gap) else gap) + text[start:end]
    return said


def _paged(words: Words, ours: Sequence[str]) -> Words:
    """Without the number of the page that begins after them, unless the draft ends in a number there too."""
    ends = len(words) > 1 and _page_number(words[-1:]) and not (ours and ours[-1].isdigit())
    return words[:-1] if ends else words


def _page_number(words: Words) -> bool:
    return len(words) == 1 and words[0][1].isdigit() and len(words[0][1]) <= 3
