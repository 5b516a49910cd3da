"""What the store holds set against what the rows say of it: objects that are missing, and objects nobody names."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from award.clock import now
from award.features import StoredObject, installed
from award.files import queries
from award.files.operations import ORIGINALS
from award.files.store import storage
from uploads import protocol
from uploads.fingerprints import part_hashes_of
from uploads.storage import NoSuchObject
from uploads.sweep import BATCH, unnamed


@dataclass(frozen=True)
class Stray:
    """Objects under one first word of their keys that no row names."""

    room: str
    count: int
    size: int


@dataclass(frozen=True)
class Missing:
    """`found` is the length of what stands in its place; None where nothing does."""

    expected: StoredObject
    found: int | None
    changed: bool = False
    """It has the right length and other bytes than when it was verified."""

    @property
    def sentence(self) -> str:
        """For the console."""
        if self.changed:
            wrong = "other bytes than when it was verified"
        elif self.found is None:
            wrong = "is not there"
        else:
            wrong = f"has {self.found} bytes, not {self.expected.size}"
        return f"{self.expected.what}: {wrong} ({self.expected.key})"


@dataclass(frozen=True)
class Holdings:
    """`missing`: each object that a row of any room relies on and that is not there as it should be."""

    count: int
    size: int
    unfinished: int
    oldest: datetime | None
    strays: tuple[Stray, ...]
    missing: tuple[Missing, ...]


JUST_NOW = timedelta(hours=1)
"""Bytes come first and their row afterwards: what is younger than this may still get its row."""


def holdings() -> Holdings:
    """As they stand now, by the store's own list. Reads no object."""
    rows = {each.key: each for each in expected()}
    standing = {found.key: found for found in storage().objects()}
    uploads = [upload.begun for upload in storage().unfinished()]
    settled = now() - JUST_NOW
    beside = {key: found.size for key, found in standing.items() if key not in rows and found.modified < settled}
    return Holdings(
        count=len(standing),
        size=sum(found.size for found in standing.values()),
        unfinished=len(uploads),
        oldest=min(uploads, default=None),
        strays=tuple(_strays(beside)),
        missing=tuple(_missing(rows, {key: found.size for key, found in standing.items()})),
    )


@dataclass(frozen=True)
class Nobodys:
    """What somebody sent and no row names."""

    key: str
    size: int
    came_at: datetime
    part_hashes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The one that its receipt says."""
        return protocol.fingerprint(self.part_hashes)


def nobodys(sizes: Collection[int] | None = None) -> Iterator[Nobodys]:
    """What people sent and no row names: works, after a database came back older than its store.

    Reads every byte of it, or with `sizes` of what is exactly as long as one of them.
    """
    for found in unnamed(storage(), queries.named, now(), older_than=JUST_NOW, prefix=f"{ORIGINALS}/"):
        if found.size and (sizes is None or found.size in sizes):
            hashes = part_hashes_of(storage(), found.key, found.size)
            yield Nobodys(found.key, found.size, found.modified, tuple(hashes))


def changed() -> Iterator[Missing]:
    """Reads every byte of what was verified or issued; each object that is not what it was then."""
    for each in expected():
        if each.sha256 is None:
            continue
        digest = hashlib.sha256()
        try:
            for piece in storage().stream(each.key):
                digest.update(piece)
        except NoSuchObject:
            yield Missing(each, None)
            continue
        if digest.hexdigest() != each.sha256:
            yield Missing(each, each.size, changed=True)


def expected() -> Iterator[StoredObject]:
    """What the rows of every room rely on."""
    for room in installed():
        if room.stored_objects is not None:
            yield from room.stored_objects()


def _missing(rows: dict[str, StoredObject], standing: dict[str, int]) -> Iterator[Missing]:
    for key, row in rows.items():
        if standing.get(key) != row.size:
            yield Missing(row, standing.get(key))


def _strays(standing: dict[str, int]) -> Iterator[Stray]:
    """Without those of uploads that were joined a moment ago: their rows do not say so yet, and name them already."""
    by_room: dict[str, list[int]] = {}
    keys = sorted(standing)
    for at in range(0, len(keys), BATCH):
        batch = keys[at : at + BATCH]
        named = queries.named(batch)
        for key in batch:
            if key not in named:
                by_room.setdefault(key.partition("/")[0], []).append(standing[key])
    for room, sizes in sorted(by_room.items()):
        yield Stray(room, len(sizes), sum(sizes))
