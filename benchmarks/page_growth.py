"""The same pages with 250 works and with a hundred thousand. A part of `bench pages`."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from flask import Flask

from benchmarks.page_figures import Measured, beside, plain
from benchmarks.page_house import Ground, House, Line
from judging.ranking.aggregate import mean, ranks
from tests.budget import test_large as large

FEW, MANY = 250, 100_000
LISTS = {
    "the queue": ("/iii-2023/kiem-tra", 1.5),
    "the queue by name": ("/iii-2023/kiem-tra?xep=name", 1.5),
    "the queue, not eligible": ("/iii-2023/kiem-tra?ket-luan=ineligible", 1.5),
    "not eligible": ("/iii-2023/khong-du-dieu-kien", 1.5),
    "search": ("/iii-2023/kiem-tra?tim=quynh+nhu+thuong", 3.0),
}
EACH = 20
READINGS = 5
LONGEST, MOST_BENT = 2.0, 1.2


def growth(on: Ground, turns: int) -> Iterator[Measured]:
    """Each list of many beside that of few, in turns; then the ranking of all at once, in this process."""
    readers: list[Any] = []

    def fill(works: int, app: Flask) -> None:
        readers.append(large.seeded(app, works)[0])

    with ExitStack() as open_:
        houses: list[House] = []
        asked: list[dict[str, int]] = []
        for works in (FEW, MANY):
            house = open_.enter_context(on.house(f"of {works}", partial(fill, works)))
            asked.append({each: house.statements(readers[-1], address) for each, (address, _most) in LISTS.items()})
            houses.append(house)
        few, many = (house.line(reader) for house, reader in zip(houses, readers, strict=True))
        for name, (address, most) in LISTS.items():
            told: dict[str, Any] = {"most": most, "turns": turns, "each": EACH, "against": f"the same with {FEW} works"}
            ours, control = (partial(_got, line, address) for line in (many, few))
            yield beside(f"B-4 {name} with {MANY:,} works", ours, control, **told)
            more = asked[1][name] - asked[0][name]
            words = f"B-4 {name} with {MANY:,} works: statements more than with {FEW}"
            yield plain(words, more, unit="statements", most=0, asked=asked[1][name])
    yield from ranked_all()


def _got(line: Line, address: str) -> tuple[float, int]:
    took, status, _content = line.ask(address)
    return took, status


def ranked_all() -> Iterator[Measured]:
    """Means and places of works with five readings: in seconds, and how much more than in proportion."""
    took = {works: min(_ranked(works) for _again in range(3)) for works in (25_000, MANY)}
    yield plain(f"B-4 ranking {MANY:,} works of {READINGS} readings", took[MANY], unit="seconds", most=LONGEST)
    bent = max((took[b] / took[a]) / (b / a) for a, b in pairwise(took))
    yield plain("B-4 ranking: more than in proportion", bent, unit="times", most=MOST_BENT)


def _ranked(works: int) -> float:
    marks = np.random.default_rng(2023).integers(0, 400, (works, READINGS)).tolist()
    sheets = [[Fraction(each, 40) for each in row] for row in marks]
    begun = time.process_time()
    ranks({work: mean(row) for work, row in enumerate(sheets)})
    return time.process_time() - begun
