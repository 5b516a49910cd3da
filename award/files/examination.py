"""Finding out what a stored file is, and making what readers need of it. Knows bytes, no rows."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from uploads import media, protocol, sniff
from uploads.kinds import Kind
from uploads.ranges import StoredRanges
from uploads.sandbox import ChildFailed
from uploads.storage import NoSuchObject, Storage

MOST_PAGES = 200
PAGES_AT_A_TIME = 10
RECORDINGS = ("audio", "video")


@dataclass(frozen=True)
class Examined:
    """`reason` is empty when the file may be used. Pictures live until the examination is left."""

    reason: str
    sha256: str | None
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: Sequence[media.Picture] = ()
    paragraphs: Sequence[str] = ()


@contextmanager
def examined(storage: Storage, key: str, *, name: str, kind: Kind, size: int, fingerprint: str) -> Iterator[Examined]:
    """What came of reading every byte of the object, which is to be the `name` of this kind, size and fingerprint."""
    with TemporaryDirectory(prefix="examined-") as folder:
        path = None if kind.family in RECORDINGS else Path(folder) / "original"
        try:
            sha256, found = _fetch(storage.stream(key), path, protocol.plan(size).part_size)
        except NoSuchObject:
            yield Examined("lost", None)
            return
        if found != fingerprint:
            yield Examined("changed", sha256)
            return
        verdict = sniff.verify_in_child(path or StoredRanges(storage, key, size), name, kind)
        facts = {fact: value for fact, value in asdict(verdict.facts).items() if value is not None} | {"size": size}
        if not verdict.ok:
            yield Examined(verdict.reason, sha256, facts)
            return
        if path is None or kind.family != "document":
            yield Examined("", sha256, facts)
            return
        pictures = list(_pictures(path, kind, verdict.facts.pages or 0, Path(folder)))
        yield Examined("", sha256, facts, pictures, _paragraphs(path, kind))


def _fetch(pieces: Iterable[bytes], path: Path | None, part_size: int) -> tuple[str, str]:
    """SHA-256 of all and the fingerprint of the parts. Without a path nothing is kept: recordings may be larger than
    this disk."""
    whole, part, room = hashlib.sha256(), hashlib.sha256(), part_size
    hashes: list[str] = []
    with nullcontext() if path is None else path.open("wb") as file:
        for piece in pieces:
            whole.update(piece)
            if file is not None:
                file.write(piece)
            rest = memoryview(piece)
            while rest:
                taken, rest = rest[:room], rest[room:]
                part.update(taken)
                room -= len(taken)
                if not room:
                    hashes.append(part.hexdigest())
                    part, room = hashlib.sha256(), part_size
    if room < part_size:
        hashes.append(part.hexdigest())
    return whole.hexdigest(), protocol.fingerprint(hashes)


def _pictures(path: Path, kind: Kind, pages: int, folder: Path) -> Iterator[media.Picture]:
    """Pages of a PDF, a few at a time: one that cannot be drawn takes only its neighbours along."""
    if kind.code == "pdf":
        last = min(pages, MOST_PAGES)
        for first in range(1, last + 1, PAGES_AT_A_TIME):
            with suppress(ChildFailed):
                yield from media.page_images(path, folder, first=first, last=min(first + PAGES_AT_A_TIME - 1, last))


def _paragraphs(path: Path, kind: Kind) -> list[str]:
    try:
        return media.clean_text(path, kind)
    except ChildFailed:
        return []
