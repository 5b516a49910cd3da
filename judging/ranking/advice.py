"""What stands beside the official figures of a closed round: found once, when the round ends, and never moved after.

A work that leaves later takes its own figures along and changes those of no other. Numbers in, numbers out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from judging.ranking.aggregate import Totals, mean, ranks, shown, trimmed
from judging.ranking.reliability import FAIR, GOOD, POOR, Agreement, alpha, icc
from judging.ranking.robustness import Score, robustness
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
    """λ where severity was corrected, and what each work keeps."""

    ratio: Fraction | None
    works: Mapping[int, dict[str, Any]]


def advice(totals: Totals, scale: int, unranked: Collection[int] = ()) -> Advice:
    """Beside the places of one panel: λ, and the scores with severity set right of works that are ranked.

    What the `unranked` were given tells of the judges all the same.
    """
    known = severity(totals, scale)
    works: dict[int, dict[str, Any]] = {entry: {} for entry in totals}
    if known.ratio is not None:
        for entry, value in corrected(totals, known.offsets).items():
            if value is not None and entry not in unranked:
                works[entry]["corrected"] = [value.numerator, value.denominator]
    return Advice(known.ratio, works)


def likely(
    totals: Totals,
    size: int | None,
    commitments: Iterable[str],
    kinds: Mapping[int, int] | None = None,
    unranked: Collection[int] = (),
) -> dict[int, dict[str, Any]]:
    """Of each work of one list, be it of several panels: its chance to be among the best `size`, the band of
    ranks it has in eight of ten draws, and what is known of it. No chance without a place; the draws start from the
    sheets. The `unranked` have none and take none from others.

    Works of several `kinds` (work → kind) are each thought of beside the mean of their own. `usual` says that the
    sheets were too few to tell how works, judges and noise differ, and the usual proportions stand for it.
    """
    placed = {entry: given for entry, given in totals.items() if entry not in unranked}
    sure = belief(placed, kinds) if size else None
    if sure is None or not size:
        return {}
    estimates, usual = sure.estimates, {"usual": True} if sure.spread.assumed else {}
    return {
        entry: {
            "among": round(chance.among * PARTS),
            "band": [chance.best, chance.worst],
            "estimate": estimates[entry].kept(),
            **usual,
        }
        for entry, chance in chances(sure, size, seed_of(commitments)).items()
    }


Nearness = Literal["in", "near_in", "near_out", "out"]


@dataclass(frozen=True)
class Side:
    """One work's side figures. `nearness` is None without a cut, without a chance, or tied at the cut."""

    corrected: Fraction | None = None
    nearness: Nearness | None = None
    crosses: Literal["in", "out"] | None = None
    """Where its corrected score would put it, when that is the other side of the cut."""
    doubt: int | None = None
    """Of a work that is neither surely in nor surely out: how far its chance is from even, in thousandths."""
    band: tuple[int, int] | None = None
    """The ranks between which it lies in eight of ten draws, where they differ."""


def sides(kept: Mapping[int, Mapping[str, Any]], cut: Cut | None, size: int | None) -> dict[int, Side]:
    """Of the works that still stand, as they were kept at the end of the round."""
    scores = {entry: Fraction(*each["corrected"]) if "corrected" in each else None for entry, each in kept.items()}
    places = ranks(scores)
    found = {}
    for entry, each in kept.items():
        among = each.get("among")
        doubt = abs(among - PARTS // 2) if among is not None and near(among) else None
        if cut is None or size is None or entry in cut.tied:
            found[entry] = Side(scores[entry], doubt=doubt, band=_band(each))
            continue
        inside, place = entry in cut.inside, places[entry]
        then = place is not None and place <= size
        crosses: Literal["in", "out"] | None = "in" if then else "out"
        if place is None or then == inside:
            crosses = None
        nearness = None if among is None else _nearness(among / PARTS, inside)
        found[entry] = Side(scores[entry], nearness, crosses, doubt, _band(each))
    return found


def _band(kept: Mapping[str, Any]) -> tuple[int, int] | None:
    """Of rounds that ended before bands were kept there are none."""
    best, worst = kept.get("band", (0, 0))
    return (best, worst) if best < worst else None


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


def as_counted(totals: Totals, figure: str, scale: int) -> tuple[Totals, Score]:
    """The totals, and how a score is found from those of a work, as the rules of the round say: for `robustness`."""
    if figure != "adjmean":
        return totals, trimmed if figure == "trimmed" else mean
    offsets = severity(totals, scale).offsets
    return {
        entry: {seat: total - offsets[seat] for seat, total in given.items()} for entry, given in totals.items()
    }, mean


def figures(totals: Totals, size: int | None, figure: str, scale: int) -> PanelFigures:
    """Agreement, and what hangs on a single judge. Works without a sheet say nothing."""
    read = {entry: given for entry, given in totals.items() if given}
    rows = [[float(total) for _seat, total in sorted(given.items())] for given in read.values()]
    set_right, score = as_counted(read, figure, scale)
    found = robustness(set_right, size, score) if size and size < len(rows) else None
    whole = icc(rows) if len({frozenset(given) for given in read.values()}) == 1 else None
    return PanelFigures(
        whole,
        None if whole else alpha(rows),
        len(found.steadfast) if found else 0,
        len(found.inside) if found else 0,
        of_two=len({seat for given in read.values() for seat in given}) == 2,
    )
