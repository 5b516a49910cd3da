"""A paper as it was issued set against the words of its scan, line by line. Pure: lines and words in, lines out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from award.documents.composing import number_of
from award.documents.paper import Annex, Block, Paper, Table
from award.text import canonical

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


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
    """Everything the paper says, in the order of reading: head, text, signatures, recipients, then each annex."""
    told = [(words, place) for words, place in _told(paper) if _WORD.search(words)]
    return [DraftLine(number, words, place) for number, (words, place) in enumerate(told, start=1)]


def _told(paper: Paper) -> Iterator[tuple[str, str]]:
    head = paper.head
    said = [head.parent, head.body, number_of(paper.form, head) if head.bears_number else "", paper.kind]
    said += [paper.subject, *paper.to, *paper.recitals, *_blocks(paper.body)]
    for each in paper.signatures:
        said += [each.authority, each.post, each.name]
    said += paper.recipients
    yield from ((canonical(words), "") for words in said)
    for annex in paper.annexes:
        yield from ((canonical(words), annex.title) for words in _annex(annex))


def _annex(annex: Annex) -> Iterator[str]:
    yield from (annex.title, annex.subject, annex.note)
    yield from _blocks(annex.body)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield " ".join(column.heading for column in block.columns)
            yield from (row if isinstance(row, str) else " ".join(row) for row in block.rows)
        else:
            yield f"{getattr(block, 'lead', '')} {block.text}".strip()


def compared(lines: Sequence[DraftLine], scan: Sequence[str], mark: str = "") -> Comparison:
    """Each line beside what the scan says there. Capitals, signs and breaks between lines make no difference.

    `mark` is what stands on every page and belongs to no line.
    """
    theirs = _without(_words(" ".join(scan)), [word for _n, word in _words(mark)])
    text = " ".join(scan)
    if not theirs:
        return Comparison(tuple(Compared(line, None) for line in lines), readable=False)
    owners = [n for n, line in enumerate(lines) for _ in _words(line.text)]
    ours = [word for line in lines for _, word in _words(line.text)]
    matcher = SequenceMatcher(None, ours, [word for _at, word in theirs], autojunk=False)
    wrong: dict[int, list[str]] = {}
    added: list[str] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        there = _piece(text, theirs, j1, j2)
        for n in sorted(set(owners[i1:i2])):
            wrong.setdefault(n, []).append(there)
        if tag == "insert" and not _page_number(theirs[j1:j2]):
            within = 0 < i1 < len(owners) and owners[i1 - 1] == owners[i1]
            wrong.setdefault(owners[i1], []).append(there) if within else added.append(there)
    found = tuple(
        Compared(line, n not in wrong, " … ".join(each for each in wrong.get(n, ()) if each))
        for n, line in enumerate(lines)
    )
    return Comparison(found, readable=True, added=tuple(added))


Words = list[tuple[tuple[int, int], str]]


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


def _piece(text: str, words: Words, first: int, after: int) -> str:
    return text[words[first][0][0] : words[after - 1][0][1]] if first < after else ""


def _page_number(words: Words) -> bool:
    return len(words) == 1 and words[0][1].isdigit() and len(words[0][1]) <= 3
