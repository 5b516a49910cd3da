"""For how many works the lists of a round are made. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Prizes(NamedTuple):
    """A level of the ladder: how many of its prizes there are, and whose works alone can have them; none is all."""

    quota: int
    kinds: frozenset[int] = frozenset()
    """Loại hình."""


@dataclass(frozen=True)
class Aim:
    """The number of works a list is made for, and of which loại hình it is; None is all.

    `prizes`: a last round sends nobody on, so the number is that of the prizes, at which the cut is thought.
    """

    size: int | None
    prizes: bool = False
    kinds: frozenset[int] | None = None

    def takes(self, kind: int) -> bool:
        return self.kinds is None or kind in self.kinds


def at_prizes(levels: Sequence[Prizes]) -> list[Aim]:
    """The lists of a last round: works that the same prizes are for are one list.

    Where levels are for some loại hình alone, those that are for all come on top of every list's number and are left
    out of it; kinds that share one level but not all of theirs have no number that is their own, and no list.
    """
    only = [level for level in levels if level.kinds]
    if not only:
        every = sum(level.quota for level in levels)
        return [Aim(every, prizes=True)] if every else []
    open_to = {
        kind: frozenset(number for number, level in enumerate(only) if kind in level.kinds)
        for each in only
        for kind in each.kinds
    }
    found = []
    for which in dict.fromkeys(open_to[kind] for kind in sorted(open_to)):
        kinds = frozenset(kind for kind, those in open_to.items() if those == which)
        size = sum(only[number].quota for number in which)
        if size and all(only[number].kinds == kinds for number in which):
            found.append(Aim(size, prizes=True, kinds=kinds))
    return found
