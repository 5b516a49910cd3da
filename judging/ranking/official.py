"""The official figure of each work, by the way that the rules name. Exact, numbers in and numbers out.

The median is no official figure: it makes too many works equal. What stands beside the figures is in `advice`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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

    def facts(self, panel: str) -> dict[str, str]:
        """What the log keeps of a panel (its public id) whose figures are not the plain means."""
        told: dict[str, str] = {} if self.how == "mean" else {f"score.{panel}": self.how}
        return told if self.ratio is None else told | {f"lambda.{panel}": str(shown(self.ratio, DECIMALS))}


def official(totals: Totals, how: str, scale: int, counted: Collection[int]) -> Official:
    """The scores of one panel. `counted`: the works with enough sheets to be ranked.

    Trimming is one rule for the whole list or none; severity is set right only where the sheets tell it. Where they do
    not, the plain mean stands for all.
    """
    asked = cast("How", how)
    if asked == "trimmed" and can_trim([list(totals[entry].values()) for entry in counted]):
        return Official({entry: trimmed(list(given.values())) for entry, given in totals.items()}, "trimmed")
    if asked == "adjmean":
        known = severity(totals, scale)
        if known.ratio is not None:
            return Official(corrected(totals, known.offsets), "adjmean", known.ratio)
    return Official({entry: mean(list(given.values())) for entry, given in totals.items()}, "mean")


def placed(
    given: Mapping[int, Sequence[Sheet]], needed: Mapping[int, int], *, how: str, scale: int, steps_per_point: int
) -> tuple[list[Place], Official]:
    """The places of one panel from its sheets, best first, and the figures they stand on. `needed`: see `places`."""
    read = totals(given, steps_per_point)
    figure = official(read, how, scale, [entry for entry, each in read.items() if len(each) >= needed.get(entry, 1)])
    return places(given, steps_per_point, needed, figure.scores), figure
