"""How sure a place is: a model of works, judges and noise, and how often each work is among the best under it.

Every sheet is a kind's mean, a work's quality, a judge's severity and noise, the last three normal with variances that
are estimated (REML). These figures order what a council talks about; none of them is official.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import dist, erf, exp, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from judging.panels.linking import groups
from judging.ranking.aggregate import Totals
from judging.ranking.severity import seats

Values = NDArray[np.float64]
Word = Literal["firm", "leaning_in", "leaning_out", "out"]
"""vững, nghiêng vào, nghiêng ra, ngoài."""

DRAWS = 4000
FEW_WORKS, FEW_JUDGES = 15, 3
USUAL = (6.0, 4.5, 7.0)
"""What quality, severity and noise are to each other where the sheets are too few to tell."""
LOWEST, HIGHEST = -6.0, 9.0
"""Of the logarithm of noise to quality and noise to severity: a fit that ends there has found nothing."""
FIRM, EVEN, FAINT = 0.9, 0.5, 0.1
SETTLED = 0.75
"""A work is better than another for certain enough; below it the two are not yet told apart."""


@dataclass(frozen=True)
class Spread:
    """Variances of works, judges and noise. `assumed`: the usual proportions, since the sheets could not tell."""

    works: float
    judges: float
    noise: float
    assumed: bool = False
    criterion: float = 0.0
    """Minus twice the restricted likelihood, with all its constants."""


@dataclass(frozen=True)
class Estimate:
    """What is known of one work's quality; any two of one belief can be set against each other without the others."""

    quality: float
    lasting: float
    shared: tuple[float, ...]

    def kept(self) -> list[Any]:
        """As it is written down; `of` reads it again."""
        return [_brief(self.quality), _brief(self.lasting), [_brief(each) for each in self.shared]]

    @staticmethod
    def of(kept: tuple[float, float, Iterable[float]]) -> "Estimate":
        quality, lasting, shared = kept
        return Estimate(quality, lasting, tuple(shared))


def _brief(value: float) -> float:
    """To a ten-thousandth of a point."""
    return round(float(value), 4)


@dataclass(frozen=True)
class Belief:
    """What is known of the works' quality, in the order of `entries`, and the judges' offsets."""

    entries: tuple[int, ...]
    quality: Values
    offsets: Mapping[int, float]
    spread: Spread
    lasting: Values
    """What a draw adds by itself for each work: its own standard deviation."""
    shared: Values
    """What a draw adds through the means and the judges, entries × causes."""

    @property
    def estimates(self) -> dict[int, Estimate]:
        rows = zip(self.entries, self.quality.tolist(), self.lasting.tolist(), self.shared.tolist(), strict=True)
        return {entry: Estimate(quality, lasting, tuple(shared)) for entry, quality, lasting, shared in rows}


@dataclass(frozen=True)
class Chance:
    """Of one work: how often it is among the best, and the tenth and ninetieth percent of its ranks."""

    among: float
    best: int
    worst: int


class _Sums:
    """The normal equations with the works eliminated: a likelihood costs works × judges²."""

    def __init__(self, totals: Totals, kinds: Mapping[int, int]) -> None:
        self.entries = tuple(sorted(entry for entry, given in totals.items() if given))
        self.seats = seats(totals)
        column = {seat: number for number, seat in enumerate(self.seats)}
        order = sorted({kinds.get(entry, 0) for entry in self.entries})
        of_kind = {kind: number for number, kind in enumerate(order)}
        self.kinds = np.zeros((len(self.entries), len(order)))
        reads = np.zeros((len(self.entries), len(self.seats)))
        values = np.zeros_like(reads)
        for row, entry in enumerate(self.entries):
            self.kinds[row, of_kind[kinds.get(entry, 0)]] = 1
            for seat, total in totals[entry].items():
                reads[row, column[seat]], values[row, column[seat]] = 1, float(total)
        self.many = int(reads.sum())
        self.centre = values.sum() / self.many
        values -= self.centre * reads
        self.counts = reads.sum(axis=1)
        self.by_work = values.sum(axis=1)
        self.square = float((values**2).sum())
        self.design = np.hstack([self.kinds * self.counts[:, None], reads])
        self.causes = np.hstack([self.kinds, np.zeros_like(reads)])
        self.plain = np.zeros((self.design.shape[1],) * 2)
        means = len(order)
        self.means = means
        self.plain[:means, :means] = self.kinds.T @ (self.kinds * self.counts[:, None])
        self.plain[:means, means:] = self.kinds.T @ reads
        self.plain[means:, :means] = self.plain[:means, means:].T
        self.plain[means:, means:] = np.diag(reads.sum(axis=0))
        self.right = np.concatenate([self.kinds.T @ self.by_work, values.sum(axis=0)])

    def solved(self, of_works: float, of_judges: float) -> tuple[Values, Values, Values, Values]:
        """Weights of the works, what the causes take from them, the matrix of the causes, their solution."""
        weights = self.counts + of_works
        taken = self.design / weights[:, None]
        matrix = self.plain - self.design.T @ taken
        matrix[self.means :, self.means :] += of_judges * np.eye(len(self.seats))
        return weights, taken, matrix, np.linalg.solve(matrix, self.right - taken.T @ self.by_work)

    def height(self, at: Values) -> float:
        """Minus twice the restricted likelihood, without constants."""
        noise, rest = self._rest(at)
        return (self.many - self.means) * float(np.log(noise)) + rest

    def noise(self, at: Values) -> float:
        return self._rest(at)[0]

    def _rest(self, at: Values) -> tuple[float, float]:
        of_works, of_judges = exp(at[0]), exp(at[1])
        weights, _taken, matrix, causes = self.solved(of_works, of_judges)
        works = (self.by_work - self.design @ causes) / weights
        squares = self.square - float(causes @ self.right) - float(works @ self.by_work)
        noise = max(squares, 1e-12 * self.square, 1e-300) / (self.many - self.means)
        logs = float(np.log(weights).sum()) + float(np.linalg.slogdet(matrix)[1])
        return noise, logs - len(self.entries) * float(at[0]) - len(self.seats) * float(at[1])


def estimated(totals: Totals, kinds: Mapping[int, int] | None = None) -> Spread | None:
    """The three variances by REML, each kind with a mean of its own; None when the sheets cannot tell them apart."""
    from scipy.optimize import minimize  # here, since most requests never need it

    sums = _Sums(totals, kinds or {})
    if sums.many <= len(sums.entries) + sums.means or sums.square <= 0 or len(sums.seats) < 2:
        return None
    found = minimize(
        lambda at: sums.height(np.clip(at, LOWEST - 1, HIGHEST + 1)),
        np.array([0.3, 0.8]),
        method="Nelder-Mead",
        options={
            "xatol": 1e-6,
            "fatol": 1e-9,
            "maxiter": 400,
            "initial_simplex": [[0.3, 0.8], [1.3, 0.8], [0.3, 2.3]],
        },
    )
    if not np.all((found.x > LOWEST) & (found.x < HIGHEST)):
        return None
    noise, free = sums.noise(found.x), sums.many - sums.means
    constants = free * (1 + float(np.log(2 * np.pi)))
    return Spread(noise / exp(found.x[0]), noise / exp(found.x[1]), noise, criterion=sums.height(found.x) + constants)


def belief(totals: Totals, kinds: Mapping[int, int] | None = None, spread: Spread | None = None) -> Belief | None:
    """What the sheets say of every work that has one. None with one judge, judges who share nothing, or equal totals.

    Without `spread` the variances are estimated; few works or judges, or a fit that finds nothing, get the usual ones.
    """
    linked = groups(given.keys() for given in totals.values())
    if (
        len(linked) != 1
        or len(linked[0]) < 2
        or len({each for given in totals.values() for each in given.values()}) < 2
    ):
        return None
    sums = _Sums(totals, kinds or {})
    if spread is None and len(sums.entries) >= FEW_WORKS and len(sums.seats) >= FEW_JUDGES:
        spread = estimated(totals, kinds)
    spread = spread or _usual(sums)
    weights, taken, matrix, causes = sums.solved(spread.noise / spread.works, spread.noise / spread.judges)
    works = (sums.by_work - sums.design @ causes) / weights
    root = np.linalg.cholesky(np.linalg.inv(matrix))
    shared = sqrt(spread.noise) * (sums.causes - taken) @ root
    lasting = np.sqrt(spread.noise / weights)
    offsets = dict(zip(sums.seats, causes[sums.means :].tolist(), strict=True))
    quality = sums.centre + sums.causes @ causes + works
    return Belief(sums.entries, quality, offsets, spread, lasting, shared)


def _usual(sums: _Sums) -> Spread:
    """The usual proportions, as large as the sheets lie apart."""
    works, judges, noise = (size**2 for size in USUAL)
    one = sums.square / sums.many / (works + judges + noise) or 1e-9
    return Spread(one * works, one * judges, one * noise, assumed=True)


def seed_of(commitments: Iterable[str]) -> int:
    """The seed that the sheets themselves give, so that anybody finds the same figures."""
    whole = "\n".join(sorted(commitments)).encode()
    return int.from_bytes(hashlib.sha256(whole).digest()[:8], "big")


def chances(known: Belief, size: int, seed: int, draws: int = DRAWS) -> dict[int, Chance]:
    """How often each work is among the best `size`, over draws of what the qualities may be."""
    many = len(known.entries)
    random = np.random.Generator(np.random.PCG64(seed))
    own = random.standard_normal((draws, many)) * known.lasting
    drawn = known.quality + own + random.standard_normal((draws, known.shared.shape[1])) @ known.shared.T
    order = np.argsort(-drawn, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, many + 1)[None, :], axis=1)
    among = (ranks <= size).mean(axis=0)
    low, high = np.percentile(ranks, [10, 90], axis=0, method="nearest")
    return {entry: Chance(float(among[row]), int(low[row]), int(high[row])) for row, entry in enumerate(known.entries)}


def better(one: Estimate, other: Estimate) -> float:
    """How sure it is that the one work is better than the other: in closed form, out of what the draws are drawn from.

    What both share with the same means and judges is no reason to doubt which of them is better.
    """
    apart = one.lasting**2 + other.lasting**2 + dist(one.shared, other.shared) ** 2
    return (1 + erf((one.quality - other.quality) / sqrt(2 * max(apart, 1e-300)))) / 2


def word(among: float) -> Word:
    """The word a jury reads instead of a figure."""
    if among >= FIRM:
        return "firm"
    if among >= EVEN:
        return "leaning_in"
    return "leaning_out" if among >= FAINT else "out"


def agenda(found: Mapping[int, Chance]) -> list[int]:
    """Works to talk about: those that are neither surely in nor surely out, the most open first."""
    undecided = [entry for entry, chance in found.items() if FAINT < chance.among < FIRM]
    return sorted(undecided, key=lambda entry: (abs(found[entry].among - EVEN), entry))
