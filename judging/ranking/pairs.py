"""Works on the two sides of a cut that the sheets do not tell apart: what to talk about, and beside which other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flask_babel import gettext as _

from judging.ranking.ties import Cut
from judging.ranking.uncertainty import SETTLED, Estimate, better

MOST = 5
"""So many are named beside a work, those that are least told apart from it; of the others there is a number."""


@dataclass(frozen=True)
class Rival:
    """A work across the cut. `percent`: how sure it is that the one inside is the better of the two."""

    entry_id: int
    percent: int


def across(
    known: Mapping[int, Estimate], inside: Collection[int], outside: Collection[int]
) -> dict[int, tuple[Rival, ...]]:
    """Work → those across the cut that it is not told apart from, the least sure first. A pair stands with both."""
    found = dict[int, list[tuple[float, int]]]()
    for one in known.keys() & set(inside):
        for other in known.keys() & set(outside):
            sure = better(known[one], known[other])
            if sure < SETTLED:
                found.setdefault(one, []).append((sure, other))
                found.setdefault(other, []).append((sure, one))
    return {one: tuple(Rival(other, int(100 * sure)) for sure, other in sorted(each)) for one, each in found.items()}


@dataclass(frozen=True)
class Pairs:
    """Of each list its cut and what was known of its works when the round ended; `codes` of those that may be known."""

    lists: Sequence[tuple[Mapping[int, Estimate], Cut]] = ()
    codes: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def found(self) -> Mapping[int, tuple[Rival, ...]]:
        """Works tied at the cut are on neither side of it; without a cut there are no sides."""
        return {
            entry: rivals
            for known, cut in self.lists
            for entry, rivals in across(known, cut.inside, known.keys() - {*cut.inside, *cut.tied}).items()
        }

    def told(self, entry_id: int, hidden: Collection[int] = ()) -> str:
        """Of the work, in words: III-IN-005 (58%), III-IN-007 (61%) và 3 tác phẩm khác; nothing of the `hidden`."""
        rivals = [each for each in self.found.get(entry_id, ()) if each.entry_id not in hidden]
        named = ", ".join(f"{self.codes[each.entry_id]} ({each.percent}%)" for each in rivals[:MOST])
        if len(rivals) <= MOST:
            return named
        return str(_("%(named)s và %(n)s tác phẩm khác", named=named, n=len(rivals) - MOST))


NONE = Pairs()
