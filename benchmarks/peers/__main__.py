"""We beside the two systems that are nearest to ours, in one run on one database server:  python3 dev.py bench peers

    --works 250          works of each; three reviews of every one
    --prizes 46          works that the public page shows
    --rounds 9           visits of each page by each, in turns
    --seconds 2          how long each page is asked by several at once
    --only NAME          one peer alone: pretalx or indico

Each has the same server with the same number of processes and threads. What a page shows is the same for all: of a list
that we share out over pages, all pages together are one visit. Time is the median of the visits as they were waited
for; beside it stands what a visit took of the processor, which does not depend on what else the machine had to do.
A ratio is the faster peer by us: as waited for, the median of the ratios of each round, with the lowest and the
highest; by the processor, of all rounds together, since it is told in hundredths of a second. The target holds for
both. One line of results/peers.json is one page; the last ones say what the processes hold and how long it all took.
"""

import argparse
import gzip
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from award.local import Postgres, start_postgres
from award.local.children import end, spawn
from benchmarks.figures import asked_as, here
from benchmarks.machine import free_port
from benchmarks.peers import environments
from benchmarks.peers.environments import Missing
from benchmarks.peers.ours import ours
from benchmarks.peers.rivals import indico, pretalx
from benchmarks.peers.served import WORKERS, Served

RESULTS = Path(__file__).parents[1] / "results" / "peers.json"
PAGES = ("list", "work", "save", "ranking", "public")
LEAST = 5.0
AT_ONCE = 4
PEERS = {"pretalx": pretalx, "indico": indico}
SPOKEN = ("LOG:  statement: ", "LOG:  execute ")
NO_QUESTION = ("BEGIN", "COMMIT", "ROLLBACK", "SET ", "SHOW ", "SAVEPOINT", "RELEASE", "DEALLOCATE")


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench peers")
    asked.add_argument("--works", type=int, default=250)
    asked.add_argument("--prizes", type=int, default=46)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--seconds", type=float, default=2)
    asked.add_argument("--only", choices=list(PEERS))
    said, begun = asked.parse_args(words), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="giai-peers-") as made, ExitStack() as stack:
        folder = Path(made)
        folder.chmod(0o711)  # the database runs as somebody else, who must pass through
        postgres = stack.enter_context(_database(folder))
        served, lines = [], []
        served.append(stack.enter_context(ours(folder, postgres, free_port(), said.works, said.prizes)))
        for name in [said.only] if said.only else PEERS:
            try:
                beside = stack.enter_context(_redis(folder))
                each = PEERS[name](folder, postgres, beside, free_port(), said.works, said.prizes)
                served.append(stack.enter_context(each))
            except Missing as reason:
                lines.append({"name": name, "missing": str(reason)})
            print(f"{name}: {lines[-1] if lines else 'answers'}, {time.perf_counter() - begun:.0f} s", flush=True)
        _settled(postgres, served)
        lines += _measured(served, said.rounds, said.seconds, _log(folder), postgres)
    lines.append({"name": "all of it", "took": round(time.perf_counter() - begun), **vars(said)})
    lines = [each | {"command": asked_as("peers", words), **here()} for each in lines]
    RESULTS.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines))
    print(RESULTS.read_text(), end="")
    return int(any(each.get("met") is False for each in lines))


@contextmanager
def _database(folder: Path) -> Iterator[Postgres]:
    """A server that forces to the disk what it promises, as in earnest."""
    postgres = start_postgres(folder / "postgres", log=_log(folder))
    try:
        yield postgres
    finally:
        postgres.stop()


def _log(folder: Path) -> Path:
    return folder / "postgres.log"


@contextmanager
def _redis(folder: Path) -> Iterator[Path]:
    """A redis of its own for whoever asks, that listens on a socket alone."""
    home = Path(tempfile.mkdtemp(dir=folder))
    socket = home / "redis.sock"
    words = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", home]
    process = spawn([environments.redis(), *words], log=home / "redis.log", environment={}, folder=home)
    try:
        while not socket.exists():
            time.sleep(0.05)
        yield socket
    finally:
        end(process)


def _settled(postgres: Postgres, served: Sequence[Served]) -> None:
    """Every database knows what it holds, and every page has been asked for as often as there are processes."""
    for each in served:
        with psycopg.connect(_address(postgres, each.database), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        for page in PAGES:
            for _process in range(WORKERS):
                each.visit(page)


def _address(postgres: Postgres, database: str) -> str:
    return postgres.owner_url_for(database).replace("+psycopg", "")


def _measured(
    served: Sequence[Served], rounds: int, seconds: float, log: Path, postgres: Postgres
) -> list[dict[str, Any]]:
    waited: dict[tuple[str, str], list[float]] = {}
    spent: dict[tuple[str, str], list[float]] = {}
    lines = []
    for page in PAGES:
        for _round in range(rounds):
            for each in served:  # in turns, so that what else the machine does falls on all
                before, begun = each.spent(), time.perf_counter()
                each.visit(page)
                waited.setdefault((page, each.name), []).append(time.perf_counter() - begun)
                spent.setdefault((page, each.name), []).append(each.spent() - before)
        line: dict[str, Any] = {"page": page}
        for each in served:
            got = each.visit(page)
            line[each.name] = {
                "ms": round(1000 * median(waited[page, each.name]), 1),
                "cpu_ms": round(1000 * sum(spent[page, each.name]) / rounds, 1),
                "a_second": round(_throughput(each, page, seconds), 1) if page != "save" else None,
                "requests": len(got),
                "bytes": sum(one.wire for one in got),
                "bytes_packed": sum(min(one.wire, len(gzip.compress(one.body, 6))) for one in got),
            }
        lines.append(_compared(line, {each.name: waited[page, each.name] for each in served}))
        print(json.dumps(lines[-1]), flush=True)
    for line, statements in zip(lines, _statements(served, log, postgres), strict=True):
        for name, number in statements.items():
            line[name]["statements"] = number
    for each in served:
        pss, rss = each.memory()
        lines.append({"name": f"memory of {each.name}", "pss_mb": round(pss / 1e6), "rss_mb": round(rss / 1e6)})
    return lines


def _compared(line: dict[str, Any], waited: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """With the faster peer by us, as waited for in the same round and by the processor."""
    peers = [name for name in waited if name != "ours"]
    if not peers:
        return line
    rounds = zip(waited["ours"], *(waited[name] for name in peers), strict=True)
    ratios = [min(others) / own for own, *others in rounds]
    line |= {"ratio": round(median(ratios), 2), "lowest": round(min(ratios), 2), "highest": round(max(ratios), 2)}
    line["ratio_cpu"] = round(min(line[name]["cpu_ms"] for name in peers) / max(line["ours"]["cpu_ms"], 0.1), 2)
    return line | {"target": f"both ratios ≥ {LEAST:g}", "met": min(line["ratio"], line["ratio_cpu"]) >= LEAST}


def _throughput(of: Served, page: str, seconds: float) -> float:
    """Visits in a second where several people ask at once, each again as soon as it has its answer."""
    done, end_at = [0] * AT_ONCE, time.perf_counter() + seconds

    def go_on(number: int) -> None:
        while time.perf_counter() < end_at:
            of.visit(page)
            done[number] += 1

    begun = time.perf_counter()
    people = [threading.Thread(target=go_on, args=(number,)) for number in range(AT_ONCE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return sum(done) / (time.perf_counter() - begun)


def _statements(served: Sequence[Served], log: Path, postgres: Postgres) -> Iterator[Mapping[str, int]]:
    """How many questions a visit puts to the database, as the server's own log has them; not its brackets."""
    with psycopg.connect(_address(postgres, "giai"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
        time.sleep(1)
        for page in PAGES:
            counted = {}
            for each in served:
                begun = log.stat().st_size
                each.visit(page)
                time.sleep(0.3)
                with log.open("rb") as text:
                    text.seek(begun)
                    counted[each.name] = sum(_is_question(row) for row in text.read().decode().splitlines())
            yield counted


def _is_question(row: str) -> bool:
    for spoken in SPOKEN:
        if spoken in row:
            said = row.split(spoken, 1)[1]
            words = said.split(": ", 1)[1] if spoken.endswith("execute ") and ": " in said else said
            return not words.strip().upper().startswith(NO_QUESTION)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
