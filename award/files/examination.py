"""Finding out what a stored file is, and making what readers need of it. Knows bytes, no rows."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from uploads import media, protocol, sniff
from uploads.document import Document, looked_at
from uploads.kinds import Kind
from uploads.ranges import StoredRanges
from uploads.sandbox import ChildFailed
from uploads.scan import NOT_SCANNED, Scan, Scanner
from uploads.storage import NoSuchObject, Storage

MOST_PAGES = 200
PAGES_AT_A_TIME = 10
RECORDINGS = ("audio", "video")
_ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True)
class Examined:
    """`reason` is empty when the file may be used. Pictures live until the examination is left."""

    reason: str
    sha256: str | None
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: Sequence[media.Picture] = ()
    paragraphs: Sequence[str] = ()
    scan: Scan = NOT_SCANNED


@contextmanager
def examined(
    storage: Storage, key: str, *, name: str, kind: Kind, size: int, fingerprint: str, scanner: Scanner | None = None
) -> Iterator[Examined]:
    """What came of reading every byte of the object, which is to be the `name` of this kind, size and fingerprint."""
    with TemporaryDirectory(prefix="examined-") as folder:
        path = None if kind.family in (*RECORDINGS, "archive") else Path(folder) / "original"
        try:
            sha256, found = _fetch(storage.stream(key), path, protocol.plan(size).part_size)
        except NoSuchObject:
            yield Examined("lost", None)
            return
        if found != fingerprint:
            yield Examined("changed", sha256)
            return
        if kind.family == "archive":  # whoever asked for it reads it member by member
            begins = storage.read(key, 0, len(_ARCHIVE)) == _ARCHIVE
            yield Examined("" if begins else "wrong_type", sha256, {"size": size})
            return
        document = _document(path, name, kind, Path(folder)) if path and kind.family == "document" else None
        verdict = (
            document.verdict
            if document is not None
            else sniff.verify_in_child(path or StoredRanges(storage, key, size), name, kind)
        )
        facts = {fact: value for fact, value in asdict(verdict.facts).items() if value is not None} | {"size": size}
        if not verdict.ok:
            yield Examined(verdict.reason, sha256, facts)
            return
        scan = NOT_SCANNED if scanner is None else scanner.scan(storage.stream(key), size)
        if scan.state == "infected":
            yield Examined("infected", sha256, facts | {"virus": scan.found}, scan=scan)
            return
        facts |= {"unscanned": scan.found} if scan.found else {}
        if document is None:
            yield Examined("", sha256, facts, scan=scan)
        else:
            yield Examined("", sha256, facts, document.pictures, document.paragraphs, scan)


def _document(path: Path, name: str, kind: Kind, folder: Path) -> Document:
    """All that is found out about a document. Of one that breaks a child each question is asked by itself."""
    try:
        found = looked_at(path, name, kind, folder, pages=PAGES_AT_A_TIME)
        pictures, drawn = list(found.pictures), PAGES_AT_A_TIME
    except ChildFailed:
        verdict = sniff.verify_in_child(path, name, kind)
        found = Document(verdict, paragraphs=_paragraphs(path, kind) if verdict.ok else [])
        pictures, drawn = [], 0
    if found.verdict.ok:
        pictures += _pictures(path, kind, drawn + 1, found.verdict.facts.pages or 0, folder)
    return replace(found, pictures=pictures)


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


def _pictures(path: Path, kind: Kind, begin: int, pages: int, folder: Path) -> Iterator[media.Picture]:
    """Pages of a PDF from `begin`, a few at a time: one that cannot be drawn takes only its neighbours along."""
    if kind.code == "pdf":
        last = min(pages, MOST_PAGES)
        for first in range(begin, last + 1, PAGES_AT_A_TIME):
            with suppress(ChildFailed):
                yield from media.page_images(path, folder, first=first, last=min(first + PAGES_AT_A_TIME - 1, last))


def _paragraphs(path: Path, kind: Kind) -> list[str]:
    try:
        return media.clean_text(path, kind)
    except ChildFailed:
        return []
