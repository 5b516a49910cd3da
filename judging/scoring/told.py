"""What judges told of works that cannot be read, heard or seen. Says nothing of sheets."""

from typing import NamedTuple

from sqlalchemy import exists, func, select

from award.db import session
from award.editions.models import Appointment, Edition, Round
from award.entries.models import Entry
from award.people.models import Person
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.scoring.models import WorkProblem


def problems_of(assignment_id: int) -> list[WorkProblem]:
    """What the judge of this assignment told of the work, the latest first."""
    told = select(WorkProblem).where(WorkProblem.assignment_id == assignment_id).order_by(WorkProblem.id.desc())
    return list(session.scalars(told))


class ProblemTold(NamedTuple):
    """A problem as the secretariat reads it; `entry` names the dossier."""

    problem: WorkProblem
    code: str
    title: str
    entry: str
    who: str


def problems_in(round_id: int) -> list[ProblemTold]:
    """What judges of the round told of works: what waits first, then the latest."""
    told = (
        select(WorkProblem, func.coalesce(Screening.blind_code, ""), Entry.title, Entry.public_id, Person.legal_name)
        .join(Assignment, Assignment.id == WorkProblem.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Assignment.round_id == round_id)
        .order_by(WorkProblem.answered_at.is_not(None), WorkProblem.id.desc())
    )
    return [ProblemTold(*row) for row in session.execute(told).tuples()]


def problem_at(round_id: int, public_id: str) -> WorkProblem | None:
    """The problem of that name, of a work of this round."""
    told = select(WorkProblem).join(Assignment, Assignment.id == WorkProblem.assignment_id)
    return session.scalar(told.where(WorkProblem.public_id == public_id, Assignment.round_id == round_id))


def problems_waiting(person_id: int, edition_id: int) -> list[tuple[str, Round, int]]:
    """For the staff: rounds of the edition with problems nobody has answered, and how many."""
    staff = exists().where(
        Appointment.person_id == person_id,
        Appointment.edition_id == edition_id,
        Appointment.ended_at.is_(None),
        Appointment.role.in_(("organiser", "secretary")),
    )
    waiting = (
        select(Edition.slug, Round, func.count())
        .join(Round, Round.edition_id == Edition.id)
        .join(Assignment, Assignment.round_id == Round.id)
        .join(WorkProblem, WorkProblem.assignment_id == Assignment.id)
        .where(Edition.id == edition_id, WorkProblem.answered_at.is_(None), staff)
        .group_by(Edition.slug, Round.id)
    )
    return [(slug, round_, count) for slug, round_, count in session.execute(waiting).tuples()]
