"""A paper laid out in the form of its office: lines and the names of their styles, in the order of reading. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from award import dates
from award.documents import forms
from award.documents.evening import HELD, POINTS_PER_MM, evened, held, held_clauses, length
from award.documents.forms import FORMS, Form, Style
from award.documents.paper import (
    DOTS,
    Annex,
    Block,
    Column,
    FormCode,
    Head,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from award.text import canonical, one_line

_GAP = "\N{NO-BREAK SPACE}" * 6
"""Left free for the hand of the clerk: the number, the day, the month."""
_TITLES = frozenset(
    {"parent", "body", "about", "subject", "decides", "annex_subject", "annex_note", "authority", "post"}
)
"""Styles whose lines stand in the middle and are made even where one is not enough."""
_WORD = re.compile(r"[^\s-]+-?|-")
_MEASURED, _TOLERANCE = 8, 1.0
"""So many of the longest words are measured; a column is so many points wider than the longest."""
_DECIDES = f"QUYẾT{HELD}ĐỊNH"
_SIGNED_FOR = re.compile(r"^(T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|T/UQ|TUQ\.?)\s+(?=\S)", re.IGNORECASE)
_KEPT = re.compile(r"^Lưu\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """Words in one style. `lead` is a bold beginning; a line that `keeps` stays on the page of what follows."""

    style: str
    text: str
    lead: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class Beside:
    """Two columns without borders that no page break parts. `share` is the left one's percent of the width."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    share: int
    before: float = 0
    """Points left free above."""


BOUND = 2
"""So many rows of a table stand on the page of the signatures below it, where it has more than so many."""


@dataclass(frozen=True)
class Grid:
    """A ruled table whose headings stand again on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...] | str, ...]

    @property
    def bound(self) -> int:
        """How many of its last rows go to the page of the signatures: never all of several, which would leave a page
        with nothing but the head of the paper, and never a row without the name of its group."""
        few = min(BOUND, max(len(self.rows) - 1, min(len(self.rows), 1)))
        while few < len(self.rows) and isinstance(self.rows[-few - 1], str):
            few += 1
        return few


@dataclass(frozen=True)
class Scanned:
    """A code that a telephone reads, leading to the address."""

    address: str


Part = Line | Beside | Grid | Scanned


@dataclass(frozen=True)
class Section:
    """Begins on a page of its own."""

    landscape: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Composition:
    form: Form
    title: str
    mark: str
    settled_on: date
    sections: tuple[Section, ...]


def composed(paper: Paper) -> Composition:
    """Every word of the paper in its place, in Unicode's composed form."""
    form = FORMS[paper.form]
    own = [*_head(form, paper), *_opening(form, paper), *_body(form, paper.body), *_ending(form, paper)]
    sections = [_section(form, paper.landscape, own), *(_annex(form, annex) for annex in paper.annexes)]
    return Composition(form, one_line(paper.title), one_line(paper.mark), paper.settled_on, tuple(sections))


def width_of(*, landscape: bool) -> float:
    """Millimetres between the margins."""
    return forms.PAGE[1 if landscape else 0] - forms.LEFT - forms.RIGHT


def number_of(form: FormCode, head: Head) -> str:
    """The number with its symbol as other papers cite it: 12-QĐ/BTCG, 12/QĐ-BTCG, or with a gap to fill in."""
    return _number(FORMS[form], head)


def closing_of(parts: Sequence[Part]) -> int:
    """Where that begins which ends a paper below its table, one line and the signatures; else where all ends."""
    grids = [number for number, part in enumerate(parts) if isinstance(part, Grid)]
    at = grids[-1] + 1 if grids else len(parts)
    ends = 0 < len(parts) - at <= 2 and isinstance(parts[-1], Beside)
    return at if ends else len(parts)


def _section(form: Form, landscape: bool, parts: Sequence[Part]) -> Section:
    """The parts with their titles in even lines."""
    room = width_of(landscape=landscape) * POINTS_PER_MM
    return Section(landscape, tuple(_evened(form, part, room) for part in parts))


def _evened(form: Form, part: Part, room: float) -> Part:
    if isinstance(part, Line):
        return _even_line(form, part, room)
    if isinstance(part, Beside):
        left, right = (
            tuple(_even_line(form, line, room * share / 100) for line in lines)
            for lines, share in ((part.left, part.share), (part.right, 100 - part.share))
        )
        return replace(part, left=left, right=right)
    return _widened(form, part, room) if isinstance(part, Grid) else part


def _widened(form: Form, grid: Grid, room: float) -> Grid:
    """No column is narrower than its longest word, which a word processor would break, as far as the room allows."""
    cells = [[row[at] for row in grid.rows if not isinstance(row, str)] for at in range(len(grid.columns))]
    needed = [
        max(_longest([column.heading], form.styles["column"]), _longest(below, form.styles["cell"]))
        + 2 * forms.INSET
        + _TOLERANCE
        for column, below in zip(grid.columns, cells, strict=True)
    ]
    shares, narrow = [column.share for column in grid.columns], set[int]()
    while True:
        left = room - sum(needed[at] for at in narrow)
        others = sum(share for at, share in enumerate(shares) if at not in narrow)
        found = {at for at, share in enumerate(shares) if at not in narrow and left * share / others < needed[at]}
        if not found:
            break
        narrow |= found
        if len(narrow) == len(shares):
            return grid
    if not narrow:
        return grid
    wide = [needed[at] if at in narrow else left * share / others for at, share in enumerate(shares)]
    columns = (replace(column, share=round(width * 20)) for column, width in zip(grid.columns, wide, strict=True))
    return replace(grid, columns=tuple(columns))


def _longest(texts: Iterable[str], style: Style) -> float:
    """Points of the longest word among the few that have most letters. A word may be parted after a hyphen."""
    found = {word for text in texts for word in _WORD.findall(text)}
    return max((length(word, style) for word in sorted(found, key=len)[-_MEASURED:]), default=0.0)


def _even_line(form: Form, line: Line, room: float) -> Line:
    """Who decides stands above the word for it, unless both fit in one line."""
    if line.style not in _TITLES:
        return line
    style, (name, decides, rest) = form.styles[line.style], line.text.partition(f" {_DECIDES}")
    if not decides or rest or length(line.text, style) <= room:
        return replace(line, text=evened(line.text, style, room))
    return replace(line, text=f"{evened(name, style, room)}\n{_DECIDES}")


def _head(form: Form, paper: Paper) -> list[Part]:
    head = paper.head
    names = [Line("parent", held_caps(head.parent))] if head.parent else []
    names.append(Line("body", held_caps(head.body) or DOTS))
    if form.party:
        names.append(Line("star", "*"))
    motto = [Line(f"motto{n}", words) for n, words in enumerate(form.motto, start=1)]
    parts: list[Part] = [Beside(tuple(names), tuple(motto), form.left_share)]
    left = [Line("number", form.number_label + _number(form, head))] if head.bears_number else []
    if not paper.kind and paper.subject:
        left.append(Line("about", _held(f"V/v {paper.subject}")))
    right = [Line("dateline", _dateline(head))] if head.dated else []
    if left or right:
        parts.append(Beside(tuple(left), tuple(right), form.left_share))
    return parts


def _number(form: Form, head: Head) -> str:
    """A number that already carries its symbol stands as it was given."""
    given = one_line(head.number)
    if given and not given.isdigit():
        return given
    parts = [one_line(head.kind_symbol), one_line(head.body_symbol)]
    symbol = ("/" if form.party else "-").join(part for part in parts if part)
    if not symbol:
        return given or _GAP
    return f"{given or _GAP}{'-' if form.party else '/'}{symbol}"


def _dateline(head: Head) -> str:
    place = one_line(head.place) or DOTS
    if head.day is None:
        return f"{place}, ngày{_GAP}tháng{_GAP}năm{_GAP}"
    return f"{place}, {dates.paper_day(head.day)}"


def _opening(form: Form, paper: Paper) -> list[Part]:
    """From the kind of the paper to where its text begins."""
    parts: list[Part] = []
    if paper.kind:
        parts.append(Line("kind", _caps(paper.kind)))
        parts.append(Line("subject", _held(paper.subject)))
        if form.party:
            parts.append(Line("dashes", "-----"))
    if paper.to:
        parts += _addressees(paper.to, "Kính trình" if paper.submits and form.party else "Kính gửi")
    recitals = _recitals(form, paper.recitals)
    if not paper.decides:
        return parts + recitals
    if form.party:
        return [*parts, *recitals, Line("decides", f"{held_caps(paper.decides)} {_DECIDES}", keeps=True)]
    return [*parts, Line("decides", held_caps(paper.decides)), *recitals, Line("decides", "QUYẾT ĐỊNH:", keeps=True)]


def _addressees(to: Sequence[str], greeting: str) -> list[Part]:
    """One stands on the line of the greeting, several below it."""
    if len(to) == 1:
        return [Line("to", f"{greeting}: {one_line(to[0])}")]
    last = len(to) - 1
    lines = [f"- {one_line(each)}{'.' if n == last else ';'}" for n, each in enumerate(to)]
    return [Line("to", f"{greeting}:"), *(Line("centred", line) for line in lines)]


def _recitals(form: Form, recitals: Iterable[str]) -> list[Part]:
    said = [one_line(each).rstrip(" ;,.") for each in recitals]
    ends = [";"] * (len(said) - 1) + ["," if form.party else "."]
    dash = "- " if form.party else ""
    return [Line("recital", f"{dash}{words}{end}") for words, end in zip(said, ends, strict=False)]


def _body(form: Form, blocks: Sequence[Block], *, closes: bool = True) -> list[Part]:
    """The blocks in order. The last line of a signed paper ends as the form asks and stays with the signature."""
    parts = [_part(block) for block in blocks]
    if closes and parts and isinstance(parts[-1], Line):
        last = parts[-1]
        text = last.text.rstrip(" .") + form.end if form.end else last.text
        parts[-1] = replace(last, text=text, keeps=True)
    return parts


def _part(block: Block) -> Part:
    if isinstance(block, Paragraph):
        return Line("centred" if block.centred else "text", one_line(block.text), one_line(block.lead))
    if isinstance(block, Heading):
        text = _caps(block.text) if block.level == 1 else one_line(block.text)
        return Line(f"heading{block.level}", text, keeps=True)
    return _grid(block)


def _grid(table: Table) -> Grid:
    columns = tuple(replace(column, heading=one_line(column.heading)) for column in table.columns)
    rows = [canonical(row) if isinstance(row, str) else tuple(_cells(row)) for row in table.rows]
    return Grid(columns, tuple(rows))


def _cells(row: Sequence[str]) -> Iterator[str]:
    return (held_clauses(canonical(cell)) for cell in row)


def _ending(form: Form, paper: Paper) -> list[Part]:
    signed = [_signature(form, each) for each in paper.signatures]
    told = _recipients(form, paper.recipients)
    if len(signed) == 2:
        return [Beside(signed[0], signed[1], 50, before=12), *told]
    return [Beside(told, signed[0] if signed else (), form.left_share, before=12)] if signed or told else []


def _signature(form: Form, signature: Signature) -> tuple[Line, ...]:
    authority = _SIGNED_FOR.sub(lambda mark: _mark(form, mark[1]), _caps(signature.authority), count=1)
    above = (Line("authority", authority),) if authority else ()
    post = Line("post", _caps(signature.post) or DOTS)
    return (*above, post, Line("name", one_line(signature.name) or DOTS))


def _mark(form: Form, typed: str) -> str:
    return form.marks[typed.upper().replace("/", "").rstrip(".")] + " "


def _recipients(form: Form, recipients: Sequence[str]) -> tuple[Line, ...]:
    if not recipients:
        return ()
    after, last, kept = form.recipient_ends
    said = [_KEPT.sub(f"Lưu{kept}", one_line(each).rstrip(" ;,."), count=1) for each in recipients]
    ends = [after] * (len(said) - 1) + [last]
    lines = [Line("recipient", f"- {words}{end}") for words, end in zip(said, ends, strict=True)]
    return (Line("recipients", "Nơi nhận:"), *lines)


def _annex(form: Form, annex: Annex) -> Section:
    parts: list[Part] = [
        Line("annex", _caps(annex.title)),
        Line("annex_subject", _held(annex.subject)),
        Line("annex_note", _held(f"({annex.note})")),
    ]
    if form.party:
        parts.append(Line("dashes", "-----"))
    code: list[Part] = []
    if annex.code:
        code = [
            Scanned(f"{annex.address}/{annex.code}"),
            Line("code", f"Mã tra cứu: {annex.code}, tại {annex.address}"),
        ]
    return _section(form, annex.landscape, [*parts, *_body(form, annex.body, closes=False), *code])


def _held(title: str) -> str:
    """One line in which names and numbers stay whole."""
    return held(one_line(title))


def held_caps(title: str) -> str:
    return _held(title).upper()


def _caps(text: str) -> str:
    return one_line(text).upper()
