"""The best way to spread works over readers, as a linear programme. Numbers in, numbers out.

Works stand in a row by length. Every reader gets the same number of works, one more or less, of the shortest tenth, of
the shortest two tenths … and of all: so everybody has the same count and the same mix of short and long. Who takes no
more than a number of works has no more of them, and in each group the same part of that number. Each column of
that programme has its ones in one row of works and in consecutive rows of one reader, which makes it a network: its
vertices are whole, and HiGHS finds the best of them exactly. Which of the equally even ways is taken is decided by
costs drawn from the seed, so that it is one only, on any machine. What the minutes still differ by is then evened out
by exchanges.

Where readers said what they know, one of another field costs more, and a work that only such would read costs most: a
row for it, over some cells of the work's own row, leaves the programme a network.
"""

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_LENGTHS = 10
"""Groups of works by length: more of them cost time and even out little."""
UNEVEN = 10.0
"""What a work too many or too few in one of the groups costs; a random choice costs at most 1."""
LOADED = 2.0
"""What giving a work to the reader with the most minutes costs more than to the one with the fewest."""
MOVED = 5.0
"""What taking a work from whom it was given before costs."""
OUTSIDE = 4.0
"""What a reader whose field is another costs: more than chance and minutes, less than uneven numbers."""
UNKNOWN = 6.0
"""What a work costs that nobody reads who knows its field, though somebody could."""
OVERFULL = 1000.0
"""What a work costs that a reader is given beyond the most that the reader takes: more than all else."""

Grid = NDArray[np.bool_]
"""Works × readers."""


@dataclass(frozen=True)
class Task:
    """Works and readers in rows. `allowed`: may be given now; `reading`: given already and stays; `before`: had it."""

    minutes: NDArray[np.int64]
    needed: NDArray[np.int64]
    """How many readers each work still gets: never more than are allowed."""
    allowed: Grid
    reading: Grid
    before: Grid
    knows: Grid
    """The reader said to know the field of the work."""
    outside: Grid
    """The reader said what they know, and it is another field."""
    most: NDArray[np.int64]
    """How many works each reader takes at most; as many as there are where nothing was said."""

    @property
    def loads(self) -> NDArray[np.int64]:
        """Minutes of each reader by what stays."""
        return self.minutes @ self.reading

    @cached_property
    def targets(self) -> list[Fraction]:
        """How many works each reader should have in the end: all the same number, and nobody more than they take.

        Where all of them take too few, the rest is shared out evenly too.
        """
        total = int(self.needed.sum()) + int(self.reading.sum())
        most = [int(each) for each in self.most]
        if total > sum(most):
            return [each + Fraction(total - sum(most), len(most)) for each in most]
        level, full = Fraction(total, len(most)), set[int]()
        while over := {reader for reader, each in enumerate(most) if each < level} - full:
            full |= over
            level = Fraction(total - sum(most[reader] for reader in full), len(most) - len(full))
        return [Fraction(each) if reader in full else level for reader, each in enumerate(most)]

    def part(self, of: int) -> list[Fraction]:
        """Each reader's part of so much, as its part of the works."""
        total = sum(self.targets)
        return [of * each / total if total else Fraction(0) for each in self.targets]


def spread(task: Task, seed: str) -> Grid:
    """The new pairs: every work has the readers it needs, counts and mixes are as even as can be, minutes evened."""
    open_rows = np.flatnonzero(task.needed > 0)
    given = np.zeros_like(task.allowed)
    if len(open_rows):
        given[open_rows] = _solved(task, open_rows, seed)
    return _evened(task, given)


def _solved(task: Task, rows: NDArray[np.int64], seed: str) -> Grid:
    from scipy.optimize import Bounds, LinearConstraint, milp  # here, since most requests never need it

    cells = np.argwhere(task.allowed[rows])
    least, most, incidence = _evenness(task, rows, cells)
    sums, unread, capped = (
        len(least),
        _without_who_knows(task, rows, cells),
        np.flatnonzero(task.most < len(task.minutes)),
    )
    beside = 2 * sums + len(unread) + len(capped)
    incidence.resize((sums, len(cells) + beside))
    needs = _incidence(cells[:, 0], len(rows), beside)
    # the rows of evenness may be missed, at a price, in either direction
    under, over = np.arange(len(cells), len(cells) + sums), np.arange(len(cells) + sums, len(cells) + 2 * sums)
    misses = _sparse(
        np.r_[np.ones(sums), -np.ones(sums)], np.r_[np.arange(sums), np.arange(sums)], np.r_[under, over], needs, sums
    )
    constraints = [
        LinearConstraint(needs, task.needed[rows], task.needed[rows]),
        LinearConstraint(incidence + misses, least, most),
    ]
    if len(unread):
        knowing = _one_who_knows(task, rows, cells, unread, needs, len(cells) + 2 * sums)
        constraints.append(LinearConstraint(knowing, 1, np.inf))
    if len(capped):
        room = np.maximum(task.most - task.reading.sum(axis=0), 0)[capped]
        constraints.append(LinearConstraint(_of_capped(cells, capped, needs), -np.inf, room))
    found = milp(
        np.r_[
            _costs(task, rows, cells, seed),
            np.full(2 * sums, UNEVEN),
            np.full(len(unread), UNKNOWN),
            np.full(len(capped), OVERFULL),
        ],
        constraints=constraints,
        bounds=Bounds(0, np.r_[np.ones(len(cells)), np.full(beside, np.inf)]),
    )
    assert found.x is not None, found.message  # needed is never more than allowed, and evenness may be missed
    chosen = cells[found.x[: len(cells)] > 0.5]
    given = np.zeros((len(rows), task.allowed.shape[1]), dtype=bool)
    given[chosen[:, 0], chosen[:, 1]] = True
    return given


def _without_who_knows(task: Task, rows: NDArray[np.int64], cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places in `rows` of works that nobody reads who knows their field, and that somebody who does may read."""
    knowing = np.unique(cells[task.knows[rows[cells[:, 0]], cells[:, 1]], 0])
    return np.asarray(knowing[~(task.reading & task.knows)[rows[knowing]].any(axis=1)], dtype=np.int64)


def _one_who_knows(
    task: Task, rows: NDArray[np.int64], cells: NDArray[np.int64], unread: NDArray[np.int64], like: Any, beside: int
) -> Any:
    """Of each of these works: its readers who know the field, and from column `beside` on what lacks where none is."""
    at = np.flatnonzero(task.knows[rows[cells[:, 0]], cells[:, 1]] & np.isin(cells[:, 0], unread))
    height = len(unread)
    lacks = np.arange(beside, beside + height)
    marks = np.r_[np.searchsorted(unread, cells[at, 0]), np.arange(height)]
    return _sparse(np.ones(len(marks)), marks, np.r_[at, lacks], like, height)


def _of_capped(cells: NDArray[np.int64], capped: NDArray[np.int64], like: Any) -> Any:
    """Of each of these readers: the new works, less those, in the last columns, beyond what the reader takes."""
    at, height = np.flatnonzero(np.isin(cells[:, 1], capped)), len(capped)
    beyond = np.arange(like.shape[1] - height, like.shape[1])
    marks = np.r_[np.searchsorted(capped, cells[at, 1]), np.arange(height)]
    return _sparse(np.r_[np.ones(len(at)), -np.ones(height)], marks, np.r_[at, beyond], like, height)


def _incidence(places: NDArray[np.int64], height: int, beside: int) -> Any:
    from scipy.sparse import csr_array

    shape = (height, len(places) + beside)
    return csr_array((np.ones(len(places)), (places, np.arange(len(places)))), shape=shape)


def _sparse(values: Any, rows: Any, columns: Any, like: Any, height: int) -> Any:
    from scipy.sparse import csr_array

    return csr_array((values, (rows, columns)), shape=(height, like.shape[1]))


def _evenness(task: Task, rows: NDArray[np.int64], cells: NDArray[np.int64]) -> tuple[Any, Any, Any]:
    """For every group of shortest works and every reader: the least and the most new works, and which cells count."""
    works, readers = task.allowed.shape
    total = int(task.needed.sum()) + int(task.reading.sum())
    groups = max(1, min(MOST_LENGTHS, round(total / readers)))
    shorter = np.searchsorted(np.sort(task.minutes), task.minutes)  # works of one length stand in one group
    group_of = shorter * groups // works
    least, most, marks = [], [], []
    for number, last in enumerate(np.unique(group_of)):
        short = group_of <= last
        has = task.reading[short].sum(axis=0)
        share = task.part(int(has.sum() + task.needed[short].sum()))
        least.append(np.array([floor(each) for each in share]) - has)
        most.append(np.array([ceil(each) for each in share]) - has)
        inside = np.flatnonzero(short[rows[cells[:, 0]]])
        marks.append(np.stack([number * readers + cells[inside, 1], inside]))
    sums = len(least) * readers
    counted, columns = np.concatenate(marks, axis=1)
    like = _incidence(cells[:, 0], len(rows), 2 * sums)
    return np.concatenate(least), np.concatenate(most), _sparse(np.ones(len(columns)), counted, columns, like, sums)


def _costs(task: Task, rows: NDArray[np.int64], cells: NDArray[np.int64], seed: str) -> NDArray[np.float64]:
    drawn = np.frombuffer(hashlib.shake_256(seed.encode()).digest(4 * len(cells)), dtype="<u4") / 2.0**32
    loads = task.loads - task.loads.min()
    loaded = loads / loads.max() if loads.max() else np.zeros(len(loads))
    kept = task.before[rows[cells[:, 0]], cells[:, 1]]
    outside = task.outside[rows[cells[:, 0]], cells[:, 1]]
    return np.asarray(drawn + LOADED * loaded[cells[:, 1]] - MOVED * kept + OUTSIDE * outside)


def _evened(task: Task, given: Grid) -> Grid:
    """Whoever has the most minutes exchanges a work with whoever has the fewest, as long as that brings them nearer.

    Minutes are held against those of the reader's part of the works.
    Each exchange halves the difference as well as it can and leaves the counts alone; the sum of squared minutes falls
    with every one, so it ends. None gives more works to readers of other fields, nor takes from a work the last who
    knows its field.
    """
    given = given.copy()
    loads = task.loads + task.minutes @ given
    loads -= np.array([floor(each) for each in task.part(int(loads.sum()))])
    while True:
        most, fewest = int(np.argmax(loads)), int(np.argmin(loads))
        gap = loads[most] - loads[fewest]
        gives = np.flatnonzero(given[:, most] & task.allowed[:, fewest] & ~given[:, fewest])
        takes = np.flatnonzero(given[:, fewest] & task.allowed[:, most] & ~given[:, most])
        gains = task.minutes[gives][:, None] - task.minutes[takes][None, :]
        useful = (gains > 0) & (gains < gap) & _as_well_known(task, given, (most, fewest), gives, takes)
        if not useful.any():
            return given
        at = np.argmin(np.where(useful, np.abs(2 * gains - gap), np.iinfo(np.int64).max))
        gone, come = gives[at // len(takes)], takes[at % len(takes)]
        given[gone, most], given[gone, fewest] = False, True
        given[come, fewest], given[come, most] = False, True
        moved = task.minutes[gone] - task.minutes[come]
        loads[most] -= moved
        loads[fewest] += moved


def _as_well_known(
    task: Task, given: Grid, pair: tuple[int, int], gives: NDArray[np.int64], takes: NDArray[np.int64]
) -> Grid:
    """Which exchanges of the first reader's works for the second's leave fields as well covered as they are."""
    one, other = pair
    readers = (task.knows & (given | task.reading)).sum(axis=1)

    def keeps_one(works: NDArray[np.int64], loser: int, taker: int) -> NDArray[np.bool_]:
        lost = task.knows[works, loser] & ~task.knows[works, taker]
        return np.asarray(~lost | (readers[works] > 1))

    outside = task.outside.astype(np.int64)
    more = outside[gives, other] - outside[gives, one]
    less = outside[takes, other] - outside[takes, one]
    kept = keeps_one(gives, one, other)[:, None] & keeps_one(takes, other, one)[None, :]
    return np.asarray(kept & (more[:, None] <= less[None, :]))
