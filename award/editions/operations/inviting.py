"""People of an earlier edition who are to be asked again: each is asked, or struck off."""

from collections.abc import Sequence

from sqlalchemy import select

from award.db import session
from award.editions.models import Appointment, Edition, Invitee
from award.editions.operations.locking import lock
from award.editions.operations.staff import appoint
from award.editions.permissions import Capacity, can_appoint
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require


def ask(*, by: Capacity, edition: Edition, invitee: Invitee, decision: str = "") -> Appointment:
    """The person holds the role and is no longer on the list; the letter is the caller's to send."""
    person = session.scalars(select(Person).where(Person.id == invitee.person_id)).one()
    made = appoint(by=by, edition=edition, person=person, role=invitee.role, decision=decision)
    session.delete(invitee)
    session.flush()
    return made


def strike_off(*, by: Capacity, edition: Edition, invitees: Sequence[Invitee]) -> None:
    """They are not asked; nobody is told."""
    require(can_appoint(by, edition))
    lock(edition)
    for invitee in invitees:
        session.delete(invitee)
    session.flush()
    facts: dict[str, int | str | None] = {"people": len(invitees)}
    record("invitees.struck_off", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)
