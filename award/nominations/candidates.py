"""A work as a candidate for the national award: how it is asked for, with its place and its prizes, and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import aliased, joinedload, selectinload

from award.editions.models import Category, Genre, NationalEdition, PrizeLevel, Round
from award.entries.declarations import Declaration
from award.entries.declarations import standing as standing_in
from award.entries.models import Authorship, Entry
from award.nominations.national import Candidate
from award.people.models import Newsroom
from award.people.queries import consent_withdrawn
from award.results.models import Result, Standing
from award.results.queries import corrections
from award.results.works import Corrected, authors_of, corrected_of, publisher_of, said_of
from award.screening.models import Screening
from award.text import folded

Word = tuple[str, int | None]
"""A word of a work that can be corrected: which, and of which authorship if it is a name."""


@dataclass(frozen=True)
class Work:
    """A work that may go, or goes, to the national award: as its rules see it, and as people read it."""

    entry: Entry
    title: str
    category: str
    genre: str
    newsroom: str
    authors: str
    code: str
    level: str
    """Of our own prizes all that the work has, from the highest."""
    prize_decided: bool
    prize_revoked: bool
    """A prize of the work was taken back."""
    rank: int | None
    facts: Candidate
    group: str = ""
    """What the national award calls the works of its loại hình; the loại hình where it has no other name there."""
    said: Mapping[Word, str] = field(default_factory=dict)
    """Words of the work that were corrected after the decision; title, press organ and authors here are with them."""
    corrected: tuple[Corrected, ...] = ()


def last_ranked(edition_id: int) -> ScalarSelect[int]:
    """The number of the latest round that has been closed and ranked, asked along with its works."""
    place = aliased(Standing)
    ranked = select(place.id).where(place.round_id == Round.id).correlate(Round).exists()
    found = select(Round.id).where(Round.edition_id == edition_id, Round.state == "closed", ranked)
    return found.order_by(Round.ordinal.desc()).limit(1).correlate(None).scalar_subquery()


def works(
    edition_id: int, judged: Round | ScalarSelect[int] | None, columns: tuple[ColumnElement[Any], ...] = ()
) -> Select[Any]:
    """Works of the edition with their place in the round, if any, and their prize, if any."""
    of_prize, national = (_prize_names(), Result, _revoked(), Standing), (_group(), _unwilling(), corrections())
    whole = (Entry, Category, Genre, Newsroom, Screening, *of_prize, *national)
    place = and_(
        Standing.entry_id == Entry.id, Standing.round_id == (judged.id if isinstance(judged, Round) else judged)
    )
    prize = Result.id == _highest_prize()
    found: Select[Any] = (
        select(*(columns or whole))
        .select_from(Entry)
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .outerjoin(Newsroom, Newsroom.id == Entry.newsroom_id)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .outerjoin(Result, prize)
        .outerjoin(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .outerjoin(Standing, place)
        .where(Entry.edition_id == edition_id)
    )
    if columns:
        return found
    few = (Entry.authors, Entry.prior_prizes, Newsroom.names)
    return found.options(*(joinedload(each) for each in few), selectinload(Entry.parts))


def _highest_prize() -> ScalarSelect[int]:
    """Of the prizes of a work the one that stands highest: a work is one line, whatever it has."""
    each, level = aliased(Result), aliased(PrizeLevel)
    found = (
        select(each.id)
        .join(level, level.id == each.prize_level_id)
        .where(each.entry_id == Entry.id, each.state != "revoked")
        .order_by(level.rank, each.id)
    )
    return found.limit(1).correlate(Entry).scalar_subquery()


def _group() -> ScalarSelect[str | None]:
    """What the national award calls the works of the loại hình; null where nobody said."""
    named = select(NationalEdition.groups.op("->>", return_type=Text())(Category.code))
    named = named.where(NationalEdition.edition_id == Entry.edition_id)
    return named.correlate(Entry, Category).scalar_subquery()


def _unwilling() -> ScalarSelect[tuple[int, ...]]:
    """The authorships whose persons took back the consent to the use of their data."""
    numbers = ARRAY(BigInteger, as_tuple=True)
    found = select(func.coalesce(func.array_agg(Authorship.id, type_=numbers), cast([], numbers), type_=numbers))
    found = found.where(Authorship.entry_id == Entry.id, consent_withdrawn(Authorship.person_id))
    return found.correlate(Entry).scalar_subquery()


def _revoked() -> ColumnElement[bool]:
    """Whether a prize of the work was taken back."""
    each = aliased(Result)
    return exists().where(each.entry_id == Entry.id, each.state == "revoked").correlate(Entry)


def _prize_names() -> ScalarSelect[str]:
    """Giải C; Giải Chuyên đề."""
    each, level = aliased(Result), aliased(PrizeLevel)
    named = func.string_agg(level.name, aggregate_order_by(literal("; "), level.rank, level.id))
    found = (
        select(func.coalesce(named, ""))
        .select_from(each)
        .join(level, level.id == each.prize_level_id)
        .where(each.entry_id == Entry.id, each.state != "revoked")
    )
    return found.correlate(Entry).scalar_subquery()


def work(
    asked: Declaration | None,
    entry: Entry,
    category: Category,
    genre: Genre | None,
    newsroom: Newsroom | None,
    screening: Screening | None,
    levels: str,
    result: Result | None,
    revoked: bool,
    standing: Standing | None,
    group: str | None,
    unwilling: tuple[int, ...],
    corrected: str,
) -> Work:
    said = said_of(corrected)
    authors = authors_of(entry, (), said)
    agreed = asked is None or bool(standing_in(entry.declared, {asked.code: asked}))
    return Work(
        entry=entry,
        title=said.get(("title", None), entry.title),
        category=category.name,
        genre=genre.name if genre else "",
        newsroom=said.get(("newsroom", None)) or publisher_of(entry, newsroom),
        authors=", ".join(str(author) for author in authors),
        code=(screening.blind_code or "") if screening else "",
        level=levels,
        prize_revoked=revoked,
        prize_decided=result is not None and result.state == "decided",
        rank=standing.rank if standing else None,
        facts=Candidate(
            published_on=tuple(part.published_on for part in entry.parts),
            prior_awards=tuple(prize.award_name for prize in entry.prior_prizes),
            authors=frozenset(name for author in authors if (name := folded(author.name))),
            lacking=() if agreed else tuple(author.name for author in authors),
            taken_back=tuple(
                author.name for row, author in zip(entry.authors, authors, strict=True) if row.id in unwilling
            ),
        ),
        group=group or category.name,
        said=said,
        corrected=corrected_of(corrected),
    )
