"""The season's own machine: PostgreSQL, the store, two web processes, two workers, on a data folder of its own."""

import hashlib
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import config
from award.local import start_postgres
from award.local.children import CannotRun, Running, Service, end, spawn
from award.local.web import HOST, start_web, wait_for_an_answer
from demonstration.season import moment
from uploads.local import EmbeddedStore

FILES_HOST = "localhost"
THREADS = 4
WORKERS = 2


@dataclass
class Machine:
    """A running machine. `origin` is where its pages are."""

    origin: str
    folder: Path
    environment: dict[str, str]
    _log: Path

    def says(self, instant: datetime) -> None:
        """It is this instant now, for every page and every job."""
        moment.say(self.folder, instant)

    def now(self) -> datetime:
        """The instant that was said last."""
        return moment.said(self.folder)

    def runs(self, *command: str) -> str:
        """What a command of the application, such as `migrate`, printed when it was done."""
        log = self._log / f"{command[0]}.log"
        log.unlink(missing_ok=True)
        words = [sys.executable, "-m", "flask", "--app", "demonstration.season.processes:application", *command]
        process = spawn(words, log=log, environment=self.environment, folder=config.ROOT, dies_by=signal.SIGKILL)
        try:
            code = process.wait()
        finally:
            end(process, signal.SIGTERM)
        if code:
            raise CannotRun(f"Lệnh {command[0]} không xong.", f"The command {command[0]} failed.", log)
        return log.read_text()


SIGNS_WITH = hashlib.sha256(b"the season of 2023, lived again").hexdigest()
"""The machine lives for one season and answers itself alone: with one key each replay signs the same dossier alike."""


@contextmanager
def machine(folder: Path, port: int, beginning: datetime) -> Iterator[Machine]:
    """Everything runs on an empty folder until the end of the block, and then nothing does. No file of it is synced."""
    log = folder / "log"
    log.mkdir(parents=True, mode=0o700)
    if os.geteuid() == 0:
        folder.chmod(0o711)  # the database runs as somebody else, who must pass through
    moment.say(folder, beginning)
    running: list[Running] = []
    try:
        postgres = start_postgres(folder / "postgres", log=log / "database.log", fast=True)
        running.append(postgres)
        keys = {"S3_ACCESS_KEY": secrets.token_hex(10), "S3_SECRET_KEY": secrets.token_urlsafe(32)}
        store = EmbeddedStore(folder / "store", "giai", keys["S3_ACCESS_KEY"], keys["S3_SECRET_KEY"])
        running.append(store)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PG", "S3_", "DATABASE_"))},
            **keys,
            "DATA_DIR": str(folder),
            "DATABASE_URL": postgres.app_url,
            "DATABASE_OWNER_URL": postgres.owner_url,
            "S3_ENDPOINT": store.endpoint,
            "S3_PUBLIC_ENDPOINT": f"{FILES_HOST}:{store.endpoint.rpartition(':')[2]}",
            "S3_BUCKET": "giai",
            "S3_SECURE": "0",
            "SECRET_KEY": SIGNS_WITH,
            "BASE_URL": f"http://{HOST}:{port}",
            "DEMONSTRATION": "0",
            "PYTHONUNBUFFERED": "1",
        }
        made = Machine(environment["BASE_URL"], folder, environment, log)
        made.runs("migrate")
        running.append(_web(made, port))
        running += [_worker(made, number) for number in range(1, WORKERS + 1)]
        yield made
    finally:
        for each in reversed(running):
            each.stop()


def _web(made: Machine, port: int) -> Service:
    log = made._log / "web.log"
    application = "demonstration.season.processes:application()"
    web = start_web(port, WORKERS, environment=made.environment, log=log, application=application, threads=THREADS)
    try:
        wait_for_an_answer(web, port, log, "/healthz")
    except BaseException:
        web.stop()
        raise
    return web


def _worker(made: Machine, number: int) -> Service:
    command = [sys.executable, "-m", "demonstration.season.processes"]
    log = made._log / f"worker-{number}.log"
    return Service(spawn(command, log=log, environment=made.environment, folder=config.ROOT, dies_by=signal.SIGKILL))
