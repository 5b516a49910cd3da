"""Every route × method × actor answers as declared, and no route is undeclared."""

import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award.db import unit_of_work
from award.people.models import Person, User
from award.people.tokens import SCOPES, issue
from tests.conftest import empty_tables
from tests.doors.matrix import ACTORS, Row
from tests.doors.snapshot import Snapshot, snapshot
from tests.doors.world import WORLDS, World, build, person_of
from tests.visitor import Visitor

UNDECLARED_ON_PURPOSE = {"static"}
HOST = "127.0.0.1"


ROOMS = sorted(file.stem for file in (Path(__file__).parent / "matrix").glob("[a-z]*.py"))
CHANGED = {200, 201, 204, 302, 303}
"""The statuses of a POST after which the tables may hold something else."""
ESCAPED_TAG = re.compile(r"&lt;/?(?:a|br|button|div|h[1-6]|input|label|li|p|span|strong|t[dhr])[ &/]")
CALLED = re.compile(r'href="tel:\d')


def rows(room: str) -> list[Row]:
    found: list[Row] = importlib.import_module(f"tests.doors.matrix.{room}").ROWS
    return found


def test_every_route_and_method_is_declared(house: Flask) -> None:
    declared = {(row.endpoint, row.method) for room in ROOMS for row in rows(room)}
    routes = {
        (rule.endpoint, method)
        for rule in house.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in UNDECLARED_ON_PURPOSE
    }
    assert routes - declared == set(), "routes without a row"
    assert declared - routes == set(), "rows without a route"


@dataclass
class People:
    """Everybody before the doors, signed in once: each visit begins with the session as it was then."""

    app: Flask
    cookies: dict[str, str]
    tokens: dict[str, str]
    persons: dict[str, Person | None]
    keys: dict[str, str]
    """What a program of theirs brings, with which it may ask for everything they may."""

    @classmethod
    def of(cls, app: Flask, world: World) -> "People":
        with app.app_context(), unit_of_work():
            persons = {actor: person_of(world, actor) for actor in ACTORS}
            visitors = {actor: Visitor(app, person) for actor, person in persons.items()}
            keys = {actor: key_of(person.user) for actor, person in persons.items() if person and person.user}
        tokens = {actor: visitor.csrf_token() for actor, visitor in visitors.items() if visitor.person is not None}
        found = {actor: visitor.client.get_cookie(cls._name(app), HOST) for actor, visitor in visitors.items()}
        cookies = {actor: cookie.value for actor, cookie in found.items() if cookie}
        return cls(app, cookies, tokens, persons, keys)

    def visitor(self, actor: str) -> Visitor:
        made = Visitor(self.app)
        if actor in self.cookies:
            made.client.set_cookie(self._name(self.app), self.cookies[actor], domain=HOST)
            made.person, made.token = self.persons[actor], (self.cookies[actor], self.tokens[actor])
        return made

    @staticmethod
    def _name(app: Flask) -> str:
        return str(app.config["SESSION_COOKIE_NAME"])


def key_of(user: User) -> str:
    return issue(user=user, name="Phần mềm", scopes=SCOPES, days=30)[1]


def asked_by_a_script(row: Row) -> set[str]:
    """Who asks as a page's own script does, which is refused without a page around it: everybody whom the row refuses,
    but the first of each status. That one sees the page of the refusal, which is the same for the others."""
    refused = [(row.expected(actor), actor) for actor in ACTORS if row.expected(actor) in {403, 404}]
    shown = dict(reversed(refused))
    return {actor for status, actor in refused if shown[status] != actor}


def answered_at(row: Row, address: str, actor: str, people: People) -> TestResponse:
    """A browser with the actor's session; where programs ask, a program with the actor's key and no session."""
    visitor = people.visitor(actor)
    if row.for_programs:
        headers = {"Authorization": f"Bearer {people.keys[actor]}"} if actor in people.keys else {}
        body = {"json": {}} if row.method == "POST" else {}
        return people.app.test_client().open(address, method=row.method, headers=headers, **body)  # type: ignore[arg-type]
    accept = {"Accept": "application/json" if actor in asked_by_a_script(row) else "text/html"}
    return visitor.get(address, headers=accept) if row.method == "GET" else visitor.post(address, headers=accept)


def status_of(response: TestResponse) -> int:
    to_sign_in = response.headers.get("Location", "").split("?")[0].endswith("/dang-nhap")
    return 401 if response.status_code in {302, 303} and to_sign_in else response.status_code


def shows_markup(response: TestResponse) -> bool:
    """A tag was escaped where it was meant to be one, and is read as text."""
    return response.mimetype == "text/html" and bool(ESCAPED_TAG.search(response.text))


def shows_nobody_to_call(response: TestResponse) -> bool:
    """A whole page without the telephone number of those who help."""
    shown = response.mimetype == "text/html" and "Location" not in response.headers
    return shown and response.text.lstrip()[:9].lower() == "<!doctype" and not CALLED.search(response.text)


def lacks(response: TestResponse, row: Row, actor: str) -> list[str]:
    """Which of the headers that hold a browser back are missing. A page of somebody signed in is kept nowhere."""
    headers = response.headers
    for_all = row.expected("anonymous") == 200 and response.mimetype != "text/html"
    policy = headers.get("Content-Security-Policy", "")
    wanted = {
        "a policy": all(
            f"{each} 'none'" in policy for each in ("default-src", "base-uri", "frame-ancestors", "object-src")
        ),
        "scripts of ours alone": "script-src 'self';" in policy and "unsafe" not in policy,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "a referrer that stays": headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
        "windows apart": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "no copy": actor == "anonymous" or for_all or "public" not in headers.get("Cache-Control", "public"),
        "its letters": not response.mimetype.startswith("text/") or "charset=utf-8" in headers["Content-Type"].lower(),
    }
    return [name for name, there in wanted.items() if not there]


@dataclass
class Stage:
    """A world with everybody signed in, and its tables as they were then."""

    kind: str
    world: World
    people: People
    before: Snapshot


@contextmanager
def staged(house: Flask, kind: str) -> Iterator[Stage]:
    with house.app_context(), unit_of_work():
        world = build(kind)
    people = People.of(house, world)
    with snapshot(house) as before:
        yield Stage(kind, world, people, before)
    empty_tables(house)


@pytest.fixture(scope="module")
def stage_of(house: Flask) -> Iterator[Callable[[str], Stage]]:
    """`stage_of(kind)`: the world of that kind as it was made, once for all rooms that are tried in it one after
    another. A parameter beside another one would have it made anew for each of them."""
    with ExitStack() as standing:
        present: list[Stage] = []

        def stage_of(kind: str) -> Stage:
            if [stage.kind for stage in present] != [kind]:
                standing.close()
                present[:] = [standing.enter_context(staged(house, kind))]
            present[0].before.put_back()
            return present[0]

        yield stage_of


@pytest.mark.parametrize(
    ("kind", "room"),
    [(kind, room) for kind in WORLDS for room in ROOMS if any(row.world == kind for row in rows(room))],
)
def test_every_door_answers_as_declared(stage_of: Callable[[str], Stage], kind: str, room: str) -> None:
    stage = stage_of(kind)
    wrong: dict[str, list[str]] = defaultdict(list)
    for row in (row for row in rows(room) if row.world == kind):
        address = row.address.format_map(stage.world.names)
        for actor in ACTORS:
            response = answered_at(row, address, actor, stage.people)
            status = status_of(response)
            if shows_markup(response):
                wrong[f"{row.method} {row.address}"].append(f"{actor}: markup is read as text")
            if missing := lacks(response, row, actor):
                wrong[f"{row.method} {row.address}"].append(f"{actor}: without {', '.join(missing)}")
            if shows_nobody_to_call(response):
                wrong[f"{row.method} {row.address}"].append(f"{actor}: nobody to call")
            if status != row.expected(actor):
                wrong[f"{row.method} {row.address}"].append(f"{actor}: {status}, declared {row.expected(actor)}")
            if row.method != "GET" and status in CHANGED:
                stage.before.put_back()
    assert wrong == {}
