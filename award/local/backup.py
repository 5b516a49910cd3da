"""Copies of everything, made while the house runs.

What the database writes is received as it is written, so that a disk that is lost costs seconds; all of it is copied
once a day, objects every few minutes. A child of the supervisor does it; `--now` asks it to copy at once and waits.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import parse_qs, urlsplit

import psycopg

import config
from award.local.children import CannotRun, Service, say, spawn
from award.local.copies import Copies, stamp, written
from award.local.folder import is_held
from award.local.postgres import programs
from uploads.storage import NoSuchObject, Storage

SLOT = "giai_backup"
BASE_EVERY, KEPT = timedelta(days=1), timedelta(days=7)
FIRST_BASE_AFTER = timedelta(minutes=1)
"""So that whoever starts the house waits for nothing."""
OBJECTS_EVERY = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(days=30)
"""How long an object stays in the copies after it is gone from the store: what was erased is erased here too."""
LOOK_SECONDS = 0.5
REPORT_SECONDS = 1
RECEIVED_SECONDS = 60
NOW_SECONDS = 3600
STARTING_SECONDS = 60
LOST = {"lost", "unreserved"}


class Backup:
    """The copies of the house whose settings these are, kept in `folder`."""

    def __init__(self, copies: Copies, settings: config.Settings, secrets: Path) -> None:
        self.copies = copies
        self._secrets = secrets
        asked = parse_qs(urlsplit(settings.database_owner_url).query)
        self._host, self._port = asked["host"][0], asked.get("port", ["5432"])[0]
        self._user = urlsplit(settings.database_owner_url).username or ""
        self._storage = Storage(
            settings.s3_endpoint,
            settings.s3_bucket,
            settings.s3_access_key,
            settings.s3_secret_key,
            region=settings.s3_region,
            secure=settings.s3_secure,
        )
        self._receiver: Service | None = None
        copies.make()

    def receive(self) -> None:
        """What the database writes is being received; where something between was lost, into a new chain."""
        if self._receiver is not None and self._receiver.process.poll() is None and not self._has_lost():
            return
        if self._receiver is not None:
            self._receiver.stop()
        chain = self._present_chain()
        if chain is None:
            chain = self._new_chain()
        command: list[str | Path] = [programs() / "pg_receivewal", *self._server(), "-D", chain / "wal", "--slot", SLOT]
        command += ["--status-interval", str(REPORT_SECONDS)]
        log, plain = self.copies.folder / "receive.log", {"PATH": os.defpath, "LC_ALL": "C"}
        self._receiver = Service(spawn(command, log=log, environment=plain, folder=self.copies.folder))

    def base(self) -> None:
        """All of the database is copied, and whatever it needs of what was written meanwhile is received."""
        chain, began = self.copies.chains()[-1], datetime.now(UTC)
        making = chain / "base" / f"{stamp(began)}.part"
        shutil.rmtree(making, ignore_errors=True)
        command = [
            programs() / "pg_basebackup",
            *self._server(),
            "-D",
            making,
            "-Ft",
            "--gzip",
            "-X",
            "none",
            "-c",
            "fast",
        ]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise OSError(f"pg_basebackup: {done.stderr.strip()}")
        self._received()
        told = f'{{"first_segment": "{_first_segment(making)}", "ended": "{stamp(datetime.now(UTC))}"}}\n'
        written(making / "base.json", told)
        making.rename(making.with_suffix(""))
        written(self.copies.folder / "secrets.json", self._secrets.read_text())
        self.copies.forget(began - KEPT)
        for chain in self.copies.chains():
            self._clean(chain)

    def objects(self) -> None:
        """Every object of the store is copied; what is gone from it for a month is gone here."""
        standing = set()
        for info in self._storage.objects():
            standing.add(info.key)
            here = self.copies.place_of(info.key)
            if here.exists() and here.stat().st_size == info.size:
                continue
            here.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            making = here.with_name(f"{here.name}.part")
            try:
                told = self._storage.stat(info.key)
                with making.open("wb") as file:
                    for piece in self._storage.stream(info.key):
                        file.write(piece)
            except NoSuchObject:  # it went while it was looked for
                making.unlink(missing_ok=True)
                continue
            self.copies.note_object(info.key, info.size, told.content_type)
            making.rename(here)
        self._forget_objects(standing)

    def stop(self) -> None:
        if self._receiver is not None:
            self._receiver.stop()

    def _forget_objects(self, standing: set[str]) -> None:
        """What went from the store is remembered with the moment it was missed, and goes from here a month later."""
        now, missed = datetime.now(UTC), self.copies.missed()
        still = {key: missed.get(key, now) for key, _path in self.copies.objects() if key not in standing}
        for key, since in list(still.items()):
            if now - since > FORGOTTEN_AFTER:
                self.copies.place_of(key).unlink()
                del still[key]
        self.copies.note_missed(still)

    def _ask(self, question: LiteralString, *values: str) -> list[tuple[Any, ...]]:
        server = {"host": self._host, "port": self._port, "user": self._user}
        with psycopg.connect(**server, dbname="postgres", autocommit=True) as line:  # type: ignore[arg-type]
            return line.execute(question, values).fetchall()

    def _server(self) -> list[str]:
        return ["-h", self._host, "-p", self._port, "-U", self._user, "-w"]

    def _has_lost(self) -> bool:
        found = self._ask("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", SLOT)
        return not found or found[0][0] in LOST

    def _present_chain(self) -> Path | None:
        """The one that goes on, when nothing was lost since and it is of this very database."""
        chains = self.copies.chains()
        if not chains or not any((chains[-1] / "base").glob("*Z")) or self._has_lost():
            return None
        known = chains[-1] / "database"
        return chains[-1] if known.exists() and known.read_text() == self._identity() else None

    def _new_chain(self) -> Path:
        if self._ask("SELECT 1 FROM pg_replication_slots WHERE slot_name = %s", SLOT):
            self._ask("SELECT pg_drop_replication_slot(%s)", SLOT)
        self._ask("SELECT pg_create_physical_replication_slot(%s, true)", SLOT)
        chain = self.copies.folder / "database" / stamp(datetime.now(UTC))
        for part in ("wal", "base"):
            (chain / part).mkdir(mode=0o700, parents=True)
        written(chain / "database", self._identity())
        return chain

    def _identity(self) -> str:
        ((system, timeline),) = self._ask(
            "SELECT system_identifier, timeline_id FROM pg_control_system(), pg_control_checkpoint()"
        )
        return f"{system} {timeline}\n"

    def _received(self) -> None:
        """Everything the database had written when this was called lies in the copies."""
        ((until,),) = self._ask("SELECT pg_current_wal_lsn()::text")
        deadline = time.monotonic() + RECEIVED_SECONDS
        who = "pg_receivewal"
        question: LiteralString = (
            "SELECT 1 FROM pg_stat_replication WHERE application_name = %s AND write_lsn >= %s::pg_lsn"
        )
        while not self._ask(question, who, until):
            if time.monotonic() > deadline:
                raise OSError("what the database writes is not being received")
            time.sleep(LOOK_SECONDS)

    def _clean(self, chain: Path) -> None:
        """What was written before the oldest base of the chain is of no use any more."""
        oldest = next((base for base in self.copies.bases() if base.folder.parent.parent == chain), None)
        if oldest is not None:
            command = [programs() / "pg_archivecleanup", chain / "wal", oldest.first_segment]
            subprocess.run([str(word) for word in command], capture_output=True, check=False)

    def at_once(self) -> None:
        """Database, whatever it has written, and objects."""
        self.receive()
        self.base()
        self.objects()


def _first_segment(base: Path) -> str:
    """Named by the label that the database put into the copy: `START WAL LOCATION: 0/2000028 (file 0000…)`."""
    with tarfile.open(base / "base.tar.gz") as archive:
        label = archive.extractfile("backup_label")
        assert label is not None
        return label.read().decode().split("(file ")[1].split(")")[0]


def follow(backup: Backup) -> None:
    """Never returns. A copy that cannot be made is told and tried again; the house goes on meanwhile."""
    base_due = datetime.now(UTC) + FIRST_BASE_AFTER
    bases = backup.copies.bases()
    if bases:
        base_due = max(base_due, bases[-1].began + BASE_EVERY)
    objects_due = base_due
    wanted, answered = backup.copies.folder / "wanted", backup.copies.folder / "answered"
    while True:
        try:
            backup.receive()
            asked = wanted.read_text() if wanted.exists() else None
            now = datetime.now(UTC)
            if asked is not None or now >= base_due:
                backup.base()
                base_due = now + BASE_EVERY
            if asked is not None or now >= objects_due:
                backup.objects()
                objects_due = now + OBJECTS_EVERY
            if asked is not None:
                written(answered, asked)
                wanted.unlink(missing_ok=True)
        except Exception as fault:
            say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} the copy failed and is tried again: {fault!r}")
            time.sleep(OBJECTS_EVERY.total_seconds() / 30)
        time.sleep(LOOK_SECONDS)


def ask_for_one(copies: Copies, data_dir: Path) -> None:
    """The child that makes copies has made one of everything since this was called; it may just be starting."""
    patience = time.monotonic() + STARTING_SECONDS
    while not copies.folder.is_dir() and is_held(data_dir) and time.monotonic() < patience:
        time.sleep(LOOK_SECONDS)
    if not copies.folder.is_dir():
        raise CannotRun(
            f"Chưa có bản sao lưu nào ở {copies.folder}: hệ thống phải đang chạy.",
            f"There are no copies in {copies.folder}: the system must be running.",
        )
    asked = uuid.uuid4().hex
    written(copies.folder / "wanted", asked)
    answered, deadline = copies.folder / "answered", time.monotonic() + NOW_SECONDS
    while not (answered.exists() and answered.read_text() == asked):
        if time.monotonic() > deadline:
            raise CannotRun("Sao lưu chưa xong sau một giờ.", "The copy was not finished within an hour.")
        time.sleep(LOOK_SECONDS)
    bases, objects = copies.bases(), sum(1 for _each in copies.objects())
    say(
        f"Đã sao lưu vào {copies.folder}: cơ sở dữ liệu lúc {bases[-1].ended:%H:%M:%S} UTC, {objects} tệp.",
        f"Copied to {copies.folder}: the database of {bases[-1].ended:%H:%M:%S} UTC, {objects} objects.",
    )


def folder_of(data_dir: Path) -> Path:
    return Path(os.environ.get("BACKUP_DIR") or data_dir / "backups").absolute()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py backup", description="Copy everything at once, while it runs.")
    parser.add_argument("--follow", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    data_dir = Path(os.environ.get("DATA_DIR") or config.ROOT / "var").absolute()
    copies = Copies(folder_of(data_dir))
    try:
        if options.follow:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            backup = Backup(copies, config.read(os.environ), data_dir / "secrets.json")
            try:
                follow(backup)
            finally:
                backup.stop()
        ask_for_one(copies, data_dir)
    except KeyboardInterrupt:
        return 0
    except (CannotRun, config.ConfigurationError) as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
