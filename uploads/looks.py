"""Finding a picture again that was made smaller, saved anew, cropped or turned over, and a film by its pictures.

Two numbers of 64 bits say what a picture looks like: one of its coarse waves (pHash), one of where it grows lighter
from left to right (dHash). Pictures that look alike differ in few bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Hashes = NDArray[np.uint64]

WAVES_APART, SLOPES_APART = 10, 6
"""Bits by which one and the same picture differs at most when it is only saved anew."""
TOGETHER_APART = 17
"""Bits of both numbers at most. Each alone takes one field under a wide sky for another (benchmarks/duplicates.py)."""
PAGE_BITS, PAGES_APART = 512, 75
"""Pages of print all are grey lines on white, and those of one newspaper are made up alike: of 128 bits two of them may
share all but six. They need a finer look. A page that is scanned anew differs in fewer than 50 of these bits, another
page of the same newspaper in more than 100 (benchmarks/duplicates.py)."""
MARKED_WAVES, MARKED_SLOPES = 24, 4
"""A logo or a line of words over a picture changes its waves more than its slopes."""
FLAT = 6.0
"""A picture whose brightness varies less is a sky or a card: everything looks like it."""
SECONDS_ENOUGH, SECONDS_AT_LEAST = 30, 8
"""So long two films must look the same; so long where their sound is the same too."""
STANDS_STILL = 10
"""A picture that does not move counts for so many seconds at most: a studio is no report."""
_SIDE, _KEPT = 32, 8
_PAGE_SIDE = 16
_MOST_PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Look:
    """What a picture looks like, and looked at in a mirror. None of a flat picture."""

    waves: int
    slopes: int
    waves_mirrored: int
    slopes_mirrored: int


@dataclass(frozen=True)
class Alike:
    """How far apart two pictures are, in bits of 64; `mirrored` when one was turned over."""

    waves: int
    slopes: int
    mirrored: bool = False


@dataclass(frozen=True)
class Stretch:
    """So many seconds of ours look like theirs: from these seconds on."""

    ours: int
    theirs: int
    seconds: int


def look(image: "Image") -> Look | None:
    """What a picture looks like; None where it is too flat to be told from others."""
    from PIL import Image

    gray = image.convert("L")
    coarse = np.asarray(gray.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    if coarse.std() < FLAT:
        return None
    slim = gray.resize((_KEPT + 1, _KEPT), Image.Resampling.LANCZOS)
    fine = np.asarray(slim, dtype=np.int16)
    turned = np.fliplr(fine)
    return Look(_waves(coarse), _slopes(fine), _waves(np.fliplr(coarse)), _slopes(turned))


def page(image: "Image") -> int | None:
    """What a page looks like, as it stands: where it grows lighter to the right, and where downwards. None of one that
    is empty."""
    from PIL import Image

    gray = image.convert("L")
    if np.asarray(gray.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64).std() < FLAT:
        return None
    slim = gray.resize((_PAGE_SIDE + 1, _PAGE_SIDE), Image.Resampling.LANCZOS)
    low = gray.resize((_PAGE_SIDE, _PAGE_SIDE + 1), Image.Resampling.LANCZOS)
    across, down = (np.asarray(each, dtype=np.int16) for each in (slim, low))
    return _number(np.concatenate([across[:, 1:] > across[:, :-1], down[1:] > down[:-1]]))


def slopes(image: "Image") -> int:
    """The second number alone, for pictures of a film; 0 of a flat one."""
    from PIL import Image

    gray = np.asarray(image.convert("L"), dtype=np.float64)
    if gray.std() < FLAT:
        return 0
    slim = image.convert("L").resize((_KEPT + 1, _KEPT), Image.Resampling.LANCZOS)
    return _slopes(np.asarray(slim, dtype=np.int16))


def _waves(coarse: NDArray[np.float64]) -> int:
    low = (_COSINES @ coarse @ _COSINES.T)[:_KEPT, :_KEPT]
    return _number(low > np.median(low))


def _slopes(slim: NDArray[np.int16]) -> int:
    return _number(slim[:, 1:] > slim[:, :-1])


def _number(bits: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits.ravel()).tobytes(), "big")


_COSINES = np.cos(np.pi * np.outer(np.arange(_SIDE), 2 * np.arange(_SIDE) + 1) / (2 * _SIDE))
"""Rows of the discrete cosine transform (type II), unscaled."""


def alike(ours: Look, theirs: Look) -> Alike | None:
    """How two pictures are alike, straight or turned over; None where they are not."""
    straight = Alike(_apart(ours.waves, theirs.waves), _apart(ours.slopes, theirs.slopes))
    if near(straight.waves, straight.slopes):
        return straight
    turned = Alike(
        _apart(ours.waves, theirs.waves_mirrored), _apart(ours.slopes, theirs.slopes_mirrored), mirrored=True
    )
    return turned if near(turned.waves, turned.slopes) else None


def near(waves: int, slopes: int) -> bool:
    """Whether pictures so many bits apart are shown to people."""
    return waves + slopes <= TOGETHER_APART or (slopes <= MARKED_SLOPES and waves <= MARKED_WAVES)


def _apart(one: int, other: int) -> int:
    return (one ^ other).bit_count()


# Films: one number a second


def packed(seconds: Sequence[int]) -> bytes:
    """The numbers of a film as they are kept."""
    return np.array(seconds, dtype=">u8").tobytes()


def unpacked(kept: bytes) -> Hashes:
    return np.frombuffer(kept, dtype=">u8").astype(np.uint64)


def stretches(ours: Hashes, theirs: Hashes, *, enough: int = SECONDS_ENOUGH) -> list[Stretch]:
    """Where two films look the same for long enough, the longest first; a still picture counts for ten seconds."""
    at, there = _matches(ours, theirs)
    found = []
    for shift in _promising(at - there, enough):
        mine = np.sort(at[at - there == shift])
        found += [
            Stretch(int(run[0]), int(run[0] - shift), int(run[-1] - run[0]) + 1)
            for run in np.split(mine, np.flatnonzero(np.diff(mine) > STANDS_STILL) + 1)
            if _moving(ours[run]) >= enough
        ]
    return sorted(found, key=lambda each: (-each.seconds, each.ours))


def _matches(ours: Hashes, theirs: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The seconds of both that look the same, in pairs. Flat pictures look like nothing."""
    rows = max(1, _MOST_PAIRS_AT_ONCE // max(1, len(theirs)))
    found = []
    for first in range(0, len(ours), rows):
        some = ours[first : first + rows, None]
        near = np.bitwise_count(some ^ theirs[None, :]) <= SLOPES_APART
        near &= (some != 0) & (theirs[None, :] != 0)
        at, there = np.nonzero(near)
        found.append((at + first, there))
    return np.concatenate([a for a, _ in found] or [_NONE]), np.concatenate([b for _, b in found] or [_NONE])


_NONE = np.zeros(0, dtype=np.int64)


def _promising(shifts: NDArray[np.int64], enough: int) -> list[int]:
    """The shifts of one film against the other by which enough seconds match, the best first; neighbours are one."""
    values, counts = np.unique(shifts, return_counts=True)
    chosen: list[int] = []
    for number in np.argsort(-counts, kind="stable"):
        if counts[number] < enough:
            break
        if all(abs(int(values[number]) - other) > STANDS_STILL for other in chosen):
            chosen.append(int(values[number]))
    return chosen


def _moving(pictures: Hashes) -> int:
    """How many seconds these pictures count for."""
    counted, standing, since = 0, int(pictures[0]), 0
    for picture in map(int, pictures):
        if _apart(picture, standing) > SLOPES_APART:
            counted, standing, since = counted + min(since, STANDS_STILL), picture, 0
        since += 1
    return counted + min(since, STANDS_STILL)
