"""Long lists by key: a page is what stands behind or before one row, never what is left after rows were counted off.

An address names that row, so a page stays where it is while rows come and go above it, and its cost does not grow with
its distance from the top.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Select, select, tuple_

from award.db import session

Row = TypeVar("Row")
Other = TypeVar("Other")
Columns = TypeVarTuple("Columns")

ROWS = 50
"""Rows of a page."""
BEHIND, BEFORE = "sau", "truoc"
"""What stands in addresses: the page behind the row of this key, the page before it."""
_LONGEST_KEY = 100


@dataclass(frozen=True)
class Turn:
    """Which page of a list is meant: behind the row of the key, with `back` before it; without a key the first."""

    key: str = ""
    back: bool = False

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "Turn":
        """The turn that an address carries."""
        if before := address.get(BEFORE, "").strip():
            return cls(before[:_LONGEST_KEY], back=True)
        return cls(address.get(BEHIND, "").strip()[:_LONGEST_KEY])

    @property
    def carried(self) -> dict[str, str]:
        """The same as words of an address; nothing for the first page."""
        return {BEFORE if self.back else BEHIND: self.key} if self.key else {}


FIRST = Turn()


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, in its order, with what the addresses of the pages around them carry (None: no such page).

    `first` and `total` are told of lists that were at hand as a whole.
    """

    rows: Sequence[Row]
    previous: Mapping[str, str] | None = None
    following: Mapping[str, str] | None = None
    first: int | None = None
    total: int | None = None

    @property
    def last(self) -> int | None:
        return None if self.first is None else self.first + len(self.rows) - 1

    @property
    def alone(self) -> bool:
        """The list is no longer than this page."""
        return self.previous is None and self.following is None

    def of(self, rows: Sequence[Other]) -> "Page[Other]":
        """The same place, with each of its rows made into something else."""
        return Page(rows, self.previous, self.following, self.first, self.total)


@dataclass(frozen=True)
class Order:
    """How a list is ordered: by columns of which the last is the same for no two rows, all rising or all falling.

    `named` tells the row that a key of an address means. That row need not be in the list any more.
    """

    columns: Sequence[ColumnElement[Any]]
    named: Callable[[str], ColumnElement[bool]]
    falling: bool = False
    joined: Select[Any] | None = None
    """The columns with what they hang on, where they are not of one table."""

    def turned(self, asked: Select[*Columns], turn: Turn) -> Select[*Columns]:
        """The list in this order from where the turn begins; with `back` from there towards its top."""
        against = turn.back != self.falling
        found = asked.order_by(None).order_by(*(each.desc() if against else each for each in self.columns))
        if not turn.key:
            return found
        row = select(*self.columns) if self.joined is None else self.joined
        there = row.where(self.named(turn.key)).correlate(None).scalar_subquery()
        here: ColumnElement[Any] = tuple_(*self.columns)
        return found.where(here < there if against else here > there)


def page(
    asked: Select[*Columns], order: Order, turn: Turn, key: Callable[[Any], str], *, size: int = ROWS
) -> Page[Any]:
    """The page of a list that the turn means, in one statement; `key` tells what stands for a row in addresses.

    Its rows have the columns that were asked for, by place and by name.
    """
    return paged(lambda at, most: session.execute(order.turned(asked, at).limit(most)).all(), turn, key, size=size)


def paged(
    ask: Callable[[Turn, int], Sequence[Any]], turn: Turn, key: Callable[[Any], str], *, size: int = ROWS
) -> Page[Any]:
    """The same of rows that `ask` fetches: from where a turn begins, as `Order.turned` has them, so many at most.

    A row nobody knows leads to the first page, and so does turning back to a page that would no longer be full.
    """
    rows = ask(turn, size + 1)
    if turn.key and (not rows or (turn.back and len(rows) < size)):
        turn = FIRST
        rows = ask(turn, size + 1)
    more, shown = len(rows) > size, list(rows[:size])
    if turn.back:
        shown.reverse()
    above, below = (more, True) if turn.back else (bool(turn.key), more)
    return Page(
        shown,
        previous={BEFORE: key(shown[0])} if shown and above else None,
        following={BEHIND: key(shown[-1])} if shown and below else None,
    )


def cut(
    listed: Sequence[Row],
    turn: Turn,
    key: Callable[[Row], str],
    *,
    passes: Callable[[Row], bool] = lambda _row: True,
    size: int = ROWS,
) -> Page[Row]:
    """The same of a list that is at hand as a whole, of which only those rows are shown that pass."""
    keys = [key(row) for row in listed]
    at = keys.index(turn.key) if turn.key in keys else None
    shown = [n for n, row in enumerate(listed) if passes(row)]
    if at is None:
        start = 0
    elif turn.back:
        start = max(sum(n < at for n in shown) - size, 0)
    else:
        start = sum(n <= at for n in shown)
    rows = shown[start : start + size]
    return Page(
        [listed[n] for n in rows],
        previous={BEFORE: keys[rows[0]]} if rows and start else None,
        following={BEHIND: keys[rows[-1]]} if rows and start + size < len(shown) else None,
        first=start + 1,
        total=len(shown),
    )
