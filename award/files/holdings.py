"""What the store holds set against what the rows say of it: objects that are missing, and objects nobody names."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from award.clock import now
from award.files import queries
from award.files.store import storage
from uploads.storage import NoSuchObject
from uploads.sweep import BATCH


@dataclass(frozen=True)
class Stray:
    """Objects under one first word of their keys that no row names."""

    room: str
    count: int
    size: int


@dataclass(frozen=True)
class Holdings:
    """`missing` are sentences, one for each object that a row relies on and that is not there as it should be."""

    count: int
    size: int
    unfinished: int
    oldest: datetime | None
    strays: tuple[Stray, ...]
    missing: tuple[str, ...]


JUST_NOW = timedelta(hours=1)
"""Bytes come first and their row afterwards: what is younger than this may still get its row."""


def holdings() -> Holdings:
    """As they stand now, by the store's own list. Reads no object."""
    rows = {each.key: each for each in queries.expected()}
    standing = {found.key: found for found in storage().objects()}
    uploads = [upload.begun for upload in storage().unfinished()]
    settled = now() - JUST_NOW
    unnamed = {key: found.size for key, found in standing.items() if key not in rows and found.modified < settled}
    return Holdings(
        count=len(standing),
        size=sum(found.size for found in standing.values()),
        unfinished=len(uploads),
        oldest=min(uploads, default=None),
        strays=tuple(_strays(unnamed)),
        missing=tuple(_missing(rows, {key: found.size for key, found in standing.items()})),
    )


def changed() -> Iterator[str]:
    """Reads every byte of what was verified; a sentence for each file that is not what it was then."""
    for each in queries.expected():
        if each.sha256 is None:
            continue
        digest = hashlib.sha256()
        try:
            for piece in storage().stream(each.key):
                digest.update(piece)
        except NoSuchObject:
            yield f"{each.what}: is not there ({each.key})"
            continue
        if digest.hexdigest() != each.sha256:
            yield f"{each.what}: other bytes than when it was verified ({each.key})"


def _missing(rows: dict[str, queries.Expected], standing: dict[str, int]) -> Iterator[str]:
    for key, row in rows.items():
        if key not in standing:
            yield f"{row.what}: is not there ({key})"
        elif standing[key] != row.size:
            yield f"{row.what}: has {standing[key]} bytes, not {row.size} ({key})"


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
