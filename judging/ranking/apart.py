"""Which sheets of a frozen round lie so far from the others that their judges may be asked to look again."""

from dataclasses import dataclass
from fractions import Fraction

from judging.ranking.aggregate import digits_needed, shown, totals
from judging.ranking.alerts import Level, alerts, beyond, rests
from judging.ranking.gathering import Gathered
from judging.ranking.severity import severity

ENOUGH = 2
"""From the mean of fewer others their marks could be told."""


@dataclass(frozen=True)
class Apart:
    """One sheet. `level` is None where only the regulations speak; `gap` where they do, its distance from the mean."""

    panel_id: int
    entry_id: int
    seat_id: int
    sheet_id: int
    level: Level | None
    gap: Fraction | None
    others: int

    def told(self, limit: Fraction | None) -> tuple[str, str]:
        """What the judge may be told: the distance, from enough others only, and what the regulations allow.

        So many decimals that a distance beyond the limit is not written like the limit itself.
        """
        if self.gap is None or limit is None:
            return "", ""
        digits = digits_needed([self.gap, limit])
        return (str(shown(self.gap, digits)) if self.others >= ENOUGH else ""), str(shown(limit, digits))


def apart(found: Gathered, limit: Fraction | None) -> list[Apart]:
    """By panel: those that the figures speak of, the worst first; then those that only the regulations speak of."""
    odd = []
    for panel_id, works in found.by_panel.items():
        given = {e: t for e, t in totals(found.given(panel_id), found.judged.steps_per_point).items() if t}
        sheets = {(each.entry_id, each.seat_id): each for sent in works.values() for each in sent}
        ruled = beyond(given, limit) if limit is not None else {}
        known = severity(given, found.judged.scale_max)
        levels = {(a.entry_id, a.seat_id): a.level for a in alerts(rests(given, known.offsets), found.judged.scale_max)}
        rest = sorted(ruled.keys() - levels.keys(), key=lambda pair: (-abs(ruled[pair]), pair))
        for entry, seat in (*levels, *rest):
            gap = ruled.get((entry, seat))
            odd.append(
                Apart(
                    panel_id,
                    entry,
                    seat,
                    sheets[entry, seat].sheet_id,
                    levels.get((entry, seat)),
                    None if gap is None else abs(gap),
                    len(given[entry]) - 1,
                )
            )
    return odd
