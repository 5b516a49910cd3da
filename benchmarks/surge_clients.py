"""The crowd before a deadline, in one process:  python -m benchmarks.surge_clients FOLDER

It acts by the clock and not by the answers: a slow house does not slow down who comes next. Everything that anybody
waited for is written down with when it was asked, relative to the end; what failed is tried again as people do.
"""

import asyncio
import hashlib
import json
import random
import re
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.surge_http import Answer, Line

BEFORE = 20.0
"""Seconds a client works at the draft before the button is pressed."""
AUTOSAVES = 6
AWAY = 20.0
PANIC_EVERY = 5.0
AGAIN = (1, 2, 4, 8, 8, 8, 8)
"""Pauses in seconds after which a failed step is tried again."""
REACTION = 1.0
"""Within so many seconds after the end everybody has asked for the page once more."""
FILM = 150_000_000
PART = 8 * 1024 * 1024
_TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')
_VERSION = re.compile(r'name="version"[^>]*?value="([^"]*)"')
_KEY = re.compile(r'name="deed_key"[^>]*?value="([^"]+)"')
_CODE = re.compile(r'class="receipt__code">\s*([^<\s]+)')
_UPLOADER = re.compile(r"<div[^>]*\bdata-uploader\b[^>]*>")
_DATA = re.compile(r'data-([a-z-]+)="([^"]*)"')


@dataclass
class Crowd:
    """What all clients share: where the house is, when it ends, what was seen."""

    port: int
    slug: str
    cookie_name: str
    end: float
    """On the monotonic clock."""
    page: bytes
    """A PDF; every client sends one of its own of the same length."""
    records: list[tuple[str, float, float, int]] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    def note(self, kind: str, asked: float, answer: Answer) -> None:
        self.records.append((kind, asked - self.end, time.monotonic() - asked, answer.status))


class Client:
    """One entrant with one browser."""

    def __init__(self, crowd: Crowd, number: int, told: dict[str, Any]) -> None:
        self.crowd, self.number, self.told = crowd, number, told
        self.at = f"/{crowd.slug}/tac-pham/{told['entry']}"
        self.line = self._line()
        self.token = ""
        self.presses = crowd.end - told["presses"]
        self.vanishes = random.Random(number).choice(["saved", "checked", "pressed"]) if told["loses_network"] else ""
        self.done = False

    def _line(self) -> Line:
        return Line("127.0.0.1", self.crowd.port)

    async def lives(self) -> None:
        """From the first page to the receipt, and once more when the end has come."""
        await _until(self.presses - BEFORE)
        self.crowd.open_now += 1
        self.crowd.most_open = max(self.crowd.most_open, self.crowd.open_now)
        panic = asyncio.create_task(self._panics()) if self.told["panics"] else None
        try:
            await self._fills_in()
            await self._sends_file()
            await self._submits()
        finally:
            self.done = True
            if panic is not None:
                await panic
        await _until(self.crowd.end + random.Random(self.number).random() * REACTION)
        await self._asks("reload", "GET", self.at if self._code() is None else f"{self.at}/bien-nhan", tries=False)
        self.crowd.open_now -= 1
        self.line.leave()

    def _code(self) -> str | None:
        return self.crowd.acknowledged.get(self.told["entry"])

    async def _fills_in(self) -> None:
        await self._asks("desk", "GET", "/ban-lam-viec")
        await self._by(18)
        await self._asks("tasks", "GET", self.at)
        await self._by(17)
        page = (await self._asks("form", "GET", f"{self.at}/khai")).text()
        self.token = _found(_TOKEN, page)
        version = _found(_VERSION, page)
        for save in range(AUTOSAVES):
            await self._by(16 - save)
            if self.vanishes == "saved" and save == 2:
                await self._vanishes()
            fields = {
                "title": "Giữ lời hứa với dân",
                "genre": self.told["genre"],
                "topic": "",
                "publisher": "Báo Biển Xanh",
                "byline": f"Nguyễn Thị Vân {self.number}",
                "summary": "Chi bộ thôn giữ lời hứa với dân về con đường xuống ruộng. " * (save + 1),
                "elsewhere": "",
                "version": version,
                "csrf_token": self.token,
            }
            answer = await self._asks("autosave", "POST", f"{self.at}/khai", form=fields, script=True)
            if answer.status == 200:
                version = json.loads(answer.body)["version"]

    async def _sends_file(self) -> None:
        await self._by(9)
        page = (await self._asks("files", "GET", f"{self.at}/tep")).text()
        place = dict(_DATA.findall(_found(_UPLOADER, page)))
        content = self.crowd.page.replace(b"000000", f"{self.number:06}".encode())
        size = FILM if self.told["sends_film"] else len(content)
        hashes = [hashlib.sha256(content).hexdigest()]
        if self.told["sends_film"]:
            hashes = [hashlib.sha256(f"{self.number} {n}".encode()).hexdigest() for n in range(-(-size // PART))]
        declared = {"name": "trang-bao.pdf", "size": size, "part_hashes": hashes}
        declared |= {"slot": place.get("slot"), "part": place.get("part"), "resuming": None}
        await self._by(8)
        answer = await self._asks("begin", "POST", place.get("begin-url", self.at), said=declared, script=True)
        if answer.status != 200:
            return
        begun = json.loads(answer.body)
        if self.told["sends_film"]:
            await self._by(7)
            more = list(range(len(begun["parts"]) + 1, len(hashes) + 1))
            await self._asks("sign", "POST", begun["sign_url"], said={"numbers": more}, script=True)
            return
        for part in begun["parts"]:
            await self._puts(part, content)
        await self._asks("finish", "POST", begun["finish_url"], said={}, script=True)
        await self._by(5)
        await self._asks("status", "GET", begun["status_url"], script=True)

    async def _submits(self) -> None:
        await self._by(3)
        if self.vanishes == "checked":
            await self._vanishes()
        page = (await self._asks("check", "GET", f"{self.at}/kiem-tra")).text()
        form = {"csrf_token": _found(_TOKEN, page), "deed_key": _found(_KEY, page)}
        await self._by(0)
        in_time = time.monotonic() < self.crowd.end - 0.5
        path = f"{self.at}/nop"
        if self.vanishes == "pressed":
            await self.line.say_and_vanish("POST", path, *self._worded(form, None, script=False))
            await self._vanishes()
        twin = None
        if self.told["clicks_twice"]:
            twin = asyncio.create_task(self._twin(path, form))
        answer = await self._asks("submit", "POST", path, form=form)
        if twin is not None:
            await twin
        receipt = await self._asks("receipt", "GET", answer.location or f"{self.at}/bien-nhan")
        code = _CODE.search(receipt.text())
        if code:
            self.crowd.acknowledged[self.told["entry"]] = code[1]
        elif in_time:
            self.crowd.missed.append(f"{self.told['entry']} {answer.status} {receipt.status}")
        else:
            self.crowd.late.append(self.told["entry"])

    async def _twin(self, path: str, form: dict[str, str]) -> None:
        """The second click of a double click, which a browser sends on another connection."""
        line, asked = self._line(), time.monotonic()
        answer = await line.ask("POST", path, *self._worded(form, None, script=False))
        self.crowd.note("submit", asked, answer)
        line.leave()

    async def _panics(self) -> None:
        """The same page again and again in another tab."""
        line = self._line()
        while not self.done and time.monotonic() < self.crowd.end:
            await asyncio.sleep(PANIC_EVERY)
            asked = time.monotonic()
            self.crowd.note("reload", asked, await line.ask("GET", self.at, self._worded(None, None, script=False)[0]))
        line.leave()

    async def _vanishes(self) -> None:
        """Without a network for a while: the line is dead, and a new one is needed."""
        self.line.leave()
        await asyncio.sleep(AWAY)

    async def _by(self, before: float) -> None:
        await _until(self.presses - before)

    async def _puts(self, part: dict[str, Any], content: bytes) -> None:
        where, asked = urlsplit(part["url"]), time.monotonic()
        line = Line(where.hostname or "", where.port or 80)
        path = f"{where.path}?{where.query}"
        for pause in (0, *AGAIN):
            await asyncio.sleep(pause)
            answer = await line.ask("PUT", path, part["headers"], content)
            if answer.status < 300:
                break
        self.crowd.note("part", asked, answer)
        line.leave()

    async def _asks(
        self,
        kind: str,
        method: str,
        path: str,
        *,
        form: dict[str, str] | None = None,
        said: object = None,
        script: bool = False,
        tries: bool = True,
    ) -> Answer:
        """The answer that came in the end; each try is written down as what it was."""
        headers, body = self._worded(form, said, script=script)
        for pause in (*AGAIN, None) if tries else (None,):
            asked = time.monotonic()
            answer = await self.line.ask(method, path, headers, body)
            self.crowd.note(kind, asked, answer)
            if not answer.failed or pause is None:
                break
            await asyncio.sleep(pause)
        return answer

    def _worded(self, form: dict[str, str] | None, said: object, *, script: bool) -> tuple[dict[str, str], bytes]:
        headers = {
            "Cookie": f"{self.crowd.cookie_name}={self.told['cookie']}",
            "Accept": "application/json" if script else "text/html",
            "Accept-Encoding": "gzip",
            "User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0",
            "Sec-Fetch-Site": "same-origin",
        }
        if said is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token}
            return headers, json.dumps(said).encode()
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return headers, urlencode(form).encode()
        return headers, b""


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return "" if found is None else found[pattern.groups]


async def _until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        await asyncio.sleep(left)


async def comes(plan: dict[str, Any], page: bytes) -> dict[str, Any]:
    """The crowd has come and gone."""
    crowd = Crowd(plan["port"], plan["slug"], plan["cookie_name"], time.monotonic() + plan["end"] - time.time(), page)
    begun, used = time.monotonic(), _used()
    lives = [Client(crowd, plan["first"] + n, told).lives() for n, told in enumerate(plan["clients"])]
    ends: Sequence[Any] = await asyncio.gather(*lives, return_exceptions=True)
    faults = [f"{type(each).__name__}: {each}" for each in ends if isinstance(each, BaseException)]
    return {
        "records": crowd.records,
        "acknowledged": crowd.acknowledged,
        "late": crowd.late,
        "missed": crowd.missed,
        "faults": faults,
        "most_open": crowd.most_open,
        "processor": (_used() - used) / (time.monotonic() - begun),
    }


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(words: Sequence[str]) -> int:
    folder = Path(words[0])
    plan = json.loads((folder / "plan.json").read_text())
    (folder / "seen.json").unlink(missing_ok=True)
    told = asyncio.run(comes(plan, (folder / "page.pdf").read_bytes()))
    (folder / "seen.json").write_text(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
