"""The drill: a house that ran, was copied while it ran, and is gone serves again from a bare folder."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

import config
from award.local.children import wait_until_left
from award.local.copies import Copies
from award.local.postgres import start_postgres
from award.local.restore import bring_back_database
from award.local.restore import moment as meant
from demonstration.season.outbox import Outbox
from demonstration.season.person import Person
from tests.award.local.machine import database, environment, running
from tests.award.local.watching import becomes_true, below
from uploads.storage import Storage


def console(data_dir: Path, module: str, *words: str) -> str:
    """What the command says; it succeeded."""
    command = [sys.executable, "-m", f"award.local.{module}", *words]
    done = subprocess.run(
        command, cwd=config.ROOT, env=environment(data_dir), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def registers(origin: str, name: str, email: str) -> Person:
    person = Person(origin, Outbox(origin), name, email)
    person.registers({"phone": "0912345678", "newsroom": "", "newsroom_words": "Báo Biển Xanh"})
    return person


def store_of(supervisor: int) -> Storage:
    """The store as the processes below the supervisor are told of it."""
    for number in below(supervisor):
        words = Path(f"/proc/{number}/environ").read_bytes().decode().split("\0")
        told = dict(word.split("=", 1) for word in words if "=" in word)
        if "S3_ENDPOINT" in told:
            keys = told["S3_ACCESS_KEY"], told["S3_SECRET_KEY"]
            return Storage(told["S3_ENDPOINT"], told["S3_BUCKET"], *keys, secure=False)
    raise AssertionError("nobody knows the store")


def moment(data_dir: Path) -> datetime:
    with database(data_dir) as line:
        (at,) = line.execute("SELECT clock_timestamp()").fetchone() or (None,)
    assert isinstance(at, datetime)
    return at


@pytest.mark.parametrize("typed", ["2023-09-30T23:50", "2023-09-30 23:50+07:00", "2023-09-30T16:50Z"])
def test_a_moment_without_a_zone_is_vietnams(typed: str) -> None:
    assert meant(typed) == datetime(2023, 9, 30, 16, 50, tzinfo=UTC)


def everything_is_received(data_dir: Path) -> bool:
    with database(data_dir) as line:
        (until,) = line.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
        question = "SELECT 1 FROM pg_stat_replication WHERE application_name = 'pg_receivewal' AND write_lsn >= %s"
        return becomes_true(lambda: line.execute(question, [until]).fetchone() is not None)


def accounts(line: "psycopg.Connection[tuple[object, ...]]") -> set[str]:
    return {str(email) for (email,) in line.execute("SELECT email FROM user_account")}


@pytest.mark.timeout(600)
def test_what_was_acknowledged_comes_back_from_a_bare_folder(open_folder: Path, port: int) -> None:
    house, origin = open_folder / "house", f"http://127.0.0.1:{port}"
    with running(house, port, "--workers", "1", "--web", "1") as (supervisor, _said):
        registers(origin, "Nguyễn Thị Vân", "truoc@giai.vn")
        store_of(supervisor.pid).put_small("originals/ban-tin", b"Khi bi thu chi bo xuong ruong", "audio/mpeg")
        assert "1 objects" in console(house, "backup")
        registers(origin, "Trần Văn Bình", "sau@giai.vn")
        between = moment(house)
        registers(origin, "Lê Thị Cúc", "cuoi@giai.vn")
        assert everything_is_received(house)
        os.kill(supervisor.pid, signal.SIGKILL)
        supervisor.wait()
    copies = Copies(shutil.copytree(house / "backups", open_folder / "copies"))
    data = (house / "postgres").resolve()
    wait_until_left(data)
    shutil.rmtree(data)
    wait_until_left(house / "store")
    shutil.rmtree(house, ignore_errors=True)

    said = console(open_folder / "again", "restore", "--from", str(copies.folder))
    assert "1 objects" in said and " 0 do not fit" in said and "MISSING" not in said
    with running(open_folder / "again", port, "--workers", "1", "--web", "1") as (supervisor, _said):
        with database(open_folder / "again") as line:
            assert accounts(line) == {"truoc@giai.vn", "sau@giai.vn", "cuoi@giai.vn"}
        kept = store_of(supervisor.pid)
        assert kept.read("originals/ban-tin", 0, 1000) == b"Khi bi thu chi bo xuong ruong"
        assert kept.stat("originals/ban-tin").content_type == "audio/mpeg"
        registers(origin, "Phạm Thị Dung", "moi@giai.vn")
        console(open_folder / "again", "backup")

    base = copies.newest_before(between)
    assert base is not None
    (open_folder / "then" / "log").mkdir(parents=True)
    (open_folder / "then").chmod(0o711)
    bring_back_database(base, open_folder / "then", between)
    postgres = start_postgres(open_folder / "then" / "postgres", log=open_folder / "then" / "log" / "database.log")
    try:
        with database(open_folder / "then") as line:
            assert accounts(line) == {"truoc@giai.vn", "sau@giai.vn"}
    finally:
        postgres.stop()
