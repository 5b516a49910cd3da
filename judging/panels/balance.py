"""The best way to spread works over readers, as a linear programme. Numbers in, numbers out.

Works stand in a row by length. Every reader gets the same number of works, one more or less, of the shortest tenth, of
the shortest two tenths … and of all: so everybody has the same count and the same mix of short and long. Each column of
that programme has its ones in one row of works and in consecutive rows of one reader, which makes it a network: its
vertices are whole, and HiGHS finds the best of them exactly. Which of the equally even ways is taken is decided by
costs drawn from the seed, so that it is one only, on any machine. What the minutes still differ by is then evened out
by exchanges.

Where readers said what they know, one of another field costs more, and a work that only such would read costs most: a
row for it, over some cells of the work's own row, leaves the programme a network.
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
OUTSIDE = 4.0
"""What a reader whose field is another costs: more than chance and minutes, less than uneven numbers."""
UNKNOWN = 6.0
"""What a work costs that nobody reads who knows its field, though somebody could."""

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
    sums, unread = len(least), _without_who_knows(task, rows, cells)
    beside = 2 * sums + len(unread)
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
        constraints.append(LinearConstraint(_one_who_knows(task, rows, cells, unread, needs), 1, np.inf))
    found = milp(
        np.r_[_costs(task, rows, cells, seed), np.full(2 * sums, UNEVEN), np.full(len(unread), UNKNOWN)],
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
    task: Task, rows: NDArray[np.int64], cells: NDArray[np.int64], unread: NDArray[np.int64], like: Any
) -> Any:
    """Of each of these works: its readers who know the field, and what lacks where there is none."""
    at = np.flatnonzero(task.knows[rows[cells[:, 0]], cells[:, 1]] & np.isin(cells[:, 0], unread))
    height = len(unread)
    lacks = np.arange(like.shape[1] - height, like.shape[1])
    marks = np.r_[np.searchsorted(unread, cells[at, 0]), np.arange(height)]
    return _sparse(np.ones(len(marks)), marks, np.r_[at, lacks], like, height)


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
    outside = task.outside[rows[cells[:, 0]], cells[:, 1]]
    return np.asarray(drawn + LOADED * loaded[cells[:, 1]] - MOVED * kept + OUTSIDE * outside)


def _evened(task: Task, given: Grid) -> Grid:
    """Whoever has the most minutes exchanges a work with whoever has the fewest, as long as that brings them nearer.

    Each exchange halves the difference as well as it can and leaves the counts alone; the sum of squared minutes falls
    with every one, so it ends. None gives more works to readers of other fields, nor takes from a work the last who
    knows its field.
    """
    given = given.copy()
    loads = task.loads + task.minutes @ given
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
