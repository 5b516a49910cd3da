"""Whether a secret can be heard in how long an answer takes:  python3 dev.py bench twins

    --asked 200          how often each page is asked in each world

Two databases with a web process each differ in one secret (`tests/doors/test_twins.py`). Somebody who must not know it
asks for one page in both, in turns, and both are made twice so that each is once the first; the times of one world must
not stand above those of the other (Mann and Whitney's test). As many comparisons are made as there are lines, so each
may fall below 0.01 divided by their number. A line between two worlds that do not differ says what the machine itself
does to such a figure.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import NormalDist, median
from typing import Any

from flask import Flask

from award.db import session, unit_of_work
from award.people.models import Person
from benchmarks.figures import asked_as, here
from benchmarks.page_house import Ground, House, Line, ground
from tests.doors.test_twins import ROUND, SECRETS, Differs
from tests.doors.world import World, build

RESULTS = Path(__file__).parent / "results" / "twins.json"
WARM = 20
CHANCE = 0.01
ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "nothing": (("other_judge", f"{ROUND}/cham"),),
    "who judges": (("anonymous", "/{slug}/"),),
    "what a colleague gave": (("other_judge", f"{ROUND}/cham"), ("chair", f"{ROUND}/tien-do")),
    "whose work it is": (("judge", f"{ROUND}/cham"), ("judge", f"{ROUND}/cham/{{assignment}}")),
    "how a file is called": (("judge", f"{ROUND}/cham/{{assignment}}"), ("other_entrant", "/ban-lam-viec")),
}
"""Who asks for what, by secret."""


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench twins")
    asked.add_argument("--asked", type=int, default=200)
    said = asked.parse_args(words)
    command = asked_as("twins", words)
    lines = sum(len(pages) for pages in ASKED.values())
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="giai-twins-", ignore_cleanup_errors=True) as place,
        ground(Path(place)) as on,
    ):
        for name, pages in ASKED.items():
            for told in _told(on, name, pages, said.asked):
                told |= {"target": f"p > {CHANCE} / {lines}", "met": told["p"] > CHANCE / lines, "command": command}
                print(json.dumps(told | here(), ensure_ascii=False), flush=True)
                found.append(told | here())
    RESULTS.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in found))
    return int(not all(each["met"] for each in found))


def _told(on: Ground, name: str, pages: Sequence[tuple[str, str]], asked: int) -> Iterator[dict[str, Any]]:
    """Both worlds are made twice, and each is once the first house: what a house is by itself falls on both alike."""
    times: dict[tuple[str, str], list[list[float]]] = {page: [[], []] for page in pages}
    for first in (0, 1):
        for page, taken in _asked(on, name, pages, asked // 2, first=first).items():
            for world, seconds in enumerate(taken):
                times[page][world].extend(seconds)
    for (actor, address), taken in times.items():
        yield {
            "secret": name,
            "who": actor,
            "page": address,
            "ms": [round(1000 * median(each), 3) for each in taken],
            "p": round(likelihood(*taken), 4),
        }


def _asked(
    on: Ground, name: str, pages: Sequence[tuple[str, str]], asked: int, *, first: int
) -> dict[tuple[str, str], list[list[float]]]:
    """Page → seconds in the world as it is, and in the one that differs, which is made first where `first` is 1."""
    worlds: list[World] = []

    def fill(app: Flask) -> None:
        with app.app_context(), unit_of_work():
            world = build("judging")
            if len(worlds) != first and name in SECRETS:
                SECRETS[name].differ(Differs(world.names, world.people))
            worlds.append(world)

    place = name.replace(" ", "_")
    with ExitStack() as open_:
        asking: list[dict[str, Line]] = []
        for number in (1, 2):  # who asks signs in before the next application binds the sessions to its own database
            house = open_.enter_context(on.house(f"{place}_{first}_{number}", fill))
            asking.append({actor: _line(house, worlds[-1], actor) for actor, _address in pages})
        found: dict[tuple[str, str], list[list[float]]] = {}
        for actor, address in pages:
            taken: tuple[list[float], list[float]] = ([], [])
            for turn in range(WARM + asked):
                for lines, world, seconds_of in zip(asking, worlds, taken, strict=True):
                    seconds, status, _body = lines[actor].ask(address.format_map(world.names))
                    assert status == 200, (actor, address, status)
                    if turn >= WARM:
                        seconds_of.append(seconds)
            found[actor, address] = [taken[first], taken[1 - first]]
        return found


def _line(house: House, world: World, actor: str) -> Line:
    if actor == "anonymous":
        return house.line()
    with house.app.app_context():
        person = session.get_one(Person, world.people[actor])
        assert person.user is not None
        return house.line(person)


def likelihood(one: Sequence[float], other: Sequence[float]) -> float:
    """How likely two samples of one source lie as far apart as these, by their ranks; ties share theirs."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        shared = (start + 1 + end) / 2
        ranks += shared * sum(1 for _value, whose in ordered[start:end] if whose == 0)
        start = end
    n, m = len(one), len(other)
    wins = ranks - n * (n + 1) / 2
    spread = (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(wins - n * m / 2) / spread))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
