"""Until when, and to whom, nobody is told what judges do and read; and who judges although names are open to them."""

from sqlalchemy import ColumnElement, exists, select

from award.db import session
from award.editions.models import Appointment, Round
from award.people.models import Person
from award.screening.permissions import READERS
from judging.panels.models import Seat

_BEING_JUDGED = Round.state.in_(("open", "frozen"))


def nothing_is_judged(edition_id: int, _reader: int | None) -> ColumnElement[bool]:
    """No round of the edition is open, nor locked and not closed yet."""
    return ~exists().where(Round.edition_id == edition_id, _BEING_JUDGED)


def relations_are_told(edition_id: int, reader: int | None) -> ColumnElement[bool]:
    """Who reads sits in no blind round of the edition: a relation beside a work would tell them whose it is.

    As `permissions.may_see_whose` has it for the pages.
    """
    return ~exists().where(
        Seat.round_id == Round.id, Seat.person_id == reader, Round.edition_id == edition_id, Round.blind
    )


def judges_who_read_names(round_: Round) -> list[str]:
    """Members of its panels with an office whose pages tell whose works are, by name.

    `can_sit` lets nobody of them in where the round is blind; it may have been made blind since.
    """
    office = exists().where(
        Appointment.person_id == Person.id,
        Appointment.edition_id == round_.edition_id,
        Appointment.role.in_(READERS),
        Appointment.ended_at.is_(None),
    )
    sits = exists().where(Seat.person_id == Person.id, Seat.round_id == round_.id)
    return list(session.scalars(select(Person.legal_name).where(office, sits).order_by(Person.name_key, Person.id)))


def judges_now(edition_id: ColumnElement[int], person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The person sits in a round of the edition that is judged: what they read would tell what they were given."""
    seated = exists().where(Seat.round_id == Round.id, Seat.person_id == person_id)
    return seated.where(Round.edition_id == edition_id, _BEING_JUDGED).correlate_except(Seat, Round)
