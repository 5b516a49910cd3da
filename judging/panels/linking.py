"""Whether readers share works: without that their severities cannot be told apart from the works they were given."""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from math import inf, sqrt

import numpy as np

CLOSE_ENOUGH = 0.35
"""The most a difference of severity between two readers may be uncertain by, in units of the noise of one sheet."""


def enough_for_two(shared: int) -> bool:
    """Two readers who share so many works can be compared."""
    return 2 / shared <= CLOSE_ENOUGH**2 if shared else False


def groups(readers: Iterable[Collection[int]], everybody: Iterable[int] = ()) -> list[frozenset[int]]:
    """Readers who are linked by works they share, directly or over others; `readers` holds those of each work.

    Of `everybody` those without any work are groups of their own. The largest group comes first.
    """
    leader: dict[int, int] = {reader: reader for reader in everybody}

    def find(reader: int) -> int:
        leader.setdefault(reader, reader)
        while leader[reader] != reader:
            leader[reader] = leader[leader[reader]]
            reader = leader[reader]
        return reader

    for each in readers:
        together = [find(reader) for reader in each]
        for one, other in pairwise(together):
            leader[find(one)] = find(other)
    found: dict[int, set[int]] = {}
    for reader in leader:
        found.setdefault(find(reader), set()).add(reader)
    return sorted((frozenset(group) for group in found.values()), key=lambda group: (-len(group), min(group)))


def uncertainty(readers: Mapping[int, Collection[int]]) -> float:
    """The largest standard error of a difference of severity between two readers, in units of the noise of one sheet.

    `readers` holds those of each work. Infinite for readers in groups that share nothing; 0 for a single reader.
    """
    if len(groups(readers.values())) > 1:
        return inf
    order = {reader: row for row, reader in enumerate(sorted({one for each in readers.values() for one in each}))}
    laplacian = np.zeros((len(order), len(order)))
    for each in readers.values():
        rows = [order[reader] for reader in each]
        if rows:
            laplacian[np.ix_(rows, rows)] -= 1 / len(rows)
            laplacian[rows, rows] += 1
    if len(order) < 2:
        return 0.0
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    spread = np.diag(inverse)[:, None] + np.diag(inverse)[None, :] - 2 * inverse
    return sqrt(max(float(spread.max()), 0.0))
