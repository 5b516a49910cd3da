"""Invitations: sending one, how long what was sent holds, people of an earlier edition who are asked again or not."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.holding import stage_opens
from award.editions.models import Appointment, Edition, Invitee
from award.editions.operations.locking import lock
from award.editions.operations.staff import appoint
from award.editions.permissions import ROLE_WORDS, Capacity, can_appoint
from award.features import Words
from award.log.operations import record
from award.people.models import Invitation, Person
from award.people.operations import invite, prolong_invitations
from award.people.queries import open_invitation_to
from award.verdicts import require


def ask(*, by: Capacity, edition: Edition, invitee: Invitee, decision: str = "") -> Appointment:
    """The person holds the role and is no longer on the list; the letter is the caller's to send."""
    person = session.scalars(select(Person).where(Person.id == invitee.person_id)).one()
    made = appoint(by=by, edition=edition, person=person, role=invitee.role, decision=decision)
    session.delete(invitee)
    session.flush()
    return made


def send_invitation(
    *,
    by_id: int | None,
    kind: str,
    email: str,
    until: datetime,
    letter: Callable[[str, Person | None], Callable[[str], Words]],
    person: Person | None = None,
    name: str = "",
) -> Invitation:
    """The invitation to the address goes out by a letter of this kind and holds so long.

    It is for `person`, or for whom an open one to the address is for, or else for a new person called `name`. `letter`
    gives, for the name and the person there may be, what makes the letter from the token.
    """
    earlier = open_invitation_to(email) if person is None else None
    whom = earlier.person if earlier is not None else person
    called = whom.legal_name if whom is not None else name
    made, _token = invite(
        by_id=by_id, expires_at=until, letter=letter(called, whom), kind=kind, person=whom, email=email, name=called
    )
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


def hold_invitations(edition: Edition) -> None:
    """The calendar says another day: what people were invited by holds until the stage opens by it.

    One that was told a later day keeps that.
    """
    at, roles = now(), dict[datetime, list[str]]()
    for role in ROLE_WORDS:
        if (until := stage_opens(edition, role, at)) is not None:
            roles.setdefault(until, []).append(role)
    standing = (Appointment.edition_id == edition.id, Appointment.ended_at.is_(None))
    for until, theirs in roles.items():
        prolong_invitations(select(Appointment.person_id).where(*standing, Appointment.role.in_(theirs)), until)
