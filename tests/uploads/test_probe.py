"""The probe of a store: the embedded one keeps every promise, and a store that lets everything through is found out."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.uploads.conftest import ACCESS_KEY, BUCKET, ORIGIN, SECRET_KEY
from uploads import probe
from uploads.local import EmbeddedStore
from uploads.storage import Storage

NOT_ASKED_OF_BROWSERS = 8
"""Promises of the server's own way in, which a careless front door cannot break."""


def test_the_embedded_store_keeps_every_promise_that_is_needed(storage: Storage) -> None:
    findings = list(probe.examine(storage, ORIGIN))
    unkept = [(finding.promise, finding.needed) for finding in findings if finding.fault]
    assert unkept == [("The list of parts tells the SHA-256 of each", False)]
    assert len(findings) >= 30
    assert list(storage.objects(f"{probe.ROOM}/")) == []
    assert list(storage.unfinished(f"{probe.ROOM}/")) == []


@pytest.fixture
def careless() -> Iterator[str]:
    """A front door that says yes to everybody and does nothing."""

    class Yes(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _yes(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = _yes  # noqa: N815 (names the library looks for)

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Yes) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_store_that_lets_everything_through_is_found_out(store: EmbeddedStore, careless: str) -> None:
    storage = Storage(store.endpoint, BUCKET, ACCESS_KEY, SECRET_KEY, public_endpoint=careless, secure=False)
    findings = {finding.promise: finding.fault for finding in probe.examine(storage, ORIGIN)}
    kept = [promise for promise, fault in findings.items() if not fault]
    assert len(kept) <= NOT_ASKED_OF_BROWSERS, kept
    assert findings["A part longer than signed is refused"] == "one byte more was answered with 200"
    assert findings["Without an address nobody reads, writes or deletes"] == "GET was answered with 200"
    assert "a page of https://elsewhere.example may" in findings["Pages of other sites may not"]


def test_a_store_that_is_away_is_said_to_be() -> None:
    storage = Storage("127.0.0.1:1", BUCKET, ACCESS_KEY, SECRET_KEY, secure=False)
    first = next(iter(probe.examine(storage, ORIGIN)))
    assert first.fault.startswith("the store gave no usable answer")


def test_a_wrong_secret_is_told(store: EmbeddedStore) -> None:
    storage = Storage(store.endpoint, BUCKET, ACCESS_KEY, "another-secret-altogether", secure=False)
    first = next(iter(probe.examine(storage, ORIGIN)))
    assert "signature" in first.fault.lower()
