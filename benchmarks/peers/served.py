"""A system that answers: its processes, its addresses, its people; and how it is asked."""

import gzip
import http.client
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

WORKERS, THREADS = 2, 8
AS_A_BROWSER = {
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    "Sec-Fetch-Site": "same-origin",
}
TICK = os.sysconf("SC_CLK_TCK")

Form = tuple[str, Mapping[str, str], Mapping[str, str]]
"""Where something is sent, with which fields and further headers."""


@dataclass
class Answer:
    status: int
    body: bytes
    wire: int
    location: str


@dataclass
class Served:
    """One of those that are compared. `pages`: name → addresses that together show what the page of that name shows."""

    name: str
    version: str
    port: int
    process: int
    database: str
    pages: Mapping[str, Sequence[str]]
    readers: Mapping[str, str]
    """Name of a page → the cookie of who reads it."""
    save: Callable[["Served"], Form]
    """The next save of one review, with other marks than before."""
    note: Callable[["Served", Answer], None] = field(default=lambda _of, _answer: None)

    def visit(self, page: str) -> list[Answer]:
        """The answers of one visit, over one connection as a browser has it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            if page == "save":
                where, fields, headers = self.save(self)
                sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
                got = [_ask(connection, "POST", where, self.readers["save"], sent, urlencode(fields))]
            else:
                got = [_ask(connection, "GET", each, self.readers.get(page, ""), {}) for each in self.pages[page]]
        finally:
            connection.close()
        for each in got:
            if each.status not in ({200, 302, 303} if page == "save" else {200}):
                raise RuntimeError(f"{self.name} answered {page} with {each.status}: {each.body[:300]!r}")
        if page == "save":
            self.note(self, got[0])
        return got

    def spent(self) -> float:
        """Seconds of the processor that its web processes have taken."""
        return sum(_times(pid) for pid in family(self.process))

    def memory(self) -> tuple[int, int]:
        """Bytes its web processes hold: shared pages counted in part, and counted each time."""
        pss = rss = 0
        for pid in family(self.process):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, _colon, rest = line.partition(":")
                if name in {"Pss", "Rss"}:
                    size = 1024 * int(rest.split()[0])
                    pss, rss = (pss + size, rss) if name == "Pss" else (pss, rss + size)
        return pss, rss


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    where: str,
    cookie: str,
    headers: Mapping[str, str],
    body: str | None = None,
) -> Answer:
    own = {"Cookie": cookie} if cookie else {}
    connection.request(method, where, body, {**AS_A_BROWSER, **own, **headers})
    answer = connection.getresponse()
    raw = answer.read()
    packed = answer.getheader("Content-Encoding") == "gzip"
    text = gzip.decompress(raw) if packed else raw
    return Answer(answer.status, text, len(raw), answer.getheader("Location") or "")


def family(process: int) -> list[int]:
    """The process and all that came of it."""
    own, left = [], [process]
    while left:
        own.append(left.pop())
        for task in Path(f"/proc/{own[-1]}/task").glob("*/children"):
            left += [int(each) for each in task.read_text().split()]
    return own


def _times(pid: int) -> float:
    """Also of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(each) for each in fields[11:15]) / TICK


def answers(port: int, where: str, log: Path, seconds: int = 180) -> None:
    """The address answers something; otherwise what the server wrote last is said."""
    end = time.monotonic() + seconds
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", where, headers=AS_A_BROWSER)
            connection.getresponse().read()
            return
        except OSError as fault:
            if time.monotonic() > end:
                raise RuntimeError(f"no answer: {log.read_text()[-2000:]}") from fault
            time.sleep(0.2)
        finally:
            connection.close()
