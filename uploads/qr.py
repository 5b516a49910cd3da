"""Reading the QR code on a scanned page: where it is, which of its modules are dark, what they say. Pure.

Made for paper that lay flat: turned, skewed and unevenly lit pages are read, photographs taken from the side are not.
Versions 1 to 10 in byte mode, which is what the papers of an award carry.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import Any, NamedTuple

import numpy as np

from uploads.reed_solomon import corrected

Grey = Any
"""A picture as rows of brightness, 0 is black: a numpy array of two dimensions."""
_ALIGNED: dict[int, tuple[int, ...]] = {
    1: (),
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
}
_BLOCKS: dict[tuple[int, int], tuple[int, tuple[tuple[int, int], ...]]] = {
    # (version, level as its two bits say: 1 L, 0 M, 3 Q, 2 H) → words of correction, (blocks, words of data) …
    (1, 1): (7, ((1, 19),)),
    (1, 0): (10, ((1, 16),)),
    (1, 3): (13, ((1, 13),)),
    (1, 2): (17, ((1, 9),)),
    (2, 1): (10, ((1, 34),)),
    (2, 0): (16, ((1, 28),)),
    (2, 3): (22, ((1, 22),)),
    (2, 2): (28, ((1, 16),)),
    (3, 1): (15, ((1, 55),)),
    (3, 0): (26, ((1, 44),)),
    (3, 3): (18, ((2, 17),)),
    (3, 2): (22, ((2, 13),)),
    (4, 1): (20, ((1, 80),)),
    (4, 0): (18, ((2, 32),)),
    (4, 3): (26, ((2, 24),)),
    (4, 2): (16, ((4, 9),)),
    (5, 1): (26, ((1, 108),)),
    (5, 0): (24, ((2, 43),)),
    (5, 3): (18, ((2, 15), (2, 16))),
    (5, 2): (22, ((2, 11), (2, 12))),
    (6, 1): (18, ((2, 68),)),
    (6, 0): (16, ((4, 27),)),
    (6, 3): (24, ((4, 19),)),
    (6, 2): (28, ((4, 15),)),
    (7, 1): (20, ((2, 78),)),
    (7, 0): (18, ((4, 31),)),
    (7, 3): (18, ((2, 14), (4, 15))),
    (7, 2): (26, ((4, 13), (1, 14))),
    (8, 1): (24, ((2, 97),)),
    (8, 0): (22, ((2, 38), (2, 39))),
    (8, 3): (22, ((4, 18), (2, 19))),
    (8, 2): (26, ((4, 14), (2, 15))),
    (9, 1): (30, ((2, 116),)),
    (9, 0): (22, ((3, 36), (2, 37))),
    (9, 3): (20, ((4, 16), (4, 17))),
    (9, 2): (24, ((4, 12), (4, 13))),
    (10, 1): (18, ((2, 68), (2, 69))),
    (10, 0): (26, ((4, 43), (1, 44))),
    (10, 3): (24, ((6, 19), (2, 20))),
    (10, 2): (28, ((6, 15), (2, 16))),
}
_MOST_CORNERS = 12


class Corner(NamedTuple):
    """The middle of a finder pattern, and the width of a module there."""

    x: float
    y: float
    module: float


def read_picture(content: bytes) -> list[str]:
    """What the codes on a picture say, each once."""
    from PIL import Image  # heavy, and most processes never read a picture

    with Image.open(io.BytesIO(content)) as image:
        return read(np.asarray(image.convert("L")))


def read(grey: Grey) -> list[str]:
    """What the codes on the page say, each once; empty where none can be read."""
    found: list[str] = []
    for parted in (_against_all, _against_neighbours):
        dark = parted(grey)
        for three in _threes(_corners(dark)):
            text = _read_at(dark, three)
            if text and text not in found:
                found.append(text)
        if found:
            break
    return found


def _against_all(grey: Grey) -> Grey:
    """Dark is what lies below the threshold that parts the brightness of the whole page best (Otsu)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    below = np.cumsum(counts)
    weighed = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (weighed[-1] * below - weighed * below[-1]) ** 2 / (below * above)
    return grey <= int(np.nanargmax(np.nan_to_num(between)))


def _against_neighbours(grey: Grey) -> Grey:
    """Dark is what is darker than the mean around it: for shadows and yellowed paper."""
    reach = max(8, min(grey.shape) // 24)
    padded = np.pad(grey.astype(np.int64), reach + 1, mode="edge")
    sums = padded.cumsum(0).cumsum(1)
    wide = 2 * reach + 1
    around = sums[wide:, wide:] - sums[:-wide, wide:] - sums[wide:, :-wide] + sums[:-wide, :-wide]
    around = around[: grey.shape[0], : grey.shape[1]]
    return grey.astype(np.int64) * (wide * wide) < around * 0.9


def _corners(dark: Grey) -> list[Corner]:
    """Finder patterns: dark and light in 1:1:3:1:1, across and down."""
    found: list[list[Corner]] = []
    for y in range(0, dark.shape[0], 2):
        row = dark[y]
        edges = np.flatnonzero(row[1:] != row[:-1]) + 1
        if len(edges) < 6:
            continue
        first = 0 if row[edges[0]] else 1
        for at in range(first, len(edges) - 5, 2):
            cuts = edges[at : at + 6]
            if not _in_proportion(np.diff(cuts)):
                continue
            corner = _crossed(dark, (cuts[2] + cuts[3] - 1) / 2, y)
            if corner is None:
                continue
            near = next((group for group in found if _near(group[0], corner)), None)
            if near is None:
                found.append([corner])
            else:
                near.append(corner)
    found.sort(key=len, reverse=True)
    return [Corner(*np.mean(group, axis=0)) for group in found[:_MOST_CORNERS]]


def _near(one: Corner, other: Corner) -> bool:
    return abs(one.x - other.x) + abs(one.y - other.y) < 3 * one.module


def _in_proportion(runs: Any) -> bool:
    module = sum(runs) / 7
    if module < 1:
        return False
    return all(
        abs(run - wanted * module) < wanted * module * 0.6 for run, wanted in zip(runs, (1, 1, 3, 1, 1), strict=True)
    )


def _crossed(dark: Grey, x: float, y: float) -> Corner | None:
    """The same pattern down the column through the middle, and across it once more."""
    down = _runs(dark[:, int(x)], int(y))
    if down is None:
        return None
    y = (down[2] + down[3] - 1) / 2
    across = _runs(dark[int(y)], int(x))
    if across is None:
        return None
    tall, wide = down[5] - down[0], across[5] - across[0]
    if abs(tall - wide) > 0.4 * max(tall, wide):
        return None
    return Corner((across[2] + across[3] - 1) / 2, y, (tall + wide) / 14)


def _runs(line: Grey, at: int) -> Any:
    """Where the five runs around `at` begin and end, when they are a finder pattern."""
    if not line[at]:
        return None
    edges = np.concatenate(([0], np.flatnonzero(line[1:] != line[:-1]) + 1, [len(line)]))
    here = int(np.searchsorted(edges, at, side="right")) - 1
    cuts = edges[max(here - 2, 0) : here + 4]
    return cuts if len(cuts) == 6 and _in_proportion(np.diff(cuts)) else None


def _threes(corners: Sequence[Corner]) -> Iterator[tuple[Corner, Corner, Corner]]:
    """Upper left, upper right, lower left: three that stand at a right angle with legs of one length."""
    for three in combinations(corners, 3):
        sizes = [corner.module for corner in three]
        if max(sizes) > 1.5 * min(sizes):
            continue
        for corner, right, low in permutations(three):
            a = np.array((right.x - corner.x, right.y - corner.y))
            b = np.array((low.x - corner.x, low.y - corner.y))
            long, short = max(np.hypot(*a), np.hypot(*b)), min(np.hypot(*a), np.hypot(*b))
            upright = a[0] * b[1] - a[1] * b[0]
            if upright > 0 and long < 1.2 * short and abs(a @ b) < 0.2 * long * short:
                yield corner, right, low


def _read_at(dark: Grey, three: tuple[Corner, Corner, Corner]) -> str | None:
    corner, right, low = three
    right_x, right_y = right.x - corner.x, right.y - corner.y
    leg = (np.hypot(right_x, right_y) + np.hypot(low.x - corner.x, low.y - corner.y)) / 2
    straight = max(abs(right_x), abs(right_y)) / np.hypot(right_x, right_y)  # a row crosses a turned module aslant
    module = straight * sum(each.module for each in three) / 3
    guess = round((leg / module + 7 - 17) / 4)
    for version in (guess, guess - 1, guess + 1):
        if version in _ALIGNED:
            modules = _sampled(dark, three, 17 + 4 * version)
            text = None if modules is None else decoded(modules)
            if text is not None:
                return text
    return None


def _sampled(dark: Grey, three: tuple[Corner, Corner, Corner], size: int) -> Grey | None:
    """Which modules are dark: each asked at nine points around its middle."""
    corner, right, low = three
    span = size - 7
    across = np.array((right.x - corner.x, right.y - corner.y)) / span
    down = np.array((low.x - corner.x, low.y - corner.y)) / span
    at = np.arange(size) - 3
    votes = np.zeros((size, size), dtype=int)
    for dx in (-0.2, 0.0, 0.2):
        for dy in (-0.2, 0.0, 0.2):
            xs = corner.x + np.add.outer((at + dy) * down[0], (at + dx) * across[0])
            ys = corner.y + np.add.outer((at + dy) * down[1], (at + dx) * across[1])
            column, row = np.rint(xs).astype(int), np.rint(ys).astype(int)
            if column.min() < 0 or row.min() < 0 or column.max() >= dark.shape[1] or row.max() >= dark.shape[0]:
                return None
            votes += dark[row, column]
    return votes >= 5


def decoded(modules: Grey) -> str | None:
    """What a code says whose modules are known; None where it says nothing that can be relied on."""
    size = len(modules)
    version = (size - 17) // 4
    told = _format_of(modules)
    if told is None:
        return None
    level, mask = told >> 3, told & 7
    words = _words(modules, _free(size, version), mask)
    correction, groups = _BLOCKS[version, level]
    lengths = [data for blocks, data in groups for _block in range(blocks)]
    data: list[int] = []
    for block in _blocks(words, lengths, correction):
        mended = corrected(block, correction)
        if mended is None:
            return None
        data += mended[:-correction]
    return _said(data, version)


def _format_of(modules: Grey) -> int | None:
    """Level and mask, five bits: the nearest of the words that a format may be, in either place it stands."""
    size = len(modules)
    places = (
        [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)],
        [(size - 1 - n, 8) for n in range(7)] + [(8, size - 8 + n) for n in range(8)],
    )
    nearest: tuple[int, int | None] = (4, None)
    for place in places:
        seen = 0
        for y, x in place:
            seen = seen << 1 | int(modules[y, x])
        for told in range(32):
            apart = (seen ^ _format_word(told)).bit_count()
            nearest = min(nearest, (apart, told), key=lambda each: each[0])
    return nearest[1]


def _format_word(told: int) -> int:
    left = told << 10
    for shift in range(4, -1, -1):
        if left >> shift + 10 & 1:
            left ^= 0x537 << shift
    return (told << 10 | left) ^ 0x5412


def _free(size: int, version: int) -> Grey:
    """Modules that carry words: all but finders, timing, alignment, format and version."""
    free = np.ones((size, size), dtype=bool)
    free[:9, :9] = free[:9, -8:] = free[-8:, :9] = False
    free[6] = free[:, 6] = False
    middles = _ALIGNED[version]
    for y in middles:
        for x in middles:
            if (y, x) not in {(6, 6), (6, middles[-1]), (middles[-1], 6)}:
                free[y - 2 : y + 3, x - 2 : x + 3] = False
    if version >= 7:
        free[:6, -11:-8] = free[-11:-8, :6] = False
    return free


def _masks(y: int, x: int) -> tuple[int, ...]:
    return (
        (y + x) % 2,
        y % 2,
        x % 3,
        (y + x) % 3,
        (y // 2 + x // 3) % 2,
        y * x % 2 + y * x % 3,
        (y * x % 2 + y * x % 3) % 2,
        ((y + x) % 2 + y * x % 3) % 2,
    )


def _words(modules: Grey, free: Grey, mask: int) -> list[int]:
    """The words in the order in which they stand: two columns at a time, up and down by turns."""
    size, bits = len(modules), []
    rows = list(range(size - 1, -1, -1))
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for y in rows:
            for x in (right, right - 1):
                if free[y, x]:
                    bits.append(int(modules[y, x]) ^ (_masks(y, x)[mask] == 0))
        rows.reverse()
    return [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits) - 7, 8)]


def _blocks(words: Sequence[int], lengths: Sequence[int], correction: int) -> list[list[int]]:
    """Words are dealt to the blocks in turn, data first; the longer blocks get the last ones alone."""
    blocks: list[list[int]] = [[] for _length in lengths]
    left = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(left))
    for _at in range(correction):
        for block in blocks:
            block.append(next(left))
    return blocks


def _said(data: Sequence[int], version: int) -> str | None:
    """The text of a message in bytes; other modes are nobody's here."""
    bits = "".join(f"{word:08b}" for word in data)
    at = 0
    if bits.startswith("0111"):  # which letters are meant: UTF-8 in any case
        at = 12
    if bits[at : at + 4] != "0100":
        return None
    wide = 8 if version < 10 else 16
    at += 4 + wide
    count = int(bits[at - wide : at], 2)
    end = at + 8 * count
    if end > len(bits):
        return None
    try:
        return bytes(int(bits[n : n + 8], 2) for n in range(at, end, 8)).decode()
    except UnicodeDecodeError:
        return None
