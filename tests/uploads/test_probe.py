"""The probe of a store: the embedded one keeps every promise, and a store that lets everything through is found out."""

import http.server
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.uploads.conftest import ACCESS_KEY, BUCKET, ORIGIN, SECRET_KEY
from uploads import delivery, probe, promises, promises_of_host
from uploads.local import EmbeddedStore
from uploads.probing import Probe, Unmet
from uploads.storage import Storage

CONF = Path(__file__).parents[2] / "deploy" / "nginx" / "files-host.conf"
NOT_ASKED_OF_BROWSERS = 10
"""Promises of the server's own way in, which a careless front door cannot break."""


def test_the_embedded_store_keeps_every_promise_that_is_needed(storage: Storage) -> None:
    findings = list(probe.examine(storage, ORIGIN))
    unkept = [(finding.promise, finding.needed) for finding in findings if finding.fault]
    assert unkept == [
        ("The list of parts tells the SHA-256 of each", False),
        ("Uploads that nobody finishes end by the store's own rule", False),
    ], "what a part is compared with otherwise, and what our own sweep does"
    assert len(findings) >= 38
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


class Ruled:
    """A probe of a store with these rules of its own."""

    def __init__(self, **rules: str) -> None:
        self.storage, self._rules = self, rules

    def rules(self, name: str) -> ET.Element | None:
        told = self._rules.get(name)
        root = f'<R xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{told}</R>'
        return None if told is None else ET.fromstring(root)  # noqa: S314 (written above)


ON, OFF = "<Status>Enabled</Status>", "<Status>Suspended</Status>"
ENDS = "<Rule><NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration></Rule>"
ABORTS = "<Rule><AbortIncompleteMultipartUpload/></Rule>"


@pytest.mark.parametrize(
    ("check", "rules", "kept"),
    [
        (promises_of_host._no_endless_versions, {}, True),
        (promises_of_host._no_endless_versions, {"versioning": OFF}, True),
        (promises_of_host._no_endless_versions, {"versioning": ON}, False),
        (promises_of_host._no_endless_versions, {"versioning": ON, "lifecycle": ABORTS}, False),
        (promises_of_host._no_endless_versions, {"versioning": ON, "lifecycle": ABORTS + ENDS}, True),
        (promises_of_host._unfinished_end, {}, False),
        (promises_of_host._unfinished_end, {"lifecycle": ENDS}, False),
        (promises_of_host._unfinished_end, {"lifecycle": ENDS + ABORTS}, True),
    ],
)
def test_the_rules_of_a_bucket_are_understood(check: Any, rules: dict[str, str], kept: bool) -> None:
    with nullcontext() if kept else pytest.raises(Unmet):
        check(Ruled(**rules))


def test_the_host_of_the_documentation_says_what_ours_does() -> None:
    headers = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', CONF.read_text()))
    assert {name: value for name, value in headers.items() if name != "Strict-Transport-Security"} == delivery.HEADERS

    class Shows:
        small = ""

        def address(self, _key: str) -> str:
            return ""

        def ask(self, _method: str, _address: str) -> Any:
            return urllib3.HTTPResponse(headers=headers)

    for check in (promises_of_host._nothing_runs, promises_of_host._nothing_is_guessed):
        check(Shows())  # type: ignore[arg-type]
        with pytest.raises(Unmet):
            headers.clear()
            check(Shows())  # type: ignore[arg-type]
        headers |= dict(re.findall(r'add_header (\S+) "([^"]*)" always;', CONF.read_text()))


class Older(Probe):
    """A probe of a store that knows nothing of writing on a condition."""

    def status(self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> int:
        return 501 if "if-none-match" in (headers or {}) else super().status(method, url, body, headers)


@pytest.mark.parametrize("check", [promises._whole_at_once, promises._whole_once, promises._whole_has_hash])
def test_a_store_that_does_not_write_on_a_condition_is_told_what_it_lacks(storage: Storage, check: Any) -> None:
    with pytest.raises(Unmet, match=r"“If-None-Match: \*”.*no other way"):
        check(Older(storage, ORIGIN))
    assert (promises._whole_at_once.__name__, True) in {(each.__name__, needed) for _, needed, each in promises.CHECKS}


def test_a_store_that_is_away_is_said_to_be() -> None:
    storage = Storage("127.0.0.1:1", BUCKET, ACCESS_KEY, SECRET_KEY, secure=False)
    first = next(iter(probe.examine(storage, ORIGIN)))
    assert first.fault.startswith("the store gave no usable answer")


def test_a_wrong_secret_is_told(store: EmbeddedStore) -> None:
    storage = Storage(store.endpoint, BUCKET, ACCESS_KEY, "another-secret-altogether", secure=False)
    first = next(iter(probe.examine(storage, ORIGIN)))
    assert "signature" in first.fault.lower()
