"""The store of two volume servers: whichever is killed, every object that was taken is there; what is not taken
meanwhile is refused in time and never said to be kept."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.cluster import BUCKET, Cluster
from uploads import probe
from uploads.storage import MIB, Storage
from uploads.wire import StoreUnavailable

BACK_SECONDS = 60
ORIGIN = "https://giai.example.vn"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with Cluster(tmp_path) as made:
        yield made


def bytes_of(key: str) -> bytes:
    return random.Random(key).randbytes(MIB)  # noqa: S311


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_volume_server_that_dies_takes_nothing_along(cluster: Cluster) -> None:
    store = Storage(cluster.endpoint, BUCKET, cluster.key, cluster.secret, secure=False)
    kept: list[str] = []

    def put(key: str) -> bool:
        try:
            store.put_small(key, bytes_of(key), "audio/wav")
        except StoreUnavailable:
            return False
        kept.append(key)
        return True

    def all_is_there() -> bool:
        return all(b"".join(store.stream(key)) == bytes_of(key) for key in kept)

    assert all(put(f"before/{number}") for number in range(10))
    for name in ("volume1", "volume2"):
        cluster.kill(name)
        assert all_is_there()
        for number in range(3):
            put(f"{name}/{number}")
        assert all_is_there()
        cluster.start(name)
        deadline = time.monotonic() + BACK_SECONDS
        while not put(f"{name}/back-{time.monotonic_ns()}"):
            assert time.monotonic() < deadline, cluster.log(name)
            time.sleep(0.2)
        assert all_is_there()
    store.prepare_bucket(ORIGIN)
    unkept = [finding.promise for finding in probe.examine(store, ORIGIN) if finding.fault]
    assert unkept == [
        "The list of parts tells the SHA-256 of each",
        "Whatever is shown from here runs as nobody's page",
        "Browsers are told not to guess another type than the one given",
        "Uploads that nobody finishes end by the store's own rule",
    ], "as of the embedded one; two of them the front door keeps"
