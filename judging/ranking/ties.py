"""What is decided by a cut, and what is tied at it."""

from collections.abc import Sequence
from dataclasses import dataclass

from judging.ranking.aggregate import Place


@dataclass(frozen=True)
class Cut:
    """A cut after `size` places: entries surely in, the group tied at the cut, and how many of the group fit."""

    inside: tuple[int, ...]
    tied: tuple[int, ...]
    left: int


def cut(places: Sequence[Place], size: int) -> Cut:
    """Entries better than the score at the cut are in; those equal to it are tied when not all of them fit."""
    ranked = [place for place in places if place.rank is not None]
    if len(ranked) <= size:
        return Cut(tuple(place.entry_id for place in ranked), (), 0)
    if size <= 0:
        return Cut((), (), 0)
    edge = ranked[size - 1].score
    equal = tuple(place.entry_id for place in ranked if place.score == edge)
    better = tuple(place.entry_id for place in ranked[:size] if place.score != edge)
    if len(better) + len(equal) == size:
        return Cut(better + equal, (), 0)
    return Cut(better, equal, size - len(better))
