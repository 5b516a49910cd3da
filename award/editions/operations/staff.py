"""Appointing people to an edition, and ending appointments."""

from collections.abc import Callable, Sequence

from flask_babel import lazy_gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Appointment, Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_appoint
from award.editions.queries import appointments
from award.log.operations import record
from award.people.models import Person
from award.text import one_line
from award.verdicts import Verdict, require


def appoint(
    *,
    by: Capacity,
    edition: Edition,
    person: Person,
    role: str,
    decision: str = "",
    elsewhere: Callable[[int, int, str], Sequence[Verdict]] = lambda _edition, _person, _role: (),
) -> Appointment:
    """The person holds the role in the edition. Appointing again gives the standing appointment.

    `elsewhere` tells what other rooms hold against it, asked while nobody else changes the edition's people.
    """
    require(can_appoint(by, edition))
    lock(edition)
    for verdict in elsewhere(edition.id, person.id, role):
        require(verdict)
    standing = session.scalar(appointments(edition.id, role).where(Appointment.person_id == person.id))
    if standing is not None:
        return standing
    made = Appointment(edition_id=edition.id, person_id=person.id, role=role, decision=one_line(decision))
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"edition": edition.id, "person": person.id, "role": role}
    record("appointment.made", actor_id=by.person_id, award_id=edition.award_id, subject=made, facts=facts)
    return made


def end_appointment(*, by: Capacity, edition: Edition, appointment: Appointment) -> None:
    """The role no longer stands; its row stays as history. The last organiser cannot be ended."""
    require(can_appoint(by, edition))
    lock(edition)
    session.refresh(appointment)
    if appointment.ended_at is not None:
        return
    if appointment.role == "organiser" and len(session.scalars(appointments(edition.id, "organiser")).all()) == 1:
        require(Verdict("last_organiser", str(_("Cần còn ít nhất một người của Ban Tổ chức Giải."))))
    appointment.ended_at = now()
    session.flush()
    facts: dict[str, int | str | None] = {
        "edition": edition.id,
        "person": appointment.person_id,
        "role": appointment.role,
    }
    record("appointment.ended", actor_id=by.person_id, award_id=edition.award_id, subject=appointment, facts=facts)
