"""What the database counts of an edition: all its works in one statement, whatever they are counted by."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    ScalarSelect,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.clauses import BY_CODE, cited
from award.editions.deadlines import organs_named_on
from award.editions.models import Category, Clause, Edition, PrizeLevel, Topic
from award.entries.author_sets import author_sets
from award.entries.models import Authorship, Entry
from award.people.heirs import OrganId, heir_of, name_of
from award.reports.comparison import EditionRow, Tally
from award.reports.statistics import CategoryRow, Counted, Counts, Frame, LevelRow, PrizeCount, TopicRow
from award.results.models import Honour, Publication, Result
from award.screening.models import Screening

BY = ("standing", "category_id", "organ", "topic_id", "day", "clause")
"""What works are counted by, one at a time. Their order is that of the bits in `grouping()`."""


def frame(edition: Edition) -> Frame:
    """Categories, topics, levels and clauses of the edition, in one statement."""
    row = session.execute(
        select(
            _rows(Category, edition, [Category.ordinal, Category.id], "id", "name", "medium"),
            _rows(Topic, edition, [Topic.ordinal, Topic.id], "id", "parent_id", "name", "focal"),
            _rows(PrizeLevel, edition, [PrizeLevel.rank, PrizeLevel.id], "id", "code", "name", "quota", "kind"),
            _rows(Clause, edition, [Clause.id], "code", "source", "illustrative"),
        )
    ).one()
    categories, topics, levels, clauses = row
    return Frame(
        tuple(CategoryRow(**each) for each in categories),
        tuple(TopicRow(**each) for each in topics),
        tuple(LevelRow(**each) for each in levels),
        {
            cited(each["source"], illustrative=each["illustrative"]): str(BY_CODE[each["code"]].label)
            for each in clauses
            if each["code"] in BY_CODE
        },
    )


def counts(edition: Edition, today: date) -> Counts:
    """The works of the edition counted by everything in `BY`, and its decided prizes: two statements."""
    named_on = organs_named_on(edition, today)
    works = _works(edition, named_on)
    by: dict[str, list[Counted]] = {name: [] for name in ("", *BY)}
    for row in session.execute(_grouped(works)):
        name = _GROUPED[row.which]
        figures = (row.received, row.eligible, row.flagged, row.authors, row.eligible_authors)
        by[name].append(Counted(getattr(row, name) if name else None, *figures))
    return Counts(
        total=by[""][0],
        standings=by["standing"],
        categories=by["category_id"],
        organs=by["organ"],
        topics=by["topic_id"],
        days=by["day"],
        clauses=by["clause"],
        prizes=_prizes(edition, named_on),
    )


def beside(edition: Edition, at: datetime, *, staff: bool) -> list[EditionRow]:
    """Editions of the award whose figures the reader may read, oldest first: those that are public; the staff's."""
    public = func.coalesce(Publication.at <= at, False)
    found = (
        select(Edition.id, Edition.slug, Edition.ordinal_words, Edition.year, public)
        .outerjoin(Publication, Publication.edition_id == Edition.id)
        .where(Edition.award_id == edition.award_id, Edition.state != "draft", Edition.trial_of_id.is_(None))
        .where(or_(public, Edition.id == edition.id) if staff else public)
        .order_by(Edition.ordinal, Edition.id)
    )
    return [EditionRow(*row) for row in session.execute(found).tuples()]


def works_across(
    edition_ids: Sequence[int], today: date, family: Collection[int] | None = None
) -> tuple[list[Tally], list[Tally], list[Tally]]:
    """Their works in all, by organ as it is called today, by loại hình; of the organs of `family` alone, if given."""
    eligible = and_(Screening.decision == "eligible", Entry.state != "withdrawn")
    works = (
        select(
            Entry.edition_id,
            _organ(today).label("organ"),
            Category.name.label("category"),
            func.coalesce(eligible, False).label("eligible"),
        )
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(Entry.edition_id.in_(edition_ids), Entry.code.is_not(None), _theirs(family))
        .cte("works_across")
    )
    which = func.grouping(works.c.organ, works.c.category)
    found = select(
        works.c.edition_id,
        works.c.organ,
        works.c.category,
        which.label("which"),
        func.count(),
        func.count().filter(works.c.eligible),
    ).group_by(
        func.grouping_sets(
            tuple_(works.c.edition_id),
            tuple_(works.c.edition_id, works.c.organ),
            tuple_(works.c.edition_id, works.c.category),
        )
    )
    whole: list[Tally] = []
    organs: list[Tally] = []
    categories: list[Tally] = []
    for edition_id, organ, category, which_, received, count in session.execute(found).tuples():
        into, name = {3: (whole, ""), 1: (organs, organ), 2: (categories, category)}[which_]
        into.append(Tally(edition_id, name, received, count))
    return whole, organs, categories


def units(edition_ids: Sequence[int], named_on: date) -> list[Tally]:
    """Works of each edition by where their authors work, as it is called on that day: one work once for each unit.

    Authors of organs that have become one by then are of one unit; whose employer is not told have none.
    """
    eligible = and_(Screening.decision == "eligible", Entry.state != "withdrawn")
    unit = func.nullif(_called(Authorship.employer_id, Authorship.employer_text, named_on, of=Authorship), "")
    works = (
        select(Entry.edition_id, Entry.id, unit.label("unit"), func.coalesce(eligible, False).label("eligible"))
        .add_columns((Result.state == "decided").label("given"))
        .join(Authorship, Authorship.entry_id == Entry.id)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .outerjoin(Result, Result.entry_id == Entry.id)
        .where(Entry.edition_id.in_(edition_ids), Entry.code.is_not(None))
        .distinct()
        .cte("works_of_units")
    )
    counted = [func.count(works.c.id.distinct()).filter(each) for each in (true(), works.c.eligible, works.c.given)]
    found = select(works.c.edition_id, works.c.unit, *counted).group_by(works.c.edition_id, works.c.unit)
    return [Tally(*row) for row in session.execute(found).tuples()]


def prizes_across(
    edition_ids: Sequence[int], today: date, family: Collection[int] | None = None
) -> list[tuple[int, str | None, str, int]]:
    """(edition, organ, loại hình, works) of works that have a prize: decided, and it stands."""
    organ = _organ(today).label("organ")
    found = (
        select(Result.edition_id, organ, Category.name, func.count(Result.entry_id.distinct()))
        .join(Entry, Entry.id == Result.entry_id)
        .join(Category, Category.id == Entry.category_id)
        .where(Result.edition_id.in_(edition_ids), Result.state == "decided", _theirs(family))
        .group_by(Result.edition_id, organ, Category.name)
    )
    return [tuple(row) for row in session.execute(found).tuples()]


def _theirs(family: Collection[int] | None) -> ColumnElement[bool]:
    return true() if family is None else Entry.newsroom_id.in_(family)


def came(edition_id: int) -> dict[date, int]:
    """Day in Vietnam → works received on it."""
    day = _day(Entry.submitted_at)
    found = select(day, func.count()).where(Entry.edition_id == edition_id, Entry.code.is_not(None)).group_by(day)
    return dict(session.execute(found).tuples().all())


def screened(edition_id: int) -> list[tuple[date, int, int]]:
    """(day, decided, of these eligible), from the first day on which something was decided."""
    day = _day(Screening.decided_at)
    found = (
        select(day, func.count(), func.count().filter(Screening.decision == "eligible"))
        .where(
            Screening.edition_id == edition_id,
            Screening.decided_at.is_not(None),
            Screening.decision.in_(("eligible", "ineligible")),
        )
        .group_by(day)
        .order_by(day)
    )
    return [tuple(row) for row in session.execute(found).tuples()]


def before(edition: Edition) -> Edition | None:
    """The edition of the award before this one."""
    found = select(Edition).where(
        Edition.award_id == edition.award_id,
        Edition.ordinal < edition.ordinal,
        Edition.state != "draft",
        Edition.trial_of_id.is_(None),
    )
    return session.scalar(found.order_by(Edition.ordinal.desc()).limit(1))


def _day(instant: Any) -> Any:
    return cast(func.timezone(literal("Asia/Ho_Chi_Minh"), instant), Date)


_EVERY = 2 ** len(BY) - 1
_GROUPED = {_EVERY: "", **{_EVERY ^ (1 << place): name for place, name in enumerate(reversed(BY))}}
"""What `grouping()` says -> the column whose groups a row is one of; empty for the row over all works."""


def _grouped(works: CTE) -> Any:
    columns = [works.c[name] for name in BY]
    eligible = works.c.standing == "eligible"
    return select(
        *columns,
        func.grouping(*columns).label("which"),
        func.count().label("received"),
        func.count().filter(eligible).label("eligible"),
        func.count().filter(works.c.flagged).label("flagged"),
        func.count(works.c.authors.distinct()).label("authors"),
        func.count(works.c.authors.distinct()).filter(eligible).label("eligible_authors"),
    ).group_by(func.grouping_sets(tuple_(), *columns))


def _works(edition: Edition, named_on: date) -> CTE:
    """Every work that was received, with what it is counted by."""
    behind = author_sets(edition.id)
    standing = case((Entry.state == "withdrawn", "withdrawn"), else_=func.coalesce(Screening.decision, "pending"))
    warned = func.jsonb_path_exists(
        Screening.findings, literal_column("""'$.findings[*] ? (@.verdict == "red" || @.verdict == "amber")'""")
    )
    ineligible = standing == "ineligible"
    return (
        select(
            standing.label("standing"),
            Entry.category_id,
            _organ(named_on).label("organ"),
            Entry.topic_id,
            _day(Entry.submitted_at).label("day"),
            case((ineligible, func.nullif(Screening.clause, ""))).label("clause"),
            func.coalesce(ineligible & warned, False).label("flagged"),
            behind.c.authors,
        )
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .outerjoin(behind, behind.c.entry_id == Entry.id)
        .where(Entry.edition_id == edition.id, Entry.code.is_not(None))
        .cte("works")
    )


def _prizes(edition: Edition, named_on: date) -> Sequence[PrizeCount]:
    organ, other = _organ(named_on).label("organ"), aliased(Result)
    again = exists().where(other.entry_id == Result.entry_id, other.state == "decided", other.id < Result.id)
    twice = func.count().filter(again.correlate(Result))
    of_works = (
        select(Result.prize_level_id, Entry.category_id, organ, func.count(), Entry.topic_id, twice)
        .join(Entry, Entry.id == Result.entry_id)
        .where(Result.edition_id == edition.id, Result.state == "decided")
        .group_by(Result.prize_level_id, Entry.category_id, organ, Entry.topic_id)
    )
    of_others = (
        select(Honour.prize_level_id, null(), null(), func.count(), null(), literal(0))
        .where(Honour.edition_id == edition.id, Honour.state == "decided")
        .group_by(Honour.prize_level_id)
    )
    return [PrizeCount(*row) for row in session.execute(union_all(of_works, of_others)).tuples()]


def _organ(named_on: date) -> Any:
    """The organ a work appeared in, or what that had become on that day, under the name it bore then; or as typed."""
    return _called(Entry.newsroom_id, Entry.newsroom_text, named_on, of=Entry)


def _called(organ: OrganId, typed: Any, named_on: date, *, of: type[Any]) -> Any:
    heir = heir_of(organ, named_on, of=of)
    return func.coalesce(name_of(heir, named_on, of=of), typed)


def _rows(of: type[Any], edition: Edition, order: Sequence[Any], *names: str) -> ScalarSelect[Any]:
    """The rows of a table that belong to the edition, as one JSON list."""
    pairs: list[Any] = []
    for name in names:
        pairs += [literal_column(f"'{name}'"), getattr(of, name)]
    built = func.jsonb_agg(aggregate_order_by(func.jsonb_build_object(*pairs), *order))
    found = select(func.coalesce(built, cast(literal_column("'[]'"), JSONB)))
    return found.where(of.edition_id == edition.id).scalar_subquery()
