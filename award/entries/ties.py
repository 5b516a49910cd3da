"""Who has to do with a work, as dossiers and the register of press organs tell it."""

from sqlalchemy import exists, or_, select

from award.db import session
from award.entries.models import Authorship, Entry
from award.people.models import Membership, Person


def has_to_do(entry_id: int, person_id: int) -> bool:
    """The person entered or wrote the work, or belongs to the organ that published it or employs an author."""
    organs = (
        select(Person.newsroom_id)
        .where(Person.id == person_id)
        .union(select(Membership.newsroom_id).where(Membership.person_id == person_id))
    )
    wrote = exists().where(
        Authorship.entry_id == entry_id,
        or_(Authorship.person_id == person_id, Authorship.employer_id.in_(organs)),
    )
    entered = exists().where(Entry.id == entry_id, or_(Entry.owner_id == person_id, Entry.newsroom_id.in_(organs)))
    return bool(session.scalar(select(or_(entered, wrote))))
