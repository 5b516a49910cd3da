"""Where the shortlist of a round is cut: in each panel after its own count, in the others together after the round's.

Pure: places in, cuts out. Works of different panels are set against each other only where the round's count leaves
panels no count of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from judging.ranking.aggregate import Place, ranks
from judging.ranking.ties import Cut, cut


@dataclass(frozen=True)
class PanelCut:
    """The cut that decides a panel's works, and the panels it decides together with."""

    cut: Cut
    size: int
    panels: frozenset[int]

    @property
    def shared(self) -> bool:
        return len(self.panels) > 1


def cuts(
    places: Mapping[int, Sequence[Place]], counts: Mapping[int, int | None], of_round: int | None
) -> dict[int, PanelCut]:
    """Panel → its cut; panels that nobody gave a number have none.

    `places` are each panel's, best first; `counts` are the panels' own; what they leave of the round's count is for
    all panels without one.
    """
    found = {}
    for panel, size in counts.items():
        if size is not None and panel in places:
            found[panel] = PanelCut(cut(places[panel], size), size, frozenset({panel}))
    if of_round is None:
        return found
    together = frozenset(panel for panel in places if counts.get(panel) is None)
    left = max(of_round - sum(size for size in counts.values() if size is not None), 0)
    shared = PanelCut(cut(_merged(places, together), left), left, together)
    return found | dict.fromkeys(together, shared)


def own_sizes(counts: Mapping[int, int | None], of_round: int | None) -> dict[int, int]:
    """Panel → its number of places, for those not cut together with others. `counts` are those of panels with works."""
    found = {panel: size for panel, size in counts.items() if size is not None}
    together = [panel for panel, size in counts.items() if size is None]
    if of_round is not None and len(together) == 1:
        found[together[0]] = max(of_round - sum(found.values()), 0)
    return found


def _merged(places: Mapping[int, Sequence[Place]], panels: frozenset[int]) -> list[Place]:
    """The works of these panels in one order of scores."""
    every = [place for panel in sorted(panels) for place in places[panel]]
    ranked = ranks({place.entry_id: None if place.rank is None else place.score for place in every})
    again = [replace(place, rank=ranked[place.entry_id]) for place in every]
    return sorted(again, key=lambda place: (place.rank is None, place.rank or 0, place.entry_id))
