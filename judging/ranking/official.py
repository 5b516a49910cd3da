"""The official figure of each work, by the way that the rules name. Exact, numbers in and numbers out.

The median is no official figure: it makes too many works equal. What stands beside the figures is in `advice`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from judging.ranking.aggregate import Totals, can_trim, mean, trimmed
from judging.ranking.severity import corrected, severity

How = Literal["mean", "trimmed", "adjmean"]


@dataclass(frozen=True)
class Official:
    """Entry → its score in points, None without a sheet; and how it was found, where the list left another way open."""

    scores: Mapping[int, Fraction | None]
    how: How


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
            return Official(corrected(totals, known.offsets), "adjmean")
    return Official({entry: mean(list(given.values())) for entry, given in totals.items()}, "mean")
