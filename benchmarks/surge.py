"""The last minute before a deadline:  python3 dev.py bench surge

    --only 1x,outage     of idle, 1x, 2x, 5x, outage, logins: these alone; the others' figures stay as they were kept
    --seconds 60         of the time before the end that is played
    --entries 2500       works that the edition gets, of which the law says how many come in these seconds

The product runs as `dev.py run` starts it, with every commit on the disk. The crowd is another process, which acts by
the clock (`benchmarks.surge_clients`): a tenth reload in panic, one in twenty clicks twice, three in a hundred lose
their network for twenty seconds, one in ten only promises a film; at the end everybody reloads within one second. In
`outage` everything stops for ten seconds and starts again while three times as many come as the law says.

A part is void where the crowd took more than 30 % of one core. What failed counts with the longest time anybody waits.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.figures import asked_as, here
from benchmarks.machine import free_port
from benchmarks.surge_http import SECONDS as LONGEST
from benchmarks.surge_law import crowd
from benchmarks.surge_logins import logins
from benchmarks.surge_world import Product, World, clients, product, seen
from tests.award.files.conftest import pdf_of

RESULTS = Path(__file__).parent / "results" / "surge.json"
LEAD, DRAIN = 30.0, 120.0
"""Seconds before the first button is pressed; after the end, or the return where that was later, until nobody is waited
for."""
MOST_OF_A_CORE = 0.30
DOWN_AFTER, DOWN_FOR = 0.35, 10.0
"""When everything stops, as a part of what is played, and for how many seconds."""
SEED = 20231015
PARTS = {"idle": 0.0, "1x": 1.0, "2x": 2.0, "5x": 5.0, "outage": 3.0}

Figures = dict[str, Any]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench surge")
    asked.add_argument("--only", default=",".join([*PARTS, "logins"]))
    asked.add_argument("--seconds", type=float, default=40.0)
    asked.add_argument("--entries", type=int, default=2500)
    said = asked.parse_args(words)
    before = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    kept: dict[str, Figures] = {row["name"]: row for row in map(json.loads, before)}
    with tempfile.TemporaryDirectory(prefix="giai-surge-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o711)
        with product(Path(place) / "data", free_port()) as running:
            world = World(running.settings())
            folder = Path(place)
            (folder / "page.pdf").write_bytes(pdf_of("Khi bi thu chi bo xuong ruong 000000", padding=256 * 1024))
            for name in said.only.split(","):
                play: Callable[[], Figures] = partial(surge, running, world, folder, name, said.seconds, said.entries)
                if name == "logins":
                    play = partial(logins, running, world, said.seconds)
                told = {"name": name} | play() | {"command": asked_as("surge", words), **here()}
                print(json.dumps(told, ensure_ascii=False), flush=True)
                kept[name] = told
                RESULTS.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in kept.values()))
    return int(any(not each.get("met", True) for each in kept.values()))


def surge(running: Product, world: World, folder: Path, name: str, seconds: float, entries: int) -> Figures:
    """One crowd has come and gone, and the database has been asked what it kept."""
    times = PARTS[name]
    people = crowd(entries, seconds, times or 0.25, SEED)
    ready = world.people(len(people))
    end = time.time() + LEAD + seconds
    world.closes(datetime.fromtimestamp(end, UTC))
    told = [asdict(person) | asdict(one) for person, one in zip(people, ready, strict=True)]
    plan = {
        "port": running.port,
        "slug": world.slug,
        "cookie_name": world.app.config["SESSION_COOKIE_NAME"],
        "end": end,
        "first": int(time.time()) % 100_000,
        "clients": told,
    }
    process = clients(plan, folder)
    down = None
    if name == "outage":
        down = _outage(running, end - seconds * (1 - DOWN_AFTER), end)
    # a slow return is no shorter wait for the crowd, and a crowd that waits long is waited for
    patience = max(0.0, end - time.time()) + DRAIN * max(1.0, PARTS[name] / 2)
    what = seen(process, folder, patience)
    _until_jobs_rest(world)
    kept = world.kept([one.entry for one in ready], what["acknowledged"])
    return _figures(times, people=len(people), what=what, kept=kept, down=down) | {"memory": running.memory()}


def _outage(running: Product, at: float, end: float) -> tuple[float, float]:
    """Everything has stopped and answers again; from when to when, in seconds before the end."""
    time.sleep(max(0.0, at - time.time()))
    begun = time.time()
    running.stop()
    time.sleep(max(0.0, begun + DOWN_FOR - time.time()))
    running.start()
    return begun - end, time.time() - end


def _until_jobs_rest(world: World) -> None:
    """What the crowd left for later is done, or a minute has passed."""
    for _each in range(60):
        if not world.waiting():
            return
        time.sleep(1)


def _figures(
    times: float, *, people: int, what: Figures, kept: dict[str, int], down: tuple[float, float] | None
) -> Figures:
    records = [each for each in what["records"] if each[0] != "part"]
    told: Figures = {
        "times": times,
        "people": people,
        "most_at_once": what["most_open"],
        "requests": len(records),
        "requests_a_second_in_the_last_ten": sum(-10 <= at <= 0 for _kind, at, _took, _status in records) / 10,
        "acknowledged": len(what["acknowledged"]),
        "late": len(what["late"]),
        "in_time_but_not_taken": len(what["missed"]),
        **kept,
        "faults_of_the_crowd": what["faults"][:5],
        "processor_of_the_crowd": round(what["processor"], 3),
        "void": what["processor"] > MOST_OF_A_CORE,
        "by_kind": {kind: spread([r for r in records if r[0] == kind]) for kind in sorted({r[0] for r in records})},
    }
    counted = records if down is None else [r for r in records if r[1] < down[0] - 1 or r[1] > down[1]]
    told["all"] = spread(counted)
    submits = told["submits"] = spread([each for each in counted if each[0] == "submit"])
    if down is not None:
        told["down"] = [round(each, 1) for each in down]
        told["recovered_after"] = recovered(records, down[1])
    told["errors"] = submits_and_pages_failed = told["all"]["failed"] / max(1, len(counted))
    told["met"] = bool(
        not told["void"]
        and kept["lost"] == kept["doubled"] == told["in_time_but_not_taken"] == 0
        and submits_and_pages_failed <= 0.001
        and submits["p95"] <= 1.0
        and submits["p99"] <= 3.0
    )
    return told


def spread(records: Sequence[Sequence[Any]]) -> Figures:
    """How long was waited; what failed counts with the longest that anybody waits."""
    failed = [each for each in records if each[3] >= 500 or each[3] == 429]
    took = sorted(LONGEST if each[3] >= 500 or each[3] == 429 else each[2] for each in records) or [0.0]
    at = {f"p{part}": round(took[min(len(took) - 1, len(took) * part // 100)], 4) for part in (50, 95, 99)}
    odd = {str(s): sum(r[3] == s for r in records) for s in sorted({r[3] for r in records}) if s not in {200, 303}}
    return {"count": len(records), "failed": len(failed), **at, **({"other_answers": odd} if odd else {})}


def recovered(records: Sequence[Sequence[Any]], up: float) -> float | None:
    """Seconds after the return from which on, second by second, the slowest twentieth is as fast as before it all."""
    before = spread([each for each in records if each[1] < up - DOWN_FOR - 5])["p95"]
    last = None
    for second in range(60):
        there = [each for each in records if up + second <= each[1] < up + second + 1]
        if there and spread(there)["p95"] > 1.5 * before:
            last = second
    return 0.0 if last is None else float(last + 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
