"""Who works for a newsroom, and who speaks for it: deeds on memberships."""

from datetime import timedelta

from sqlalchemy import select

from award.clock import now
from award.dates import local
from award.db import session
from award.log.operations import record
from award.people.models import Membership, Newsroom, Person

SPEAKERS = ("contact", "editor_in_chief")
"""Roles that speak for the newsroom towards the award."""
ROLES = (*SPEAKERS, "journalist")
A_DAY = timedelta(days=1)


def join(*, by_id: int | None, person: Person, newsroom: Newsroom, role: str) -> Membership:
    """The person stands in the role from today on; who stands in it already goes on. Where nothing is said of where the
    person works, it is here.
    """
    assert role in ROLES
    today = local(now()).date()
    found = select(Membership).where(
        Membership.person_id == person.id, Membership.newsroom_id == newsroom.id, Membership.role == role
    )
    membership = session.scalar(found.with_for_update())
    if membership is not None and (membership.valid_to is None or membership.valid_to >= today):
        return membership
    if membership is None:
        membership = Membership(person_id=person.id, newsroom_id=newsroom.id, role=role)
        session.add(membership)
    membership.valid_from, membership.valid_to = today, None
    if person.newsroom_id is None and not person.newsroom_words:
        person.newsroom_id = newsroom.id
    session.flush()
    facts: dict[str, int | str | None] = {"person": person.id, "role": role}
    record("newsroom.joined", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)
    return membership


def leave(*, by_id: int | None, membership: Membership) -> None:
    """The role ended yesterday; one that only began today never stood."""
    yesterday = local(now()).date() - A_DAY
    newsroom = session.get_one(Newsroom, membership.newsroom_id)
    facts: dict[str, int | str | None] = {"person": membership.person_id, "role": membership.role}
    if membership.valid_from is not None and membership.valid_from > yesterday:
        session.delete(membership)
    elif membership.valid_to is None or membership.valid_to > yesterday:
        membership.valid_to = yesterday
    session.flush()
    record("newsroom.left", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)
