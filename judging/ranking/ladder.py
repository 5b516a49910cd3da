"""Equal works of a panel in the order that the steps of the rules give them, and which step parted each. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from judging.ranking.aggregate import Place, reduced
from judging.ranking.ties import Known, Parted, Step, parted

Rulings = Mapping[str, Sequence[Sequence[int]]]
"""decision, lot → the orders that were decided or drawn, each over works that were equal."""


@dataclass(frozen=True)
class Parting:
    """A work stands above `below`, of the same score, by this step; which criterion (the heaviest 0), if one."""

    step: Step
    criterion: int
    below: tuple[int, ...]


def known_of(
    scores: Mapping[int, Fraction | None],
    details: Mapping[int, Mapping[str, Any]],
    criteria: Sequence[int],
    rulings: Rulings,
) -> Known:
    """What may part these works: `details` are the sheets kept with each place, `criteria` ids, the heaviest first."""
    sheets = {entry: kept.get("sheets", ()) for entry, kept in details.items()}
    return Known(
        scores,
        [
            {
                entry: reduced(sum(sheet["marks"].get(str(one), 0) for sheet in given), len(given))
                for entry, given in sheets.items()
                if given
            }
            for one in criteria
        ],
        {
            entry: {sheet["seat"]: reduced(sum(sheet["marks"].values()), 1) for sheet in given}
            for entry, given in sheets.items()
        },
        decisions=rulings.get("decision", ()),
        lots=rulings.get("lot", ()),
    )


def climbed(places: Sequence[Place], known: Known, steps: Collection[str]) -> list[Place]:
    """The places with ranks that only works share which no step parts, best first; those without a rank stay last."""
    ranks, number = dict[int, int](), 1
    for group in _parted(places, known, steps).order:
        ranks |= dict.fromkeys(group, number)
        number += len(group)
    found = [place if place.rank is None else place.ranked(ranks[place.entry_id]) for place in places]
    return sorted(found, key=lambda place: (place.rank is None, place.rank or 0, place.entry_id))


def partings(places: Sequence[Place], known: Known, steps: Collection[str]) -> dict[int, Parting]:
    """Work → how it stands above the next ones, for those of equal score that a step parted."""
    found = _parted(places, known, steps)
    told = dict[int, Parting]()
    for number, step in enumerate(found.steps):
        if step != "score":
            parting = Parting(step, found.criteria[number], found.order[number + 1])
            told |= dict.fromkeys(found.order[number], parting)
    return told


def equals(places: Sequence[Place]) -> list[tuple[int, ...]]:
    """Works that share a rank, in the order of the ranks."""
    by_rank: dict[int, list[int]] = {}
    for place in places:
        if place.rank is not None:
            by_rank.setdefault(place.rank, []).append(place.entry_id)
    return [tuple(by_rank[rank]) for rank in sorted(by_rank) if len(by_rank[rank]) > 1]


def _parted(places: Sequence[Place], known: Known, steps: Collection[str]) -> Parted:
    return parted([place.entry_id for place in places if place.rank is not None], known, steps)
