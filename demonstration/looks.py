"""What a picture of a screen looks like, in words that fit in git and are the same on every machine.

A look is how long the screen is, where its landmarks, headings, tables and controls stand, which colours fill it, and
how bright it is from place to place. Dates and codes change from day to day: a line more or less, or other words in
it, are no other look.
"""

import io
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

COLUMNS, ROWS = 16, 24
LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz"
LINE, SIDE = 32, 12
"""So many pixels up or down, and to the side, are the same place."""
FILLS = 4
"""A colour that fills so many hundredths of a picture is one of its colours."""
SHARE, SHADE = 10, 6
DARKER, CELLS = 3, 0.05
TOLD = 8

_BOXES = """() => {
  const marked = "header, nav, main, aside, footer, form, section, h1, h2, h3, table, fieldset, figure, dialog[open]," +
    ".button, input:not([type=hidden]), select, textarea, .note, .empty, [role=separator]";
  return [...document.body.querySelectorAll(marked)].filter((one) => one.checkVisibility()).slice(0, 36).map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const box = [x + scrollX, y + scrollY, width, height].map(Math.round);
    return [one.localName + (one.classList.length ? `.${one.classList[0]}` : ""), ...box].join(" ");
  });
}"""


@dataclass(frozen=True)
class Look:
    size: tuple[int, int]
    boxes: list[str]
    """`h1.title 16 120 328 44`: what stands where, in the order of the page; the first 36."""
    colours: dict[str, int]
    """How many hundredths each fills."""
    light: list[str]
    """From the top down, a letter for how bright each of 16 places is: 0 is black, z is white."""


def look_of(page: Page, picture: bytes) -> Look:
    """What the page looks like as it stands; `picture` is its screenshot."""
    boxes: list[str] = page.evaluate(_BOXES)
    with Image.open(io.BytesIO(picture)) as opened:
        return Look(opened.size, boxes, _colours(opened), _light(opened))


def _colours(picture: Image.Image) -> dict[str, int]:
    pixels = np.asarray(picture.convert("RGB"), dtype=np.uint32)
    packed = (pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]).ravel()
    found, counts = np.unique(packed, return_counts=True)
    shares = {f"#{colour:06x}": round(100 * count / packed.size) for colour, count in zip(found, counts, strict=True)}
    return {colour: share for colour, share in shares.items() if share >= FILLS}


def _light(picture: Image.Image) -> list[str]:
    rows = max(1, min(ROWS, math.ceil(picture.height / (picture.width / COLUMNS))))
    small = np.asarray(picture.convert("L").resize((COLUMNS, rows), Image.Resampling.BOX))
    return ["".join(LEVELS[int(each) * len(LEVELS) // 256] for each in row) for row in small]


def differences(known: Look, seen: Look) -> list[str]:
    """What a person would see is different, each in a sentence; none where both look the same."""
    told = [*_of_size(known, seen), *_of_boxes(known.boxes, seen.boxes)]
    told += [*_of_colours(known.colours, seen.colours), *_of_light(known.light, seen.light)]
    return told[:TOLD]


def _of_size(known: Look, seen: Look) -> Iterator[str]:
    if abs(known.size[1] - seen.size[1]) > max(2 * LINE, known.size[1] // 50):
        yield f"{seen.size[1]} pixels long, was {known.size[1]}"


def _of_boxes(known: list[str], seen: list[str]) -> Iterator[str]:
    """Whatever is new or gone; of what stands elsewhere only the first, for all below it goes along."""
    before, after = ([each.partition(" ")[0] for each in boxes] for boxes in (known, seen))
    drift = 0
    matched = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matched.get_opcodes():
        if kind != "equal":
            yield from (f"gone: {each}" for each in known[start:end])
            yield from (f"new: {each}" for each in seen[other_start:other_end])
            continue
        for was, now in zip(known[start:end], seen[other_start:other_end], strict=True):
            x, y, width, _height = (new - old for old, new in zip(_numbers(was), _numbers(now), strict=True))
            if abs(x) > SIDE or abs(width) > 2 * SIDE or abs(y - drift) > LINE:
                yield f"elsewhere: {was} → {now.partition(' ')[2]}"
            drift = y


def _numbers(box: str) -> list[int]:
    return [int(each) for each in box.split(" ")[1:]]


def _of_colours(known: dict[str, int], seen: dict[str, int]) -> Iterator[str]:
    for colour in {**known, **seen}:
        before, after = (sum(share for other, share in each.items() if _alike(colour, other)) for each in (known, seen))
        if abs(before - after) > SHARE:
            yield f"{colour} fills {after} %, was {before} %"


def _alike(one: str, other: str) -> bool:
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= SHADE for at in (1, 3, 5))


def _of_light(known: list[str], seen: list[str]) -> Iterator[str]:
    """A place is as bright as before when it is so within a little, there or beside it."""
    wrong = [
        (row, column)
        for row, line in enumerate(seen[: len(known)])
        for column, letter in enumerate(line)
        if not _was_near(known, row, column, LEVELS.index(letter))
    ]
    if len(wrong) > CELLS * COLUMNS * len(known):
        rows = sorted({row for row, _column in wrong})
        yield f"{len(wrong)} of {COLUMNS * len(known)} places are lighter or darker, from row {rows[0]} to {rows[-1]}"


def _was_near(known: list[str], row: int, column: int, level: int) -> bool:
    around = [
        LEVELS.index(letter)
        for line in known[max(row - 1, 0) : row + 2]
        for letter in line[max(column - 1, 0) : column + 2]
    ]
    return min(around) - DARKER <= level <= max(around) + DARKER


def read(file: Path) -> dict[str, Look]:
    """The looks that were accepted, by the names of their pictures."""
    told: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: Look(**{**each, "size": tuple(each["size"])}) for name, each in told.items()}


def write(file: Path, looks: dict[str, Look]) -> None:
    """One line for a picture, so that a commit shows which of them changed."""
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(looks[name]), separators=(',', ':'))}" for name in sorted(looks)]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
