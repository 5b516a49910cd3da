"""The object store: one bucket of any S3-compatible server, under random keys that are never used twice.

Faults leave this module under four names only: StoreUnavailable, NoSuchUpload, NoSuchObject, PartsDiffer.
"""

import base64
import copy
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from uploads.checksums import base64_of, of_parts, of_whole
from uploads.disk import force
from uploads.parts import Part, completed, told
from uploads.signing import Signer
from uploads.wire import NoSuchObject, NoSuchUpload, OutOfRange, StoreUnavailable, Wire, children, faults, text, xml

__all__ = [
    "NoSuchObject",
    "NoSuchUpload",
    "ObjectInfo",
    "Part",
    "PartsDiffer",
    "SignedPart",
    "Storage",
    "StoreUnavailable",
    "new_key",
]

MIB = 1024 * 1024
STREAM_PART_BYTES = 8 * MIB
PAGE_SIZE = 1000
PART_TYPE = "application/octet-stream"
PART_SECONDS = 15 * 60
DOWNLOAD_SECONDS = 5 * 60
STEADY_SECONDS = 4 * 60
CORS_MAX_AGE_SECONDS = 600
_REFUSED_PARTS = {"BadDigest", "EntityTooSmall", "InvalidPart", "InvalidPartOrder", "InvalidRequest"}
_KEY = re.compile(r"[a-z0-9/_-]{1,200}")


@dataclass(frozen=True)
class ObjectInfo:
    """`fingerprint`: hash (hex) of the object's part hashes (protocol.fingerprint), where the store keeps it; `sha256`:
    of its bytes, where it was sent as a whole."""

    key: str
    size: int
    modified: datetime
    content_type: str = ""
    fingerprint: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class UnfinishedUpload:
    key: str
    upload_id: str
    begun: datetime


@dataclass(frozen=True)
class SignedPart:
    """Where the browser sends one part, and the headers it must send with it (its length it sends by itself)."""

    number: int
    url: str
    headers: Mapping[str, str]


class PartsDiffer(Exception):
    """The store holds other parts than those it was to join."""


def new_key(room: str) -> str:
    """A key nobody can guess and that is never given again. `room` is a word of ours, never of a user."""
    return _checked(f"{room}/{secrets.token_hex(20)}")


class Storage:
    """Safe to share between threads, not between processes. `public_endpoint` is the host that browsers send to,
    `read_endpoint` the one they read from, where that is another; `folder` is where a store on this machine writes."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        access_key: str,
        secret_key: str,
        *,
        public_endpoint: str | None = None,
        read_endpoint: str | None = None,
        region: str = "us-east-1",
        secure: bool = True,
        folder: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.bucket = bucket
        self._clock = clock
        self._folder = folder
        self._signer = Signer(public_endpoint or endpoint, secure, region, access_key, secret_key)
        self._reader = replace(self._signer, endpoint=read_endpoint or self._signer.endpoint)
        self._wire = Wire(endpoint, bucket, access_key, secret_key, region=region, secure=secure)

    def at(self, clock: Callable[[], datetime]) -> "Storage":
        """The same store, for which it is another time: addresses begin their life when `clock` says."""
        other = copy.copy(self)
        other._clock = clock
        return other

    def with_other_secret(self) -> "Storage":
        """The same store for somebody who knows the name of our key and not its secret: addresses open nothing."""
        other = copy.copy(self)
        secret = secrets.token_hex(20)
        other._signer, other._reader = (replace(each, secret_key=secret) for each in (self._signer, self._reader))
        return other

    @property
    def public_address(self) -> str:
        """Where browsers send to the bucket, without leave to anything in it."""
        return f"{'https' if self._signer.secure else 'http'}://{self._signer.endpoint}/{self.bucket}"

    # A browser's upload, in parts

    def begin(self, key: str, content_type: str) -> str:
        """An unfinished upload stands under the key; its id comes back."""
        headers = {"Content-Type": content_type, "x-amz-checksum-algorithm": "SHA256"}
        answer = self._wire.ask("POST", _checked(key), headers=headers, query={"uploads": ""})
        return text(xml(answer), "UploadId")

    def sign_part(self, key: str, upload_id: str, number: int, length: int, sha256: str) -> SignedPart:
        """An address that takes exactly this part: this length, this SHA-256 (hex), nothing else, for 15 minutes."""
        headers = {"content-type": PART_TYPE, "x-amz-checksum-sha256": base64_of(sha256)}
        return self._sign(key, number, length, headers, {"partNumber": str(number), "uploadId": upload_id})

    def sign_whole(self, key: str, length: int, sha256: str, content_type: str) -> SignedPart:
        """The same for an object of one part, which has this type and is written where nothing stands yet."""
        once = {"content-type": content_type, "x-amz-checksum-sha256": base64_of(sha256), "if-none-match": "*"}
        return self._sign(key, 1, length, once, {})

    def _sign(self, key: str, number: int, length: int, headers: dict[str, str], query: dict[str, str]) -> SignedPart:
        url = self._signer.address(
            "PUT",
            f"/{self.bucket}/{_checked(key)}",
            now=self._clock(),
            seconds=PART_SECONDS,
            headers={**headers, "content-length": str(length)},
            query=query,
        )
        return SignedPart(number, url, headers)

    def list_parts(self, key: str, upload_id: str, *, page_size: int = PAGE_SIZE) -> list[Part]:
        """Every part the store holds, each number once. NoSuchUpload when there is nothing to list from.

        SeaweedFS lists a part that was sent twice two times. An address takes the same bytes each time: either will do.
        """
        parts: dict[int, Part] = {}
        marker = ""
        while True:
            query = {"uploadId": upload_id, "max-parts": str(page_size)} | (
                {"part-number-marker": marker} if marker else {}
            )
            root = xml(self._wire.ask("GET", _checked(key), query=query))
            parts |= {part.number: part for part in map(told, children(root, "Part"))}
            if text(root, "IsTruncated", "false") != "true":
                return [parts[number] for number in sorted(parts)]
            marker = text(root, "NextPartNumberMarker")

    def complete(self, key: str, upload_id: str, parts: Iterable[Part]) -> None:
        """The parts, each with its checksum, are one object; PartsDiffer when the store holds others.

        Never repeated here: after StoreUnavailable it may or may not have happened.
        """
        body = "".join(map(completed, parts))
        document = f"<CompleteMultipartUpload>{body}</CompleteMultipartUpload>".encode()
        query = {"uploadId": upload_id}
        try:
            answer = self._wire.ask("POST", _checked(key), body=document, query=query, repeat=False, patient=True)
        except StoreUnavailable as fault:
            if fault.code in _REFUSED_PARTS:
                raise PartsDiffer(str(fault)) from fault
            raise
        if xml(answer).tag.endswith("Error"):  # S3 answers 200 first and may still fail afterwards
            raise StoreUnavailable("the store did not join the parts")

    def abort(self, key: str, upload_id: str) -> None:
        """The unfinished upload and its parts are gone; that it was gone before is no fault."""
        try:
            self._wire.ask("DELETE", _checked(key), query={"uploadId": upload_id})
        except NoSuchUpload:
            return

    def unfinished(self, prefix: str = "") -> Iterator[UnfinishedUpload]:
        """Every unfinished upload in the bucket, page by page."""
        marker: dict[str, str] = {}
        while True:
            query = {"uploads": "", "max-uploads": str(PAGE_SIZE), "prefix": prefix} | marker
            root = xml(self._wire.ask("GET", None, query=query))
            for upload in children(root, "Upload"):
                begun = datetime.fromisoformat(text(upload, "Initiated"))
                yield UnfinishedUpload(text(upload, "Key"), text(upload, "UploadId"), begun)
            if text(root, "IsTruncated", "false") != "true":
                return
            named = {
                "key-marker": text(root, "NextKeyMarker", ""),
                "upload-id-marker": text(root, "NextUploadIdMarker"),
            }
            marker = {name: value for name, value in named.items() if value}  # SeaweedFS goes on by the id alone

    # Whole objects

    def stat(self, key: str) -> ObjectInfo:
        """What stands under the key, or NoSuchObject."""
        answer = self._wire.ask("HEAD", _checked(key), headers={"x-amz-checksum-mode": "ENABLED"})
        checksum = answer.headers.get("x-amz-checksum-sha256", "")
        return ObjectInfo(
            key=key,
            size=int(answer.headers["Content-Length"]),
            modified=parsedate_to_datetime(answer.headers["Last-Modified"]),
            content_type=answer.headers.get("Content-Type", ""),
            fingerprint=of_parts(checksum),
            sha256=of_whole(checksum),
        )

    def objects(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Every object whose key begins with `prefix`, by key."""
        with faults():
            for found in self._wire.client.list_objects(self.bucket, prefix=prefix, recursive=True):
                if found.object_name and found.last_modified:
                    yield ObjectInfo(found.object_name, found.size or 0, found.last_modified)

    def read(self, key: str, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`; fewer when the object ends before."""
        headers = {"Range": f"bytes={offset}-{offset + length - 1}"}
        try:
            return b"".join(self._wire.pieces(_checked(key), headers))
        except OutOfRange:
            return b""

    def stream(self, key: str) -> Iterator[bytes]:
        """The whole object in pieces, in constant memory."""
        yield from self._wire.pieces(_checked(key), {})

    def put_small(self, key: str, data: bytes, content_type: str) -> None:
        """The bytes stand under the key."""
        headers = {"Content-Type": content_type, "x-amz-checksum-sha256": base64_of(hashlib.sha256(data).hexdigest())}
        self._wire.ask("PUT", _checked(key), body=data, headers=headers, patient=True)
        self.settle()

    def settle(self) -> None:
        """What a store on this machine has acknowledged outlives a loss of its power; another sees to that itself."""
        if self._folder:
            with faults():
                force(self._folder)

    def is_kept_from_overwriting(self, key: str) -> bool:
        """Whether the store refuses to write under the key, where something stands, when it is asked to do so once."""
        try:
            self._wire.ask("PUT", _checked(key), body=b"written again", headers={"If-None-Match": "*"})
        except StoreUnavailable as fault:
            if fault.code != "PreconditionFailed":
                raise
            return True
        return False

    def put_stream(self, key: str, pieces: Iterable[bytes], content_type: str) -> int:
        """Everything the iterator gave stands under the key; its size comes back.

        One part of 8 MiB goes while the next is being made: about three of them are in memory.
        """
        upload_id = self.begin(key, content_type)
        going: list[Future[Part]] = []
        with ThreadPoolExecutor(1) as sending:
            try:
                for number, data in enumerate(_in_parts(pieces), 1):
                    if going:
                        going[-1].result()
                    going.append(sending.submit(self._put_part, key, upload_id, number, data))
                parts = [each.result() for each in going]
                self.complete(key, upload_id, parts)
                self.settle()
            except BaseException:
                wait(going)  # no part arrives behind the end of its upload
                with suppress(StoreUnavailable):  # what stays is aborted by the sweep
                    self.abort(key, upload_id)
                raise
        return sum(part.size for part in parts)

    def delete(self, key: str) -> None:
        """Nothing stands under the key; that nothing stood there before is no fault."""
        self._wire.ask("DELETE", _checked(key))

    def address(
        self, key: str, *, content_type: str, disposition: str, seconds: int = DOWNLOAD_SECONDS, steady: bool = False
    ) -> str:
        """A short-lived address to read the object under this type and disposition, whatever it was stored with.

        A `steady` one is the same for up to four minutes, so that a browser which has the object fetches it only once.
        It is over as early as any other: whoever gets it late has a minute left.
        """
        query = {"response-content-type": content_type, "response-content-disposition": disposition}
        moment = self._clock()
        if steady:
            moment = datetime.fromtimestamp(moment.timestamp() // STEADY_SECONDS * STEADY_SECONDS, moment.tzinfo)
            query["response-cache-control"] = f"private, max-age={STEADY_SECONDS}"
        path = f"/{self.bucket}/{_checked(key)}"
        return self._reader.address("GET", path, now=moment, seconds=seconds, query=query)

    # The bucket

    def prepare_bucket(self, origin: str) -> None:
        """The bucket exists, and browsers may speak to it from pages of this origin only."""
        with faults():
            if not self._wire.client.bucket_exists(self.bucket):
                self._wire.client.make_bucket(self.bucket)
        methods = "".join(f"<AllowedMethod>{method}</AllowedMethod>" for method in ("GET", "HEAD", "PUT"))
        document = (
            f"<CORSConfiguration><CORSRule><AllowedOrigin>{escape(origin)}</AllowedOrigin>{methods}"
            "<AllowedHeader>content-type</AllowedHeader><AllowedHeader>x-amz-checksum-sha256</AllowedHeader>"
            "<AllowedHeader>if-none-match</AllowedHeader><AllowedHeader>range</AllowedHeader><ExposeHeader>ETag</ExposeHeader><ExposeHeader>Content-Range</ExposeHeader>"
            f"<MaxAgeSeconds>{CORS_MAX_AGE_SECONDS}</MaxAgeSeconds></CORSRule></CORSConfiguration>"
        ).encode()
        digest = hashlib.md5(document, usedforsecurity=False).digest()
        self._wire.ask(
            "PUT", None, body=document, headers={"Content-MD5": base64.b64encode(digest).decode()}, query={"cors": ""}
        )

    def rules(self, name: str) -> Element | None:
        """What the bucket's rules of this name (versioning, lifecycle) say; None where it has or knows none."""
        try:
            return xml(self._wire.ask("GET", None, query={name: ""}))
        except StoreUnavailable as fault:
            if not fault.code:
                raise
            return None

    def is_there(self) -> bool:
        """Whether the store answers and has the bucket."""
        try:
            self._wire.ask("HEAD", None, repeat=False)
        except (StoreUnavailable, NoSuchObject):
            return False
        return True

    def _put_part(self, key: str, upload_id: str, number: int, data: bytes) -> Part:
        digest = hashlib.sha256(data).hexdigest()
        answer = self._wire.ask(
            "PUT",
            _checked(key),
            body=data,
            headers={"x-amz-checksum-sha256": base64_of(digest)},
            query={"partNumber": str(number), "uploadId": upload_id},
            patient=True,
        )
        return Part(number, len(data), answer.headers.get("ETag", "").strip('"'), digest)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("a key is made by new_key() from lower-case letters, digits, /, _ and -")
    return key


def _in_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of 8 MiB, the last one shorter; one empty part when there are none."""
    waiting = bytearray()
    sent = False
    for piece in pieces:
        waiting += piece
        while len(waiting) >= STREAM_PART_BYTES:
            yield bytes(waiting[:STREAM_PART_BYTES])
            del waiting[:STREAM_PART_BYTES]
            sent = True
    if waiting or not sent:
        yield bytes(waiting)
