"""How many other works authors and organs have in an edition: counted for all entries of a statement together."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Text, and_, case, cast, exists, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from award.editions.models import Clause
from award.entries.models import Authorship, Entry


class Counts:
    """The counts of the entries that `where` finds, as columns for the statement that reads them.

    Each is worked out once for the whole statement: by matches of names and accounts, and by totals of organs. What
    the entry itself and the one it revises add to a total is taken off again.
    """

    def __init__(self, *where: ColumnElement[bool]) -> None:
        first = aliased(Entry)
        since = select(first.submitted_at).where(first.id == Entry.revises_id).correlate(Entry).scalar_subquery()
        self._target = (
            select(
                Entry.id, Entry.edition_id, Entry.revises_id, func.coalesce(Entry.submitted_at, since).label("since")
            )
            .where(*where)
            .cte("counted")
        )
        self._submitted = (
            select(Entry.id, Entry.edition_id, Entry.newsroom_id, _organ(Entry.newsroom_id, Entry.newsroom_text))
            .where(Entry.state == "submitted", Entry.edition_id.in_(select(self._target.c.edition_id)))
            .cte("submitted")
        )
        self._people = self._people_counted()

    def works(self) -> ColumnElement[int]:
        """Other works of surely the same person."""
        return self._of_author(self._people.c.works)

    def namesakes(self) -> ColumnElement[int]:
        """Other works of somebody with the same name, who may be another person."""
        return self._of_author(self._people.c.namesakes)

    def publisher_works(self) -> ColumnElement[int]:
        """Other works that appeared in the same organ."""
        each = self._submitted
        totals = (
            select(each.c.edition_id, each.c.organ, func.count().label("works"))
            .where(each.c.organ != "")
            .group_by(each.c.edition_id, each.c.organ)
            .cte("publishers")
            .prefix_with("MATERIALIZED")  # asked for each row, worked out once
        )
        here = _organ(Entry.newsroom_id, Entry.newsroom_text)
        total = select(totals.c.works).where(totals.c.edition_id == Entry.edition_id, totals.c.organ == here)
        mine = aliased(Entry)
        own = select(func.count()).where(
            mine.id.in_([Entry.id, Entry.revises_id]),
            mine.state == "submitted",
            _organ(mine.newsroom_id, mine.newsroom_text) == here,
        )
        return _where_limited("publisher", total.correlate(Entry), own.correlate(Entry))

    def employer_works(self) -> ColumnElement[int]:
        """Other works with an author of the same organ."""
        each, author = self._submitted, aliased(Authorship)
        theirs = _organ(author.employer_id, author.employer_text)
        totals = (
            select(each.c.edition_id, theirs, func.count(each.c.id.distinct()).label("works"))
            .join_from(each, author, author.entry_id == each.c.id)
            .where(theirs != "")
            .group_by(each.c.edition_id, theirs)
            .cte("employers")
            .prefix_with("MATERIALIZED")  # asked for each row, worked out once
        )
        here = _organ(Authorship.employer_id, Authorship.employer_text)
        total = select(totals.c.works).where(totals.c.edition_id == Entry.edition_id, totals.c.organ == here)
        mine = aliased(Entry)
        own = (
            select(func.count(mine.id.distinct()))
            .join_from(mine, author, author.entry_id == mine.id)
            .where(mine.id.in_([Entry.id, Entry.revises_id]), mine.state == "submitted", theirs == here)
        )
        return _where_limited("employer", total.correlate(Entry, Authorship), own.correlate(Entry, Authorship))

    def _of_author(self, counted: ColumnElement[int]) -> ColumnElement[int]:
        found = select(counted).where(self._people.c.id == Authorship.id).correlate(Authorship).scalar_subquery()
        return func.coalesce(found, 0)

    def _people_counted(self) -> CTE:
        """Authorship -> works of the same person, works of namesakes.

        A work that was submitted is set against those submitted before it, so that the fourth of four is one too many
        and the first is not. Who may be meant is found first, through the indexes of names and accounts: a handful of
        rows, whatever the edition holds.
        """
        target, ours, theirs = self._target, aliased(Authorship), aliased(Authorship)
        context = (
            ours.id.label("ours"),
            target.c.id.label("here"),
            target.c.edition_id,
            target.c.revises_id,
            target.c.since,
        )
        pairs = (
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
        other = aliased(Entry)
        return (
            select(
                pairs.c.ours.label("id"),
                func.count(other.id.distinct()).filter(pairs.c.same).label("works"),
                func.count(other.id.distinct()).filter(~pairs.c.same).label("namesakes"),
            )
            .join_from(pairs, other, other.id == pairs.c.entry_id)
            .where(
                other.state == "submitted",
                other.edition_id == pairs.c.edition_id,
                other.id != pairs.c.here,
                other.id.is_distinct_from(pairs.c.revises_id),
                or_(pairs.c.since.is_(None), other.submitted_at < pairs.c.since),
            )
            .group_by(pairs.c.ours)
            .cte("people")
        )


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


def _where_limited(organ: str, total: Any, own: Any) -> ColumnElement[int]:
    """Total without one's own, in an edition whose rules limit works by this kind of organ; 0 in others, uncounted."""
    limited = exists().where(
        Clause.edition_id == Entry.edition_id,
        Clause.code == "max_works_per_newsroom",
        Clause.value["choice"].as_string() == organ,
    )
    left = func.coalesce(total.scalar_subquery(), 0) - own.scalar_subquery()
    return case((limited.correlate(Entry, Authorship), left), else_=0)
