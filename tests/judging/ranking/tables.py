"""Tables of published examples, and of those worked out by hand."""

from collections.abc import Sequence
from fractions import Fraction

from judging.ranking.aggregate import Totals

# Shrout and Fleiss 1979: six targets, four judges.
SHROUT = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
# Eight wines, four judges.
WINES = [
    (1, 2, 0, 1), (1, 3, 3, 2), (3, 8, 1, 4), (6, 4, 3, 3), (6, 5, 5, 6), (7, 5, 6, 2), (8, 7, 7, 9), (9, 9, 9, 8),
]  # fmt: skip
# Krippendorff: a row for each coder, a column for each unit.
FOUR_CODERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
THREE_CODERS = [
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
]
# Davies and Goldsmith 1972: 24 plates × 6 samples of penicillin.
PENICILLIN = """
27 23 26 23 23 21  27 23 26 23 23 21  25 21 25 24 24 20  26 23 25 23 23 20  25 22 26 22 23 20  24 22 25 23 22 19
24 20 23 21 22 19  26 22 26 24 24 21  24 21 24 22 22 20  24 21 24 23 22 19  26 23 26 24 24 21  25 22 26 24 24 20
26 24 26 24 25 22  26 23 26 23 23 20  26 23 25 24 24 22  25 22 25 23 23 20  25 21 24 23 23 20  25 22 24 23 23 19
24 21 23 21 21 19  26 23 26 24 24 21  25 21 24 22 22 18  25 22 25 22 22 20  24 21 24 22 24 19  24 21 24 22 21 18
"""
# Six works that four judges all read.
COMPLETE = [
    (80, 90, 70, 80),
    (60, 70, 50, 60),
    (90, 90, 80, 90),
    (50, 60, 60, 40),
    (70, 80, 60, 80),
    (60, 50, 60, 70),
]

LINKED = {
    1: {1: 80, 2: 70},
    2: {2: 74, 3: 86},
    3: {1: 78, 3: 88},
    4: {2: 66, 4: 75},
    5: {1: 85, 4: 83},
}
"""Five works of two judges each, of four who are linked."""


def linked() -> Totals:
    return exact(LINKED)


def exact(table: dict[int, dict[int, int]]) -> dict[int, dict[int, Fraction]]:
    return {entry: {seat: Fraction(total) for seat, total in given.items()} for entry, given in table.items()}


def complete(rows: Sequence[Sequence[int]]) -> dict[int, dict[int, Fraction]]:
    """Everybody read everything: entries and seats are numbered from one."""
    return exact({entry: dict(enumerate(row, start=1)) for entry, row in enumerate(rows, start=1)})


def plates() -> dict[int, dict[int, Fraction]]:
    values = [int(word) for word in PENICILLIN.split()]
    return complete([values[start : start + 6] for start in range(0, len(values), 6)])


def units(coders: Sequence[str]) -> list[list[float]]:
    """The values each unit was given."""
    columns = zip(*(coder.split() for coder in coders), strict=True)
    return [[float(value) for value in column if value != "."] for column in columns]
