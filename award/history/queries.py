"""Questions about earlier editions: their works, the lists they were read from, what a new list is held against."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import selectinload

from award.clock import now
from award.dates import local
from award.db import session
from award.documents.listings import Told
from award.editions.models import Award, Edition, PrizeLevel
from award.history import naming
from award.history.cells import Known, Organ
from award.history.checking import organ_names
from award.history.models import HistoryImport, PastAuthor, PastWork
from award.paging import Order, Page, Turn, page
from award.people.models import NewsroomName, Person
from award.text import words as words_of

MOST_ALIKE = 100
DRAFTS_STAY = timedelta(days=1)

_ORDER = Order(
    (
        -PastWork.year,
        PastWork.award_key.expression,
        PastWork.level_rank.expression,
        PastWork.title_key.expression,
        PastWork.id.expression,
    ),
    lambda public_id: PastWork.public_id == public_id,
)
_ROWS_OF_A_LIST = Order((PastWork.source_row.expression,), lambda public_id: PastWork.public_id == public_id)
_LISTS = Order((HistoryImport.id.expression,), lambda public_id: HistoryImport.public_id == public_id, falling=True)


@dataclass(frozen=True)
class Held:
    """An edition that works are recorded of. `key` stands for it in addresses."""

    award_name: str
    award_key: str
    ordinal: str
    year: int
    works: int

    @property
    def key(self) -> str:
        return f"{self.year}-{words_of(self.award_key).replace(' ', '-')}"

    @property
    def words(self) -> str:
        return naming.edition_words(self.ordinal, self.year)


def visible_to(*, staff: bool) -> ColumnElement[bool]:
    """Works that somebody may read: all of them for who keeps the lists, otherwise those flagged public."""
    return PastWork.id.is_not(None) if staff else PastWork.public.is_(True)


def editions_held(award_id: int, *, staff: bool, but: int) -> list[Held]:
    """The editions whose works the reader may see, the latest first, without the one that is looked from.

    The award's two names are one award.
    """
    found = (
        select(
            func.max(PastWork.award_name).label("award_name"),
            PastWork.award_key,
            func.max(PastWork.ordinal).label("ordinal"),
            PastWork.year,
            func.count().label("works"),
        )
        .where(PastWork.award_id == award_id, PastWork.edition_id.is_distinct_from(but), visible_to(staff=staff))
        .group_by(PastWork.award_key, PastWork.year)
        .order_by(PastWork.year.desc(), PastWork.award_key)
    )
    return [Held(**row._mapping) for row in session.execute(found)]


def works(award_id: int, *, staff: bool, but: int, held: Held | None = None, words: str = "") -> Select[PastWork]:
    """Works the reader may see, editions from the latest, prizes from the highest, then by title.

    The edition that is looked from, `but`, is no earlier one.
    `words` are looked for without marks and case in titles, names of authors and organs, and names of the award.
    """
    found = select(PastWork).where(PastWork.award_id == award_id, PastWork.edition_id.is_distinct_from(but))
    found = found.where(visible_to(staff=staff)).order_by(*_ORDER.columns)
    if held is not None:
        found = found.where(PastWork.award_key == held.award_key, PastWork.year == held.year)
    if sought := words_of(words):
        by_author = select(PastAuthor.work_id).where(PastAuthor.name_folded.contains(sought, autoescape=True))
        looked_at = (PastWork.title_words, PastWork.award_words, PastWork.newsroom_folded)
        found = found.where(
            or_(*(each.contains(sought, autoescape=True) for each in looked_at), PastWork.id.in_(by_author))
        )
    return found


def page_of(asked: Select[PastWork], turn: Turn) -> Page[PastWork]:
    """A page of `works`."""
    return _alone(page(asked, _ORDER, turn, lambda row: row.PastWork.public_id))


def _alone(found: Page[Any]) -> Page[PastWork]:
    return found.of([row.PastWork for row in found.rows])


def lists(award_id: int, turn: Turn) -> Page[tuple[HistoryImport, Person]]:
    """Lists that were taken in, and drafts that still stand, the newest first, with who read them in."""
    found = (
        select(HistoryImport, Person)
        .join(Person, Person.id == HistoryImport.read_by_id)
        .where(HistoryImport.award_id == award_id)
    )
    return page(found, _LISTS, turn, lambda row: row.HistoryImport.public_id)


def list_of(award_id: int, public_id: str) -> HistoryImport | None:
    return session.scalar(
        select(HistoryImport).where(HistoryImport.award_id == award_id, HistoryImport.public_id == public_id)
    )


def done_before(award_id: int, sha256: str) -> HistoryImport | None:
    """The list that was taken in from the same bytes and still stands."""
    found = select(HistoryImport).where(
        HistoryImport.award_id == award_id, HistoryImport.file_sha256 == sha256, HistoryImport.state == "done"
    )
    return session.scalar(found.order_by(HistoryImport.id.desc()).limit(1))


def old_drafts(award_id: int, person_id: int | None, at: datetime) -> Sequence[HistoryImport]:
    """Drafts of the person, whom one at a time concerns, and those of others that were left lying."""
    stale = or_(HistoryImport.read_by_id == person_id, HistoryImport.created_at < at - DRAFTS_STAY)
    found = select(HistoryImport).where(HistoryImport.award_id == award_id, HistoryImport.state == "draft", stale)
    return session.scalars(found).all()


def works_of(list_id: int, turn: Turn) -> Page[PastWork]:
    """A page of the works that a list brought, in the order of its rows."""
    found = select(PastWork).where(PastWork.import_id == list_id)
    return _alone(page(found, _ROWS_OF_A_LIST, turn, lambda row: row.PastWork.public_id))


def published_of(edition_id: int) -> Sequence[PastWork]:
    """What the record holds of an edition held here, with its authors."""
    found = select(PastWork).where(PastWork.edition_id == edition_id).options(selectinload(PastWork.authors))
    return session.scalars(found).all()


def told_by_lists(award_id: int) -> frozenset[str]:
    """Which prizes lists have told of."""
    found = select(PastWork.identity).where(PastWork.award_id == award_id, PastWork.import_id.is_not(None))
    return frozenset(session.scalars(found))


def how_many_public(list_id: int) -> int:
    counted = select(func.count()).where(PastWork.import_id == list_id, PastWork.public.is_(True))
    return session.scalar(counted) or 0


@dataclass(frozen=True)
class Alike:
    """A work on record that may be one that is sought, with how near the titles are and whether the address is one."""

    work: PastWork
    near: float
    linked: bool
    authors: tuple[frozenset[str], ...]
    """The folded names of each author."""


def alike(
    award_id: int, *, title_words: str, link_keys: Collection[str], names: Collection[str], but_of: int
) -> list[Alike]:
    """Works on record with a title near the one sought, one of its addresses or one of its authors, the nearest first.

    `but_of` is the edition that is looked at: its own prizes are no earlier ones.
    """
    near = func.similarity(PastWork.title_words, title_words)
    linked = PastWork.link_key.in_(link_keys) & (PastWork.link_key != "")
    candidates = union(  # each through its own index; joined by OR they would be looked for row by row
        select(PastWork.id).where(PastWork.title_words.op("%")(title_words)),
        select(PastWork.id).where(PastWork.award_id == award_id, linked),
        select(PastAuthor.work_id).where(PastAuthor.name_folded.in_(names)),
    ).cte("candidates")
    named = (
        select(func.jsonb_agg(func.jsonb_build_array(PastAuthor.ordinal, PastAuthor.name_folded)))
        .where(PastAuthor.work_id == PastWork.id)
        .scalar_subquery()
    )
    found = (
        select(PastWork, near.label("near"), linked.label("linked"), named.label("names"))
        .join(candidates, candidates.c.id == PastWork.id)
        .where(PastWork.award_id == award_id, PastWork.edition_id.is_distinct_from(but_of))
        .order_by(linked.desc(), near.desc(), PastWork.id)
        .limit(MOST_ALIKE)
    )
    return [Alike(row.PastWork, row.near, row.linked, _by_author(row.names or ())) for row in session.execute(found)]


def over_editions(award_id: int, public_id: str, *, staff: bool) -> Sequence[PastWork]:
    """The prizes of one work in all editions and awards on record, the oldest first, as far as the reader may see them.

    One work: the same title, or the same address where it was published, and an author in common. Nothing where the
    reader may not see the prize that is named.
    """
    of = session.scalar(
        select(PastWork).where(PastWork.award_id == award_id, PastWork.public_id == public_id, visible_to(staff=staff))
    )
    if of is None:
        return ()
    names = select(PastAuthor.name_folded).where(PastAuthor.work_id == of.id)
    shared = select(PastAuthor.work_id).where(PastAuthor.name_folded.in_(names))
    same = or_(PastWork.title_words == of.title_words, and_(PastWork.link_key == of.link_key, PastWork.link_key != ""))
    found = select(PastWork).where(
        PastWork.award_id == award_id,
        visible_to(staff=staff),
        or_(PastWork.id == of.id, and_(same, PastWork.id.in_(shared))),
    )
    return session.scalars(found.order_by(PastWork.year, PastWork.level_rank, PastWork.id)).all()


def _by_author(named: Iterable[tuple[int, str]]) -> tuple[frozenset[str], ...]:
    authors: dict[int, set[str]] = defaultdict(set)
    for ordinal, name in named:
        authors[ordinal].add(name)
    return tuple(frozenset(names) for names in authors.values())


def own_levels(award_id: int) -> dict[str, int]:
    """Words of every prize in the structures of the award's editions -> its rank there."""
    found = (
        select(PrizeLevel.name, func.min(PrizeLevel.rank).label("rank"))
        .join(Edition, Edition.id == PrizeLevel.edition_id)
        .where(Edition.award_id == award_id)
        .group_by(PrizeLevel.name)
    )
    return {naming.own_level(row.name): row.rank for row in session.execute(found)}


def organs_called(names: Iterable[str]) -> dict[str, list[Organ]]:
    """Words of a name -> the organs that bear or bore it, the latest first."""
    wanted = set(names)
    if not wanted:
        return {}
    found = select(NewsroomName.name, NewsroomName.newsroom_id, NewsroomName.valid_from, NewsroomName.valid_to)
    organs: dict[str, list[Organ]] = defaultdict(list)
    for row in session.execute(found.order_by(NewsroomName.valid_from.desc(), NewsroomName.id)):
        if (called := words_of(row.name)) in wanted:
            organs[called].append(Organ(row.newsroom_id, row.valid_from, row.valid_to))
    return dict(organs)


def known(award: Award, rows: Sequence[Told]) -> Known:
    """What the rows of a new list are held against, as it stands now."""
    recorded = session.execute(
        select(PastWork.identity, PastWork.award_key, PastWork.year, PastWork.title_words).where(
            PastWork.award_id == award.id
        )
    ).all()
    return Known(
        award_name=award.name,
        this_year=local(now()).year,
        levels=own_levels(award.id),
        organs=organs_called(organ_names(rows)),
        identities=frozenset(row.identity for row in recorded),
        titles=frozenset((row.award_key, row.year, row.title_words) for row in recorded),
    )
