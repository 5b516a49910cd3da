"""A paper as it was issued set against the words of its scan, line by line. Pure: lines and words in, lines out."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from award.documents.composing import Beside, Grid, Line, Part, composed
from award.documents.paper import Paper
from award.text import canonical, one_line

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
FIRST_NUMBERED = 2
"""The first page bears no number."""

MOST_BETWEEN = 30
"""So many words at most stand between a column's line and where another reading order puts it."""

Words = list[tuple[tuple[int, int], str]]
"""Each word folded, with where it stands in the text."""


@dataclass(frozen=True)
class DraftLine:
    """One line of the draft; `place` is the part of the paper it stands in, empty for the paper itself.

    `beside`: another column stands next to it, as in a head or above signatures, and may be read first.
    """

    number: int
    text: str
    place: str = ""
    beside: bool = False


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
    told = [each for each in _told(paper) if _WORD.search(each[0])]
    return [DraftLine(n, one_line(words), place, beside) for n, (words, place, beside) in enumerate(told, start=1)]


def _told(paper: Paper) -> Iterator[tuple[str, str, bool]]:
    places = ("", *(annex.title for annex in paper.annexes))
    for place, section in zip(places, composed(paper).sections, strict=True):
        for part in section.parts:
            yield from ((words, place, isinstance(part, Beside)) for words in _words_of(part))


def _words_of(part: Part) -> Iterator[str]:
    if isinstance(part, Line):
        yield "" if part.style == "code" else f"{part.lead} {part.text}"
    elif isinstance(part, Beside):
        yield from (words for line in (*part.left, *part.right) for words in _words_of(line))
    elif isinstance(part, Grid):
        yield " ".join(column.heading for column in part.columns)
        yield from (row if isinstance(row, str) else " ".join(row) for row in part.rows)


def code_lines(paper: Paper) -> list[str]:
    """What stands below the annexes of a copy that was drawn once the paper had its code."""
    parts = (part for section in composed(paper).sections for part in section.parts)
    return [part.text for part in parts if isinstance(part, Line) and part.style == "code"]


def compared(lines: Sequence[DraftLine], scan: Sequence[str], mark: str = "", codes: Sequence[str] = ()) -> Comparison:
    """Each line beside what the scan says there. Capitals, signs and breaks between lines make no difference.

    Nor does the number of a page where the next page begins, nor which of two columns is read first; any other line
    out of its order is different. `mark` is what stands on every page and belongs to no line; nor do the `codes`.
    """
    text = " ".join(scan)
    theirs, begins = _words(text), _beginnings(scan)
    for words in (mark, *codes):
        theirs, begins = _without(theirs, [word for _at, word in _words(words)], begins)
    if not theirs:
        return Comparison(tuple(Compared(line, None) for line in lines), readable=False)
    told = {n: [word for _at, word in _words(line.text)] for n, line in enumerate(lines)}
    theirs, columns = _read_beside(lines, told, theirs)
    owners = [n for n, words in told.items() if n not in columns for _ in words]
    ours = [word for n, words in told.items() if n not in columns for word in words]
    matcher = SequenceMatcher(None, ours, [word for _at, word in theirs], autojunk=False)
    wrong: dict[int, list[str]] = {}
    loose: list[Words] = []
    page = FIRST_NUMBERED
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        there = theirs[j1:j2]
        if there and _turns_page(page, ours, owners, theirs, begins, (i1, i2, j1, j2)):
            page += 1
            there = there[:-1]
            if not there and tag == "insert":
                continue
        hit = set(owners[i1:i2])
        if tag == "insert" and 0 < i1 < len(owners) and owners[i1 - 1] == owners[i1]:
            hit = {owners[i1]}
        for n in hit:
            wrong.setdefault(n, []).append(_piece(text, there))
        if there and (len(hit) != 1 or tag != "insert"):
            loose.append(there)
    found = tuple(
        Compared(line, n not in wrong, " … ".join(each for each in wrong.get(n, ()) if each))
        for n, line in enumerate(lines)
    )
    shown = {each.found for each in found}
    added = [_piece(text, run) for run in loose if run]
    return Comparison(found, readable=True, added=tuple(each for each in added if each not in shown))


def _read_beside(
    lines: Sequence[DraftLine], told: Mapping[int, Sequence[str]], theirs: Words
) -> tuple[Words, set[int]]:
    """What is left of the scan without the lines of columns that stand whole in it, and which lines those are.

    Each takes its words where they stand nearest to its own place, and no other line can have them again.
    """
    left, found, place = list(theirs), set(), 0
    for n, words in told.items():
        if lines[n].beside and words:
            said = [word for _at, word in left]
            whole = [at for at in range(len(said) - len(words) + 1) if said[at : at + len(words)] == list(words)]
            at = min(whole, key=lambda each: abs(each - place), default=None)
            if at is not None and abs(at - place) <= MOST_BETWEEN:
                del left[at : at + len(words)]
                found.add(n)
                continue
        place += len(words)
    return left, found


def _words(text: str) -> Words:
    """Each word with where it stands, as words are told apart: capitals do not."""
    return [(each.span(), canonical(each[0]).casefold()) for each in _WORD.finditer(text)]


def _beginnings(scan: Sequence[str]) -> set[int]:
    """Where each paragraph of the scan begins in its whole text."""
    return set(accumulate((len(each) + 1 for each in scan), initial=0))


def _without(words: Words, mark: Sequence[str], begins: set[int]) -> tuple[Words, set[int]]:
    """The words without each whole occurrence of the mark, and where in the text a page or a paragraph begins."""
    kept: Words = []
    first = set(begins)
    at = 0
    while at < len(words):
        if mark and [word for _at, word in words[at : at + len(mark)]] == list(mark):
            at += len(mark)
            first.update(start for (start, _end), _word in words[at : at + 1])
        else:
            kept.append(words[at])
            at += 1
    return kept, first


def _piece(text: str, words: Words) -> str:
    """The words as they stand there; what was taken out between two of them is a blank."""
    said = ""
    for n, ((start, end), _word) in enumerate(words):
        gap = text[words[n - 1][0][1] : start] if n else ""
        said += (" " if _WORD.search(gap) else gap) + text[start:end]
    return said


def _turns_page(
    page: int,
    ours: Sequence[str],
    owners: Sequence[int],
    theirs: Words,
    begins: Collection[int],
    where: tuple[int, int, int, int],
) -> bool:
    """Whether the last of the scan's words there is the number of the page that begins with it.

    It stands between two lines of the draft, or first in its paragraph of the scan; the draft has no number there.
    Where the line goes on with the same number, which of both was read as the line's is not told apart.
    """
    i1, i2, j1, j2 = where
    if theirs[j2 - 1][1] != str(page) or (i2 > i1 and ours[i2 - 1].isdigit()):
        return False
    if i1 == i2 and j2 - j1 == 1 and i1 > 0 and ours[i1 - 1] == theirs[j1][1]:
        i2, j2 = i2 - 1, j2 - 1
    return theirs[j2 - 1][0][0] in begins or (0 < i2 < len(owners) and owners[i2 - 1] != owners[i2])
