"""Archives that were made, and the works that lie in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from award import dates
from award.archive.models import Archive
from award.db import session
from award.editions.models import Category, Genre
from award.entries.models import Authorship, Entry
from award.features import StoredObject
from award.links import web_address
from award.people.models import Newsroom
from award.results.front import known
from award.results.lines import within
from award.results.models import Result
from award.results.queries import prize_works
from award.results.words import note_of
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
    unnamed: bool = False
    """One of its authors took back the consent to being named."""
    notes: tuple[str, ...] = ()
    """What was decided of it after the publication: a prize given later or taken back, words that were corrected."""


def works(edition_id: int, since: datetime, *, public: bool) -> list[KeptWork]:
    """Those with a prize, from the top; for the house those that lost theirs after them, then the other eligible ones
    by code."""
    prized = _prized(edition_id, since, public=public)
    if public:
        return prized
    had = {work.entry_id for work in prized}
    return [*prized, *(work for work in _eligible(edition_id) if work.entry_id not in had)]


def _prized(edition_id: int, since: datetime, *, public: bool) -> list[KeptWork]:
    listed: dict[str, KeptWork] = {}
    given = prize_works(edition_id, "decided", "revoked")
    if public:
        standing = {work.key for work in given if work.state != "revoked"}
        given = [work for work in known(given, since) if work.key in standing]
    numbers = _numbers([work.key for work in given])
    for work in sorted(given, key=lambda each: each.state == "revoked"):  # the order of the others stays
        told = _told(work, numbers[work.key], public=public)
        before = listed.get(work.key)
        if before:
            notes = tuple(dict.fromkeys((*before.notes, *told.notes)))
            told = replace(before, prizes=(*before.prizes, *told.prizes), notes=notes)
        listed[work.key] = told
    return list(listed.values())


def somebody_unnamed(edition_id: int) -> bool:
    """Whether an author of a work with a prize, standing or taken back, took back the consent to being named."""
    return any(author.unnamed for work in prize_works(edition_id, "decided", "revoked") for author in work.authors)


def public_archives_of(person_id: int) -> Sequence[Archive]:
    """Those for everybody that stand, or are being made, of editions in which a work of this author had a prize."""
    wrote = select(Authorship.entry_id).where(Authorship.person_id == person_id)
    editions = select(Result.edition_id).where(Result.entry_id.in_(wrote), Result.state.in_(("decided", "revoked")))
    standing = (Archive.audience == "public", Archive.state.in_(("building", "ready")))
    return session.scalars(
        select(Archive).where(*standing, Archive.edition_id.in_(editions)).order_by(Archive.id)
    ).all()


def _told(work: PrizeWork, entry_id: int, *, public: bool) -> KeptWork:
    said = work.for_public() if public else work
    return KeptWork(
        entry_id=entry_id,
        key=work.key,
        code="" if public else work.code,
        title=work.title,
        kind=work.kind_words,
        authors=said.author_words,
        newsroom=work.newsroom,
        parts=work.parts,
        prizes=() if work.state == "revoked" else (work.level.name,),
        unnamed=any(author.unnamed for author in work.authors),
        notes=tuple(_notes(work, public=public)),
    )


def _notes(work: PrizeWork, *, public: bool) -> Iterator[str]:
    """In the words of the public pages; the house is also told how it read before, and on which evidence."""
    if work.awarded and work.lowered_from:
        paper = {"number": work.awarded.number, "day": dates.day(work.awarded.day)}
        yield _(
            "Chuyển từ %(former)s xuống theo Quyết định số %(number)s, ngày %(day)s.",
            former=within(work.lowered_from),
            **paper,
        )
    elif work.awarded:
        paper = {"number": work.awarded.number, "day": dates.day(work.awarded.day)}
        yield _("Trao theo Quyết định số %(number)s, ngày %(day)s.", **paper)
    if work.revoked:
        paper = {"number": work.revoked.number, "day": dates.day(work.revoked.day)}
        words = {"level": work.level.name, "title": work.title, **paper}
        yield _(
            "%(level)s của tác phẩm “%(title)s” đã thu hồi theo Quyết định số %(number)s, ngày %(day)s. "
            "Giấy chứng nhận không còn giá trị.",
            **words,
        )
    if work.corrected and public:
        yield _("Đã đính chính ngày %(day)s.", day=dates.day(work.corrected[-1].on))
    elif work.corrected:
        yield from (note_of(each) for each in work.corrected)


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
