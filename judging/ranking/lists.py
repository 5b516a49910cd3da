"""What stands beside the places of works that are cut together: of one panel or several, of all loại hình or of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from judging.ranking import advice
from judging.ranking.advice import Side
from judging.ranking.aims import Aim
from judging.ranking.cuts import PanelCut
from judging.ranking.pairs import Pairs
from judging.ranking.ties import Cut
from judging.ranking.uncertainty import Estimate

Kept = Mapping[str, Any]
"""Of one work, as it was written down when the round ended."""


@dataclass(frozen=True)
class OneList:
    """The cut its works are thought of beside, and what was kept of each that still stands with a rank."""

    aim: Aim
    at: PanelCut | None
    kept: Mapping[int, Kept]

    @property
    def usual(self) -> bool:
        """Chances rest on the usual proportions of works, judges and noise."""
        return any(each.get("usual") for each in self.kept.values())

    def sides(self) -> dict[int, Side]:
        return advice.sides(self.kept, self.at.cut if self.at else None, self.at.size if self.at else None)

    def estimates(self) -> dict[int, Estimate]:
        """Of rounds that ended before estimates were kept there are none."""
        return {entry: Estimate.of(each["estimate"]) for entry, each in self.kept.items() if "estimate" in each}


def lists(
    kept: Mapping[int, Mapping[int, Kept]],
    kinds: Mapping[int, int],
    aimed: Sequence[tuple[Aim, Mapping[int, PanelCut]]],
) -> dict[int, list[OneList]]:
    """Panel → the lists its works are on. `kept`: of each panel's works; `kinds`: work → loại hình; each aim with the
    cuts of panels that have one. Works that no aim takes are a list without a cut.
    """
    found: dict[int, list[OneList]] = {panel: [] for panel in kept}
    for aim, at in [*aimed, (_left(kinds, [aim for aim, _at in aimed]), {})]:
        works = {
            panel: {entry: each for entry, each in ours.items() if aim.takes(kinds[entry])}
            for panel, ours in kept.items()
        }
        for panel, ours in works.items():
            cut = at.get(panel)
            together = sorted(cut.panels) if cut else [panel]
            if ours:
                every = {entry: one for each in together for entry, one in works.get(each, {}).items()}
                found[panel].append(OneList(aim, cut, every))
    return found


def _left(kinds: Mapping[int, int], aims: Iterable[Aim]) -> Aim:
    """Of the loại hình that none of them takes."""
    taken = list(aims)
    return Aim(None, kinds=frozenset(kind for kind in kinds.values() if not any(aim.takes(kind) for aim in taken)))


def sides_of(of: Iterable[OneList]) -> dict[int, Side]:
    return {entry: side for one in of for entry, side in one.sides().items()}


def pairs_of(of: Iterable[OneList], codes: Mapping[int, str]) -> Pairs:
    """Of works whose codes the reader may know."""
    cut: list[tuple[Mapping[int, Estimate], Cut]] = [
        ({entry: each for entry, each in one.estimates().items() if entry in codes}, one.at.cut) for one in of if one.at
    ]
    return Pairs(cut, codes)


def prizes_told(of: Iterable[OneList], names: Mapping[int, str]) -> str:
    """For how many prizes its lists are made: 6, or Báo in: 4; Phát thanh: 2. Empty where works go on to a next round.

    `names`: of the loại hình of the panel's works.
    """
    told = []
    for one in of:
        if one.aim.prizes:
            whose = ", ".join(name for kind, name in names.items() if one.aim.kinds is not None and one.aim.takes(kind))
            told.append(f"{whose}: {one.aim.size}" if whose else str(one.aim.size))
    return "; ".join(told)
