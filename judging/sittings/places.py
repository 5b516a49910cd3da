"""Which of the works that passed get the places of a level: by the share that agreed, never by when they were voted on.

Pure. Where works of one share are more than the places left, the steps of the rules part them in their order, a ballot
among them being one; what none parts is left open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Parts = Callable[[Sequence[int], Mapping[int, Fraction]], Sequence[Sequence[int]]]
"""Works, and what a ballot among them gave those that had one → groups from the best down, equal ones together."""


def together(works: Sequence[int], _ballots: Mapping[int, Fraction]) -> Sequence[Sequence[int]]:
    """The rules name no step: all stay equal."""
    return [works]


@dataclass(frozen=True)
class Passed:
    """A work that enough agreed to: yes of those who might vote, in its last vote and in a ballot among equals."""

    entry_id: int
    share: Fraction
    among_equals: Fraction | None = None


@dataclass(frozen=True)
class Filled:
    """Works that have a place; those equal at the last places, and how many places are left for them."""

    inside: tuple[int, ...]
    tied: tuple[int, ...] = ()
    left: int = 0
    kept: tuple[int, ...] = ()
    """Works that no vote was taken on here and that are proposed all the same: they have what the votes leave."""


def filled(passed: Sequence[Passed], places: int, parts: Parts = together) -> Filled:
    """The places given from the highest share down. Works without a place fall to the next level."""
    known = {each.entry_id: each for each in passed}
    inside: list[int] = []
    for group in _by(sorted(known), lambda entry: known[entry].share):
        if len(inside) + len(group) <= places:
            inside += group
            continue
        return _at_the_edge(group, known, inside, places, parts)
    return Filled(tuple(inside))


def _at_the_edge(
    group: Sequence[int], known: dict[int, Passed], inside: list[int], places: int, parts: Parts
) -> Filled:
    ballots = {entry: share for entry in group if (share := known[entry].among_equals) is not None}
    for equal in parts(group, ballots):
        left = places - len(inside)
        if left <= 0:
            return Filled(tuple(inside))
        if len(equal) > left:
            return Filled(tuple(inside), tuple(equal), left)
        inside += equal
    return Filled(tuple(inside))


def _by(works: Sequence[int], key: Callable[[int], Fraction]) -> list[list[int]]:
    """Groups of one key, the highest first."""
    found: dict[Fraction, list[int]] = {}
    for entry in works:
        found.setdefault(key(entry), []).append(entry)
    return [found[value] for value in sorted(found, reverse=True)]
