"""Two web processes behind the shipped front door, replaced one after the other under a small steady load: nobody
sees a fault. Then each is killed: what was acknowledged is there, and nothing is there twice."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from award.db import unit_of_work
from award.people.models import Person
from tests import factories
from tests.award.entries.conftest import made_scene
from tests.deploy.certificates import Authority
from tests.deploy.frontdoor import SITE, FrontDoor, Line, is_installed
from tests.deploy.processes import Web
from tests.faults import invariants
from tests.faults.history import History, Outcome
from tests.judging.rows import bench
from tests.visitor import Visitor

pytestmark = pytest.mark.skipif(not is_installed(), reason="nginx is not installed")

WORKS = 60
PAUSE = 0.05


class Sitting:
    """A signed-in browser of one person, as nginx sees it."""

    def __init__(self, app: Flask, door: FrontDoor, person: Person) -> None:
        visitor = Visitor(app, person)
        self.person, self._door, self._token = person, door, visitor.csrf_token()
        kept = visitor.client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1")
        assert kept is not None
        self._cookie = f"__Host-giai={kept.value}"

    def press(self, address: str, form: dict[str, str], accept: str = "text/html") -> tuple[int, bytes]:
        body = urlencode(form | {"csrf_token": self._token}).encode()
        said = {"Host": SITE, "Cookie": self._cookie, "Accept": accept, "Referer": f"https://{SITE}/"}
        said["Content-Type"] = "application/x-www-form-urlencoded"
        line = Line(self._door, SITE, self._door.way.tls)
        try:
            line.request("POST", address, body, said)
            answer = line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            line.close()


@pytest.fixture
def webs(app: Flask, environment: dict[str, str], tmp_path: Path) -> Iterator[list[Web]]:
    said = environment | {
        "BASE_URL": f"https://{SITE}",
        "TRUSTED_HOSTS": f"{SITE},127.0.0.1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "S3_SECURE": "1",
        "S3_PUBLIC_ENDPOINT": "files.example.vn",
        "S3_READ_ENDPOINT": "",
        "DATA_DIR": str(tmp_path),
    }
    made = [Web(said, tmp_path / f"web-{number}.log") for number in (1, 2)]
    for web in made:
        web.wait()
    yield made
    for web in made:
        web.stop()


class Load:
    """People who send a work each, and a judge who saves again and again, until told to stop."""

    def __init__(self, app: Flask, door: FrontDoor) -> None:
        self.history, self.seen = History(), list[tuple[int, str]]()
        self._stop = threading.Event()
        with app.app_context(), unit_of_work():
            scene = made_scene(slug="iv-2024")
            owners = [factories.person(f"Nguyễn Thị Vân {number}", phone="0905 123 456") for number in range(WORKS)]
            self._works = [(owner, scene.draft(owner).public_id) for owner in owners]
            of = bench(works=1, judges=1)
            of.open()
            judge = of.judges[0]
            self._sheet = f"/iii-2023/vong/1/cham/{of.assignments(judge)[0].public_id}"
            self._field = f"c{of.round.criteria[0].id}"
        with app.app_context():
            self._entrants = [(Sitting(app, door, owner), work) for owner, work in self._works]
            self._judge = Sitting(app, door, judge)
        self.saved = 0
        self._threads = [threading.Thread(target=each) for each in (self._submit, self._save)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _submit(self) -> None:
        for sitting, work in self._entrants:
            if self._stop.is_set():
                return
            while self.history.act(sitting.person.id, "submit", work, self._pressed(sitting, work)) != "ok":
                if self._stop.wait(PAUSE):
                    return
            time.sleep(PAUSE)

    def _pressed(self, sitting: Sitting, work: str) -> Callable[[], tuple[Outcome, str]]:
        def does() -> tuple[Outcome, str]:
            status, _body = sitting.press(f"/iv-2024/tac-pham/{work}/nop", {"deed_key": f"nop-{work}"})
            self.seen.append((status, "submit"))
            return ("ok" if status == 303 else "unknown"), ""

        return does

    def _save(self) -> None:
        while not self._stop.is_set():
            form = {self._field: str(1 + self.saved % 3), "version": str(self.saved), "note": ""}
            status, _body = self._judge.press(self._sheet, form, "application/json")
            self.seen.append((status, "save"))
            if status in {200, 409}:  # 409: it was done and nobody was told; the page goes on from there
                self.saved += 1
            time.sleep(PAUSE)


@pytest.mark.long
@pytest.mark.timeout(400)
def test_processes_are_replaced_unseen_and_killed_without_loss(app: Flask, webs: list[Web], tmp_path: Path) -> None:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with FrontDoor(folder, [web.port for web in webs], "127.0.0.1:1", Authority(folder)) as door:
        assert door.ask("/healthz").body == b"ok\n"
        with Load(app, door) as load:
            for web in webs:
                web.restart()
            assert {status for status, _what in load.seen} <= {200, 303}, "nobody sees a fault while they are replaced"
            assert {what for _status, what in load.seen} == {"submit", "save"}
            for web in webs:
                web.die()
        assert {status for status, _what in load.seen} <= {0, 200, 303, 409, 503}
    with app.app_context():
        invariants.hold_for(load.history)
    assert len(load.history.acknowledged("submit")) > 2
