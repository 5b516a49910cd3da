"""A paper of an office as data: what it says and who signs it, and nothing of how it looks.

`composing` lays it out in the form of its office, `typeset` and `word` draw it. Whatever is not known is empty here and
a dotted line on the paper.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

FormCode = Literal["hd36", "hd05", "nd30"]
"""The Party's form of 2018, the Party's form of 2026, the State's form of 2020."""
FORM_CODES: tuple[FormCode, ...] = ("hd36", "hd05", "nd30")
Align = Literal["left", "center", "right"]

DOTS = "……………………"
FEW_DOTS = "……"
"""What a paper shows in the place of something nobody has told yet: a name, a number."""


@dataclass(frozen=True)
class Paragraph:
    """Running text. `lead` is its bold beginning: Điều 1."""

    text: str
    lead: str = ""
    centred: bool = False


@dataclass(frozen=True)
class Heading:
    """I. in capitals, 1. in bold, a) plain: the number is part of the text."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class Column:
    """`share` is the column's part of the width beside the others."""

    heading: str
    share: int = 10
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A row is its cells, or one text over the whole width that names the rows after it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...] | str, ...]


Block = Paragraph | Heading | Table


@dataclass(frozen=True)
class Head:
    """Who issues the paper, where, under which number.

    `number` is the paper's own as the register gave it, empty before that; `bears_number` is false for minutes and
    lists, which have none. `day` and `place` are left out together where `dated` is false.
    """

    parent: str
    body: str
    kind_symbol: str = ""
    body_symbol: str = ""
    number: str = ""
    bears_number: bool = True
    place: str = ""
    day: date | None = None
    dated: bool = True


@dataclass(frozen=True)
class Signature:
    """`authority` is T/M, K/T or T/L with what follows, empty where the head of a body signs directly."""

    post: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Annex:
    """Begins on a page of its own; `note` says which paper it belongs to."""

    title: str
    subject: str
    note: str
    body: tuple[Block, ...]
    landscape: bool = False
    code: str = ""
    """Of the issued paper, and `address` where it is asked for: they stand here and never on the paper itself."""
    address: str = ""


@dataclass(frozen=True)
class Paper:
    """`kind` is QUYẾT ĐỊNH and so on; a letter has none, its subject stands below its number.

    `decides` is the body whose decision the articles are; one signature stands at the right, two stand side by side.
    `submits`: it is laid before a higher body, which the Party's form says in its greeting. `mark` stands on every
    page. `settled_on` is the day written into the file: a paper knows no clock.
    """

    form: FormCode
    head: Head
    kind: str
    subject: str
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    settled_on: date
    to: tuple[str, ...] = ()
    submits: bool = False
    recitals: tuple[str, ...] = ()
    decides: str = ""
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = field(default=())
    mark: str = ""
    landscape: bool = False

    @property
    def title(self) -> str:
        """What the file is called in its own data."""
        return f"{self.kind} {self.subject}".strip()
