"""The sheets of a frozen or closed round with their marks, by panel: the one place of this room that opens them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from award.editions.models import Panel, Round
from judging.ranking import queries
from judging.ranking.advice import Advice, advice, likely
from judging.ranking.aggregate import Sheet, Totals, totals
from judging.ranking.cuts import shares
from judging.ranking.links import holders, linked_in
from judging.scoring.queries import FinishedSheet, finished_marks


@dataclass(frozen=True)
class Gathered:
    """Panel → work → the sheets that count. A work without any is there too."""

    judged: Round
    panels: Mapping[int, Panel]
    by_panel: Mapping[int, Mapping[int, list[FinishedSheet]]]
    kinds: Mapping[int, int]
    """Work → its loại hình: what is usual differs from one to the other."""

    @property
    def sheets(self) -> list[FinishedSheet]:
        return [sheet for works in self.by_panel.values() for given in works.values() for sheet in given]

    @cached_property
    def commitments(self) -> list[str]:
        """Of all these sheets, sorted."""
        return queries.commitments([sheet.sheet_id for sheet in self.sheets])

    def given(self, panel_id: int) -> dict[int, list[Sheet]]:
        """Work → sheets, as the figures are made from them."""
        works = self.by_panel[panel_id]
        return {entry: [Sheet(each.seat_id, each.marks) for each in found] for entry, found in works.items()}

    def beside(self, unranked: Collection[int] = ()) -> dict[int, Advice]:
        """Panel → what stands beside its official figures. Panels that are cut together are one list."""
        counts = {panel_id: self.panels[panel_id].shortlist_size for panel_id in self.by_panel}
        seats = {
            panel: [[sheet.seat_id for sheet in given] for given in each.values()]
            for panel, each in self.by_panel.items()
        }
        of, linked = self.judged, linked_in(self.judged, counts, seats)
        given = {panel_id: totals(self.given(panel_id), of.steps_per_point) for panel_id in self.by_panel}
        found = {panel_id: advice(each, of.scale_max, unranked) for panel_id, each in given.items()}
        for aim in queries.aims(of):
            taken = {
                panel: {entry: each for entry, each in ours.items() if aim.takes(self.kinds[entry])}
                for panel, ours in given.items()
            }
            works = {panel: sum(entry not in unranked for entry in ours) for panel, ours in taken.items() if ours}
            for panels, size, _divided in shares(works, counts, aim.size, linked):
                together = likely(self._one(taken, panels), size, self.commitments, self.kinds, unranked)
                for panel_id in panels:
                    for entry in taken[panel_id]:
                        found[panel_id].works[entry].update(together.get(entry, {}))
        return found

    def _one(self, given: Mapping[int, Totals], panels: Collection[int]) -> Totals:
        """The sheets of these panels as one list: where they are several, by who gave them, who may sit on two."""
        if len(panels) == 1:
            return given[next(iter(panels))]
        return self._by_person(given, panels)

    def _by_person(self, given: Mapping[int, Totals], panels: Collection[int]) -> Totals:
        """The sheets of these panels by who gave them: one person may sit on several."""
        people = holders(self.judged.id)
        return {
            entry: {people[seat]: total for seat, total in sheets.items()}
            for panel_id in sorted(panels)
            for entry, sheets in given[panel_id].items()
        }


def gathered(judged: Round) -> Gathered:
    """Everything that was sent in the round. Refused while its marks are kept secret."""
    by_panel: dict[int, dict[int, list[FinishedSheet]]] = defaultdict(dict)
    sheets = finished_marks(judged.id)
    kinds: dict[int, int] = {}
    for panel_id, entry_id, category_id in queries.works(judged.id):
        by_panel[panel_id][entry_id], kinds[entry_id] = [], category_id
    for sheet in sheets:
        by_panel[sheet.panel_id].setdefault(sheet.entry_id, []).append(sheet)
    return Gathered(judged, queries.panels(judged.id), by_panel, kinds)
