"""The machine loses its power: what anybody was told is there when it has come back, in the database and in the store.

The data lies on an ext4 of its own, in a file behind a loop device. Its shutdown (the call with which file systems are
tried for this) lets nothing more reach that file: what the kernel had not written is lost, as it is with the power.
"""

import fcntl
import hashlib
import os
import signal
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import urllib3

from award.local import Postgres, start_postgres
from tests.conftest import STORE_KEY, STORE_SECRET
from uploads import protocol
from uploads.local import EmbeddedStore
from uploads.storage import Storage, new_key

BUCKET = "giai"
MIB = 1024 * 1024
SHUTDOWN, WITHOUT_FLUSHING_THE_LOG = 0x8004587D, 2
LOOP = Path("/dev/loop-control")

pytestmark = [
    pytest.mark.db,
    pytest.mark.skipif(
        os.geteuid() != 0 or not LOOP.exists() or not os.access("/dev/loop0", os.W_OK),
        reason="a file system of its own, which can lose its power, takes root and a loop device",
    ),
]


class Disk:
    """A file system that can lose its power."""

    def __init__(self, image: Path, place: Path) -> None:
        self.image, self.place = image, place
        with image.open("wb") as file:
            file.truncate(1024 * MIB)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        place.mkdir()
        self.mount()

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", self.image, self.place], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", self.place], check=True)

    def lose_power(self) -> None:
        opened = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(opened, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING_THE_LOG))
        os.close(opened)


class House:
    """Database and store as the single machine starts them, on that disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres: Postgres = start_postgres(folder / "postgres")
        self.store = EmbeddedStore(folder / "store", BUCKET, STORE_KEY, STORE_SECRET)
        self.storage = Storage(
            self.store.endpoint, BUCKET, STORE_KEY, STORE_SECRET, secure=False, folder=folder / "store"
        )

    def connection(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self.postgres.owner_url.replace("+psycopg", ""), autocommit=True)

    def die(self) -> None:
        for process in (self.postgres.process, self.store.process):
            os.killpg(process.pid, signal.SIGKILL) if os.getpgid(process.pid) == process.pid else process.kill()
            process.wait()
        self.store.stop()

    def stop(self) -> None:
        self.postgres.stop()
        self.store.stop()


@pytest.fixture
def disk() -> Iterator[Disk]:
    with tempfile.TemporaryDirectory(prefix="giai-power-") as folder:
        Path(folder).chmod(0o755)
        disk = Disk(Path(folder) / "image", Path(folder) / "disk")
        yield disk
        disk.unmount()


def received(storage: Storage, data: bytes) -> str:
    """The key of a file that a browser was told has arrived."""
    upload = protocol.begin(storage, new_key("tests"), len(data), "application/pdf")
    plan, hashes = upload.plan, []
    for number in range(1, plan.count + 1):
        part = data[sum(plan.length(each) for each in range(1, number)) :][: plan.length(number)]
        hashes.append(hashlib.sha256(part).hexdigest())
        claim = protocol.PartClaim(number, len(part), hashes[-1])
        signed = protocol.sign(storage, upload, [claim])
        assert isinstance(signed, list)
        answer = urllib3.request("PUT", signed[0].url, body=part, headers=dict(signed[0].headers))
        assert answer.status == 200
    assert isinstance(protocol.finish(storage, upload, hashes), protocol.Stored)
    return upload.key


def test_what_was_acknowledged_outlives_the_power(disk: Disk) -> None:
    house = House(disk.place)
    with closing(house.connection()) as connection:
        connection.execute("CREATE TABLE told (key text, sha256 text)")
        files = [os.urandom(size) for size in (1, 300_000, 9 * MIB)]
        for data in files:
            key = received(house.storage, data)
            connection.execute("INSERT INTO told VALUES (%s, %s)", (key, hashlib.sha256(data).hexdigest()))
        paper, made = new_key("papers"), b"%PDF-1.7 a signed paper"
        house.storage.put_small(paper, made, "application/pdf")
        connection.execute("INSERT INTO told VALUES (%s, %s)", (paper, hashlib.sha256(made).hexdigest()))
        disk.lose_power()
    house.die()
    disk.unmount()
    disk.mount()
    again = House(disk.place)
    try:
        with closing(again.connection()) as connection:
            told = connection.execute("SELECT key, sha256 FROM told").fetchall()
        assert len(told) == len(files) + 1
        for key, sha256 in told:
            assert hashlib.sha256(b"".join(again.storage.stream(key))).hexdigest() == sha256
    finally:
        again.stop()
