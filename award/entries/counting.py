"""How many other works authors and organs have in an edition: counted for all entries of a statement together."""

from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Text, and_, case, cast, exists, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from award.editions.models import Category, Clause
from award.entries.models import Authorship, Entry, Part


class Counts:
    """The counts of the entries that `where` finds, as columns for the statement that reads them.

    Each is worked out once for the whole statement: by matches of names and accounts, and by totals of organs. What
    the entry itself and the one it revises add to a total is taken off again. With `here` a count is of the works of
    the entry's own category.
    """

    def __init__(self, *where: ColumnElement[bool]) -> None:
        first = aliased(Entry)
        since = select(first.submitted_at).where(first.id == Entry.revises_id).correlate(Entry).scalar_subquery()
        self._target = (
            select(
                Entry.id,
                Entry.edition_id,
                Entry.category_id,
                Entry.revises_id,
                func.coalesce(Entry.submitted_at, since).label("since"),
            )
            .where(*where)
            .cte("counted")
        )
        self._submitted = (
            select(
                Entry.id,
                Entry.edition_id,
                Entry.category_id,
                Entry.newsroom_id,
                _organ(Entry.newsroom_id, Entry.newsroom_text),
            )
            .where(Entry.state == "submitted", Entry.edition_id.in_(select(self._target.c.edition_id)))
            .cte("submitted")
        )
        self._pairs = self._paired()
        self._people = self._people_counted()
        self._publishers, self._employers = self._by_publisher(), self._by_employer()

    def works(self, *, here: bool = False) -> ColumnElement[int]:
        """Other works of surely the same person."""
        return self._of_author(self._people.c.works_here if here else self._people.c.works)

    def namesakes(self, *, here: bool = False) -> ColumnElement[int]:
        """Other works of somebody with the same name, who may be another person."""
        return self._of_author(self._people.c.namesakes_here if here else self._people.c.namesakes)

    def publisher_works(self, *, here: bool = False) -> ColumnElement[int]:
        """Other works that appeared, whole or in a part, in the same organ."""
        return self._appeared_in(_organ(Entry.newsroom_id, Entry.newsroom_text), (Entry,), here=here)

    def outlet_works(self, *, here: bool = False) -> ColumnElement[int]:
        """The same of the organ that a part of the work names as its own."""
        return self._appeared_in(_organ(Part.newsroom_id, Part.newsroom_text), (Entry, Part), here=here)

    def _appeared_in(self, organ: Any, around: tuple[type[Any], ...], *, here: bool) -> ColumnElement[int]:
        mine, part = aliased(Entry), aliased(Part)
        there = exists().where(part.entry_id == mine.id, _organ(part.newsroom_id, part.newsroom_text) == organ)
        own = select(func.count()).where(
            mine.id.in_([Entry.id, Entry.revises_id]),
            mine.state == "submitted",
            or_(_organ(mine.newsroom_id, mine.newsroom_text) == organ, there.correlate(mine, *around)),
        )
        total = _total(self._publishers, organ, here=here)
        return _where_limited("publisher", total.correlate(*around), own.correlate(*around), here=here)

    def employer_works(self, *, here: bool = False) -> ColumnElement[int]:
        """Other works with an author of the same organ."""
        author, mine = aliased(Authorship), aliased(Entry)
        organ = _organ(Authorship.employer_id, Authorship.employer_text)
        own = (
            select(func.count(mine.id.distinct()))
            .join_from(mine, author, author.entry_id == mine.id)
            .where(
                mine.id.in_([Entry.id, Entry.revises_id]),
                mine.state == "submitted",
                _organ(author.employer_id, author.employer_text) == organ,
            )
        )
        total = _total(self._employers, organ, here=here)
        around = (Entry, Authorship)
        return _where_limited("employer", total.correlate(*around), own.correlate(*around), here=here)

    def group_works(self, *, here: bool = False) -> ColumnElement[int]:
        """Other works of exactly the same people, by their names; 0 where the rules do not limit them, uncounted."""
        other, pairs = aliased(Entry), self._pairs
        same = (
            select(func.count(other.id.distinct()))
            .join_from(pairs, other, other.id == pairs.c.entry_id)
            .where(pairs.c.here == Entry.id, *_counts_for(pairs, other), _names_of(other.id) == _names_of(Entry.id))
            .correlate(Entry)
        )
        limited = exists().where(
            Clause.edition_id == Entry.edition_id,
            Clause.code == "max_works_per_group",
            Clause.value["number"].as_integer() > 0,
        )
        if here:
            same = same.where(other.category_id == Entry.category_id)
            number = Category.limits["max_works_per_group"].as_integer()
            limited = exists().where(Category.id == Entry.category_id, number.is_not(None))
        return case((limited.correlate(Entry), same.scalar_subquery()), else_=0)

    def _by_publisher(self) -> CTE:
        """A work counts once for each organ it appeared in: that of the whole work, and those its parts name."""
        each, part = self._submitted, aliased(Part)
        named = or_(part.newsroom_id.is_not(None), part.newsroom_text != "")
        place = each.c.edition_id, each.c.category_id
        whole = select(each.c.id, *place, each.c.organ).where(each.c.organ != "")
        parts = select(each.c.id, *place, _organ(part.newsroom_id, part.newsroom_text))
        there = whole.union(parts.join_from(each, part, part.entry_id == each.c.id).where(named)).subquery()
        return (
            select(there.c.edition_id, there.c.category_id, there.c.organ, func.count().label("works"))
            .group_by(there.c.edition_id, there.c.category_id, there.c.organ)
            .cte("publishers")
            .prefix_with("MATERIALIZED")  # asked for each row, worked out once
        )

    def _by_employer(self) -> CTE:
        each, author = self._submitted, aliased(Authorship)
        organ = _organ(author.employer_id, author.employer_text)
        return (
            select(each.c.edition_id, each.c.category_id, organ, func.count(each.c.id.distinct()).label("works"))
            .join_from(each, author, author.entry_id == each.c.id)
            .where(organ != "")
            .group_by(each.c.edition_id, each.c.category_id, organ)
            .cte("employers")
            .prefix_with("MATERIALIZED")  # asked for each row, worked out once
        )

    def _of_author(self, counted: ColumnElement[int]) -> ColumnElement[int]:
        found = select(counted).where(self._people.c.id == Authorship.id).correlate(Authorship).scalar_subquery()
        return func.coalesce(found, 0)

    def _paired(self) -> CTE:
        """Authorship -> the works whose authors may be the same person.

        Who may be meant is found first, through the indexes of names and accounts: a handful of rows, whatever the
        edition holds.
        """
        target, ours, theirs = self._target, aliased(Authorship), aliased(Authorship)
        context = (
            ours.id.label("ours"),
            target.c.id.label("here"),
            target.c.edition_id,
            target.c.category_id,
            target.c.revises_id,
            target.c.since,
        )
        return (
            select(*context, theirs.entry_id, _same_person(ours, theirs).label("same"))
            .join_from(target, ours, ours.entry_id == target.c.id)
            .join(theirs, theirs.name_folded == ours.name_folded)
            .where(ours.name_folded != "")
            .union(
                select(*context, theirs.entry_id, true())
                .join_from(target, ours, ours.entry_id == target.c.id)
                .join(theirs, theirs.person_id == ours.person_id)
            )
            .cte("pairs")
        )

    def _people_counted(self) -> CTE:
        """Authorship -> works of the same person, works of namesakes, all and those of the category."""
        pairs, other = self._pairs, aliased(Entry)
        works, here = func.count(other.id.distinct()), other.category_id == pairs.c.category_id
        return (
            select(
                pairs.c.ours.label("id"),
                works.filter(pairs.c.same).label("works"),
                works.filter(pairs.c.same, here).label("works_here"),
                works.filter(~pairs.c.same).label("namesakes"),
                works.filter(~pairs.c.same, here).label("namesakes_here"),
            )
            .join_from(pairs, other, other.id == pairs.c.entry_id)
            .where(*_counts_for(pairs, other))
            .group_by(pairs.c.ours)
            .cte("people")
        )


def _counts_for(pairs: CTE, other: type[Entry]) -> tuple[ColumnElement[bool], ...]:
    """Whether the other work counts beside the one here.

    A work that was submitted is set against those submitted before it, so that the fourth of four is one too many and
    the first is not.
    """
    return (
        other.state == "submitted",
        other.edition_id == pairs.c.edition_id,
        other.id != pairs.c.here,
        other.id.is_distinct_from(pairs.c.revises_id),
        or_(pairs.c.since.is_(None), other.submitted_at < pairs.c.since),
    )


def _names_of(entry_id: Any) -> Any:
    """The folded names of the work's authors, in one order."""
    author = aliased(Authorship)
    names = func.array_agg(aggregate_order_by(author.name_folded.distinct(), author.name_folded))
    return select(names).where(author.entry_id == entry_id).correlate_except(author).scalar_subquery()


def _same_person(ours: type[Authorship], theirs: type[Authorship]) -> ColumnElement[bool]:
    """One account; or one name with the same telephone or organ, and nothing that tells them apart."""
    by_account = func.coalesce(theirs.person_id == ours.person_id, False)
    accounts_differ = func.coalesce(theirs.person_id != ours.person_id, False)
    here, there = (func.regexp_replace(each.phone, r"\D", "", "g") for each in (ours, theirs))
    phones_differ = and_(here != "", there != "", here != there)
    organs = [_organ(each.employer_id, each.employer_text) for each in (ours, theirs)]
    linked = or_(and_(here != "", here == there), and_(organs[0] != "", organs[0] == organs[1]))
    by_name = and_(theirs.name_folded == ours.name_folded, ~accounts_differ, ~phones_differ, linked)
    return or_(by_account, by_name)


def _organ(number: Any, words: Any) -> Any:
    """One text for an organ: its number when it is listed, otherwise its name as typed, whatever its case."""
    listed = literal("#") + cast(number, Text)
    return func.coalesce(listed, func.lower(words)).label("organ")


def _total(totals: CTE, organ: Any, *, here: bool) -> Any:
    """The works of an organ in the entry's edition, or in its category."""
    found = select(func.sum(totals.c.works)).where(totals.c.edition_id == Entry.edition_id, totals.c.organ == organ)
    return found.where(totals.c.category_id == Entry.category_id) if here else found


def _where_limited(organ: str, total: Any, own: Any, *, here: bool) -> ColumnElement[int]:
    """Total without one's own, in an edition whose rules limit works by this kind of organ; 0 in others, uncounted.

    A category that has a limit of its own counts by the kind of organ the edition's rule names, or by the publisher.
    """
    rule = (Clause.edition_id == Entry.edition_id, Clause.code == "max_works_per_newsroom")
    around, counted_by = (Entry, Authorship, Part), Clause.value["choice"].as_string()
    limited: ColumnElement[bool] = exists().where(*rule, counted_by == organ).correlate(*around)
    if here:
        other = exists().where(*rule, counted_by != organ)
        number = Category.limits["max_works_per_newsroom"].as_integer()
        own_number = exists().where(Category.id == Entry.category_id, number.is_not(None)).correlate(*around)
        limited = and_(own_number, ~other.correlate(*around) if organ == "publisher" else limited)
    left = func.coalesce(total.scalar_subquery(), 0) - own.scalar_subquery()
    return case((limited, cast(left, BigInteger)), else_=0)
