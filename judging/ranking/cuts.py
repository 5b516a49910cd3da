"""Where the shortlist of a round is cut: in each panel after its own count, in the others after the round's.

Pure: places in, cuts out. Works of different panels are set against each other only where the round's count leaves
panels no count of their own and judges who read together link them; panels that nothing links get a share of the
places by their number of works.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.panels.linking import groups
from judging.ranking.aggregate import Place, ranks
from judging.ranking.ties import Cut, cut

Order = Callable[[Sequence[Place]], Sequence[Place]]
"""Places by score → places in which equal works are parted as far as the rules part them."""
Linked = Sequence[frozenset[int]]
"""Panels whose works may be set against each other; a panel that is in none stands for itself."""


@dataclass(frozen=True)
class PanelCut:
    """The cut that decides a panel's works, and the panels it decides together with."""

    cut: Cut
    size: int
    panels: frozenset[int]
    divided: bool = False
    """Its places are a share of the round's, by the number of works."""

    @property
    def shared(self) -> bool:
        return len(self.panels) > 1


def by_score(places: Sequence[Place]) -> Sequence[Place]:
    """The rules part nobody."""
    return places


def cuts(
    places: Mapping[int, Sequence[Place]],
    counts: Mapping[int, int | None],
    of_round: int | None,
    order: Order = by_score,
    linked: Linked = (),
    floor: Fraction | None = None,
) -> dict[int, PanelCut]:
    """Panel → its cut; panels that nobody gave a number have none, unless there is a `floor`.

    `places` are each panel's, best first; `counts` are the panels' own; what they leave of the round's count is for
    all panels without one. `order` parts equal works before anything is cut. Works below the `floor` are never inside.
    """
    able = {panel: above(each, floor) for panel, each in places.items()}
    found = dict[int, PanelCut]()
    for panels, size, divided in shares(
        {panel: len(_ranked(each)) for panel, each in places.items()}, counts, of_round, linked
    ):
        one = PanelCut(cut(order(_merged(able, panels)), size), size, panels, divided)
        found |= dict.fromkeys(panels, one)
    if floor is not None:
        for panel in able.keys() - found.keys():
            inside = tuple(place.entry_id for place in _ranked(able[panel]))
            found[panel] = PanelCut(Cut(inside, (), 0), len(inside), frozenset({panel}))
    return found


def shares(
    works: Mapping[int, int], counts: Mapping[int, int | None], of_round: int | None, linked: Linked = ()
) -> list[tuple[frozenset[int], int, bool]]:
    """(panels decided together, number of places, whether it is a share of the round's) of panels that have one.

    `works`: panel → how many works of it are ranked.
    """
    own = {panel: size for panel, size in counts.items() if size is not None}
    found = [(frozenset({panel}), size, False) for panel, size in own.items() if panel in works]
    if of_round is None:
        return found
    left = max(of_round - sum(own.values()), 0)
    together = {panel for panel in works if counts.get(panel) is None}
    parts = [group & together for group in linked if group & together]
    parts += [frozenset({panel}) for panel in sorted(together.difference(*parts))]
    if len(parts) < 2:
        return found + [(part, left, False) for part in parts]
    given = seats({number: sum(works[panel] for panel in part) for number, part in enumerate(parts)}, left)
    return found + [(part, given[number], True) for number, part in enumerate(parts)]


def seats(works: Mapping[int, int], places: int) -> dict[int, int]:
    """The places shared out by number of works: whole parts first, then the largest remainders, larger lists first."""
    every = sum(works.values())
    if places >= every:
        return dict(works)
    exact = {one: Fraction(places * number, every) for one, number in works.items()}
    found = {one: int(part) for one, part in exact.items()}
    rest = sorted(works, key=lambda one: (found[one] - exact[one], -works[one], one))
    for one in rest[: places - sum(found.values())]:
        found[one] += 1
    return found


def own_sizes(
    counts: Mapping[int, int | None],
    of_round: int | None,
    works: Mapping[int, int] | None = None,
    linked: Linked = (),
) -> dict[int, int]:
    """Panel → its number of places, for those not cut together with others. `counts` are those of panels with works."""
    ranked = works if works is not None else dict.fromkeys(counts, 1)
    found = shares(ranked, counts, of_round, linked)
    return {next(iter(panels)): size for panels, size, _divided in found if len(panels) == 1}


def linked_panels(readers: Mapping[int, Sequence[Collection[int]]]) -> list[frozenset[int]]:
    """Panels linked by persons who read together. `readers`: panel → for each of its works, who read it."""
    people = groups([each for works in readers.values() for each in works if each])
    at = {person: number for number, group in enumerate(people) for person in group}
    return groups(
        [
            [panel for panel, works in readers.items() if any(at[one] == number for each in works for one in each)]
            for number in range(len(people))
        ]
    )


def _ranked(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.rank is not None]


def above(places: Sequence[Place], floor: Fraction | None) -> list[Place]:
    """A work below the floor has no rank here: it takes no place."""
    if floor is None:
        return list(places)
    return [each.ranked(None) if each.score is None or each.score < floor else each for each in places]


def _merged(places: Mapping[int, Sequence[Place]], panels: frozenset[int]) -> list[Place]:
    """The works of these panels in one order of scores."""
    every = [place for panel in sorted(panels) for place in places[panel]]
    ranked = ranks({place.entry_id: None if place.rank is None else place.score for place in every})
    again = [place.ranked(ranked[place.entry_id]) for place in every]
    return sorted(again, key=lambda place: (place.rank is None, place.rank or 0, place.entry_id))
