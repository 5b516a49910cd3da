"""Who stands behind a work: the author or the group of authors, known by the same value wherever they appear.

A group is the set of its members, whatever their order. A person is known by the name, folded; where accounts of the
edition tell two people of one name apart, by the account too. So three works of one group count one group, and a work
that one of its members wrote alone counts another.
"""

from sqlalchemy import Subquery, Text, and_, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from award.entries.models import Authorship, Entry


def author_sets(edition_id: int) -> Subquery:
    """`entry_id` and `authors`, the sorted keys of its authors, for every work the edition has received."""
    alike = Authorship.name_folded
    first = func.min(Authorship.person_id).over(partition_by=alike)
    last = func.max(Authorship.person_id).over(partition_by=alike)
    account = func.coalesce(cast(Authorship.person_id, Text), literal(""))
    people = (
        select(
            Authorship.entry_id,
            case((first != last, alike + literal("#") + account), else_=alike).label("person"),
        )
        .join(Entry, Entry.id == Authorship.entry_id)
        .where(and_(Entry.edition_id == edition_id, Entry.code.is_not(None)))
        .subquery()
    )
    return (
        select(
            people.c.entry_id,
            func.array_agg(aggregate_order_by(people.c.person.distinct(), people.c.person)).label("authors"),
        )
        .group_by(people.c.entry_id)
        .subquery()
    )
