"""How much of the store's speed is left to whoever sends a file through this system:  python3 dev.py bench uploads

    --pairs 5            files of each size sent either way, one after the other
    --large 2048         MiB of the largest file
    --at-once 20         uploads at the same time, for the memory of the web processes
    --only memory        one of small, sending, reading, memory; the figures of the others stay as they are

Ours is the whole way over the doors: every part hashed first, begun, signed, sent to the store, finished. The control
is a raw client: it begins at the store with the store's own key, hashes and sends the same parts with as many at once,
and joins them. Each line of results/uploads.json is one figure.
"""

import argparse
import hashlib
import json
import re
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import urllib3

from benchmarks.figures import Figure, asked_as, line
from benchmarks.machine import THREADS, WORKERS, Machine, machine
from uploads import protocol
from uploads.protocol import PART_BYTES
from uploads.storage import MIB, new_key
from uploads.storage import Part as StoredPart

RESULTS = Path(__file__).parent / "results" / "uploads.json"
AT_ONCE, BATCH, RESTS = 4, 12, (1, 2, 5)  # as in award/static/scripts/uploader-sending.js
MOST_THROUGH_APP, MOST_GROWTH = 0.01, 20 * MIB
READS, SEEK_BYTES = 40, 64 * 1024
MEMORY_FILE = 64 * MIB


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench uploads")
    asked.add_argument("--pairs", type=int, default=5)
    asked.add_argument("--large", type=int, default=2048)
    asked.add_argument("--at-once", type=int, default=20)
    asked.add_argument("--only", choices=PARTS)
    said = asked.parse_args(words)
    before = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    written: list[str] = []
    met = True
    with tempfile.TemporaryDirectory(prefix="giai-bench-") as folder, machine(Path(folder)) as made:
        for name, (part, owns) in PARTS.items():
            if said.only not in (None, name):
                written += [each for each in before if re.search(owns, each)]
                continue
            for figure in part(made, said):
                met = met and figure.met is not False
                written.append(line(figure, asked_as("uploads", words)))
                print(written[-1], flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{each}\n" for each in written))
    return int(not met)


def small(made: Machine, said: argparse.Namespace) -> Iterator[Figure]:
    """A file of one part, and how much of its time even an application costs that does nothing."""
    yield from speed(made, MIB, "Sending 1 MB", 0.5, said.pairs * 4)
    yield empty_requests(made)


def sending(made: Machine, said: argparse.Namespace) -> Iterator[Figure]:
    """Files of several parts."""
    for size, name, least, pairs in [
        (20 * MIB, "20 MB", 0.8, said.pairs * 2),
        (said.large * MIB, f"{said.large} MiB", 0.95, said.pairs),
    ]:
        yield from speed(made, size, f"Sending {name}", least, pairs)


# The bytes


@dataclass(frozen=True)
class Film:
    """So many bytes, no part like another, made as they are sent."""

    size: int
    salt: bytes

    @property
    def plan(self) -> protocol.Plan:
        return protocol.plan(self.size)

    def part(self, number: int) -> bytes:
        length = self.plan.length(number)
        return (self.salt + number.to_bytes(8, "big") + NOISE)[:length]


NOISE = hashlib.shake_256(b"film").digest(PART_BYTES)


def digest(film: Film, number: int) -> str:
    return hashlib.sha256(film.part(number)).hexdigest()


# The two ways


class Raw:
    """A client with the store's own key."""

    def __init__(self, made: Machine) -> None:
        self._storage = made.storage
        self._http = urllib3.PoolManager(retries=False, maxsize=AT_ONCE)

    def send(self, film: Film) -> None:
        self._key = key = new_key("raw")
        upload_id = self._storage.begin(key, "video/mp4")
        numbers = range(1, film.plan.count + 1)
        with ThreadPoolExecutor(AT_ONCE) as several:
            parts = list(several.map(partial(self._put, film, key, upload_id), numbers))
        self._storage.complete(key, upload_id, parts)

    def remove(self) -> None:
        self._storage.delete(self._key)

    def _put(self, film: Film, key: str, upload_id: str, number: int) -> StoredPart:
        body = film.part(number)
        sha256 = hashlib.sha256(body).hexdigest()
        part = self._storage.sign_part(key, upload_id, number, len(body), sha256)
        answer = self._http.request("PUT", part.url, body=body, headers=dict(part.headers))
        assert answer.status == 200, answer.status
        return StoredPart(number, len(body), answer.headers["ETag"].strip('"'), sha256)


class Ours:
    """What the script of the page does. Counts what goes through the application, both ways."""

    def __init__(self, made: Machine) -> None:
        self._made = made
        self._http = urllib3.PoolManager(retries=False, maxsize=AT_ONCE)
        self._signing = threading.Lock()
        self.through_app = 0
        self.hashing = 0.0

    def send(self, film: Film) -> None:
        numbers = range(1, film.plan.count + 1)
        with ThreadPoolExecutor(AT_ONCE) as several:
            begun = time.perf_counter()
            hashes = list(several.map(partial(digest, film), numbers))
            self.hashing += time.perf_counter() - begun
            declared = {"name": "phim.mp4", "size": film.size, "part_hashes": hashes, "slot": "film"}
            told = self._told = self._ask(self._made.begin_url, declared)
            self._addresses = {part["number"]: part for part in told["parts"]}
            self.key = urlsplit(told["parts"][0]["url"]).path.split("/", 2)[2]
            list(several.map(partial(self._put, film), numbers))
        finished = self._ask(told["finish_url"], {})
        assert finished["state"] == "stored"

    @property
    def address(self) -> str:
        """Where the file is read that was sent last."""
        return f"/tep/{self._told['file_id']}"

    def remove(self) -> None:
        """Its row goes, and its bytes, as no worker runs here."""
        through_app = self.through_app
        self._ask(self._told["remove_url"], {})
        self._made.storage.delete(self.key)
        self.through_app = through_app

    def ask(self, method: str, address: str, body: bytes | None = None) -> urllib3.BaseHTTPResponse:
        headers = {"Cookie": self._made.cookie, "X-CSRFToken": self._made.csrf, "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        answer = self._http.request(method, self._made.origin + address, body=body, headers=headers, redirect=False)
        self.through_app += len(body or b"") + len(answer.data)
        for told in (headers, answer.headers):
            self.through_app += sum(len(name) + len(value) + 4 for name, value in told.items())
        return answer

    def _ask(self, address: str, body: object) -> Any:
        for rest in (*RESTS, None):
            answer = self.ask("POST", address, json.dumps(body).encode())
            if answer.status == 200:
                break
            assert rest is not None and answer.status >= 500, (address, answer.status, answer.data[:300])
            time.sleep(rest)  # as the page does
        return answer.json()

    def _address(self, number: int, count: int) -> dict[str, Any]:
        """Where the part goes. The beginning told the first ones; the others are asked for some at a time, by one."""
        with self._signing:
            if number not in self._addresses:
                numbers = list(range(number, min(number + BATCH, count + 1)))
                signed = self._ask(self._told["sign_url"], {"numbers": numbers})
                self._addresses |= {part["number"]: part for part in signed["parts"]}
            return self._addresses[number]

    def _put(self, film: Film, number: int) -> None:
        body = film.part(number)
        part = self._address(number, film.plan.count)
        for rest in (*RESTS, None):
            answer = self._http.request("PUT", part["url"], body=body, headers=part["headers"])
            if answer.status == 200:
                return
            assert rest is not None, (answer.status, answer.data[:300])
            time.sleep(rest)  # a store that has too much to do says so, and the page tries again


# Figures


def speed(made: Machine, size: int, name: str, least: float, pairs: int) -> list[Figure]:
    """Megabytes a second either way and the median of the pairs' ratios. A first pair warms up and does not count."""
    raw, ours = Raw(made), Ours(made)
    ways: list[Raw | Ours] = [ours, raw]
    taken: list[dict[str, float]] = []
    for pair in range(pairs + 1):
        if pair == 1:
            ours.through_app, ours.hashing = 0, 0.0
        times = {}
        for way in ways if pair % 2 else reversed(ways):
            film = Film(size, secrets.token_bytes(8))
            begun = time.perf_counter()
            way.send(film)
            times[type(way).__name__] = time.perf_counter() - begun
            way.remove()
        if pair:
            taken.append(times)
    mine, bare = (median(each[way] for each in taken) for way in ("Ours", "Raw"))
    ratio = median(each["Raw"] / each["Ours"] for each in taken)
    share = ours.through_app / (pairs * size)
    fast = Figure(
        f"{name}: MB a second",
        *rounded(size / 1e6 / mine, size / 1e6 / bare),
        round(ratio, 4),
        f"ratio ≥ {least}",
        ratio >= least,
        pairs,
    )
    told = f"{name}: part of our time for hashing before anything goes"
    hashed = Figure(told, *rounded(ours.hashing / pairs / mine), None, None, "", None, pairs)
    told, met = f"{name}: bytes through the application by bytes of the file", share <= MOST_THROUGH_APP
    direct = Figure(told, *rounded(share), None, None, f"≤ {MOST_THROUGH_APP}", met, pairs)
    return [fast, hashed, direct]


def empty_requests(made: Machine) -> Figure:
    """What is left of a small file's time when the application does nothing: a begin and a finish that are empty,
    beside the whole way of the raw client. No ratio can be above control : (control + ours)."""
    ours, raw = Ours(made), Raw(made)
    taken: list[tuple[float, float]] = []
    for _round in range(READS):
        begun = time.perf_counter()
        for _twice in range(2):
            ours.ask("GET", "/healthz")
        asked = time.perf_counter()
        raw.send(Film(MIB, secrets.token_bytes(8)))
        taken.append((asked - begun, time.perf_counter() - asked))
        raw.remove()
    mine, bare = (1000 * median(each[n] for each in taken[3:]) for n in (0, 1))
    told = "Sending 1 MB: two requests to the application that do nothing, ms, beside all that the raw client does"
    return Figure(told, *rounded(mine, bare), round(bare / (bare + mine), 4), "", None, READS)


def rounded(*values: float) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") for value in values)


def reading(made: Machine, said: argparse.Namespace) -> list[Figure]:
    """The first byte of a film, and some bytes in its middle, beside the same of the same object without us."""
    ours, size = Ours(made), said.large * MIB
    ours.send(Film(size, secrets.token_bytes(8)))
    address, key = ours.address, ours.key
    http_ = urllib3.PoolManager(retries=False)

    def get(url: str, range_: str) -> None:
        answer = http_.request("GET", url, headers={"Range": f"bytes={range_}"})
        assert answer.status == 206, answer.status

    def plain(range_: str) -> None:
        get(made.storage.address(key, content_type="video/mp4", disposition="inline"), range_)

    def redirected(range_: str) -> None:
        get(ours.ask("GET", address).headers["Location"], range_)

    figures = []
    for name, range_ in [("First byte", "0-0"), ("Middle", f"{size // 2}-{size // 2 + SEEK_BYTES - 1}")]:
        followed = ours.ask("GET", address).headers["Location"]
        again = partial(get, followed) if name == "Middle" else redirected
        times: dict[str, list[float]] = {"ours": [], "plain": [], "app": []}
        for _round in range(READS + 3):
            for what, act in [
                ("plain", partial(plain, range_)),
                ("ours", partial(again, range_)),
                ("app", partial(ours.ask, "GET", address)),
            ]:
                begun = time.perf_counter()
                act()
                times[what].append(time.perf_counter() - begun)
        mine, bare, app = (1000 * median(times[what][3:]) for what in ("ours", "plain", "app"))
        limit = 1.1 * bare + app
        target = "≤ 1.1 × control + one request to the application"
        told = f"Reading: {name.lower()} of a film of {size // MIB} MiB, ms (one request to the application: {app:.2g})"
        figures.append(Figure(told, *rounded(mine, bare), round(mine / bare, 4), target, mine <= limit, READS))
    ours.remove()
    return figures


def memory(made: Machine, said: argparse.Namespace) -> list[Figure]:
    """How much the web processes grow while so many uploads go on, by the most they had in the meantime."""
    for _warm in range(2 * WORKERS * THREADS):
        Ours(made).send(Film(MIB, secrets.token_bytes(8)))
    before = resident(made)
    most, going = before, threading.Event()

    def watch() -> None:
        nonlocal most
        while not going.wait(0.05):
            most = max(most, resident(made))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        with ThreadPoolExecutor(said.at_once) as all_of_them:
            films = [Film(MEMORY_FILE, secrets.token_bytes(8)) for _each in range(said.at_once)]
            list(all_of_them.map(lambda film: Ours(made).send(film), films))
    finally:
        going.set()
        watching.join()
    growth = (most - before) / MIB
    name = f"Memory of the web processes with {said.at_once} uploads of {MEMORY_FILE // MIB} MiB at once, MiB"
    met = growth <= MOST_GROWTH / MIB
    return [Figure(name, *rounded(most / MIB, before / MIB), None, "≤ control + 20", met, 1)]


def resident(made: Machine) -> int:
    """Bytes of memory the web processes have together."""
    children = Path(f"/proc/{made.web.process.pid}/task/{made.web.process.pid}/children").read_text().split()
    return sum(_kilobytes(process) * 1024 for process in [str(made.web.process.pid), *children])


def _kilobytes(process: str) -> int:
    (told,) = [row for row in Path(f"/proc/{process}/status").read_text().splitlines() if row.startswith("VmRSS:")]
    return int(told.split()[1])


PARTS: dict[str, tuple[Callable[[Machine, argparse.Namespace], Iterable[Figure]], str]] = {
    "small": (small, '"name": "Sending 1 MB:'),
    "sending": (sending, '"name": "Sending (?!1 MB:)'),
    "reading": (reading, '"name": "Reading: '),
    "memory": (memory, '"name": "Memory '),
}
"""What measures each part, and how the lines of its figures begin."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
