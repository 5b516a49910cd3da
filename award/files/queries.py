"""Questions about files. None of them decides who may see one: that is the owner's."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, union

from award.db import session
from award.files.models import File, Rendition


def by_public_id(public_id: str) -> File | None:
    return session.scalar(select(File).where(File.public_id == public_id))


def sent_by(person_id: int, public_id: str) -> File | None:
    """The file, when this person uploaded it."""
    return session.scalar(select(File).where(File.public_id == public_id, File.uploader_id == person_id))


def standing_in(place: Collection[int], person_id: int, fingerprint: str, size: int) -> File | None:
    """The person's own file with these bytes among the files of a place, unless it was rejected."""
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


def renditions(file_ids: Collection[int]) -> dict[int, list[Rendition]]:
    """Everything that was made of each file that is ready, by kind and in order."""
    found = session.scalars(
        select(Rendition)
        .join(File)
        .where(Rendition.file_id.in_(file_ids), File.state == "ready")
        .order_by(Rendition.file_id, Rendition.kind, Rendition.ordinal)
    )
    made: defaultdict[int, list[Rendition]] = defaultdict(list)
    for rendition in found:
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
    return {file.id: file for file in session.scalars(select(File).where(File.id.in_(file_ids)))}


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


def named(keys: Collection[str]) -> set[str]:
    """Which of these keys of the store a row names."""
    originals = select(File.key).where(File.key.in_(keys))
    pages = select(Rendition.key).where(Rendition.key.in_(keys))
    return {key for key in session.scalars(union(originals, pages)) if key}
