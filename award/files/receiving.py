"""Files that come in from within: their bytes are here already, as part of something larger that was sent.

Bytes first, which may take long, then the row; what stands in the store without one is found by the sweep.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from award.clock import now
from award.db import session
from award.files import queries
from award.files.holdings import Nobodys
from award.files.models import File
from award.files.operations import ORIGINALS, ask_for_verification
from award.files.permissions import can_begin, can_keep
from award.files.store import quota, storage
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require
from uploads import protocol
from uploads.kinds import Kind, kind_among
from uploads.serve import clean_name
from uploads.storage import new_key


@dataclass(frozen=True)
class Brought:
    """Bytes that stand in the store, and what a browser would have said of them."""

    key: str
    size: int
    sha256: str
    part_hashes: tuple[str, ...]


def bring(pieces: Iterable[bytes], size: int, mime: str) -> Brought:
    """Everything the iterator gave stands under a new key, in constant memory. `size`: how much that will be."""
    key, whole = new_key(ORIGINALS), hashlib.sha256()
    hashes: list[str] = []
    plan = protocol.plan(size)
    part, room = hashlib.sha256(), plan.part_size

    def passing() -> Iterator[bytes]:
        nonlocal part, room
        for piece in pieces:
            whole.update(piece)
            rest = memoryview(piece)
            while rest:
                taken, rest = rest[:room], rest[room:]
                part.update(taken)
                room -= len(taken)
                if not room:
                    hashes.append(part.hexdigest())
                    part, room = hashlib.sha256(), plan.part_size
            yield piece

    written = storage().put_stream(key, passing(), mime)
    if room < plan.part_size:
        hashes.append(part.hexdigest())
    return Brought(key, written, whole.hexdigest(), tuple(hashes))


def adopt(*, uploader: Person, name: str, brought: Brought, kinds: Collection[str], max_bytes: int) -> File:
    """A File in state 'stored', to be verified like any other. The owner stores its id in the same unit of work."""
    name = clean_name(name)
    require(can_begin(name, brought.size, brought.part_hashes, kinds, max_bytes))
    kind = kind_among(name, kinds)
    assert kind is not None
    queries.one_at_a_time(uploader.id)
    require(can_keep(brought.size, queries.bytes_of(uploader.id), quota()))
    return _stored(
        uploader,
        name,
        kind,
        key=brought.key,
        size=brought.size,
        part_hashes=list(brought.part_hashes),
        stored_at=now(),
    )


def take_back(*, uploader: Person, public_id: str, name: str, kinds: Collection[str], found: Nobodys) -> File | None:
    """What the database no longer knew has its row again, under the public id it had, to be verified like any other.

    No limit is asked for: it was received once. None where no such kind is taken any more.
    """
    kind = kind_among(name, kinds)
    if kind is None:
        return None
    return _stored(
        uploader,
        name,
        kind,
        public_id=public_id,
        key=found.key,
        size=found.size,
        part_hashes=list(found.part_hashes),
        stored_at=found.came_at,
    )


def _stored(uploader: Person, name: str, kind: Kind, *, size: int, part_hashes: list[str], **said: Any) -> File:
    file = File(
        uploader_id=uploader.id,
        upload_id=None,
        name=name,
        kind=kind.code,
        content_type=kind.mime,
        size=size,
        part_size=protocol.plan(size).part_size,
        part_hashes=part_hashes,
        fingerprint=protocol.fingerprint(part_hashes),
        state="stored",
        **said,
    )
    session.add(file)
    session.flush()
    facts: dict[str, int | str | None] = {"size": file.size, "fingerprint": file.fingerprint}
    record("file.stored", actor_id=uploader.id, award_id=None, subject=file, facts=facts)
    ask_for_verification(file_id=file.id)
    return file
