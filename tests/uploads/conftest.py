"""One real object store for all tests of this folder, and a browser that sends parts to it."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
import urllib3

from tests.delivered import delivered
from uploads import protocol
from uploads.local import EmbeddedStore
from uploads.protocol import PartClaim, Stored, Upload
from uploads.storage import MIB, Storage, new_key

BUCKET, ACCESS_KEY, SECRET_KEY = "files", "tests-access", "tests-secret-of-some-length"
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    running = EmbeddedStore(tmp_path_factory.mktemp("store"), BUCKET, ACCESS_KEY, SECRET_KEY)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def files_host(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where browsers read: the process that stands before the store."""
    with delivered(store.endpoint, tmp_path_factory.mktemp("delivery") / "log") as host:
        yield host


@pytest.fixture(scope="session")
def storage(store: EmbeddedStore, files_host: str) -> Storage:
    """As the application has it: the server's own way in, and other hosts for browsers to send to and to read from."""
    public = store.endpoint.replace("127.0.0.1", "localhost")
    made = Storage(
        store.endpoint,
        BUCKET,
        ACCESS_KEY,
        SECRET_KEY,
        public_endpoint=public,
        read_endpoint=files_host,
        secure=False,
    )
    made.prepare_bucket(ORIGIN)
    return made


@dataclass
class Browser:
    """The other end of the protocol: cuts a file, asks for addresses, sends parts."""

    storage: Storage
    data: bytes
    upload: Upload
    http: urllib3.PoolManager

    @cached_property
    def pieces(self) -> list[bytes]:
        plan = self.upload.plan
        return [self.data[at * plan.part_size : (at + 1) * plan.part_size] for at in range(plan.count)]

    @cached_property
    def hashes(self) -> list[str]:
        return [hashlib.sha256(piece).hexdigest() for piece in self.pieces]

    def sign(self, *numbers: int) -> list[protocol.SignedPart]:
        claims = [PartClaim(each, len(self.pieces[each - 1]), self.hashes[each - 1]) for each in numbers]
        signed = protocol.sign(self.storage, self.upload, claims)
        assert isinstance(signed, list)
        return signed

    def put(
        self, part: protocol.SignedPart, body: bytes, headers: dict[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        return self.http.request("PUT", part.url, body=body, headers={**part.headers, **(headers or {})}, retries=False)

    def send(self, *numbers: int) -> None:
        for part in self.sign(*numbers):
            assert self.put(part, self.pieces[part.number - 1]).status == 200

    def finish(self) -> protocol.Stored | protocol.Refused:
        return protocol.finish(self.storage, self.upload, self.hashes)


@pytest.fixture(scope="session")
def data() -> bytes:
    """Two parts, the second one short."""
    return random.Random(1).randbytes(8 * MIB + 100_000)  # noqa: S311


@pytest.fixture
def browser(storage: Storage, data: bytes) -> Browser:
    """An upload of `data`, begun and not yet sent."""
    upload = protocol.begin(storage, new_key("tests"), len(data), "application/pdf")
    return Browser(storage, data, upload, urllib3.PoolManager())


@pytest.fixture
def stored(browser: Browser) -> Stored:
    browser.send(1, 2)
    outcome = browser.finish()
    assert isinstance(outcome, Stored)
    return outcome
