"""Everybody signs in within a minute: what that costs, and whether others wait for it. A part of `bench surge`.

Passwords are hashed slowly on purpose. Beside the cost of the hash alone, measured in the same run on every core,
stands what as many sign-ins take that come one upon the other; and how long others wait for a page meanwhile.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.surge_http import Answer, Line
from benchmarks.surge_world import Product, World, seen

A_MINUTE = 500
QUIET = 10.0
EVERY = 0.2
AT_ONCE, IN_A_ROW = 16, 160
MOST, MOST_FOR_OTHERS = 1.5, 2.0
WORDS = "buoi sang tren song cai 17"
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip", "User-Agent": "Mozilla/5.0 Chrome/126.0"}
BROWSER["Sec-Fetch-Site"] = "same-origin"
_TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')

Figures = dict[str, Any]


def logins(running: Product, world: World, seconds: float) -> Figures:
    """Others wait for pages; then so many sign in as come in these seconds; then some sign in one upon the other."""
    from benchmarks.surge import spread

    count = round(A_MINUTE * seconds / 60)
    hashed = world.hashed(WORDS)
    emails = [world.account(hashed) for _each in range(count + IN_A_ROW)]
    (reader,) = world.people(1)
    folder = running.folder.parent
    plan = {
        "port": running.port,
        "cookie": f"{world.app.config['SESSION_COOKIE_NAME']}={reader.cookie}",
        "emails": emails,
        "count": count,
        "seconds": seconds,
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    with (folder / "clients.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.surge_logins", str(folder)], stdout=log, stderr=log
        )
    what = seen(process, folder, QUIET + 3 * seconds + 120)
    bare = _hashes_alone(hashed)
    told: Figures = {kind: spread([each for each in what["records"] if each[0] == kind]) for kind in what["kinds"]}
    told |= {"sign_ins_a_second": IN_A_ROW / what["row"], "hashes_alone_a_second": IN_A_ROW / bare}
    told["by_the_hash_alone"] = round(what["row"] / bare, 2)
    told["others_by_themselves"] = round(told["page meanwhile"]["p95"] / told["page before"]["p95"], 2)
    failed = told["sign in"]["failed"] + what["not_in"]
    met = failed == 0 and told["by_the_hash_alone"] <= MOST and told["others_by_themselves"] <= MOST_FOR_OTHERS
    return told | {"people": count, "not_in": what["not_in"], "met": met}


def _hashes_alone(hashed: str) -> float:
    """Seconds that as many checks of the hash take on all cores, and nothing else."""
    with Pool(2) as pool:
        pool.map(_checked, [(WORDS, hashed)] * 4)
        begun = time.monotonic()
        pool.map(_checked, [(WORDS, hashed)] * IN_A_ROW, chunksize=4)
        return time.monotonic() - begun


def _checked(pair: tuple[str, str]) -> bool:
    """What a check costs does not hang on whether the password fits."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher().verify(pair[1], pair[0])
    except VerificationError:
        return False


class Row:
    """What everybody saw."""

    def __init__(self) -> None:
        self.records: list[tuple[str, float, float, int]] = []
        self.not_in = 0
        self.over = False

    def note(self, kind: str, asked: float, answer: Answer) -> None:
        self.records.append((kind, asked, time.monotonic() - asked, answer.status))


async def _comes(plan: Figures) -> Figures:
    row, emails = Row(), plan["emails"]
    reads = asyncio.create_task(_reads(row, plan))
    await asyncio.sleep(QUIET)
    row_begins = time.monotonic()
    waits = [plan["seconds"] * n / plan["count"] for n in range(plan["count"])]
    await asyncio.gather(*(_enters(row, plan["port"], e, w) for e, w in zip(emails, waits, strict=False)))
    row.over = True
    await reads
    begun = time.monotonic()
    left = iter(emails[plan["count"] :])
    await asyncio.gather(*(_enter_in_turn(row, plan["port"], left) for _each in range(AT_ONCE)))
    took = time.monotonic() - begun
    pages = [
        (("page before" if at < row_begins else "page meanwhile"), at, t, s)
        for k, at, t, s in row.records
        if k == "page"
    ]
    others = [each for each in row.records if each[0] != "page"]
    kinds = ["sign in", "door", "page before", "page meanwhile"]
    return {"records": [*others, *pages], "kinds": kinds, "row": took, "not_in": row.not_in}


async def _reads(row: Row, plan: Figures) -> None:
    """Somebody who is signed in opens a page five times a second, whether the last one has come or not."""
    asked = []
    while not row.over:
        asked.append(asyncio.create_task(_page(row, Line("127.0.0.1", plan["port"]), plan["cookie"])))
        await asyncio.sleep(EVERY)
    await asyncio.gather(*asked)


async def _page(row: Row, line: Line, cookie: str) -> None:
    asked = time.monotonic()
    row.note("page", asked, await line.ask("GET", "/ban-lam-viec", BROWSER | {"Cookie": cookie}))
    line.leave()


async def _enter_in_turn(row: Row, port: int, left: Any) -> None:
    for email in left:
        await _enters(row, port, email, 0, kind="in a row")


async def _enters(row: Row, port: int, email: str, wait: float, kind: str = "sign in") -> None:
    """The page of the door, and through it."""
    await asyncio.sleep(wait)
    line, asked = Line("127.0.0.1", port), time.monotonic()
    answer = await line.ask("GET", "/dang-nhap", BROWSER)
    row.note("door", asked, answer)
    token = _TOKEN.search(answer.text())
    form = {"csrf_token": token[1] if token else "", "email": email, "password": WORDS, "next": ""}
    said = BROWSER | {"Content-Type": "application/x-www-form-urlencoded", "Cookie": answer.cookie}
    asked = time.monotonic()
    answer = await line.ask("POST", "/dang-nhap", said, urlencode(form).encode())
    row.note(kind, asked, answer)
    row.not_in += answer.status not in {302, 303}
    line.leave()


def main(words: Sequence[str]) -> int:
    folder = Path(words[0])
    told = asyncio.run(_comes(json.loads((folder / "plan.json").read_text())))
    (folder / "seen.json").write_text(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
