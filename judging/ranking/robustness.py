"""Whether a list stands without any one of its judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from judging.ranking.aggregate import Totals, mean
from judging.ranking.severity import seats

Score = Callable[[list[Fraction]], Fraction | None]


@dataclass(frozen=True)
class Robustness:
    """Works inside the cut; those that stay there whoever is left out; what changes without each judge who matters."""

    inside: frozenset[int]
    steadfast: frozenset[int]
    changes: Mapping[int, tuple[frozenset[int], frozenset[int]]]
    """Seat → works that would come in, works that would fall out."""


def robustness(totals: Totals, size: int, score: Score = mean) -> Robustness:
    """The best `size` works, ties at the cut counted in, beside those without each judge in turn.

    A work nobody else read has no score without its judge: it stays where it is, since nothing speaks against it.
    """
    whole = inside(totals, size, score)
    steadfast, changes = set(whole), {}
    for seat in seats(totals):
        alone = {entry for entry, given in totals.items() if set(given) == {seat}}
        without = {
            entry: given if entry in alone else {who: total for who, total in given.items() if who != seat}
            for entry, given in totals.items()
        }
        then = inside(without, size, score)
        steadfast &= then
        if then != whole:
            changes[seat] = (then - whole, whole - then)
    return Robustness(whole, frozenset(steadfast), changes)


def inside(totals: Totals, size: int, score: Score = mean) -> frozenset[int]:
    """The best `size` works and whatever equals the last of them."""
    found = ((entry, score(list(given.values()))) for entry, given in totals.items())
    scores = {entry: value for entry, value in found if value is not None}
    if size <= 0 or not scores:
        return frozenset()
    shared = lcm(*(value.denominator for value in scores.values()))  # whole numbers are compared at once
    whole = {entry: value.numerator * (shared // value.denominator) for entry, value in scores.items()}
    edge = sorted(whole.values(), reverse=True)[min(size, len(whole)) - 1]
    return frozenset(entry for entry, value in whole.items() if value >= edge)
