"""Archives that were made, and the works that lie in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from award.archive.models import Archive
from award.db import session
from award.editions.models import Category, Genre
from award.entries.models import Entry
from award.features import StoredObject
from award.links import web_address
from award.people.models import Newsroom
from award.results.front import known
from award.results.queries import prize_works
from award.results.works import PrizeWork, PublishedPart, authors_of, publisher_of
from award.screening.models import Screening
from award.screening.queries import eligible


def archives(edition_id: int) -> Sequence[Archive]:
    """The newest first."""
    found = select(Archive).where(Archive.edition_id == edition_id)
    return session.scalars(found.order_by(Archive.id.desc()).limit(20)).all()


def archive(edition_id: int, public_id: str) -> Archive | None:
    return session.scalar(select(Archive).where(Archive.edition_id == edition_id, Archive.public_id == public_id))


def held(archive_id: int) -> Archive:
    """The archive as it is this moment, nobody else's to change until the commit."""
    found = select(Archive).where(Archive.id == archive_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def has_archive(edition_id: int) -> bool:
    """Whether one was made, or is being made."""
    found = (
        select(Archive.id).where(Archive.edition_id == edition_id, Archive.state.in_(("building", "ready"))).limit(1)
    )
    return session.scalar(found) is not None


def still_building(asked_before: datetime) -> Sequence[Archive]:
    """Those asked for before the instant and not there yet."""
    found = select(Archive).where(Archive.state == "building", Archive.created_at < asked_before)
    return session.scalars(found.order_by(Archive.id)).all()


def former(archive: Archive) -> Sequence[Archive]:
    """Those for the same audience that stood before this one."""
    same = (Archive.edition_id == archive.edition_id, Archive.audience == archive.audience, Archive.state == "ready")
    return session.scalars(select(Archive).where(*same, Archive.id < archive.id).order_by(Archive.id)).all()


def stored_objects() -> Iterator[StoredObject]:
    """The ZIPs that stand."""
    for each in session.scalars(select(Archive).where(Archive.state == "ready").order_by(Archive.id)):
        yield StoredObject(each.key, each.size or 0, f"archive {each.public_id}", each.public_id, each.sha256)


@dataclass(frozen=True)
class KeptWork:
    """A work as the archive tells of it: published words, no telephone, no address, no mark."""

    entry_id: int
    key: str
    code: str
    """The one judges knew it by; the public never does."""
    title: str
    kind: str
    authors: str
    newsroom: str
    parts: tuple[PublishedPart, ...]
    prizes: tuple[str, ...] = ()


def works(edition_id: int, since: datetime, *, public: bool) -> list[KeptWork]:
    """Those with a prize, from the top; for the house the other eligible ones after them, by code."""
    prized = _prized(edition_id, since, public=public)
    if public:
        return prized
    had = {work.entry_id for work in prized}
    return [*prized, *(work for work in _eligible(edition_id) if work.entry_id not in had)]


def _prized(edition_id: int, since: datetime, *, public: bool) -> list[KeptWork]:
    listed: dict[str, KeptWork] = {}
    given = known(prize_works(edition_id, "decided", "revoked"), since)
    standing = [work for work in given if work.state != "revoked"]
    numbers = _numbers([work.key for work in standing])
    for work in standing:
        told = _told(work.for_public(), numbers[work.key], code="") if public else _told(work, numbers[work.key])
        before = listed.get(work.key)
        listed[work.key] = replace(before, prizes=(*before.prizes, *told.prizes)) if before else told
    return list(listed.values())


def _told(work: PrizeWork, entry_id: int, code: str | None = None) -> KeptWork:
    return KeptWork(
        entry_id=entry_id,
        key=work.key,
        code=work.code if code is None else code,
        title=work.title,
        kind=work.kind_words,
        authors=work.author_words,
        newsroom=work.newsroom,
        parts=work.parts,
        prizes=(work.level.name,),
    )


def _numbers(keys: Sequence[str]) -> dict[str, int]:
    found = session.execute(select(Entry.public_id, Entry.id).where(Entry.public_id.in_(keys)))
    return dict(found.tuples().all())


def _eligible(edition_id: int) -> Iterator[KeptWork]:
    found = (
        select(Entry, Category, Genre, Newsroom, Screening.blind_code)
        .join(Category, Category.id == Entry.category_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .outerjoin(Newsroom, Newsroom.id == Entry.newsroom_id)
        .where(Entry.id.in_(eligible(edition_id)))
        .options(selectinload(Entry.authors), selectinload(Entry.parts), selectinload(Newsroom.names))
        .order_by(Screening.blind_code, Entry.id)
    )
    for entry, category, genre, newsroom, code in session.execute(found).tuples():
        yield KeptWork(
            entry_id=entry.id,
            key=entry.public_id,
            code=code or entry.code or "",
            title=entry.title,
            kind=", ".join(word for word in (genre.name if genre else "", category.name) if word),
            authors=", ".join(str(author) for author in authors_of(entry)),
            newsroom=publisher_of(entry, newsroom),
            parts=tuple(
                PublishedPart(part.ordinal, part.title, part.published_on, part.where, web_address(part.link))
                for part in entry.parts
            ),
        )
