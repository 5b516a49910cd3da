"""What stands beside the official figures of a closed round: found once, when the round ends, and never moved after.

A work that leaves later takes its own figures along and changes those of no other. Numbers in, numbers out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from judging.ranking.aggregate import Totals, ranks, shown
from judging.ranking.reliability import FAIR, GOOD, POOR, Agreement, alpha, icc
from judging.ranking.robustness import robustness
from judging.ranking.severity import corrected, severity
from judging.ranking.ties import Cut
from judging.ranking.uncertainty import FAINT, FIRM, belief, chances, seed_of

PARTS = 1000
"""Chances are kept in thousandths: the draws tell no more."""


def near(among: int) -> bool:
    """A chance, in thousandths, of a work that is neither surely in nor surely out."""
    return FAINT * PARTS < among < FIRM * PARTS


@dataclass(frozen=True)
class Advice:
    """λ where severity was corrected, and what each work keeps: corrected score, chance, what is known of it."""

    ratio: Fraction | None
    works: Mapping[int, dict[str, Any]]


def advice(
    totals: Totals,
    scale: int,
    size: int | None,
    commitments: Iterable[str],
    kinds: Mapping[int, int] | None = None,
    unranked: Collection[int] = (),
) -> Advice:
    """Beside the places of one panel. No chance without a number of places; the draws start from the sheets.

    Works of several `kinds` (work → kind) are each thought of beside the mean of their own. The `unranked` have no
    chance and take none from others; what they were given tells of the judges all the same.
    """
    known = severity(totals, scale)
    works: dict[int, dict[str, Any]] = {entry: {} for entry in totals}
    if known.ratio is not None:
        for entry, value in corrected(totals, known.offsets).items():
            if value is not None and entry not in unranked:
                works[entry]["corrected"] = [value.numerator, value.denominator]
    placed = {entry: given for entry, given in totals.items() if entry not in unranked}
    sure = belief(placed, kinds) if size else None
    if sure is not None and size:
        for entry, chance in chances(sure, size, seed_of(commitments)).items():
            works[entry]["among"] = round(chance.among * PARTS)
        for entry, estimate in sure.estimates.items():
            works[entry]["estimate"] = estimate.kept()
    return Advice(known.ratio, works)


Nearness = Literal["in", "near_in", "near_out", "out"]


@dataclass(frozen=True)
class Side:
    """One work's side figures. `nearness` is None without a cut, without a chance, or tied at the cut."""

    corrected: Fraction | None = None
    nearness: Nearness | None = None
    crosses: Literal["in", "out"] | None = None
    """Where its corrected score would put it, when that is the other side of the cut."""


def sides(kept: Mapping[int, Mapping[str, Any]], cut: Cut | None, size: int | None) -> dict[int, Side]:
    """Of the works that still stand, as they were kept at the end of the round."""
    scores = {entry: Fraction(*each["corrected"]) if "corrected" in each else None for entry, each in kept.items()}
    places = ranks(scores)
    found = {}
    for entry, each in kept.items():
        if cut is None or size is None or entry in cut.tied:
            found[entry] = Side(scores[entry])
            continue
        inside, place = entry in cut.inside, places[entry]
        then = place is not None and place <= size
        crosses: Literal["in", "out"] | None = "in" if then else "out"
        if place is None or then == inside:
            crosses = None
        among = each.get("among")
        found[entry] = Side(scores[entry], None if among is None else _nearness(among / PARTS, inside), crosses)
    return found


def _nearness(among: float, inside: bool) -> Nearness:
    """Settled only where the chance says the same as the official place."""
    if inside:
        return "in" if among >= FIRM else "near_in"
    return "out" if among < FAINT else "near_out"


@dataclass(frozen=True)
class PanelFigures:
    """About a panel as a whole. `agreement` where everybody read everything, else `alpha`; None where undefined."""

    agreement: Agreement | None
    alpha: float | None
    steadfast: int
    inside: int
    """Works inside the cut, and how many of them stay whichever judge is left out; 0 without a cut."""
    of_two: bool = False
    """Only two members judged: one who marks differently moves the figure from one end to the other."""

    @property
    def unity(self) -> Decimal | None:
        """How far the members agree, of 1. Of very few works the estimate may pass 1: then it says nothing."""
        of = self.agreement.panel[1] if self.agreement else self.alpha
        return None if of is None or of > 1 else shown(Fraction(max(of, 0.0)))

    @property
    def level(self) -> Literal["poor", "fair", "good", "best"]:
        """The word for it."""
        of = float(self.unity or 0)
        return "poor" if of < POOR else "fair" if of < FAIR else "good" if of < GOOD else "best"


def figures(totals: Totals, size: int | None) -> PanelFigures:
    """Agreement, and what hangs on a single judge. Works without a sheet say nothing."""
    read = {entry: given for entry, given in totals.items() if given}
    rows = [[float(total) for _seat, total in sorted(given.items())] for given in read.values()]
    found = robustness(read, size) if size and size < len(rows) else None
    whole = icc(rows) if len({frozenset(given) for given in read.values()}) == 1 else None
    return PanelFigures(
        whole,
        None if whole else alpha(rows),
        len(found.steadfast) if found else 0,
        len(found.inside) if found else 0,
        of_two=len({seat for given in read.values() for seat in given}) == 2,
    )
