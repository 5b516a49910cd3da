"""What pages cost, beside a bare hello of the same framework:  python3 dev.py bench pages

    --only B-3,B-12      these figures alone: B-3, B-3b, B-3c, B-3d, B-4, B-9, B-10, B-12, B-13, B-14, B-15
    --turns 9            how often ours and the control are asked in turns

Every answer comes over HTTP on one kept connection from a web process as `dev.py run` starts it, the database with
every commit on the disk. Each line of results/pages.json is one figure; of a figure that was not asked for, the line
of before stays.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask

from award.people.models import Person
from benchmarks import page_browser, page_growth, page_papers
from benchmarks.figures import asked_as, here
from benchmarks.page_figures import Measured, beside, plain
from benchmarks.page_house import Ground, House, Line, ground
from tests.budget import test_hot_lists as lists
from tests.budget.test_scoring import long_list

RESULTS = Path(__file__).parent / "results" / "pages.json"
WORKS, EACH = 250, 30
MARKS = 4
"""Points that every criterion of the bench allows."""
FEW = 8
"""Statements of a page that everybody waits for."""

Figures = Iterator[Measured]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench pages")
    asked.add_argument("--only", default=",".join(PARTS))
    asked.add_argument("--turns", type=int, default=9)
    said = asked.parse_args(words)
    chosen = said.only.split(",")
    command = asked_as("pages", words)
    with (
        tempfile.TemporaryDirectory(prefix="giai-pages-", ignore_cleanup_errors=True) as place,
        ground(Path(place)) as on,
    ):
        for name in (each for each in PARTS if each in chosen):
            found = []
            for figure in PARTS[name](on, said.turns):
                print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
                found.append(asdict(figure) | {"command": command, **here()})
            _keep(name, found)
    return int(any(json.loads(each)["met"] is False for each in RESULTS.read_text().splitlines()))


def _keep(name: str, found: Sequence[dict[str, Any]]) -> None:
    """These lines stand in the results instead of those of before; lines of other figures stay."""
    before = [json.loads(each) for each in RESULTS.read_text().splitlines()] if RESULTS.exists() else []
    kept = [each for each in before if each["name"].partition(" ")[0] != name] + list(found)
    kept.sort(key=lambda each: list(PARTS).index(each["name"].partition(" ")[0]))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in kept))


def lists_of(name: str, words: str, scene: lists.Scene, address: str, on: Ground, turns: int) -> Figures:
    """A page of fifty rows or of all, as its reader sees it, and what it asks of the database."""
    reader: list[Person | None] = []

    def fill(app: Flask) -> None:
        reader.append(scene(app, WORKS))
        lists.told_apart(app)

    with on.hello() as hello, on.house(f"{name} {words}", fill) as house:
        line = house.line(reader[0])
        ours, control = partial(_got, line, address), partial(_got, hello, "/")
        most, aim = (3.0, "1.5") if name == "B-3b" else (15.0, "10")
        told: dict[str, Any] = {"most": most, "aim": aim, "turns": turns, "each": EACH, "against": "hello"}
        yield beside(f"{name} {words}", ours, control, **told)
        yield plain(f"{name} {words}: statements", house.statements(reader[0], address), unit="statements", most=FEW)
        if name == "B-3b":
            yield _of_a_file(house, hello, address, turns)


def _of_a_file(house: House, hello: Line, address: str, turns: int) -> Measured:
    """Beside a file that the framework gives away: it has 0.8 of its throughput, or more."""
    ours, control = partial(_got, house.line(), address), partial(_got, hello, "/file")
    told: dict[str, Any] = {"most": 1.25, "turns": turns, "each": EACH, "against": "a file by send_file"}
    return beside("B-3b public results beside a file", ours, control, **told)


def one_sheet(on: Ground, turns: int) -> Figures:
    """The page on which a judge reads and marks one work."""
    kept: list[Any] = []

    def fill(app: Flask) -> None:
        of, address = long_list(app, WORKS)
        kept.extend([of.judges[0], address])

    with on.hello() as hello, on.house("sheet", fill) as house:
        line, (judge, address) = house.line(kept[0]), kept
        ours, control = partial(_got, line, address), partial(_got, hello, "/")
        told: dict[str, Any] = {"most": 15.0, "aim": "10", "turns": turns, "each": EACH, "against": "hello"}
        yield beside("B-3 one sheet", ours, control, **told)
        yield plain("B-3 one sheet: statements", house.statements(judge, address), unit="statements", most=20)


def saving(on: Ground, turns: int) -> Figures:
    """A mark that is saved while it is given, beside one row that is written down for good and nothing else."""
    kept: list[Any] = []

    def fill(app: Flask) -> None:
        of, address = long_list(app, WORKS)
        kept.extend([of.judges[0], address])

    with on.house("saving", fill) as house:
        save = Saves(house.line(kept[0]), kept[1])
        with psycopg.connect(on.postgres.owner_url_for("saving").replace("+psycopg", "")) as bare:
            bare.execute("CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY, said text)")
            bare.commit()
            commit = partial(_committed, bare)
            for percent, most in ((50, 4.0), (95, 8.0)):
                told: dict[str, Any] = {
                    "most": most,
                    "turns": turns,
                    "each": EACH,
                    "against": "a bare commit",
                    "percent": percent,
                }
                yield beside(f"B-3d a score saved, p{percent}", save, commit, **told)


class Saves:
    """Gives another mark each time, as the page's script sends it; one that was not written down is a fault."""

    def __init__(self, line: Line, address: str) -> None:
        self.line, self.address, self.number = line, address, 0
        form = line.page(address).form(field="version")
        self.pairs = dict(form.pairs())
        self.criterion = next(name for name in [*form.choices, *form.fields] if re.fullmatch(r"c\d+", name))

    def __call__(self) -> tuple[float, int]:
        self.number += 1
        said = self.pairs | {self.criterion: str(self.number % MARKS + 1)}
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        more = kind | {"X-Requested-With": "fetch", "Accept-Encoding": "identity"}
        took, status, content = self.line.ask(self.address, "POST", urlencode(said).encode(), **more)
        if status == 200:
            before, self.pairs["version"] = self.pairs["version"], str(json.loads(content)["version"])
            status = 409 if self.pairs["version"] == before else status
        return took, status


def _committed(bare: "psycopg.Connection[Any]") -> tuple[float, int]:
    begun = perf_counter()
    bare.execute("INSERT INTO bare (said) VALUES ('so')")
    bare.commit()
    return perf_counter() - begun, 200


def _got(line: Line, address: str) -> tuple[float, int]:
    took, status, _content = line.ask(address)
    return took, status


def _several(*parts: Callable[[Ground, int], Figures]) -> Callable[[Ground, int], Figures]:
    def measured(on: Ground, turns: int) -> Figures:
        for each in parts:
            yield from each(on, turns)

    return measured


PARTS: dict[str, Callable[[Ground, int], Figures]] = {
    "B-3": _several(
        partial(lists_of, "B-3", "a judge's list", lists.judging, "/iii-2023/vong/1/cham"),
        one_sheet,
        partial(lists_of, "B-3", "the ranking", lists.chair, "/iii-2023/vong/1/xep-hang"),
    ),
    "B-3b": partial(lists_of, "B-3b", "public results", lists.public, "/iii-2023/ket-qua"),
    "B-3c": partial(lists_of, "B-3c", "the organiser's list", lists.screening, "/iii-2023/kiem-tra?xep=name"),
    "B-3d": saving,
    "B-4": page_growth.growth,
    "B-9": page_papers.papers,
    "B-10": page_papers.verified,
    "B-12": page_browser.felt,
    "B-13": page_browser.weighed,
    "B-14": page_papers.begun,
    "B-15": page_browser.idle,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
