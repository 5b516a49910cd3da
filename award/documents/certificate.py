"""Certificates as PDF, one a page: whole, or onto printed stock the words that differ and nothing else.

Every line stands at a place of its own, in millimetres from the upper edge, so that both come out alike; whoever prints
onto stock moves all of them by as much as the printer is off.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from award.documents.composing import held_caps
from award.documents.evening import POINTS_PER_MM, evened, held
from award.documents.forms import FORMS, Style
from award.documents.paper import DOTS, FormCode
from award.documents.typeset import FONT, drawing, set_pages
from award.text import one_line

SOURCE = Path(__file__).with_name("certificate.typ")
SIZE = (297, 210)
QR_TOP, QR_SIZE = 165.5, 22
"""Where the QR stands in the left column, under the number, and how large it is, in millimetres."""
WIDTH = 230
"""Millimetres that a line in the middle takes at most."""
_LEADING, _LEAST = 1.28, 8
"""From line to line, as a part of the size; and the smallest size that is still read."""
Where = Literal["middle", "left", "right"]


@dataclass(frozen=True)
class Place:
    """Where a line stands, how it looks, and whether printed stock has it already.

    Words that are more than `height` has room for are set smaller.
    """

    top: float
    size: float
    height: float = 12
    bold: bool = False
    italic: bool = False
    where: Where = "middle"
    printed: bool = False


PLACES = {
    "motto": Place(18, 14, bold=True, where="right", printed=True),
    "body": Place(18, 13, bold=True, where="left", printed=True),
    "title": Place(50, 34, bold=True, printed=True),
    "gives": Place(68, 15, bold=True, printed=True),
    "recipient": Place(82, 24, 15, bold=True),
    "work": Place(98, 17, 18),
    "prize": Place(118, 24, 15, bold=True),
    "award": Place(134, 15),
    "ground": Place(146, 12, italic=True, where="left"),
    "number": Place(158, 12, where="left"),
    "dateline": Place(146, 13, italic=True, where="right"),
    "authority": Place(154, 13, bold=True, where="right", printed=True),
    "post": Place(160, 13, where="right", printed=True),
    "signer": Place(186, 14, bold=True, where="right"),
    "mark": Place(194, 10, 5, italic=True, where="left"),
    "code": Place(188.5, 9, 4, where="left"),
}


@dataclass(frozen=True)
class Certificate:
    """Who is honoured with what. `ground` is the decision it rests on, `number` its place in the register."""

    recipient: str
    work: str
    prize: str
    award: str
    ground: str
    number: str
    dateline: str
    code: str = ""
    """What is asked for where the QR leads, which is `address`."""
    address: str = ""


@dataclass(frozen=True)
class Issuer:
    """Who gives the certificates, as its other papers are headed and signed."""

    form: FormCode
    body: str
    authority: str
    post: str
    signer: str
    mark: str
    """The sentence that says of invented data that they are invented."""
    settled_on: date
    """The day written into the file: a certificate knows no clock."""


def pdf(
    given: Sequence[Certificate], issuer: Issuer, *, stock: bool = False, shift: tuple[float, float] = (0, 0)
) -> bytes:
    """A page for each; with `stock` only what differs. `shift` moves all to the right and down, in millimetres."""
    names = [name for name, place in PLACES.items() if not (stock and place.printed)]
    data = {
        "qr": {"top": QR_TOP, "size": QR_SIZE},
        "font": FONT,
        "date": [issuer.settled_on.year, issuer.settled_on.month, issuer.settled_on.day],
        "page": SIZE,
        "shift": shift,
        "stock": stock,
        "places": {name: asdict(PLACES[name]) for name in names},
        "pages": [_lines(each, issuer, names) for each in given],
        "drawings": [drawing(each.address) if each.address else "" for each in given],
    }
    return set_pages(SOURCE, "certificates", data)


def _lines(each: Certificate, issuer: Issuer, names: Sequence[str]) -> dict[str, dict[str, str | float]]:
    told = {
        "motto": "\n".join(FORMS[issuer.form].motto),
        "body": held_caps(issuer.body) or DOTS,
        "title": "GIẤY CHỨNG NHẬN",
        "gives": f"{held_caps(issuer.body) or DOTS} CHỨNG NHẬN",
        "recipient": held(one_line(each.recipient)),
        "work": held(one_line(each.work)),
        "prize": one_line(each.prize),
        "award": held(one_line(each.award)),
        "ground": held(one_line(each.ground)),
        "number": one_line(each.number),
        "dateline": one_line(each.dateline),
        "authority": held_caps(issuer.authority) or held_caps(issuer.post) or DOTS,
        "post": (held_caps(issuer.post) or DOTS) if issuer.authority else "",
        "signer": one_line(issuer.signer) or DOTS,
        "mark": one_line(issuer.mark),
        "code": f"Tra cứu: {one_line(each.code)}" if each.code else "",
    }
    return {name: _fitted(told[name], PLACES[name]) for name in names if told[name]}


def _fitted(text: str, place: Place) -> dict[str, str | float]:
    """The words in even lines, as large as the place has room for."""
    room = (WIDTH if place.where == "middle" else WIDTH / 2 - 15) * POINTS_PER_MM
    size = place.size
    while True:
        style = Style("", size, place.bold, place.italic)
        lines = [line for given in text.split("\n") for line in evened(given, style, room).split("\n")]
        if len(lines) * size * _LEADING <= place.height * POINTS_PER_MM or size <= _LEAST:
            return {"words": "\n".join(lines), "size": size}
        size -= 1
