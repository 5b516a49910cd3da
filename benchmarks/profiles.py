"""Where the time of a page goes:  python3 dev.py bench profiles

    --asked 60           how often each page is asked under the profiler

Each page that has a target is asked in this process, on a database with every commit on the disk. Written down is how
long it takes without the profiler, and which part of its time is spent where; what C does counts for who called it.
A profiler makes calls dearer than waiting, so parts of our own code and of templates look larger than they are.
"""

import argparse
import cProfile
import json
import pstats
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, cast

from flask import Flask
from werkzeug.test import TestResponse

from award.db import unit_of_work
from award.people.models import Person
from benchmarks.figures import asked_as, here
from benchmarks.page_house import BROWSER, Ground, ground
from benchmarks.pages import MARKS
from tests import factories
from tests.award.entries.conftest import made_scene
from tests.budget import test_hot_lists as lists
from tests.budget.test_scoring import long_list
from tests.visitor import Visitor

RESULTS = Path(__file__).parent / "results" / "profiles.json"
WORKS, WARM = 250, 10
PARTS: Mapping[str, tuple[str, ...]] = {
    "waiting for the database": ("psycopg/connection.py:wait", "psycopg/waiting.py"),
    "reading and sending statements": ("psycopg/", "psycopg_binary"),
    "statements and rows (SQLAlchemy)": ("sqlalchemy/",),
    "templates": ("jinja2/", "/templates/", "markupsafe/"),
    "words (Babel)": ("flask_babel/", "babel/", "award/languages.py"),
    "framework": ("flask/", "werkzeug/", "flask_wtf/", "wtforms/", "itsdangerous/", "award/application.py"),
    "our rooms of judging": ("/judging/",),
    "our rooms of the award": ("/award/", "wsgi.py"),
}
"""The first whose words stand in the place of a function has its time."""
ELSEWHERE = "the rest of Python"

Ask = Callable[[], TestResponse]
Asks = Iterator[tuple[str, Ask]]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench profiles")
    asked.add_argument("--asked", type=int, default=60)
    said = asked.parse_args(words)
    command = asked_as("profiles", words)
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="giai-profiles-", ignore_cleanup_errors=True) as place,
        ground(Path(place)) as on,
    ):
        for pages in (_lists, _sheet, _entering, _submitting):
            for name, ask in pages(on, said.asked):
                figure = {"name": name, **_profile(ask, said.asked), "command": command, **here()}
                print(json.dumps(figure, ensure_ascii=False), flush=True)
                found.append(json.dumps(figure, ensure_ascii=False))
    RESULTS.write_text("".join(f"{line}\n" for line in found))
    return 0


def _lists(on: Ground, _asked: int) -> Asks:
    scenes: list[tuple[str, lists.Scene, str]] = [
        ("a judge's list", lists.judging, "/iii-2023/vong/1/cham"),
        ("the ranking", lists.chair, "/iii-2023/vong/1/xep-hang"),
        ("the organiser's list", lists.screening, "/iii-2023/kiem-tra?xep=name"),
        ("public results", lists.public, "/iii-2023/ket-qua"),
    ]
    for name, scene, address in scenes:
        reader: list[Person | None] = []

        def fill(app: Flask, scene: lists.Scene = scene, reader: list[Person | None] = reader) -> None:
            reader.append(scene(app, WORKS))
            lists.told_apart(app)

        with on.house(name.replace("'", ""), fill) as house:
            yield name, _getting(Visitor(house.app, reader[0]), address)


def _sheet(on: Ground, _asked: int) -> Asks:
    kept: list[Any] = []

    def fill(app: Flask) -> None:
        of, address = long_list(app, WORKS)
        kept.extend([of.judges[0], address])

    with on.house("sheet", fill) as house:
        judge, address = kept
        visitor = Visitor(house.app, judge)
        yield "one sheet", _getting(visitor, address)
        criteria = set(re.findall(r'name="(c\d+)"', visitor.get(address).text))
        given = iter(range(1, 1_000_000))
        marked = dict.fromkeys(criteria, "") | {"note": ""}
        yield "a score saved", _saving(visitor, address, lambda: marked | {min(criteria): str(next(given) % MARKS + 1)})


def _entering(on: Ground, _asked: int) -> Asks:
    kept: list[Any] = []

    def fill(app: Flask) -> None:
        with app.app_context(), unit_of_work():
            scene, owner = made_scene(), factories.person("Nguyễn Thị Vân", phone="0905 123 456")
            kept.extend([owner, f"/{scene.slug}/tac-pham/{scene.draft(owner).public_id}"])

    with on.house("entering", fill) as house:
        owner, address = kept
        visitor = Visitor(house.app, owner)
        yield "the form of a work", _getting(visitor, f"{address}/khai")
        page = visitor.get(f"{address}/khai").text
        genre = _found(r'<select[^>]*name="genre".*?<option value="([^"]+)"', page)
        said = {"title": "Giữ lời hứa với dân", "genre": genre, "topic": "", "publisher": "Báo Biển Xanh"}
        said |= {"byline": "Hà Vân", "elsewhere": ""}
        given = iter(range(1_000_000))
        more = lambda: said | {"summary": "Chi bộ thôn giữ lời hứa. " * (next(given) % 5 + 1)}  # noqa: E731
        yield "a work saved while it is typed", _saving(visitor, f"{address}/khai", more)


def _submitting(on: Ground, asked: int) -> Asks:
    kept: list[tuple[Person, str]] = []

    def fill(app: Flask) -> None:
        with app.app_context(), unit_of_work():
            scene = made_scene()
            for number in range(2 * asked + WARM):
                owner = factories.person(f"Nguyễn Thị Vân {number}", phone="0905 123 456")
                kept.append((owner, f"/{scene.slug}/tac-pham/{scene.draft(owner).public_id}/nop"))

    with on.house("submitting", fill) as house:
        pressing = iter([(Visitor(house.app, owner), address) for owner, address in kept])

        def submit() -> TestResponse:
            visitor, address = next(pressing)
            return visitor.post(address)

        yield "a work submitted", submit


def _getting(visitor: Visitor, address: str) -> Ask:
    return lambda: visitor.get(address, headers=BROWSER)


def _saving(visitor: Visitor, address: str, fields: Callable[[], dict[str, str]]) -> Ask:
    """As the page's script sends it, with the version that the answer before told; each is written down."""
    version, token = [_found(r'name="version"[^>]*?value="([^"]*)"', visitor.get(address).text)], visitor.csrf_token()
    headers = BROWSER | {"Accept": "application/json", "X-Requested-With": "fetch"}

    def save() -> TestResponse:
        form = fields() | {"version": version[0], "csrf_token": token}
        answer = visitor.client.post(address, data=form, base_url=visitor.origin, headers=headers)
        before, version[0] = version[0], str((answer.json or {})["version"])
        assert version[0] != before, answer.json
        return answer

    return save


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found, pattern
    return found.group(1)


def _profile(ask: Ask, asked: int) -> dict[str, Any]:
    """Milliseconds at the median, and parts of the time in per cent."""
    for _once in range(WARM):
        answer = ask()
        assert answer.status_code in {200, 303}, answer.status_code
    taken = []
    for _once in range(asked):
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    profiler = cProfile.Profile()
    profiler.enable()
    for _once in range(asked):
        ask()
    profiler.disable()
    return {"ms": round(1000 * median(taken), 2), "per_cent": _shares(pstats.Stats(profiler))}


def _shares(stats: pstats.Stats) -> dict[str, float]:
    spent: Counter[str] = Counter()
    functions = cast("dict[Any, Any]", stats.stats)  # type: ignore[attr-defined]
    for place, (_calls, _primitive, own, _whole, callers) in functions.items():
        if place[0] != "~":
            spent[_part(place)] += own
            continue
        for caller, (_count, _calls, own_below, _whole_below) in callers.items():
            spent[_part(caller)] += own_below
    whole = sum(spent.values())
    return {name: round(100 * took / whole, 1) for name, took in spent.most_common()}


def _part(place: tuple[str, int, str]) -> str:
    words = f"{place[0]}:{place[2]}"
    here_first = words.partition("site-packages")[2] or words
    return next((name for name, found in PARTS.items() if any(each in here_first for each in found)), ELSEWHERE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
