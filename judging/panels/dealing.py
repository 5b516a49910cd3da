"""Who reads what, and in which order. Pure: the same seed gives the same outcome, on any machine."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np

from judging.panels.balance import Grid, Task, spread

Pair = tuple[int, int]
"""A seat and a work."""


@dataclass(frozen=True)
class Share:
    """What one panel shares out: the seats that may be given works, and its works with the minutes each takes.

    `readings` is how many seats read a work; None: all of them. Every seat reads the works in `common`.
    """

    seats: Sequence[int]
    works: Mapping[int, int]
    readings: int | None = None
    common: frozenset[int] = frozenset()
    fields: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Seat → the works of its fields, of the seats that said what they know. The others are taken as they come."""
    most: Mapping[int, int] = field(default_factory=dict)
    """Seat → how many works it takes at most, of the seats that said so."""

    def everybody(self, work: int) -> bool:
        """Every seat reads the work that may."""
        return self.readings is None or work in self.common

    def knows(self) -> set[Pair]:
        """Seats with the works of their fields."""
        return {(seat, work) for seat, works in self.fields.items() for work in works}

    def outside(self) -> set[Pair]:
        """Seats that said what they know, with all other works."""
        return {(seat, work) for seat, known in self.fields.items() for work in self.works if work not in known}

    def wanted(self, work: int) -> int:
        """How many readers the work is to have, as far as conflicts allow."""
        if self.readings is None or work in self.common:
            return len(self.seats)
        return self.readings


@dataclass(frozen=True)
class Dealt:
    """A new place in a seat's reading order. `blocked`: the judge has to do with the work and does not read it."""

    seat_id: int
    entry_id: int
    ordinal: int
    blocked: bool


def deal(
    shares: Iterable[Share],
    *,
    blocked: Set[Pair],
    standing: Mapping[Pair, bool],
    last: Mapping[int, int],
    seed: str,
    before: Set[Pair] = frozenset(),
    only: Set[int] | None = None,
) -> list[Dealt]:
    """Every work has the readers its panel's share asks for; each seat has its new ones in an order of its own.

    `standing`: pairs dealt before, and whether they count as readings; they are neither moved nor dealt again. `last`:
    the place of each seat's last work, which the new ones follow. A seat also has, as blocked, the works of its panel
    that it may not read. `before`: pairs that were taken back, given again where that is as good. `only`: no others.
    """
    dealt = []
    for share in shares:
        works = share.works.keys() if only is None else share.works.keys() & only
        new = new_readers(share, works, blocked=blocked, standing=standing, seed=seed, before=before)
        for seat in sorted(share.seats):
            kept = {work for work in works if (seat, work) in blocked and (seat, work) not in standing}
            mine = {work for of, work in new if of == seat} | kept
            order = [*shuffled(seed, seat, mine & share.common), *shuffled(seed, seat, mine - share.common)]
            for ordinal, work in enumerate(order, start=last.get(seat, 0) + 1):
                dealt.append(Dealt(seat, work, ordinal, work in kept))
    return dealt


def new_readers(
    share: Share,
    works: Set[int],
    *,
    blocked: Set[Pair],
    standing: Mapping[Pair, bool],
    seed: str,
    before: Set[Pair] = frozenset(),
) -> set[Pair]:
    """The pairs that give each of `works` the readers it lacks, as evenly as the seats allow.

    A work that fewer seats may read than it should have gets all of them, and a seat more than it takes at most only
    where a work would have too few readers.
    """
    free = {
        work: [seat for seat in share.seats if (seat, work) not in blocked and (seat, work) not in standing]
        for work in works
    }
    missing = lacking(share, standing)
    to_all = {work for work in works if share.everybody(work) or missing[work] >= len(free[work])}
    given = {(seat, work) for work in to_all for seat in free[work]}
    needed = {work: missing[work] for work in works - to_all if missing[work]}
    if not needed:
        return given
    rows, columns = sorted(share.works), sorted(share.seats)
    reading = {pair for pair, reads in standing.items() if reads} | given
    allowed = {(seat, work) for work in needed for seat in free[work]}
    task = Task(
        minutes=np.array([share.works[work] for work in rows]),
        needed=np.array([needed.get(work, 0) for work in rows]),
        allowed=_grid(rows, columns, allowed),
        reading=_grid(rows, columns, reading),
        before=_grid(rows, columns, before),
        knows=_grid(rows, columns, share.knows()),
        outside=_grid(rows, columns, share.outside()),
        most=np.array([share.most.get(seat, len(rows)) for seat in columns]),
    )
    spread_out = spread(task, seed)
    return given | {(columns[column], rows[row]) for row, column in np.argwhere(spread_out)}


def one_more(
    share: Share, works: Set[int], *, blocked: Set[Pair], standing: Mapping[Pair, bool], seed: str
) -> dict[int, int]:
    """Work → the seat that reads it beside those who do, minutes kept even; without works nobody else may read.

    Works with as many readers are shared out together, those with the fewest first.
    """
    have = Counter(work for (_, work), reads in standing.items() if reads)
    found: dict[int, int] = {}
    for count in sorted({have[work] for work in works}):
        asked = replace(share, readings=count + 1, common=frozenset())
        group = {work for work in works if have[work] == count}
        taken = {(seat, work): True for work, seat in found.items()}
        new = new_readers(asked, group, blocked=blocked, standing={**standing, **taken}, seed=seed)
        found |= {work: seat for seat, work in new}
    return found


def _grid(rows: Sequence[int], columns: Sequence[int], pairs: Set[Pair]) -> Grid:
    return np.array([[(seat, work) in pairs for seat in columns] for work in rows], dtype=bool)


def common_works(
    works: Mapping[int, int], kinds: Mapping[int, int], blocked: Iterable[Pair], count: int, seed: str
) -> frozenset[int]:
    """That many works for everybody to read: spread over all loại hình and, within one, all lengths; those that most
    may read first. `works`: with their minutes; `kinds`: work → loại hình.
    """
    if not count:
        return frozenset()
    kept_from = Counter(work for _, work in blocked)
    row = sorted(works, key=lambda work: (kinds[work], works[work], digest(f"{seed}/{work}")))
    count = min(count, len(row))
    parts = [row[n * len(row) // count : (n + 1) * len(row) // count] for n in range(count)]
    return frozenset(min(part, key=lambda work: (kept_from[work], digest(f"{seed}/common/{work}"))) for part in parts)


def lacking(share: Share, standing: Mapping[Pair, bool]) -> dict[int, int]:
    """Work → how many readers it has too few, whether or not somebody is free to read it."""
    have = Counter(work for (_, work), reads in standing.items() if reads)
    return {work: max(0, share.wanted(work) - have[work]) for work in share.works}


def shuffled(seed: str, seat: int, entries: Iterable[int]) -> list[int]:
    """The works in the seat's own random order: by SHA-256 of seed, seat and work."""
    return sorted(entries, key=lambda entry: digest(f"{seed}/{seat}/{entry}"))


def digest(text: str) -> bytes:
    """What chance is drawn from: SHA-256 of the words."""
    return hashlib.sha256(text.encode()).digest()
