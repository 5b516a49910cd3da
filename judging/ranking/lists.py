"""What stands beside the places of works that are cut together: one panel, or several that share a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from judging.ranking import advice
from judging.ranking.advice import Side
from judging.ranking.cuts import PanelCut
from judging.ranking.pairs import NONE, Pairs
from judging.ranking.uncertainty import Estimate

Kept = Mapping[str, Any]
"""Of one work, as it was written down when the round ended."""


@dataclass(frozen=True)
class OneList:
    """The cut its works are thought of beside, and what was kept of each that still stands with a rank.

    `prizes`: of a last round, which sends nobody on, the number of prizes, at which the cut is thought.
    """

    at: PanelCut | None
    kept: Mapping[int, Kept]
    prizes: int | None

    @property
    def usual(self) -> bool:
        """Chances rest on the usual proportions of works, judges and noise."""
        return any(each.get("usual") for each in self.kept.values())

    def sides(self) -> dict[int, Side]:
        return advice.sides(self.kept, self.at.cut if self.at else None, self.at.size if self.at else None)

    def pairs(self, codes: Mapping[int, str]) -> Pairs:
        """Of works whose codes the reader may know. Of rounds that ended before estimates were kept there are none."""
        if self.at is None:
            return NONE
        known = {entry: Estimate.of(each["estimate"]) for entry, each in self.kept.items() if "estimate" in each}
        return Pairs({entry: each for entry, each in known.items() if entry in codes}, self.at.cut, codes)


def lists(kept: Mapping[int, Mapping[int, Kept]], at: Mapping[int, PanelCut], prizes: int | None) -> dict[int, OneList]:
    """Panel → its list. `kept`: of each panel's works; `at`: the cuts of panels that have one."""
    found = {}
    for panel in kept:
        cut = at.get(panel)
        together = sorted(cut.panels) if cut else [panel]
        found[panel] = OneList(
            cut, {entry: one for each in together for entry, one in kept.get(each, {}).items()}, prizes
        )
    return found
