"""One signed request to the store: how long it may take, when it is repeated, and what its faults are called.

The `minio` client signs and sends. Its public calls leave out checksums and CORS and hide what a listing says of a
part, so the one private call beneath them is used instead, here and nowhere else.
"""

import random
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

WAIT_SECONDS = 5
LONG_WAIT_SECONDS = 60  # joining thousands of parts, or answering after megabytes were sent
RETRIES = 2
CONNECTIONS = 16
READ_BYTES = 64 * 1024
LEAST_PACE = 16 * 1024
"""Bytes a second. A film of 4 GB would take three days."""
PACE_GRACE_SECONDS = 20


class StoreUnavailable(Exception):
    """The store gave no usable answer; the same call may succeed later. `code` is its word for a refusal, if any."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class NoSuchUpload(Exception):
    """The unfinished upload does not exist: completed, aborted, or never begun."""


class NoSuchObject(Exception):
    """No object stands under this key."""


class OutOfRange(Exception):
    """The object ends before the first byte asked for."""


NAMED = {"NoSuchUpload": NoSuchUpload, "NoSuchKey": NoSuchObject, "InvalidRange": OutOfRange}


class Wire:
    """Requests to one bucket of one store. Safe to share between threads, not between processes."""

    def __init__(
        self, endpoint: str, bucket: str, access_key: str, secret_key: str, *, region: str, secure: bool
    ) -> None:
        def client(read_seconds: int) -> Minio:
            timeout = urllib3.Timeout(connect=WAIT_SECONDS, read=read_seconds)
            http = urllib3.PoolManager(retries=False, timeout=timeout, maxsize=CONNECTIONS)
            return Minio(endpoint, access_key, secret_key, secure=secure, region=region, http_client=http)

        self.bucket = bucket
        self.client = client(WAIT_SECONDS)
        self._patient = client(LONG_WAIT_SECONDS)

    def ask(
        self,
        method: str,
        key: str | None,
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        preload: bool = True,
        repeat: bool = True,
        patient: bool = False,
    ) -> Any:
        """The store's answer. Asked again at most twice, and not once the first five seconds are gone."""
        client = self._patient if patient else self.client
        began = time.monotonic()
        for attempt in range(RETRIES + 1):
            try:
                with faults():
                    return client._execute(
                        method,
                        self.bucket,
                        key,
                        body=body,
                        headers=dict(headers or {}),
                        query_params=dict(query or {}),
                        preload_content=preload,
                        no_body_trace=True,
                    )
            except StoreUnavailable as fault:
                late = time.monotonic() - began >= WAIT_SECONDS
                if fault.code or late or not repeat or attempt == RETRIES:
                    raise
                time.sleep(random.uniform(0.05, 0.2) * 2**attempt)  # noqa: S311 (jitter, not a secret)
        raise AssertionError("unreachable")

    def pieces(self, key: str, headers: dict[str, str]) -> Iterator[bytes]:
        """What the store answers to a GET, piece by piece in constant memory; at a pace that leads to an end."""
        answer = self.ask("GET", key, headers=headers, preload=False)
        try:
            with faults():
                yield from paced(answer.stream(READ_BYTES))
        finally:
            answer.close()
            answer.release_conn()


def paced(pieces: Iterable[bytes], clock: Callable[[], float] = time.monotonic) -> Iterator[bytes]:
    """The same pieces, until they come slower than a file can be worked through: StoreUnavailable, as of one that is
    away. Whoever waits for a store that trickles keeps everybody behind from their turn."""
    began, came = clock(), 0
    for piece in pieces:
        came += len(piece)
        passed = clock() - began
        if passed > PACE_GRACE_SECONDS and came < LEAST_PACE * passed:
            raise StoreUnavailable(f"the store is too slow: {came} bytes in {passed:.0f} s")
        yield piece


@contextmanager
def faults() -> Iterator[None]:
    """Whatever goes wrong inside leaves as a fault of ours."""
    try:
        yield
    except S3Error as fault:
        code = fault.code or ""
        if code in NAMED:
            raise NAMED[code](str(fault)) from fault
        raise StoreUnavailable(str(fault), code if fault.response.status < 500 else "") from fault
    except (MinioException, urllib3.exceptions.HTTPError, OSError, ET.ParseError) as fault:
        raise StoreUnavailable(str(fault)) from fault


def xml(answer: Any) -> ET.Element:
    """The document in an answer. It comes from our own store, over the configured endpoint."""
    with faults():
        return ET.fromstring(answer.data)  # noqa: S314


def children(root: ET.Element, name: str) -> list[ET.Element]:
    return root.findall(f"{{*}}{name}")


def text(element: ET.Element, name: str, default: str | None = None) -> str:
    found = element.findtext(f"{{*}}{name}", default)
    if found is None:
        raise StoreUnavailable(f"the store's answer has no {name}")
    return found
