"""A store under examination: objects and uploads of the probe's own, and what a finding says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import urllib3

from uploads.storage import MIB, Part, SignedPart, Storage
from uploads.storage import new_key as random_key

ROOM = "probe"
FIRST_PART = 5 * MIB
"""The least that S3 lets a part have which is not the last one."""
DATA = hashlib.shake_256(b"probe").digest(FIRST_PART + 100_000)
PIECES = (DATA[:FIRST_PART], DATA[FIRST_PART:])
SHORT = DATA[:1000]


class Unmet(Exception):
    """The promise is not kept; the message says what the store did instead."""


@dataclass(frozen=True)
class Finding:
    """What came of one check. `fault` is empty when the promise is kept; without a `needed` one uploads still work."""

    promise: str
    fault: str
    needed: bool


@dataclass
class Probe:
    """One store under examination, as the application has it, with the pages of `origin` as its visitors."""

    storage: Storage
    origin: str
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, timeout=30))
    keys: list[str] = field(default_factory=list)

    def new_key(self) -> str:
        self.keys.append(random_key(ROOM))
        return self.keys[-1]

    def begun(self) -> "Begun":
        key = self.new_key()
        return Begun(self, key, self.storage.begin(key, "video/mp4"))

    def status(self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> int:
        return self.ask(method, url, body, headers).status

    def ask(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        return self.http.request(method, url, body=body, headers=dict(headers or {}))

    def address(self, key: str, storage: Storage | None = None) -> str:
        """To read the object, as a reader gets it."""
        disposition = 'attachment; filename="a.pdf"'
        return (storage or self.storage).address(key, content_type="application/pdf", disposition=disposition)

    def signed_whole(self) -> tuple[str, SignedPart]:
        """A new key, and where a small file goes under it as one request."""
        key = self.new_key()
        return key, self.storage.sign_whole(key, len(SHORT), hashlib.sha256(SHORT).hexdigest(), "image/png")

    def whole(self) -> str:
        """The key of an object that was sent so."""
        key, part = self.signed_whole()
        taken_whole(self.status("PUT", part.url, SHORT, part.headers))
        return key

    @cached_property
    def stored(self) -> str:
        """The key of an object that was sent in two parts."""
        upload = self.begun()
        upload.send(2)
        upload.send(1)
        upload.join()
        return upload.key

    @cached_property
    def small(self) -> str:
        """The key of an object that the server put there by itself."""
        key = self.new_key()
        self.storage.put_small(key, SHORT, "text/plain")
        return key


def taken_whole(status: int) -> None:
    """The store took a file that was sent as one request; there is no other way for a small one."""
    if status in (400, 501):  # how stores refuse a header they do not know
        raise Unmet(
            f"a file sent whole was answered with {status}: it does not know “If-None-Match: *”, by which a file is "
            "written once. Small files go in no other way, so take a release of the store that knows it, or another"
        )
    if status != 200:
        raise Unmet(f"a file sent whole as signed was answered with {status}")


@dataclass(frozen=True)
class Begun:
    """An unfinished upload in two parts."""

    probe: Probe
    key: str
    upload_id: str

    def sign(self, number: int, storage: Storage | None = None, body: bytes | None = None) -> SignedPart:
        piece = PIECES[number - 1] if body is None else body
        return (storage or self.probe.storage).sign_part(
            self.key, self.upload_id, number, len(piece), hashlib.sha256(piece).hexdigest()
        )

    def put(self, part: SignedPart, body: bytes, **headers: str) -> int:
        said = dict(part.headers) | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.probe.status("PUT", part.url, body, said)

    def send(self, number: int) -> None:
        status = self.put(self.sign(number), PIECES[number - 1])
        if status != 200:
            raise Unmet(f"a part sent as signed was answered with {status}")

    def parts(self, page_size: int = 1000) -> list[Part]:
        return self.probe.storage.list_parts(self.key, self.upload_id, page_size=page_size)

    def join(self) -> None:
        found = self.parts()
        if [part.number for part in found] != [1, 2]:
            raise Unmet(f"of two parts that were sent it holds those with numbers {[part.number for part in found]}")
        parts = [
            replace(part, sha256=hashlib.sha256(piece).hexdigest()) for part, piece in zip(found, PIECES, strict=True)
        ]
        self.probe.storage.complete(self.key, self.upload_id, parts)

    def is_empty(self) -> None:
        if self.parts():
            raise Unmet("the store kept what it had refused")
