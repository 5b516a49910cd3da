"""Every route × method × actor answers as declared, and no route is undeclared."""

import importlib
from collections import defaultdict
from pathlib import Path

import pytest
from flask import Flask

from award.db import unit_of_work
from tests.conftest import empty_tables
from tests.doors.matrix import ACTORS, Row
from tests.doors.world import WORLDS, World, build, person_of
from tests.visitor import Visitor

UNDECLARED_ON_PURPOSE = {"static"}


def rows() -> list[Row]:
    found: list[Row] = []
    for file in sorted((Path(__file__).parent / "matrix").glob("[a-z]*.py")):
        found += importlib.import_module(f"tests.doors.matrix.{file.stem}").ROWS
    return found


def test_every_route_and_method_is_declared(house: Flask) -> None:
    declared = {(row.endpoint, row.method) for row in rows()}
    routes = {
        (rule.endpoint, method)
        for rule in house.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in UNDECLARED_ON_PURPOSE
    }
    assert routes - declared == set(), "routes without a row"
    assert declared - routes == set(), "rows without a route"


def built(app: Flask, kind: str) -> World:
    empty_tables(app)
    with app.app_context(), unit_of_work():
        return build(kind)


def visitors(app: Flask, world: World) -> dict[str, Visitor]:
    with app.app_context():
        return {actor: Visitor(app, person_of(world, actor)) for actor in ACTORS}


@pytest.mark.parametrize("kind", WORLDS)
def test_every_door_answers_as_declared(app: Flask, kind: str) -> None:
    world = built(app, kind)
    people = visitors(app, world)
    wrong: dict[str, list[str]] = defaultdict(list)
    declared = sorted((row for row in rows() if row.world == kind), key=lambda row: row.method != "GET")
    for row in declared:
        for actor in ACTORS:
            address = row.address.format_map(world.names)
            visitor = people[actor]
            response = visitor.get(address) if row.method == "GET" else visitor.post(address)
            status = response.status_code
            if status in {302, 303} and response.headers["Location"].split("?")[0].endswith("/dang-nhap"):
                status = 401
            if status != row.expected(actor):
                wrong[f"{row.method} {row.address}"].append(f"{actor}: {status}, declared {row.expected(actor)}")
            if row.method != "GET" and status in {200, 201, 204, 302, 303}:
                world = built(app, kind)
                people = visitors(app, world)
    assert wrong == {}
