"""Files in dossiers with what they say, look and sound like, without a store: only their rows."""

import secrets
from collections.abc import Sequence

from award.clock import now
from award.db import session
from award.editions.models import FileSlot
from award.entries.models import Entry, EntryFile
from award.files import fingerprinting
from award.files.models import File, Fingerprint, Rendition
from uploads.fingerprints import Prints

MIMES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "jpeg": "image/jpeg"}


def held(
    entry: Entry,
    name: str,
    *,
    paragraphs: Sequence[str] = (),
    prints: Prints = Prints(),
    kind: str = "docx",
    renditions: Sequence[Rendition] = (),
    seconds: float = 0,
    sha256: str = "",
    slot: FileSlot | None = None,
) -> File:
    """A ready file of the entry, which was compared with all before it."""
    file = File(
        uploader_id=entry.owner_id,
        key=f"originals/{secrets.token_hex(8)}",
        name=name,
        kind=kind,
        content_type=MIMES.get(kind, "video/mp4"),
        size=1000,
        part_size=8 * 1024 * 1024,
        part_hashes=["0" * 64],
        fingerprint=secrets.token_hex(32),
        state="ready",
        facts={"duration": seconds, "plays_in_browser": True} if seconds else {},
        sha256=sha256 or secrets.token_hex(32),
        stored_at=now(),
        verified_at=now(),
        light="done",
        renditions=list(renditions),
    )
    if paragraphs:
        size, facts = len("".join(paragraphs)), {"paragraphs": list(paragraphs)}
        file.renditions.append(Rendition(kind="text", ordinal=1, size=size, content_type="text/plain", facts=facts))
    session.add(file)
    session.flush()
    slot_id = (
        slot.id
        if slot
        else session.query(FileSlot.id).filter(FileSlot.category_id == entry.category_id).limit(1).scalar()
    )
    entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=slot_id, file_id=file.id))
    session.add(Fingerprint(file_id=file.id))
    session.flush()
    fingerprinting.keep(file_id=file.id, prints=prints, paragraphs=paragraphs)
    return file


def page(number: int) -> Rendition:
    key = f"pages/{secrets.token_hex(20)}"
    facts = {"width": 800, "height": 1131}
    return Rendition(kind="page", ordinal=number, key=key, size=9, content_type="image/jpeg", facts=facts)


def picture(number: int, side: int = 1600) -> Rendition:
    """A photo in one size, as a row."""
    facts = {"width": side, "height": side * 2 // 3}
    key = f"pages/{secrets.token_hex(8)}"
    return Rendition(kind="photo", ordinal=number, key=key, size=1000, content_type="image/webp", facts=facts)


def light_film() -> Rendition:
    facts = {"width": 640, "height": 360}
    key = f"light/{secrets.token_hex(8)}"
    return Rendition(kind="light", ordinal=1, key=key, size=1000, content_type="video/mp4", facts=facts)
