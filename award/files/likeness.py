"""Whether two files are alike enough for people to look at both, and in what. Pure: numbers in, suggestions out."""

from dataclasses import dataclass
from typing import Any

from uploads import chromaprint, looks, shingles
from uploads.chromaprint import Heard
from uploads.looks import Look, Stretch

ENOUGH_SECONDS = 30
"""So long a film or a sound alone must be the same: openings and jingles, which every issue of a programme has, are
shorter."""

SAME_PAGE = 50
"""Bits by which a page differs at most when it is scanned anew."""


@dataclass(frozen=True)
class Likeness:
    """In what two files are alike. `facts` as award.files.models.Resemblance has them, ours being the first."""

    kind: str
    same: bool
    facts: dict[str, Any]

    def other_way(self) -> "Likeness":
        """Seen from the other file."""
        swapped = {"first_at": "second_at", "first_page": "second_page"}
        swapped |= {second: first for first, second in swapped.items()}
        return Likeness(self.kind, self.same, {swapped.get(name, name): value for name, value in self.facts.items()})


def of_texts(contained: float, longest: int) -> Likeness | None:
    """Of the share of shingles that the shorter text has in common with the other, and the longest passage of both."""
    if contained < shingles.SHARED and longest < shingles.ALWAYS_SHOWN:
        return None
    return Likeness("text", contained >= shingles.SAME, {"percent": round(100 * contained), "longest": longest})


def of_photos(ours: Look, theirs: Look) -> Likeness | None:
    found = looks.alike(ours, theirs)
    if found is None:
        return None
    facts = {"waves": found.waves, "slopes": found.slopes, "mirrored": found.mirrored}
    return Likeness("photo", found.waves <= looks.WAVES_APART and found.slopes <= looks.SLOPES_APART, facts)


def of_scans(apart: int, *, pages: int, ours: int, theirs: int) -> Likeness:
    """Of two files, one a scan at least: how far apart the two pages are that are nearest, which they are (a photo is
    the only page of its own), and how many of ours are near one of theirs."""
    facts = {"apart": apart, "mirrored": False, "pages": pages, "first_page": ours, "second_page": theirs}
    return Likeness("photo", apart <= SAME_PAGE, facts)


def of_recordings(ours: tuple[bytes | None, bytes | None], theirs: tuple[bytes | None, bytes | None]) -> list[Likeness]:
    """Of the frames and the sound of two recordings.

    Half a minute of either is enough; less only where it is half of the shorter one, and of a film both must agree.
    """
    seen, length = _seen(ours[0], theirs[0])
    heard, lasting = _heard(ours[1], theirs[1])
    films = ours[0] is not None and theirs[0] is not None
    short = (not films or seen is not None) and heard is not None and heard.same and 2 * heard.seconds >= lasting
    if films and seen is not None and seen.seconds < ENOUGH_SECONDS:
        short = short and 2 * seen.seconds >= length
    found = []
    if seen is not None and (seen.seconds >= ENOUGH_SECONDS or short):
        facts = {"seconds": seen.seconds, "first_at": seen.ours, "second_at": seen.theirs}
        found.append(Likeness("film", heard is not None and heard.same, facts))
    if heard is not None and (heard.seconds >= ENOUGH_SECONDS or short):
        facts = {
            "seconds": round(heard.seconds),
            "first_at": round(heard.ours),
            "second_at": round(heard.theirs),
            "wrong": round(100 * heard.wrong),
        }
        found.append(Likeness("sound", heard.same, facts))
    return found


def _seen(ours: bytes | None, theirs: bytes | None) -> tuple[Stretch | None, float]:
    """The longest stretch that two films have, and how long the shorter one is."""
    if ours is None or theirs is None:
        return None, 0
    one, other = looks.unpacked(ours), looks.unpacked(theirs)
    found = looks.stretches(one, other, enough=looks.SECONDS_AT_LEAST)
    return (found[0] if found else None), min(len(one), len(other))


def _heard(ours: bytes | None, theirs: bytes | None) -> tuple[Heard | None, float]:
    if ours is None or theirs is None:
        return None, 0
    one, other = chromaprint.unpacked(ours), chromaprint.unpacked(theirs)
    lasting = min(len(one), len(other)) * chromaprint.SECONDS_A_NUMBER
    return chromaprint.heard_in_both(one, other), lasting
