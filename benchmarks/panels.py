"""A panel whose truth is known: works of known quality, judges of known severity, and the sheets they would give.

Every number comes from the seed. Quality, severity and noise are normal; a judge uses more or less of the scale and is
more or less noisy; marks are whole points of a hundred.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

CENTRE = 72.0
QUALITY, SEVERITY, NOISE = 6.0, 4.5, 7.0
STRETCH, UNEVEN = 0.15, 0.25
"""Standard deviations of the logarithms of a judge's use of the scale and noise."""
NARROW = 0.25
"""How narrow a part of the order of quality a judge gets where works are not dealt at random."""


@dataclass(frozen=True)
class Plan:
    """How many works and judges, how many readings a work gets, and how they are dealt: spread | sorted | apart."""

    name: str
    readings: int
    works: int = 240
    judges: int = 9
    dealt: str = "spread"
    wild: float = 0.0
    """The part of sheets that lie 25 points off."""


@dataclass(frozen=True)
class Played:
    """One season: true quality, and works × judges of marks, NaN where nobody reads."""

    quality: NDArray[np.float64]
    marks: NDArray[np.float64]

    @property
    def totals(self) -> dict[int, dict[int, Fraction]]:
        """As the product takes them."""
        return {
            work: {judge: Fraction(int(mark)) for judge, mark in enumerate(row) if not np.isnan(mark)}
            for work, row in enumerate(self.marks)
        }


def play(plan: Plan, seed: tuple[int, ...]) -> Played:
    """One season of the plan."""
    random = np.random.default_rng(seed)
    quality = CENTRE + QUALITY * random.standard_normal(plan.works)
    reads = _dealt(plan, quality, random)
    size = (plan.works, plan.judges)
    stretch = np.exp(STRETCH * random.standard_normal(plan.judges))
    noise = NOISE * np.exp(UNEVEN * random.standard_normal(plan.judges))
    severity = SEVERITY * random.standard_normal(plan.judges)
    marks = CENTRE + severity + stretch * (quality[:, None] - CENTRE) + noise * random.standard_normal(size)
    if plan.wild:
        marks += 25.0 * random.choice([-1, 1], size) * (random.random(size) < plan.wild)
    return Played(quality, np.where(reads, np.clip(np.rint(marks), 0, 100), np.nan))


def _dealt(plan: Plan, quality: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.bool_]:
    reads = np.zeros((plan.works, plan.judges), dtype=bool)
    if plan.dealt == "apart":
        panels = random.permutation(plan.works) % (plan.judges // plan.readings)
        return np.arange(plan.judges)[None, :] // plan.readings == panels[:, None]
    liking = np.ones_like(reads, dtype=float)
    if plan.dealt == "sorted":
        seen = np.argsort(np.argsort(quality + QUALITY * random.standard_normal(plan.works))) / (plan.works - 1)
        place = np.linspace(1, 0, plan.judges)
        liking = 0.02 + np.exp(-((seen[:, None] - place) ** 2) / (2 * NARROW**2))
    most = int(np.ceil(1.05 * plan.works * plan.readings / plan.judges)) if plan.dealt == "sorted" else plan.works
    loads = np.zeros(plan.judges)
    for work in random.permutation(plan.works):
        weights = np.where(loads < most, liking[work], 1e-9)
        if plan.dealt == "spread":
            given = np.lexsort((random.random(plan.judges), loads))[: plan.readings]
        else:
            given = random.choice(plan.judges, plan.readings, replace=False, p=weights / weights.sum())
        reads[work, given] = True
        loads[given] += 1
    return reads
