"""How long a house is gone, and how much of it:  python3 dev.py bench restore

    --entries 100000     works in its database
    --files 2000         files in its store, 100 KB each

A house runs and is copied while it runs. It is killed, its folder is lost, and it comes back from its copies into a
bare folder, checked, until it answers. Beside it: reading and writing the same data once, file by file. And how long
after a commit what it wrote is outside of the database: that much is lost when a machine is.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import config
from award.local.children import wait_until_left
from benchmarks.figures import asked_as, here
from benchmarks.machine import free_port
from benchmarks.page_figures import Measured, part
from tests.award.local.machine import answers, database, environment, running
from tests.award.local.watching import becomes_true, below
from tests.budget import test_large as large
from uploads.storage import Storage
from wsgi import create_app

RESULTS = Path(__file__).parent / "results" / "restore.json"
SIZE = 100_000
COMMITS = 20
LONGEST, MOST_LOST = 3600.0, 300.0
"""Seconds until it serves again, and of what is lost at most."""
TIMES = 1.3
ONE_OF_EACH = ("--workers", "1", "--web", "1")


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench restore")
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--files", type=int, default=2000)
    said = asked.parse_args(words)
    command = asked_as("restore", words)
    with tempfile.TemporaryDirectory(prefix="giai-restore-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o711)  # the database runs as somebody else, who must pass through
        found = [
            asdict(each) | {"command": command, **here()} for each in _drill(Path(place), said.entries, said.files)
        ]
    lines = [json.dumps(each, ensure_ascii=False) for each in found]
    print("\n".join(lines))
    RESULTS.write_text("".join(f"{line}\n" for line in lines))
    return int(any(each["met"] is False for each in found))


def _drill(place: Path, entries: int, files: int) -> list[Measured]:
    house, again, port = place / "house", place / "again", free_port()
    with running(house, port, *ONE_OF_EACH) as (supervisor, _said):
        _fill(supervisor.pid, entries, files)
        copied = _timed("backup", house)
        late = [_seconds_until_outside(house) for _commit in range(COMMITS)]
        os.kill(supervisor.pid, signal.SIGKILL)
        supervisor.wait()
    shutil.move(house / "backups", place / "copies")
    data = (house / "postgres").resolve()
    wait_until_left(data)
    wait_until_left(house / "store")
    size = sum(
        each.stat().st_size for folder in (data, house / "store") for each in folder.rglob("*") if each.is_file()
    )
    raw = _copied(place / "raw", data, house / "store")
    shutil.rmtree(data)
    shutil.rmtree(house)
    back = _timed("restore", again, "--from", str(place / "copies"))
    begun = time.monotonic()
    with running(again, port, *ONE_OF_EACH):
        assert becomes_true(lambda: answers(port))
        serves = time.monotonic() - begun
        with database(again) as line:
            assert line.execute("SELECT count(*) FROM entry").fetchone() == (entries,)
    what = f"{entries:,} works and {files:,} files"
    told = {"back": back, "serves": serves, "copied": copied, "megabytes": round(size / 1e6, 1)}
    return [
        _measured(f"B-11 {what} come back, checked, and serve", {"seconds": back + serves, **told}, "seconds", LONGEST),
        _measured(f"B-11 {what} beside a raw copy", {"times": back / raw, "raw": raw}, "times", TIMES),
        _measured("F-30 a commit is outside of the database", {"seconds": part(late, 95)}, "seconds", MOST_LOST),
    ]


def _measured(name: str, ours: dict[str, float], unit: str, most: float) -> Measured:
    rounded = {each: round(value, 3) for each, value in ours.items()}
    return Measured(name, rounded, {}, "", None, None, None, f"{unit} ≤ {most}", ours[unit] <= most, False, 1)


def _fill(supervisor: int, entries: int, files: int) -> None:
    """The house that runs has so many works, and its store so many files."""
    told = _told(supervisor)
    app = create_app(config.read(told))
    large.seeded(app, entries)
    app.extensions["engine"].dispose()
    keys = told["S3_ACCESS_KEY"], told["S3_SECRET_KEY"]
    store = Storage(told["S3_ENDPOINT"], told["S3_BUCKET"], *keys, secure=False)
    for number in range(files):
        store.put_small(f"originals/{number}", secrets.token_bytes(SIZE), "application/octet-stream")


def _told(supervisor: int) -> dict[str, str]:
    """The surroundings of the processes below the supervisor."""
    for number in below(supervisor):
        words = Path(f"/proc/{number}/environ").read_bytes().decode().split("\0")
        told = dict(word.split("=", 1) for word in words if "=" in word)
        if "S3_ENDPOINT" in told and "DATABASE_URL" in told:
            return told
    raise AssertionError("no process knows the store")


def _timed(module: str, data_dir: Path, *words: str) -> float:
    """Seconds until the command has succeeded."""
    command = [sys.executable, "-m", f"award.local.{module}", *words]
    begun = time.monotonic()
    subprocess.run(command, cwd=config.ROOT, env=environment(data_dir), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def _seconds_until_outside(house: Path) -> float:
    """From a commit until the copies have what it wrote."""
    with database(house) as line:
        line.execute("CREATE TABLE IF NOT EXISTS written (said text)")
        line.execute("INSERT INTO written VALUES ('so')")
        begun = time.monotonic()
        (until,) = line.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
        question = "SELECT 1 FROM pg_stat_replication WHERE application_name = 'pg_receivewal' AND write_lsn >= %s"
        assert becomes_true(lambda: line.execute(question, [until]).fetchone() is not None)
    return time.monotonic() - begun


def _copied(to: Path, *folders: Path) -> float:
    """Seconds for the same bytes from one folder into another, on the disk at the end."""
    begun = time.monotonic()
    for number, folder in enumerate(folders):
        shutil.copytree(folder, to / str(number), symlinks=True)
    os.sync()
    took = time.monotonic() - begun
    shutil.rmtree(to)
    return took


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
