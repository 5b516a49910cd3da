"""The official figure of each work, by the way that the rules name. Exact, numbers in and numbers out.

The median is no official figure: it makes too many works equal. What stands beside the figures is in `advice`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal, cast

from judging.ranking.aggregate import Place, Sheet, Totals, can_trim, mean, places, shown, totals, trimmed
from judging.ranking.severity import DECIMALS, corrected, severity

How = Literal["mean", "trimmed", "adjmean"]


@dataclass(frozen=True)
class Official:
    """Entry → its score in points, None without a sheet; and how it was found, where the list left another way open."""

    scores: Mapping[int, Fraction | None]
    how: How
    ratio: Fraction | None = None
    """λ, where severity was set right by it."""
    offsets: Mapping[int, Fraction] = field(default_factory=dict)
    """Of each judge, where severity was set right by them."""

    def over(self, totals: Totals) -> "Official":
        """The same way over what is left of the same sheets: nothing is estimated anew, so that a work that lost none
        keeps its score. Where a list is trimmed, a work with too few sheets left has the plain mean of them."""
        return replace(self, scores=_scores(self.how, totals, self.offsets))

    def facts(self, panel: str) -> dict[str, str]:
        """What the log keeps of a panel (its public id) whose figures are not the plain means."""
        told: dict[str, str] = {} if self.how == "mean" else {f"score.{panel}": self.how}
        return told if self.ratio is None else told | {f"lambda.{panel}": str(shown(self.ratio, DECIMALS))}


def official(totals: Totals, how: str, scale: int, counted: Collection[int], ratio: Fraction | None = None) -> Official:
    """The scores of one panel. `counted`: the works with enough sheets to be ranked. `ratio`: λ as once recorded.

    Trimming is one rule for the whole list or none; severity is set right only where the sheets tell it. Where they do
    not, the plain mean stands for all.
    """
    asked = cast("How", how)
    if asked == "trimmed" and can_trim([list(totals[entry].values()) for entry in counted]):
        return Official(_scores("trimmed", totals), "trimmed")
    if asked == "adjmean":
        known = severity(totals, scale, ratio)
        if known.ratio is not None:
            return Official(_scores("adjmean", totals, known.offsets), "adjmean", known.ratio, known.offsets)
    return Official(_scores("mean", totals), "mean")


def _scores(how: How, totals: Totals, offsets: Mapping[int, Fraction] | None = None) -> dict[int, Fraction | None]:
    if how == "adjmean":
        return corrected(totals, offsets or {})
    one = trimmed if how == "trimmed" else mean
    return {entry: one(list(given.values())) for entry, given in totals.items()}


def placed(
    given: Mapping[int, Sequence[Sheet]], needed: Mapping[int, int], *, how: str, scale: int, steps_per_point: int
) -> tuple[list[Place], Official]:
    """The places of one panel from its sheets, best first, and the figures they stand on. `needed`: see `places`."""
    figure = official_of(given, needed, how=how, scale=scale, steps_per_point=steps_per_point)
    return places(given, steps_per_point, needed, figure.scores), figure


def official_of(
    given: Mapping[int, Sequence[Sheet]],
    needed: Mapping[int, int],
    *,
    how: str,
    scale: int,
    steps_per_point: int,
    ratio: Fraction | None = None,
) -> Official:
    """The figures of one panel from its sheets. `ratio`: λ as it was recorded when these sheets were counted."""
    read = totals(given, steps_per_point)
    enough = [entry for entry, each in read.items() if len(each) >= needed.get(entry, 1)]
    return official(read, how, scale, enough, ratio)


def placed_again(
    left: Mapping[int, Sequence[Sheet]], needed: Mapping[int, int], figure: Official, *, steps_per_point: int
) -> list[Place]:
    """The places that are left of a panel that was counted by `figure`, in the same way."""
    return places(left, steps_per_point, needed, figure.over(totals(left, steps_per_point)).scores)
