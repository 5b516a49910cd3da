"""Which of the works that passed get the places of a level: by the share that agreed, never by when they were voted on.

Pure. Where works of one share are more than the places left, the steps of the rules part them first, then a ballot
among them; what neither parts is left open.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Parts = Callable[[Sequence[int]], Sequence[Sequence[int]]]
"""Works → groups from the best down, equal ones together."""


def together(works: Sequence[int]) -> Sequence[Sequence[int]]:
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
    for equal in parts(group):
        ballots = [known[entry].among_equals for entry in equal]
        held = len(equal) > 1 and all(each is not None for each in ballots)
        for one in _by(equal, lambda entry: known[entry].among_equals or Fraction(0)) if held else [list(equal)]:
            left = places - len(inside)
            if left <= 0:
                return Filled(tuple(inside))
            if len(one) > left:
                return Filled(tuple(inside), tuple(one), left)
            inside += one
    return Filled(tuple(inside))


def _by(works: Sequence[int], key: Callable[[int], Fraction]) -> list[list[int]]:
    """Groups of one key, the highest first."""
    found: dict[Fraction, list[int]] = {}
    for entry in works:
        found.setdefault(key(entry), []).append(entry)
    return [found[value] for value in sorted(found, reverse=True)]
