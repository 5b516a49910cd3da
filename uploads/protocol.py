"""A resumable upload from the server's side: begin, sign parts, finish. Pure data in and out, independent of any table.

A file of one part goes as one request, which the store takes once and for exactly the bytes that were declared: nothing
is begun there before, and nothing joined afterwards.

The store, not the browser, is the truth: what has arrived is what it lists. Finishing may be repeated, also after a
crash at any point: no unfinished upload, but an object of the right size in its place, means it was finished before.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from uploads import failpoints
from uploads.storage import MIB, NoSuchObject, NoSuchUpload, Part, PartsDiffer, SignedPart, Storage

PART_BYTES = 8 * MIB
MAX_PARTS = 5000
MAX_PART_BYTES = 5 * 1024 * MIB
MAX_BATCH = 50
IN_ONE = "in-one"
"""Stands for the id of an upload, which the store does not give to what goes as one request."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Plan:
    """How a file of `size` bytes is cut: `count` parts of `part_size`, the last one shorter. The browser gets it."""

    size: int
    part_size: int
    count: int

    def length(self, number: int) -> int:
        """Bytes of part `number` (from 1)."""
        if not 1 <= number <= self.count:
            raise ValueError(f"there is no part {number} of {self.count}")
        return self.part_size if number < self.count else self.size - self.part_size * (self.count - 1)


@dataclass(frozen=True)
class Upload:
    """An upload that was begun: what the caller keeps in its row and hands back."""

    key: str
    upload_id: str
    size: int
    content_type: str = ""
    """Of what goes as one request: it is said with it."""

    @property
    def plan(self) -> Plan:
        return plan(self.size)


@dataclass(frozen=True)
class PartClaim:
    """What the browser says of a part it is about to send; `sha256` in hex."""

    number: int
    length: int
    sha256: str


@dataclass(frozen=True)
class InProgress:
    """What the store holds so far and what it lacks."""

    parts: tuple[Part, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Stored:
    """The object stands complete. `fingerprint` is empty only where neither store nor browser said it."""

    key: str
    size: int
    fingerprint: str


@dataclass(frozen=True)
class Refused:
    """Codes: batch_too_large, no_such_part, wrong_length, bad_hash, parts_missing, parts_unexpected, wrong_size,
    fingerprint_differs, upload_gone, object_short, not_kept (the store said that it joined the parts, and the object is
    not there or not whole)."""

    code: str


def plan(size: int) -> Plan:
    """8 MiB parts, larger ones (whole MiB) where 5,000 would not hold the file. A size below 1 is a ValueError."""
    if size < 1:
        raise ValueError("an empty file has no parts")
    part_size = max(PART_BYTES, -(-size // (MAX_PARTS * MIB)) * MIB)
    if part_size > MAX_PART_BYTES:
        raise ValueError("no store takes a file of this size")
    return Plan(size, part_size, -(-size // part_size))


def fingerprint(part_hashes: Iterable[str]) -> str:
    """SHA-256 (hex) over the parts' raw SHA-256 hashes in order; the browser computes the same while it uploads."""
    return hashlib.sha256(b"".join(map(bytes.fromhex, part_hashes))).hexdigest()


def begin(storage: Storage, key: str, size: int, content_type: str) -> Upload:
    """An upload under `key` (of storage.new_key) may be sent; one of several parts stands unfinished in the store."""
    upload_id = IN_ONE if plan(size).count == 1 else storage.begin(key, content_type)
    upload = Upload(key, upload_id, size, content_type)
    failpoints.reach("begun")
    return upload


def sign(storage: Storage, upload: Upload, claims: Sequence[PartClaim]) -> list[SignedPart] | Refused:
    """One address for each claimed part, at most 50 at a time; or the first thing that is wrong with the claims."""
    if not 1 <= len(claims) <= MAX_BATCH:
        return Refused("batch_too_large")
    plan = upload.plan
    for claim in claims:
        if not 1 <= claim.number <= plan.count:
            return Refused("no_such_part")
        if claim.length != plan.length(claim.number):
            return Refused("wrong_length")
        if not _SHA256.fullmatch(claim.sha256):
            return Refused("bad_hash")
    if upload.upload_id == IN_ONE:
        signed = [storage.sign_whole(upload.key, each.length, each.sha256, upload.content_type) for each in claims]
    else:
        signed = [
            storage.sign_part(upload.key, upload.upload_id, each.number, each.length, each.sha256) for each in claims
        ]
    failpoints.reach("signed")
    return signed


def progress(storage: Storage, upload: Upload) -> InProgress | Stored | Refused:
    """Where the upload stands by the store's own account: the answer to a browser that wants to resume."""
    if upload.upload_id == IN_ONE:
        outcome = _standing(storage, upload)
        return InProgress((), (1,)) if outcome == Refused("upload_gone") else outcome
    try:
        parts = storage.list_parts(upload.key, upload.upload_id)
    except NoSuchUpload:
        return _standing(storage, upload)
    plan = upload.plan
    whole = tuple(part for part in parts if part.number <= plan.count and part.size == plan.length(part.number))
    held = {part.number for part in whole}
    missing = tuple(number for number in range(1, plan.count + 1) if number not in held)
    if missing:  # or another request is joining the parts, and they are on their way out
        outcome = _standing(storage, upload)
        if isinstance(outcome, Stored):
            return outcome
    return InProgress(whole, missing)


def finish(storage: Storage, upload: Upload, part_hashes: Sequence[str]) -> Stored | Refused:
    """One object of the declared size, of the parts whose SHA-256 the browser lists; or why not. May be repeated."""
    if len(part_hashes) != upload.plan.count or not all(map(_SHA256.fullmatch, part_hashes)):
        return Refused("bad_hash")
    fault: Refused | None = None
    if upload.upload_id == IN_ONE:
        failpoints.reach("before_joining")
        failpoints.reach("joined")
        return _agreed(_standing(storage, upload), part_hashes, Refused("parts_missing"))
    try:
        parts = storage.list_parts(upload.key, upload.upload_id)
        fault = _fault(upload.plan, parts)
        if not fault:
            named = [replace(part, sha256=sha256) for part, sha256 in zip(parts, part_hashes, strict=True)]
            failpoints.reach("before_joining")
            storage.complete(upload.key, upload.upload_id, named)
            fault = Refused("not_kept")  # unless the object stands there
            failpoints.reach("joined")
    except PartsDiffer:
        fault = Refused("fingerprint_differs")
    except NoSuchUpload:
        pass
    # Whatever was said of the parts, the object tells more: another request may just have joined them.
    return _agreed(_standing(storage, upload), part_hashes, fault)


def _agreed(outcome: Stored | Refused, part_hashes: Sequence[str], fault: Refused | None) -> Stored | Refused:
    """What stands, if its bytes are those that were promised; the fault there was, if nothing does."""
    if isinstance(outcome, Refused):
        return fault or outcome
    promised = fingerprint(part_hashes)
    if outcome.fingerprint in (promised, ""):
        return replace(outcome, fingerprint=promised)
    return Refused("fingerprint_differs")


def _fault(plan: Plan, parts: Sequence[Part]) -> Refused | None:
    held = {part.number: part.size for part in parts}
    if any(number > plan.count for number in held):
        return Refused("parts_unexpected")
    if len(held) < plan.count:
        return Refused("parts_missing")
    if any(size != plan.length(number) for number, size in held.items()) or sum(held.values()) != plan.size:
        return Refused("wrong_size")
    return None


def _standing(storage: Storage, upload: Upload) -> Stored | Refused:
    """What is said to stand stands on the disk."""
    try:
        found = storage.stat(upload.key)
    except NoSuchObject:
        return Refused("upload_gone")
    if found.size != upload.size:
        return Refused("object_short")
    storage.settle()
    told = found.fingerprint or (fingerprint([found.sha256]) if found.sha256 and upload.plan.count == 1 else "")
    return Stored(found.key, found.size, told)
