"""Questions about files. None of them decides who may see one: that is the owner's."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    not_,
    select,
    text,
    union,
)

from award.db import session
from award.features import StoredObject
from award.files.models import File, Rendition
from award.people.models import Person

_QUOTA = 0x71756F
_TURN = text("SELECT pg_advisory_xact_lock(:space, :person)")


def by_public_id(public_id: str) -> File | None:
    return session.scalar(select(File).where(File.public_id == public_id))


def sent_by(person_id: int, public_id: str) -> File | None:
    """The file, when this person uploaded it."""
    return session.scalar(select(File).where(File.public_id == public_id, File.uploader_id == person_id))


def held_of(person_id: int, public_id: str) -> File | None:
    """The same as it stands now, and nobody else changes it until the commit."""
    return session.scalar(_held_of(), {"public_id": public_id, "person_id": person_id})


@cache
def _held_of() -> Select[File]:
    """Put together once: each file that arrives asks it, and to put it together takes longer than the answer."""
    own = select(File).where(File.public_id == bindparam("public_id"), File.uploader_id == bindparam("person_id"))
    return own.with_for_update(key_share=True).execution_options(populate_existing=True)


def one_at_a_time(person_id: int) -> None:
    """Until the commit nobody else comes past here for this person."""
    session.connection().execute(_TURN, {"space": _QUOTA, "person": person_id})


def bytes_of(person_id: int) -> int:
    """How many bytes the person's files have together. Uploads that were given up hold nothing."""
    return session.scalar(_bytes_of(), {"person_id": person_id}) or 0


@cache
def _bytes_of() -> Select[int]:
    return select(_bytes()).where(File.uploader_id == bindparam("person_id"), _holds())


def _holds() -> ColumnElement[bool]:
    return not_(and_(File.state == "uploading", File.upload_id.is_(None)))


def _bytes() -> ColumnElement[int]:
    return func.sum(File.size).cast(BigInteger)


class Held(NamedTuple):
    """So many of one sort, and their bytes together."""

    what: str
    state: str
    number: int
    size: int


def held() -> list[Held]:
    """What people sent, by kind and state."""
    counted = select(File.kind, File.state, func.count(), _bytes()).where(_holds()).group_by(File.kind, File.state)
    return [Held(*row) for row in session.execute(counted.order_by(File.kind, File.state)).tuples()]


def made() -> list[Held]:
    """What was made of it and stands in the store, by kind."""
    size = func.sum(Rendition.size).cast(BigInteger)
    counted = select(Rendition.kind, func.count(), size).where(Rendition.key.is_not(None)).group_by(Rendition.kind)
    return [Held(what, "made", *rest) for what, *rest in session.execute(counted.order_by(Rendition.kind)).tuples()]


def heaviest(limit: int) -> list[tuple[str, int, int]]:
    """Whose files have the most bytes: name, files, bytes."""
    by_person = (
        select(Person.legal_name, func.count(), _bytes())
        .join(File, File.uploader_id == Person.id)
        .where(_holds())
        .group_by(Person.id)
        .order_by(_bytes().desc(), Person.id)
    )
    return list(session.execute(by_person.limit(limit)).tuples())


def stored_objects() -> Iterator[StoredObject]:
    """Every object that must stand in the store by the rows of files, file by file."""
    arrived = select(File.key, File.size, File.public_id, File.sha256).where(File.state != "uploading")
    derived = (
        select(Rendition.key, Rendition.size, File.public_id, Rendition.kind)
        .join(File)
        .where(Rendition.key.is_not(None))
    )
    for key, size, public_id, sha256 in session.execute(arrived.order_by(File.id)).tuples():
        yield StoredObject(key, size, f"file {public_id}", public_id, sha256)
    for name, size, public_id, kind in session.execute(derived.order_by(File.id, Rendition.id)).tuples():
        assert name is not None
        yield StoredObject(name, size, f"{kind} of file {public_id}", public_id)


def standing_in(place: Collection[int], person_id: int, fingerprint: str, size: int) -> File | None:
    """The person's own file with these bytes among the files of a place, unless it was rejected."""
    if not place:
        return None
    return session.scalar(
        select(File)
        .where(
            File.id.in_(place),
            File.uploader_id == person_id,
            File.fingerprint == fingerprint,
            File.size == size,
            File.state != "rejected",
        )
        .order_by(File.id)
        .limit(1)
    )


def clean_text(file_id: int) -> list[str]:
    """The paragraphs of one file; none when it is not ready or has no text."""
    facts = session.scalar(
        select(Rendition.facts)
        .join(File)
        .where(Rendition.file_id == file_id, Rendition.kind == "text", File.state == "ready")
    )
    return [] if facts is None else list(facts["paragraphs"])


_FILE_IDS: BindParameter[list[int]] = bindparam("file_ids", expanding=True)
_FILES = select(File).where(File.id.in_(_FILE_IDS))
_RENDITIONS = (
    select(Rendition)
    .join(File)
    .where(Rendition.file_id.in_(_FILE_IDS), File.state == "ready")
    .order_by(Rendition.file_id, Rendition.kind, Rendition.ordinal)
)


def renditions(file_ids: Collection[int]) -> dict[int, list[Rendition]]:
    """Everything that was made of each file that is ready, by kind and in order."""
    made: defaultdict[int, list[Rendition]] = defaultdict(list)
    for rendition in session.scalars(_RENDITIONS, {"file_ids": list(file_ids)}):
        made[rendition.file_id].append(rendition)
    return dict(made)


def rendition(file_id: int, kind: str, ordinal: int) -> Rendition | None:
    """What was made of a file that is ready, when it stands in the store."""
    return session.scalar(
        select(Rendition)
        .join(File)
        .where(
            Rendition.file_id == file_id,
            Rendition.kind == kind,
            Rendition.ordinal == ordinal,
            Rendition.key.is_not(None),
            File.state == "ready",
        )
    )


def files(file_ids: Collection[int]) -> dict[int, File]:
    """The files by their ids."""
    return {file.id: file for file in session.scalars(_FILES, {"file_ids": list(file_ids)})}


def page_counts(file_ids: Collection[int]) -> dict[int, int]:
    """How many page images each file that is ready has."""
    counted = (
        select(Rendition.file_id, func.count())
        .join(File)
        .where(Rendition.file_id.in_(file_ids), Rendition.kind == "page", File.state == "ready")
        .group_by(Rendition.file_id)
    )
    return dict(session.execute(counted).tuples().all())


def still_uploading(begun_before: datetime) -> list[int]:
    """Files with an upload in the store that was begun before the instant, oldest first."""
    unfinished = select(File.id).where(
        File.state == "uploading", File.upload_id.is_not(None), File.created_at < begun_before
    )
    return list(session.scalars(unfinished.order_by(File.id)))


def not_yet_verified(stored_before: datetime) -> list[int]:
    """Files that stand whole in the store since before the instant, and whose verdict is not there."""
    waiting = select(File.id).where(File.state.in_(("stored", "verifying")), File.stored_at < stored_before)
    return list(session.scalars(waiting.order_by(File.stored_at)))


def waiting_for_light(verified_before: datetime) -> list[int]:
    """Files that are ready since before the instant, and whose light versions are not made."""
    waiting = select(File.id).where(File.state == "ready", File.light == "waiting", File.verified_at < verified_before)
    return list(session.scalars(waiting.order_by(File.verified_at)))


def without_scan(most_bytes: int, limit: int) -> list[int]:
    """Files that are ready and that no scanner has read, though one that reads so many bytes could; oldest first."""
    unread = select(File.id).where(
        File.state == "ready",
        File.scan.in_(("not_scanned", "failed")),
        File.size <= most_bytes,
        File.facts["unscanned"].as_string().is_(None),
    )
    return list(session.scalars(unread.order_by(File.id).limit(limit)))


def named(keys: Collection[str]) -> set[str]:
    """Which of these keys of the store a row names."""
    originals = select(File.key).where(File.key.in_(keys))
    pages = select(Rendition.key).where(Rendition.key.in_(keys))
    return {key for key in session.scalars(union(originals, pages)) if key}
