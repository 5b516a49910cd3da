"""How long a work takes a judge, from what its files know. Pure; minutes are whole, since they are an estimate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from statistics import median_low

WORDS_A_MINUTE = 200
"""Of Vietnamese, whose words are syllables: read with care, as a judge does."""
WORDS_OF_A_PAGE = 30
"""With fewer on each page the text is a heading over pictures, or what is left of a scan."""
MINUTES_A_PAGE = 3
"""Of a page that is only a picture: a scan without its text."""
MINUTES_A_PHOTO = 1
MINUTES_A_SHEET = 2
"""To think about the criteria and fill them in."""
UNKNOWN = 10
"""Of a work when nothing is known of any of them."""


@dataclass(frozen=True)
class Piece:
    """One file of a work: the part and the slot it stands in, and what was found in it."""

    part: int | None
    slot: int
    family: str
    """document, image, audio, video."""
    words: int = 0
    pages: int = 0
    seconds: float = 0

    @property
    def minutes(self) -> Fraction:
        """A recording takes its own time, a text that of its words, a scan that of its pages."""
        if self.family in ("audio", "video"):
            return Fraction(self.seconds) / 60
        if self.family == "image":
            return Fraction(MINUTES_A_PHOTO)
        if self.words > self.pages * WORDS_OF_A_PAGE:
            return Fraction(self.words, WORDS_A_MINUTE)
        return Fraction(self.pages * MINUTES_A_PAGE)


def minutes_of(pieces: Iterable[Piece]) -> int | None:
    """The work's minutes, its sheet included; None when its files tell nothing.

    The slots of a part hold the same content in several forms (scan and bare copy, recording and script), so of each
    part the longest slot counts; within a slot the files follow each other.
    """
    slots: dict[tuple[int | None, int], Fraction] = defaultdict(Fraction)
    for piece in pieces:
        slots[piece.part, piece.slot] += piece.minutes
    parts: dict[int | None, Fraction] = defaultdict(Fraction)
    for (part, _slot), minutes in slots.items():
        parts[part] = max(parts[part], minutes)
    read = sum(parts.values(), Fraction(0))
    return ceil(read) + MINUTES_A_SHEET if read else None


def filled_in(known: Mapping[int, int | None]) -> dict[int, int]:
    """Work → minutes; a work of which nothing is known takes as long as the middle one of the others."""
    told = [minutes for minutes in known.values() if minutes is not None]
    usual = median_low(told) if told else UNKNOWN
    return {work: usual if minutes is None else minutes for work, minutes in known.items()}
