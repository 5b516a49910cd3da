"""A judge on an island: works taken along, thirty scored while the line is down, the browser killed in between."""

import io
import os
import re
import select
import shutil
import signal
import socket
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect, sync_playwright
from sqlalchemy import select as choose

from award.db import session, unit_of_work
from award.editions.models import Round
from award.entries.models import Entry
from award.files.models import Rendition
from award.files.store import storage
from award.people.models import Person
from award.people.operations import end_sessions
from judging.panels.models import Assignment
from judging.scoring.contents import marks_of
from judging.scoring.models import Arrival
from judging.scoring.queries import own_sheet
from tests import factories
from tests.browser.conftest import QUIET
from tests.browser.test_media import until
from tests.judging.rows import Bench, bench, file_of
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.db]

SignIn = Callable[[Page, Person], None]
LIST = "/iii-2023/vong/1/cham"
WORKS = 30


class Line:
    """A line to the application that can be cut: what was open breaks, what is new is refused."""

    def __init__(self, to: str) -> None:
        host, _colon, port = to.removeprefix("http://").partition(":")
        self._to = (host, int(port))
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._instead = b""
        self.up = True
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            try:
                near, _peer = self._socket.accept()
            except OSError:
                return
            if self.up:
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()
            else:
                with suppress(OSError):
                    if self._instead:
                        near.recv(65536)
                        near.sendall(self._instead)
                near.close()

    def _carry(self, near: socket.socket) -> None:
        far = socket.create_connection(self._to)
        ends = {near: far, far: near}
        self._open |= set(ends)
        try:
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)
        except (OSError, ValueError):
            return
        finally:
            for end in ends:
                end.close()
                self._open.discard(end)

    def cut(self) -> None:
        self.up = False
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def speak(self, instead: bytes) -> None:
        """From now on it is cut, and somebody answers in the server's place."""
        self._instead = instead
        self.cut()

    def mend(self) -> None:
        self.up, self._instead = True, b""

    def close(self) -> None:
        self.cut()
        self._socket.close()


class Device:
    """A judge's own computer: a browser whose profile outlives it."""

    def __init__(self, playwright: Playwright, profile: Path, address: str) -> None:
        self._playwright, self._profile, self._address = playwright, profile, address
        self.faults: list[str] = []
        self.start()

    def start(self) -> None:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        self.context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=shutil.which("chromium-headless-shell"),
            args=[*QUIET, *root],
            base_url=self._address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def kill(self) -> None:
        """The browser is gone from one moment to the next."""
        for process in Path("/proc").iterdir():
            if process.name.isdecimal() and self._is_browser(process):
                os.kill(int(process.name), signal.SIGKILL)
        with suppress(Error):  # it may know already that its browser is gone
            self.context.close()

    def _is_browser(self, process: Path) -> bool:
        try:
            arguments = (process / "cmdline").read_text().split("\0")
        except OSError:
            return False
        return f"--user-data-dir={self._profile}" in arguments and not any(
            each.startswith("--type=") for each in arguments
        )


class Judge:
    """A judge with works in their own order, and what the server holds of the sheets."""

    def __init__(self, app: Flask, of: Bench) -> None:
        self.app, self.person = app, of.judges[0]
        with app.app_context():
            self.assignments = of.assignments(of.judges[0])
            self.criteria = [criterion.id for criterion in session.get_one(Round, of.round.id).criteria]

    def address(self, number: int) -> str:
        return f"{LIST}/{self.assignments[number].public_id}"

    def steps(self, number: int) -> list[int | None]:
        assignment = self.assignments[number]
        with self.app.app_context():
            sheet = own_sheet(assignment.seat_id, assignment.id)
            given = marks_of(sheet) if sheet else {}
        return [given.get(criterion) for criterion in self.criteria]

    def arrived(self) -> list[str]:
        """The works whose sheets came from without a network, in the order they came."""
        with self.app.app_context():
            found = choose(Assignment.public_id).join(Arrival, Arrival.assignment_id == Assignment.id)
            return list(session.scalars(found.order_by(Arrival.id)))


@pytest.fixture
def line(live_server: str) -> Iterator[Line]:
    line = Line(live_server)
    yield line
    line.close()


@pytest.fixture
def device(line: Line, tmp_path: Path) -> Iterator[Device]:
    with sync_playwright() as playwright:
        device = Device(playwright, tmp_path / "profile", line.address)
        yield device
        device.context.close()


def island(app: Flask, line: Line, works: int) -> Judge:
    """An open round before one judge; the first work has a page to look at."""
    with app.app_context(), unit_of_work():
        of = bench(works=works, judges=1)
        of.open()
        assigned = of.assignments(of.judges[0])[0]
        first = next(entry for entry in of.works if entry.id == assigned.entry_id)
        page = next(
            each for each in file_of(first, of.category.slots[0], first.parts[0]).renditions if each.kind == "page"
        )
        picture = io.BytesIO()
        Image.new("L", (80, 110), 200).save(picture, "WEBP")
        storage().put_small(page.key or "", picture.getvalue(), page.content_type)
        recording_of(first, of)
        storage().prepare_bucket(line.address)  # the browser comes by another port, which is another origin
    return Judge(app, of)


def recording_of(entry: Entry, of: Bench) -> None:
    """Two seconds of silence to be heard with the work, in its light version alone."""
    file = file_of(entry, of.category.slots[0], entry.parts[0], name="tieng.mp3")
    file.kind, file.content_type, file.facts = "mp3", "audio/mpeg", {"duration": 2}
    sound = io.BytesIO()
    with wave.open(sound, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(1)
        writing.setframerate(8000)
        writing.writeframes(b"\x80" * 16_000)
    light = Rendition(kind="light", ordinal=1, key="renditions/tieng", size=16_044, content_type="audio/mp4", facts={})
    file.renditions[:] = [light]
    session.flush()
    storage().put_small(light.key or "", sound.getvalue(), light.content_type)


HEARD_TO_THE_END = """player => new Promise((done, fail) => {
  player.onerror = () => fail(player.error.message);
  player.onended = () => done(player.duration);
  player.muted = true;
  player.currentTime = 1.5;
  player.play();
})"""


def here(page: Page, judge: Judge, number: int) -> None:
    """The page of that work stands, with its scripts at work."""
    page.wait_for_url(f"**{judge.address(number)}")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")


def score(page: Page, judge: Judge, number: int) -> None:
    """Marks by keys, then on to the next work."""
    here(page, judge, number)
    page.locator("h2").first.click()
    for key in ("3", "2", "1"):
        page.keyboard.press(key)
    expect(page.locator("[data-score-total] output").first).to_have_text("6,00")
    page.keyboard.press("n")


def taken_along(device: Device, works: int) -> None:
    device.page.goto(LIST)
    device.page.get_by_role("button", name=f"Mang theo {works} tác phẩm").click()
    told = re.compile(rf"Đã mang theo {works} tác phẩm .* đến \d\d:\d\d, ngày \d\d/(0[12]|[3-9]|1[0-2])/\d{{4}} hoặc")
    expect(device.page.get_by_text(told)).to_be_visible()


KEPT = Path(__file__).with_name("kept_here.js").read_text()
NOTHING_KEPT = f"({KEPT})().then((found) => found.nothing)"
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>Wi-Fi"
BROKEN_OFF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"owner": "'
ASKED = """(question) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data.state);
  navigator.serviceWorker.controller.postMessage(question, [port2]);
})"""
WRITTEN_TOO_LATE = """async () => {
  const page = { type: "text/plain", bytes: new ArrayBuffer(1) };
  const late = [away.list({ bytes: 1 }), away.putWork("/late", page), away.note(), away.carriedBy("another")];
  await away.wipe();
  await Promise.allSettled(late);
}"""


def test_thirty_scores_without_a_network_arrive_once_and_in_order(
    app: Flask, line: Line, device: Device, sign_in: SignIn
) -> None:
    judge = island(app, line, WORKS)
    sign_in(device.page, judge.person)
    taken_along(device, WORKS)
    line.cut()
    device.page.goto(judge.address(0))
    assert device.page.locator(".reader__page").evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert device.page.locator(".player__media").evaluate(HEARD_TO_THE_END) == 2
    for number in range(WORKS // 2):
        score(device.page, judge, number)
    here(device.page, judge, WORKS // 2)
    device.kill()
    device.start()
    device.page.goto(judge.address(WORKS // 2 - 1))
    expect(device.page.locator(f"#c{judge.criteria[0]}")).to_have_value("3")
    device.page.goto(judge.address(WORKS // 2))
    for number in range(WORKS // 2, WORKS):
        score(device.page, judge, number)
    expect(device.page.locator("main").get_by_text(f"Điểm của {WORKS} tác phẩm đang giữ trên máy này")).to_be_visible()
    dump = device.page.evaluate(f"({KEPT})().then((found) => found.text)")
    assert judge.arrived() == []
    assert "key, extractable false" in dump
    for plain in ("Giữ lời hứa", "Lời hứa bên bờ ruộng", "III-IN-", "Tính phát hiện", "csrf_token"):
        assert plain not in dump
    line.mend()
    sign_in(device.page, judge.person)  # a killed browser has lost its session
    with suppress(Error):  # the list counts anew by itself when all has arrived, which may cut this short
        device.page.goto(LIST)
    device.page.wait_for_url(f"**{LIST}")
    expect(device.page.get_by_text(f"{WORKS}/{WORKS} đã chấm")).to_be_visible()
    assert judge.arrived() == [each.public_id for each in judge.assignments]
    assert [judge.steps(number) for number in range(WORKS)] == [[12, 8, 4]] * WORKS
    assert device.faults == []
    device.page.goto("/tai-khoan")
    device.page.locator("main [data-signs-out] button").click()
    device.page.wait_for_url("**/")
    until(device.page, NOTHING_KEPT)


def test_what_was_marked_elsewhere_meanwhile_stands_beside_and_nothing_stays_for_others(
    app: Flask, line: Line, device: Device, sign_in: SignIn
) -> None:
    judge, page = island(app, line, 2), device.page
    with app.app_context(), unit_of_work():
        other = factories.person("Đặng Khoa")
    sign_in(page, judge.person)
    taken_along(device, 2)
    page.goto(judge.address(0))
    here(page, judge, 0)
    line.cut()
    page.fill(f"#c{judge.criteria[0]}", "3")
    expect(page.locator("[data-saved]")).to_contain_text("Đã giữ trên máy này lúc")
    for instead in (PORTAL, BROKEN_OFF):  # neither takes a sheet in, nor is it a word of whose works these are
        line.speak(instead)
        assert page.evaluate(ASKED, {"flush": True}) == "unreachable"
        assert page.evaluate(ASKED, {"contact": True}) == "unreachable"
    assert page.evaluate("away.count()") == 1
    Visitor(app, judge.person).post(judge.address(0), {f"c{judge.criteria[0]}": "1", "version": "0"})
    line.mend()
    page.goto(judge.address(0))
    choice = page.locator("[data-score]").first
    expect(choice.locator("[data-theirs]")).to_have_text("1,00")
    expect(choice.locator("[data-yours]")).to_have_text("3")
    choice.locator("[data-keep=yours]").click()
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert judge.steps(0) == [12, None, None]
    page.goto(LIST)
    expect(page.get_by_text("mở phiếu để chọn")).to_be_hidden()
    sign_in(page, other)
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    expect(page.locator("body")).to_have_attribute("data-keeper", other.public_id)
    until(page, NOTHING_KEPT)
    sign_in(page, judge.person)
    taken_along(device, 2)
    page.evaluate(WRITTEN_TOO_LATE)
    assert "late" not in page.evaluate(f"({KEPT})().then((found) => found.text)")
    page.goto("/")  # the worker let everything go and its page was left: its flag says to clear the rest away
    until(page, NOTHING_KEPT)
    taken_along(device, 2)
    page.route("**/scripts/*.js", lambda route: route.abort())
    page.goto("/tai-khoan")
    page.locator("main [data-signs-out] button").click()
    page.wait_for_url("**/")
    until(page, NOTHING_KEPT)


def test_a_refused_sheet_shows_its_own_marks_to_send_or_let_go_and_an_ended_session_leaves_nothing(
    app: Flask, line: Line, device: Device, sign_in: SignIn
) -> None:
    judge, page = island(app, line, 2), device.page
    elsewhere = Visitor(app, judge.person)
    first = judge.criteria[0]
    given = {f"c{criterion}": "1" for criterion in judge.criteria}
    sign_in(page, judge.person)
    taken_along(device, 2)
    page.goto(judge.address(0))
    for number, mark in ((0, "3"), (1, "2")):
        line.mend()
        page.goto(judge.address(number))
        here(page, judge, number)
        line.cut()
        page.fill(f"#c{first}", mark)
        expect(page.locator("[data-saved]")).to_contain_text("Đã giữ trên máy này lúc")
        elsewhere.post(judge.address(number) + "/gui", given | {"version": "0"})
    line.mend()
    page.goto(LIST)
    refused = page.locator("[data-away-refused] > li")
    expect(refused).to_have_count(2)
    expect(refused.first).to_contain_text("Phiếu chấm đã gửi. Mở lại phiếu để sửa.")
    expect(refused.first.locator("dd").first).to_have_text("3")
    expect(refused.first.locator("dd").nth(1)).to_have_text("–")
    refused.nth(1).get_by_role("button", name="Bỏ điểm này").click()
    expect(refused).to_have_count(1)
    elsewhere.post(judge.address(0) + "/mo-lai", {})
    page.goto(judge.address(0))
    page.get_by_role("button", name="Gửi lại", exact=True).click()
    expect(refused).to_have_count(0)
    expect(page.locator(f"#c{first}")).to_have_value("3,00")
    assert (judge.steps(0), judge.steps(1)) == ([12, None, None], [4, 4, 4])
    with app.app_context(), unit_of_work():
        kept_from = session.get_one(Assignment, judge.assignments[1].id)
        kept_from.state, kept_from.state_reason = "recused", "relative"
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until(page, "globalThis.away?.list().then(({ works }) => works.map((each) => each.taken).join() === 'true,false')")
    line.cut()
    page.goto(judge.address(1))
    page.wait_for_url(f"**{LIST}")
    line.mend()
    with app.app_context(), unit_of_work():
        end_sessions(judge.person.id)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Phiên đăng nhập đã bị kết thúc từ nơi khác").first).to_be_visible()
    page.goto("/")
    until(page, NOTHING_KEPT)
