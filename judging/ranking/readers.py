"""Which works of a frozen round may be read by one member more, and why."""

from collections.abc import Mapping, Sequence
from typing import Literal

from award.editions.models import Edition, Round
from judging.panels.dealing import Pair
from judging.ranking import queries
from judging.ranking.aggregate import Totals, totals
from judging.ranking.alerts import needs_third
from judging.ranking.apart import Apart
from judging.ranking.gathering import Gathered
from judging.ranking.minimum import Minimum
from judging.scoring.progress import Progress, progress

Why = Literal["short", "third", "apart", "near"]
"""Too few sheets for a place; two that differ much; one that still lies apart after its judge looked; near the cut."""

NONE_ADDED = queries.Added()
MOST_ADDED = 6
"""Readers a work is given in a frozen round at most."""
AT_ONCE = 3
"""Readers a work near the cut may be given in one act."""


def more_readers(edition: Edition, judged: Round, found: Gathered, odd: Sequence[Apart]) -> dict[Pair, Why]:
    """(panel, entry) → why, of all such works of the round, the most open of those near the cut first.

    Those near the cut come from what was settled when the round was frozen; all others are as the sheets are now.
    """
    of = {panel: totals(found.given(panel), judged.steps_per_point) for panel in found.by_panel}
    given = queries.readers_added(judged.id)
    answered = {look.sheet_id for look in queries.looks(judged.id) if look.answer is not None}
    why: dict[Pair, Why] = dict.fromkeys(queries.near_the_cut(judged.id), "near")
    why |= dict.fromkeys(_apart(odd, answered) - set(given), "apart")
    why |= dict.fromkeys(_thirds(of, judged.scale_max) - set(given), "third")
    short = shorts(progress(judged.id), queries.minimum_now(edition, judged))
    why |= {pair: "short" for pair, lacks in short.items() if given.get(pair, NONE_ADDED).awaited < lacks}
    return why


def shorts(known: Progress, minimum: Minimum) -> dict[Pair, int]:
    """(panel, entry) → how many sheets it lacks for a place."""
    lacks = {(w.panel_id, w.entry_id): minimum.of(w.assigned) - w.finished for w in known.works}
    return {pair: number for pair, number in lacks.items() if number > 0}


def _thirds(of: Mapping[int, Totals], scale: int) -> set[Pair]:
    return {(panel, entry) for panel, works in of.items() for entry in needs_third(works, scale)}


def _apart(odd: Sequence[Apart], answered: set[int]) -> set[Pair]:
    """Works with a sheet that its judge has looked at again and that still lies far apart, or beyond the rules."""
    return {
        (each.panel_id, each.entry_id)
        for each in odd
        if each.sheet_id in answered and (each.level == "red" or each.gap is not None)
    }
