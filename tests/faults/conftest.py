"""A store that may be killed, a process that may be killed, and what must hold whatever was."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from tests.award.files.conftest import sender
from tests.award.local.watching import is_alive
from tests.conftest import STORE_KEY, STORE_SECRET
from tests.faults.line import Line
from uploads.local import EmbeddedStore

BUCKET = "giai"

__all__ = ["sender"]


class MortalStore:
    """An embedded store that comes back on the same folder and port after it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.running = EmbeddedStore(folder, BUCKET, STORE_KEY, STORE_SECRET)
        self.endpoint = self.running.endpoint

    @property
    def process(self) -> int:
        return self.running.process.pid

    def come_back(self) -> None:
        """It runs. That it had died is no fault."""
        if is_alive(self.process):
            return
        self.running.process.wait()  # its threads may take a moment longer than itself
        self.running.stop()
        self.running = EmbeddedStore(
            self._folder, BUCKET, STORE_KEY, STORE_SECRET, port=int(self.endpoint.rpartition(":")[2])
        )


@dataclass
class Ending:
    """How a deed of the doomed process ended: the signal that killed or stopped it, or what the web answered."""

    signal: int
    status: int
    process: int


class Doomed:
    """The process beside the tests (`tests.faults.doomed`)."""

    def __init__(self, settings: config.Settings) -> None:
        environment = os.environ | {
            "DATABASE_URL": settings.database_url,
            "DATABASE_OWNER_URL": settings.database_owner_url,
            "S3_ENDPOINT": settings.s3_endpoint,
            "S3_PUBLIC_ENDPOINT": settings.s3_public_endpoint,
            "S3_READ_ENDPOINT": settings.s3_read_endpoint,
            "S3_ACCESS_KEY": settings.s3_access_key,
            "S3_SECRET_KEY": settings.s3_secret_key,
            "S3_BUCKET": settings.s3_bucket,
            "S3_SECURE": "0",
            "SECRET_KEY": settings.secret_key,
            "BASE_URL": settings.base_url,
            "TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.doomed"],
            cwd=config.ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def does(
        self, deed: str, place: str, victim: int | None = None, how: int = signal.SIGKILL, **arguments: Any
    ) -> Ending:
        """Does the deed and dies at the place, or is stopped there, or kills the victim there and goes on."""
        assert self._process.stdin
        assert self._process.stdout
        said = {"deed": deed, "place": place, "victim": victim, "how": how, "arguments": arguments}
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        return Ending(**json.loads(self._process.stdout.readline()))

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="session")
def mortal_store() -> Iterator[MortalStore]:
    with tempfile.TemporaryDirectory(prefix="giai-faults-", ignore_cleanup_errors=True) as folder:
        store = MortalStore(Path(folder))
        yield store
        store.running.stop()


@pytest.fixture(scope="session")
def doomed(house: Flask, settings: config.Settings, mortal_store: MortalStore) -> Iterator[Doomed]:
    seen = mortal_store.endpoint.replace("127.0.0.1", "localhost")  # another host than the pages have
    at = {"s3_endpoint": mortal_store.endpoint, "s3_public_endpoint": seen, "s3_read_endpoint": ""}
    process = Doomed(replace(settings, **at))  # type: ignore[arg-type]
    yield process
    process.stop()


@pytest.fixture
def on_mortal_store(
    app: Flask, settings: config.Settings, mortal_store: MortalStore, monkeypatch: pytest.MonkeyPatch
) -> MortalStore:
    """The application of this process keeps its files in the store that may be killed, which runs."""
    mortal_store.come_back()
    there = mortal_store.endpoint
    changed = replace(settings, s3_endpoint=there, s3_public_endpoint=there, s3_read_endpoint="")
    monkeypatch.setitem(app.extensions, "settings", changed)
    return mortal_store


@pytest.fixture
def line(
    app: Flask, settings: config.Settings, mortal_store: MortalStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Line]:
    """Browsers and the application both reach the store over it."""
    mortal_store.come_back()
    way = Line(mortal_store.endpoint)
    changed = replace(settings, s3_endpoint=way.address, s3_public_endpoint=way.address, s3_read_endpoint="")
    monkeypatch.setitem(app.extensions, "settings", changed)
    yield way
    way.close()
