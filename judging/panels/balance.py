"""The best way to spread works over readers, as a linear programme. Numbers in, numbers out.

Works stand in a row by length. Every reader gets the same number of works, one more or less, of the shortest tenth, of
the shortest two tenths … and of all: so everybody has the same count and the same mix of short and long. Each column of
that programme has its ones in one row of works and in consecutive rows of one reader, which makes it a network: its
vertices are whole, and HiGHS finds the best of them exactly. Which of the equally even ways is taken is decided by
costs drawn from the seed, so that it is one only, on any machine. What the minutes still differ by is then evened out
by exchanges.
"""

import hashlib
from dataclasses import dataclass
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

    @property
    def loads(self) -> NDArray[np.int64]:
        """Minutes of each reader by what stays."""
        return self.minutes @ self.reading


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
    sums = len(least)
    needs = _incidence(cells[:, 0], len(rows), 2 * sums)
    # the rows of evenness may be missed, at a price, in either direction
    under, over = np.arange(len(cells), len(cells) + sums), np.arange(len(cells) + sums, len(cells) + 2 * sums)
    misses = _sparse(
        np.r_[np.ones(sums), -np.ones(sums)], np.r_[np.arange(sums), np.arange(sums)], np.r_[under, over], needs, sums
    )
    found = milp(
        np.r_[_costs(task, rows, cells, seed), np.full(2 * sums, UNEVEN)],
        constraints=[
            LinearConstraint(needs, task.needed[rows], task.needed[rows]),
            LinearConstraint(incidence + misses, least, most),
        ],
        bounds=Bounds(0, np.r_[np.ones(len(cells)), np.full(2 * sums, np.inf)]),
    )
    assert found.x is not None, found.message  # needed is never more than allowed, and evenness may be missed
    chosen = cells[found.x[: len(cells)] > 0.5]
    given = np.zeros((len(rows), task.allowed.shape[1]), dtype=bool)
    given[chosen[:, 0], chosen[:, 1]] = True
    return given


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
        share = (has.sum() + task.needed[short].sum()) / readers
        least.append(np.floor(share) - has)
        most.append(np.ceil(share) - has)
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
    return np.asarray(drawn + LOADED * loaded[cells[:, 1]] - MOVED * kept)


def _evened(task: Task, given: Grid) -> Grid:
    """Whoever has the most minutes exchanges a work with whoever has the fewest, as long as that brings them nearer.

    Each exchange halves the difference as well as it can and leaves the counts alone; the sum of squared minutes falls
    with every one, so it ends.
    """
    given = given.copy()
    loads = task.loads + task.minutes @ given
    while True:
        most, fewest = int(np.argmax(loads)), int(np.argmin(loads))
        gap = loads[most] - loads[fewest]
        gives = np.flatnonzero(given[:, most] & task.allowed[:, fewest] & ~given[:, fewest])
        takes = np.flatnonzero(given[:, fewest] & task.allowed[:, most] & ~given[:, most])
        gains = task.minutes[gives][:, None] - task.minutes[takes][None, :]
        useful = (gains > 0) & (gains < gap)
        if not useful.any():
            return given
        at = np.argmin(np.where(useful, np.abs(2 * gains - gap), np.iinfo(np.int64).max))
        gone, come = gives[at // len(takes)], takes[at % len(takes)]
        given[gone, most], given[gone, fewest] = False, True
        given[come, fewest], given[come, most] = False, True
        moved = task.minutes[gone] - task.minutes[come]
        loads[most] -= moved
        loads[fewest] += moved
