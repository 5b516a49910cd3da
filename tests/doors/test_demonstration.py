"""The doors that only a demonstration has: declared and tried like all others, and nowhere else."""

from flask import Flask

from award.db import unit_of_work
from demonstration.mark import leave_mark
from tests.doors.matrix import ACTORS, Row
from tests.doors.snapshot import snapshot
from tests.doors.test_doors import People, answered_at, status_of
from tests.doors.world import build

ROWS = [
    Row("trial.start_over", "GET", "/minh-hoa/lam-lai", 200),
    Row("trial.ask_to_start_over", "POST", "/minh-hoa/lam-lai", 303),
    Row("demonstration.sign_in", "POST", "/dang-nhap/minh-hoa", 404),
]
"""Nobody's address is among the listed ones in this world, so signing in finds nobody."""


def doors_of(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_a_demonstration_has_these_doors_and_no_others_beside_those_of_the_house(house: Flask, trial: Flask) -> None:
    assert doors_of(trial) - doors_of(house) == {(row.endpoint, row.method) for row in ROWS}


def test_each_answers_everybody_as_declared(trial: Flask) -> None:
    with trial.app_context(), unit_of_work():
        leave_mark()
        world = build("open")
    people = People.of(trial, world)
    wrong = []
    with snapshot(trial) as before:
        for row in ROWS:
            for actor in ACTORS:
                status = status_of(answered_at(row, row.address, actor, people))
                if status != row.expected(actor):
                    wrong.append(f"{row.method} {row.address} {actor}: {status}")
                before.put_back()
    assert wrong == []
