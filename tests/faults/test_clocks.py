"""F-14 to F-16: clocks that are off, a clock that goes back, and forms that wait while the deadline passes."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import Context
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select, text

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.desk import clocks
from award.entries import operations
from award.entries.models import Entry, Receipt, UploadPass
from award.entries.permissions import can_use_pass
from award.local.web import start_web, wait_for_an_answer
from award.log.models import Event
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene, scene
from tests.judging.rows import judge
from tests.visitor import Visitor

__all__ = ["scene"]

ONE, FIVE = timedelta(minutes=1), timedelta(minutes=5)
GRACE = timedelta(seconds=120)


def submitted(scene: Scene) -> bool:
    """Whether a work that is submitted now is received; without leave to, it stays a draft."""
    with unit_of_work():
        entry = scene.draft()
        owner = factories.person(f"Tác giả {entry.id}", phone=f"0905 {entry.id:06d}")
        entry.owner_id, entry.authors[0].person_id, entry.authors[0].legal_name = owner.id, owner.id, owner.legal_name
    try:
        with unit_of_work():
            operations.submit(by=scene.by(owner), edition=scene.edition, entry=entry, arrived_at=now())
    except Refused as refused:
        assert refused.verdict.code == "late"
        return False
    return True


def ends(scene: Scene, after: timedelta) -> None:
    with unit_of_work():
        scene.edition.deadline_at = now() + after


@pytest.mark.parametrize("off", [-FIVE, timedelta(0), FIVE], ids=["behind", "right", "ahead"])
def test_the_same_works_are_received_whatever_the_applications_clock_says(scene: Scene, off: timedelta) -> None:
    told = []
    for left in (ONE, ONE - GRACE, -ONE - GRACE):
        ends(scene, left)
        with clock.off(here=off):
            told.append(submitted(scene))
    assert told == [True, True, False]
    at = [receipt.received_at for receipt in session.scalars(select(Receipt))]
    assert all(abs(each - now()) < ONE for each in at)


class Reader(Visitor):
    """Reads pages of an application whose clock is so far ahead, sharing nothing with the context of the test."""

    def reads(self, address: str, ahead: timedelta) -> str:
        def read() -> str:
            with clock.off(here=ahead):
                return self.get(address).get_data(as_text=True)

        return Context().run(read)


def test_whoever_runs_the_house_is_told_that_clocks_are_apart(app: Flask, scene: Scene) -> None:
    with unit_of_work():
        secretary = judge(scene.edition, "Lê Thư Ký", "secretary")
    staff, entrant = Reader(app, secretary), Reader(app, scene.entrant)
    page, apart = staff.reads("/ban-lam-viec", FIVE), "đồng hồ cơ sở dữ liệu"
    assert f"nhanh hơn {apart} 5 phút" in page
    assert f"đang được ghi theo {apart}" in page
    page = staff.reads("/ban-lam-viec", timedelta(seconds=-3))
    assert f"chậm hơn {apart} 3 giây" in page
    assert f"theo {apart}" not in page
    assert apart not in entrant.reads("/ban-lam-viec", FIVE)
    assert apart not in staff.reads("/ban-lam-viec", timedelta(0))
    assert "clock off by +300.0 s" in Reader(app).reads("/readyz", FIVE)
    assert "clock" not in Reader(app).reads("/readyz", timedelta(0))


@pytest.mark.parametrize(
    ("before", "there", "after", "off"),
    [(0, 1, 2, 0), (0, 2, 1, 0), (2, 1, 3, 0), (0, 3, 1, -2), (5, 3, 6, 2), (0, 300, 1, -299)],
)
def test_a_question_that_took_long_is_no_drift(before: int, there: int, after: int, off: int) -> None:
    at = [now() + timedelta(seconds=each) for each in (before, there, after)]
    start = at[0] - timedelta(seconds=before)
    given = [start + timedelta(seconds=each) for each in (before, there, after)]
    assert clocks.apart(*given) == timedelta(seconds=off)


@pytest.mark.parametrize("machine", ["database", "both"])
def test_no_arrival_is_before_an_earlier_one_when_a_clock_goes_back(scene: Scene, machine: str) -> None:
    ends(scene, ONE)
    assert submitted(scene)
    back = -2 * ONE - timedelta(seconds=5)
    with clock.off(database=back, here=back if machine == "both" else timedelta(0)):
        assert submitted(scene)
        first, second = session.scalars(select(Receipt).order_by(Receipt.id))
        assert first.received_at <= second.received_at < now() + 3 * ONE
        assert (first.code, second.code) == ("KH3-0001", "KH3-0002")
        numbers = session.scalars(select(Event.seq).order_by(Event.id)).all()
        assert list(numbers) == sorted(set(numbers))
        with unit_of_work():
            scene.edition.deadline_at = first.received_at - GRACE
        assert not submitted(scene), "a clock that went back takes nothing more in"


def test_what_has_expired_comes_back_for_no_longer_than_the_clock_went_back(scene: Scene) -> None:
    opened = UploadPass(until=now())
    for gone, usable in ((timedelta(0), True), (2 * ONE, False)):
        with clock.off(here=gone - 2 * ONE):
            assert bool(can_use_pass(opened, now())) is usable
    opened.ended_at = now()
    with clock.off(here=-FIVE):
        assert not can_use_pass(opened, now()), "what was taken back stays taken back"


class Sender(NamedTuple):
    """An entrant with a work that only has to be sent."""

    entry_id: int
    address: str
    headers: dict[str, str]
    body: str

    def sends(self, port: int, answers: dict[int, tuple[int, str]]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", self.address, self.body, self.headers)
        answer = connection.getresponse()
        answers[self.entry_id] = answer.status, answer.read().decode()
        connection.close()


@pytest.fixture
def one_thread(app: Flask, environment: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """The port of a web server that does one thing at a time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    web = start_web(port, 1, environment=environment, log=tmp_path / "web.log", threads=1)
    try:
        wait_for_an_answer(web, port, tmp_path / "web.log", "/healthz")
        yield port
    finally:
        web.stop()


def sender(app: Flask, scene: Scene, number: int) -> Sender:
    with unit_of_work():
        owner = factories.person(f"Tác giả số {number}", phone=f"0905 000 00{number}")
        entry = scene.draft(owner)
    visitor = Visitor(app, owner)
    form = urlencode({"csrf_token": Context().run(visitor.csrf_token)})
    cookie = visitor.client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1")
    assert cookie is not None
    headers = {"Cookie": f"{cookie.key}={cookie.value}", "Connection": "close"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return Sender(entry.id, f"/{scene.slug}/tac-pham/{entry.public_id}/nop", headers, form)


def test_a_form_that_waits_for_its_turn_arrived_when_it_was_sent(app: Flask, scene: Scene, one_thread: int) -> None:
    """The only thread is kept busy over the deadline: two forms were sent before it, one after."""
    first, waiting, late = (sender(app, scene, number) for number in range(3))
    with unit_of_work():
        scene.edition.grace_seconds = 0
        scene.edition.deadline_at = deadline = now() + timedelta(seconds=2)
    answers: dict[int, tuple[int, str]] = {}
    threads = [threading.Thread(target=each.sends, args=(one_thread, answers)) for each in (first, waiting, late)]
    with app.extensions["engine"].connect() as busy:
        held = {"space": operations._LOCK_SPACE, "edition": scene.edition_id}
        busy.execute(text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:edition AS int))"), held)
        threads[0].start()
        time.sleep(0.3)
        threads[1].start()
        while now() < deadline + timedelta(seconds=0.3):
            time.sleep(0.05)
        threads[2].start()
        time.sleep(0.5)
        busy.rollback()
    for thread in threads:
        thread.join()
    assert [answers[each.entry_id][0] for each in (first, waiting, late)] == [303, 303, 403]
    assert "Hồ sơ đến lúc" in answers[late.entry_id][1]
    session.expire_all()
    for each in (first, waiting):
        entry = session.get_one(Entry, each.entry_id)
        assert entry.submitted_at is not None
        assert deadline - timedelta(seconds=2) < entry.submitted_at < deadline
    assert session.get_one(Entry, late.entry_id).state == "draft"
