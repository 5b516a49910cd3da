"""How well our judging finds the best works, against a truth that is known:  python3 dev.py bench judging

    --runs 400           seasons of each plan; of 100 a band of chances with 88 works is known to 0.03 only
    --against FILE.py    also run the functions of another implementation on the same sheets, and agree with it; seasons
                         run without it never take the place of kept ones that were run with it
    --seed 20260621      the same seed gives the same figures
    --speeds             measure the speeds alone, and keep them beside the figures of the seasons as they stand

Each line of results/judging.json is one figure: ours, what it is set against, and whether it meets its target. Only
speeds are measured by the clock, each beside a control of the same run.
"""

import argparse
import gc
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, asked_as, line
from benchmarks.judging_speeds import CHECK_SECONDS, EVENTS, SIZES, checking, sharing_out
from benchmarks.panels import Plan, Played, play
from judging.ranking import uncertainty
from judging.ranking.aggregate import Sheet, mean, places, ranks, trimmed
from judging.ranking.severity import corrected, noise_ratio, offsets, severity

BEST = 20
PLANS = [
    Plan("3 readings of 9", 3),
    Plan("5 readings of 9", 5),
    Plan("9 readings of 9", 9),
    Plan("3 readings, judges see unequal quality", 3, dealt="sorted"),
    Plan("3 readings in unlinked panels of 3", 3, dealt="apart"),
    Plan("5 readings, 5 % wild", 5, wild=0.05),
]
BANDS = np.array([0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1.0001])
CALIBRATED = PLANS[:3]
CLOSE, SURE = 1e-6, 0.02
RESULTS = Path(__file__).parent / "results" / "judging.json"

Values = NDArray[np.float64]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench judging")
    asked.add_argument("--runs", type=int, default=400)
    asked.add_argument("--seed", type=int, default=20260621)
    asked.add_argument("--against", type=Path)
    asked.add_argument("--speeds", action="store_true")
    said = asked.parse_args(words)
    command = asked_as("judging", words)
    figures: list[Figure] = []
    seasons: list[str] = []
    if said.speeds:
        quick = speeds(said.seed)
        _keep_beside_seasons(_told(quick, command))
        return int(any(each.met is False for each in quick))
    with Pool(2) as pool:
        for number, plan in enumerate(PLANS):
            one = partial(season, plan, said.seed, number, said.against)
            new = found(plan, pool.map(one, range(said.runs), chunksize=4))
            figures += new
            seasons += _told(new, command)
    quick = speeds(said.seed)
    keep(seasons, _told(quick, command), against=bool(said.against))
    return int(any(figure.met is False for figure in [*figures, *quick]))


def _told(figures: Sequence[Figure], command: str) -> list[str]:
    """The figures as they are kept, and shown."""
    lines = [line(each, command) for each in figures]
    print("\n".join(lines), flush=True)
    return lines


def keep(seasons: Sequence[str], quick: Sequence[str], *, against: bool) -> None:
    """The results are these; but seasons that were set against nothing do not take the place of those that were."""
    kept = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    if not against and any(json.loads(each)["name"].endswith(" apart") for each in kept):
        print("kept: the speeds. The seasons in the results were set against another implementation and stay.")
        _keep_beside_seasons(quick)
        return
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{each}\n" for each in [*seasons, *quick]))


def _keep_beside_seasons(quick: Sequence[str]) -> None:
    """These speeds stand in the results instead of those of before; the figures of the seasons, before them, stay."""
    kept = RESULTS.read_text().splitlines(keepends=True) if RESULTS.exists() else []
    seasons = [each for each in kept if json.loads(each)["name"].startswith(tuple(f"{plan.name}:" for plan in PLANS))]
    RESULTS.write_text("".join([*seasons, *(f"{each}\n" for each in quick)]))


# One season


def season(plan: Plan, seed: int, number: int, against: Path | None, run: int) -> dict[str, Any]:
    """What of the true best each way of counting finds, the chances it gives, and how far another one is from it."""
    played = play(plan, (seed, number, run))
    totals = played.totals
    scores: dict[str, list[Fraction | None]] = {
        "mean": [mean(list(given.values())) for given in totals.values()],
        "trimmed": [trimmed(list(given.values())) for given in totals.values()],
        "corrected": list(corrected(totals, severity(totals, 100).offsets).values()),
    }
    ours = {name: _floats(each) for name, each in scores.items()}
    told: dict[str, Any] = {"recall": {name: recall(values, played, run) for name, values in ours.items()}}
    told["standardised"] = recall(standardised(played.marks), played, run)
    told["moved"] = float(np.abs(ours["corrected"] - ours["mean"]).max())
    if plan in CALIBRATED:
        known = uncertainty.belief(totals)
        assert known is not None
        chances = uncertainty.chances(known, BEST, seed + run)
        among = np.array([chances[work].among for work in range(plan.works)])
        told["among"], told["truly"] = among, np.isin(np.arange(plan.works), best(played))
        if against:
            free = corrected(totals, offsets(totals, noise_ratio(totals)))
            told |= apart(loaded(against), played, ours | {"corrected": _floats(free.values())}, known, among)
    if against:
        told["theirs"] = theirs(loaded(against), played, run)
    return told


def _floats(scores: Iterable[Fraction | None]) -> Values:
    return np.array([float(score) for score in scores if score is not None])


def best(played: Played) -> NDArray[np.intp]:
    """The truly best works."""
    return np.argsort(-played.quality)[:BEST]


def recall(values: Values, played: Played, run: int) -> float:
    """The part of the truly best that stand first by the values; equal values in an order of chance."""
    chosen = np.lexsort((np.random.default_rng(run).random(len(values)), -np.round(values, 9)))[:BEST]
    return len(np.intersect1d(chosen, best(played))) / BEST


def standardised(marks: Values) -> Values:
    """What is often done instead: every judge's marks brought to the same mean and spread."""
    return np.nanmean((marks - np.nanmean(marks, axis=0)) / np.nanstd(marks, axis=0, ddof=1), axis=1)


# Another implementation, on the same sheets


def loaded(path: Path) -> ModuleType:
    """The module at the path, once a process."""
    if "other" not in sys.modules:
        spec = importlib.util.spec_from_file_location("other", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["other"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["other"])
    return sys.modules["other"]


def theirs(other: ModuleType, played: Played, run: int) -> dict[str, float]:
    values = {
        "mean": other.m_mean(played.marks),
        "trimmed": other.m_trim(played.marks),
        "corrected": other.Crossed(played.marks).adjusted()[0],
    }
    return {name: recall(each, played, run) for name, each in values.items()}


def apart(
    other: ModuleType, played: Played, ours: dict[str, Values], known: uncertainty.Belief, among: Values
) -> dict[str, float]:
    """The largest distance of a score, a quality and a chance; variances are taken from us, where theirs are coarse.

    Corrected scores are those by offsets as estimated: the other knows no bound beyond which none is believed.
    """
    model = other.Crossed(played.marks)
    model.lam_q, model.lam_b = known.spread.noise / known.spread.works, known.spread.noise / known.spread.judges
    model.se2 = known.spread.noise
    quality, covariance, _severity = model.blup()
    chances = other.prob_top(quality, covariance, BEST, np.random.default_rng(1), uncertainty.DRAWS)
    return {
        "mean apart": float(np.abs(other.m_mean(played.marks) - ours["mean"]).max()),
        "trimmed apart": float(np.abs(other.m_trim(played.marks) - ours["trimmed"]).max()),
        "corrected apart": float(np.abs(model.adjusted()[0] - ours["corrected"]).max()),
        "quality apart": float(np.abs(quality - quality.mean() - known.quality + known.quality.mean()).max()),
        "chance apart": float(np.abs(chances - among).mean()),
    }


# Figures


def found(plan: Plan, seasons: Sequence[dict[str, Any]]) -> list[Figure]:
    """The figures of one plan over its seasons."""
    runs = len(seasons)
    points = {
        name: 100 * float(np.mean([each["recall"][name] for each in seasons]))
        for name in ("mean", "trimmed", "corrected")
    }
    figures = []
    for name, ours in points.items():
        control = None
        if "theirs" in seasons[0]:
            control = 100 * float(np.mean([each["theirs"][name] for each in seasons]))
        figures.append(
            figure(f"{plan.name}: % of the true best {BEST} by {name}", ours, control, runs, *near(ours, control))
        )
    figures += gains(plan, points, seasons)
    if "among" in seasons[0]:
        figures.append(calibration(plan, seasons))
    for name, most in [("mean", CLOSE), ("trimmed", CLOSE), ("corrected", 6e-5), ("quality", CLOSE), ("chance", SURE)]:
        if f"{name} apart" in seasons[0]:
            far = max(each[f"{name} apart"] for each in seasons)
            figures.append(figure(f"{plan.name}: {name} apart", far, 0.0, runs, f"≤ {most}", far <= most))
    return figures


def near(ours: float, control: float | None) -> tuple[str, bool | None]:
    """Within half a point of the control, where there is one."""
    return "within 0.5", None if control is None else abs(ours - control) <= 0.5


def figure(name: str, ours: float, control: float | None, runs: int, target: str, met: bool | None) -> Figure:
    ratio = round(ours / control, 4) if control else None
    return Figure(name, float(f"{ours:.6g}"), None if control is None else round(control, 4), ratio, target, met, runs)


def gains(plan: Plan, points: dict[str, float], seasons: Sequence[dict[str, Any]]) -> list[Figure]:
    """What correction is worth: much, nothing, and never harm."""
    runs = len(seasons)
    ours, plain = points["corrected"], points["mean"]
    if plan.dealt == "apart" or plan.readings == plan.judges:
        moved = max(abs(each["recall"]["corrected"] - each["recall"]["mean"]) for each in seasons)
        name = f"{plan.name}: seasons where correction changes what is found, by at most"
        return [figure(name, moved, 0.0, runs, "0", moved == 0)]
    if plan.dealt == "sorted":
        scaled = 100 * float(np.mean([each["standardised"] for each in seasons]))
        met = ours >= scaled + 3
        return [figure(f"{plan.name}: corrected beside standardised marks", ours, scaled, runs, "≥ control + 3", met)]
    name, more = f"{plan.name}: corrected beside the mean", 0.0 if plan.wild else 0.5
    return [figure(name, ours, plain, runs, f"≥ control + {more}", ours >= plain + more)]


def calibration(plan: Plan, seasons: Sequence[dict[str, Any]]) -> Figure:
    """The largest gap between a chance that was told and what came true, over bands with a work every other season."""
    among = np.concatenate([each["among"] for each in seasons])
    truly = np.concatenate([each["truly"] for each in seasons])
    band = np.digitize(among, BANDS) - 1
    gaps = [
        abs(float(among[band == number].mean() - truly[band == number].mean()))
        for number in range(len(BANDS) - 1)
        if (band == number).sum() >= len(seasons) / 2
    ]
    name = f"{plan.name}: largest gap of a band of chances"
    return figure(name, max(gaps), 0.0, len(seasons), "≤ 0.05", max(gaps) <= 0.05)


# Speed


def speeds(seed: int) -> list[Figure]:
    """A hundred thousand sheets within two seconds of the processor, and not much more than in proportion."""
    random = np.random.default_rng(seed)
    many, few = sheets(20_000, random), sheets(5_000, random)
    gc.freeze()  # what was made for measuring is not gone through again each time memory is cleared
    whole, fair = [], []
    growth: dict[str, list[float]] = {"places": [], "corrected places": []}
    for _round in range(7):
        for name, count, times in (("places", counted, whole), ("corrected places", set_right, fair)):
            small, large = taken(count, few), taken(count, many)
            times.append(large)
            growth[name].append(large / (4 * small))
    figures = []
    for name, times in (("places", whole), ("corrected places", fair)):
        spent, grown = median(times), median(growth[name])
        figures.append(figure(f"{name} of 100,000 sheets, seconds of processor", spent, None, 7, "≤ 2", spent <= 2))
        figures.append(figure(f"{name}: 100,000 sheets by four times 25,000", grown, 1.0, 7, "≤ 1.2", grown <= 1.2))
    for works, judges, most in SIZES:
        spent = sharing_out(works, judges, seed)
        name = f"{works} works shared out among {judges} judges, seconds of processor"
        figures.append(figure(name, spent, None, 1, f"≤ {most:g}", spent <= most))
    spent = checking(EVENTS)
    name = f"evidence with {EVENTS:,} events checked, seconds of processor"
    figures.append(figure(name, spent, None, 1, f"≤ {CHECK_SECONDS:g}", spent <= CHECK_SECONDS))
    return figures


def sheets(works: int, random: np.random.Generator) -> dict[int, list[Sheet]]:
    """Works read by five of sixty judges, three criteria each."""
    return {
        work: [
            Sheet(int(seat), dict(enumerate(random.integers(0, 41, 3).tolist())))
            for seat in random.choice(60, 5, replace=False)
        ]
        for work in range(works)
    }


def counted(given: dict[int, list[Sheet]]) -> None:
    places(given, 4)


def set_right(given: dict[int, list[Sheet]]) -> None:
    totals = {
        work: {sheet.seat_id: Fraction(sum(sheet.marks.values()), 4) for sheet in each} for work, each in given.items()
    }
    ranks(corrected(totals, severity(totals, 30).offsets))


def taken(count: Callable[[dict[int, list[Sheet]]], None], given: dict[int, list[Sheet]]) -> float:
    """Seconds of the processor, since other work on the machine is no part of it."""
    begun = time.process_time()
    count(given)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
