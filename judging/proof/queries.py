"""Checkpoints and events of an award, who keeps them, and what was sent."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Appointment, Edition, Round
from award.log.models import Checkpoint, Event
from award.log.queries import checkpoints_of
from award.people.models import User
from award.results.models import Decision, Publication
from judging.panels.models import Assignment, Seat
from judging.proof.receipts import Held, Sent
from judging.scoring.contents import marks_of, sealed_content
from judging.scoring.models import ScoreSheet
from judging.sittings.models import Sitting


def checkpoints(award_id: int) -> list[tuple[Checkpoint, Event]]:
    """The checkpoints of the award with the acts they were taken after, oldest first."""
    return list(session.execute(checkpoints_of(award_id)).tuples())


TOLD = frozenset(
    {
        "round.opened",
        "round.held_fast",
        "round.frozen",
        "round.counted",
        "round.corrected",
        "sitting.closed",
        "outcome.recorded",
    }
)
"""Acts whose checkpoints go out by letter."""


class Fresh(NamedTuple):
    """A checkpoint that people are to be told of, with the act it was taken after and its edition."""

    taken: Checkpoint
    act: Event
    edition: Edition


def fresh(since: datetime) -> list[Fresh]:
    """Checkpoints taken since then after acts of an edition that is no trial."""
    found = _told().where(Event.at >= since).order_by(Checkpoint.id)
    return [Fresh(*row) for row in session.execute(found).tuples()]


def newest_told(edition_id: int) -> Fresh | None:
    """The last checkpoint that people of the edition were told of."""
    found = _told().where(Edition.id == edition_id).order_by(Checkpoint.id.desc()).limit(1)
    row = session.execute(found).tuples().one_or_none()
    return None if row is None else Fresh(*row)


def _told() -> Select[*tuple[Checkpoint, Event, Edition]]:
    itself = case((Event.subject_kind == Edition.__tablename__, Event.subject_id))
    return (
        select(Checkpoint, Event, Edition)
        .join(Event, Event.id == Checkpoint.event_id)
        .outerjoin(Round, and_(Event.subject_kind == Round.__tablename__, Event.subject_id == Round.id))
        .outerjoin(Sitting, and_(Event.subject_kind == Sitting.__tablename__, Event.subject_id == Sitting.id))
        .join(Edition, Edition.id == func.coalesce(itself, Round.edition_id, Sitting.edition_id))
        .where(Event.kind.in_(TOLD), Edition.trial_of_id.is_(None))
    )


def keepers(edition_id: int, *roles: str) -> list[str]:
    """The addresses of who holds one of these roles in the edition and has an account that can be used."""
    found = (
        select(User.email)
        .join(Appointment, Appointment.person_id == User.person_id)
        .where(
            Appointment.edition_id == edition_id,
            Appointment.ended_at.is_(None),
            Appointment.role.in_(roles),
            User.active,
        )
        .distinct()
        .order_by(User.email)
    )
    return list(session.scalars(found))


def rounds_at_work() -> list[tuple[Round, Edition]]:
    """Rounds that are open or frozen in editions that are no trial."""
    found = (
        select(Round, Edition)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Round.state.in_(("open", "frozen")), Edition.trial_of_id.is_(None))
        .order_by(Round.id)
    )
    return list(session.execute(found).tuples())


def own_sent(person_id: int, judged: Round) -> list[Sent]:
    """The person's own sheets of the round that stand as sent, each with the event that holds its commitment."""
    rows = session.execute(
        select(ScoreSheet, Assignment, Seat, Event)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Event, and_(Event.subject_kind == ScoreSheet.__tablename__, Event.subject_id == ScoreSheet.id))
        .where(
            Seat.person_id == person_id,
            Assignment.round_id == judged.id,
            ScoreSheet.state == "finished",
            Event.kind.in_(("sheet.sent", "sheet.revised")),
        )
        .distinct(ScoreSheet.id)
        .options(selectinload(ScoreSheet.marks))
        .order_by(ScoreSheet.id, Event.seq.desc())
    ).tuples()
    return [
        Sent(
            sheet.commitment or "",
            sheet.nonce or b"",
            sealed_content(judged, seat, assignment, marks_of(sheet), sheet.level),
            event.seq,
            event.payload,
        )
        for sheet, assignment, seat, event in rows
    ]


def last_held(award_id: int) -> Held | None:
    """The latest checkpoint of the award with the leaves it holds fast."""
    latest = select(Checkpoint).where(Checkpoint.award_id == award_id).order_by(Checkpoint.size.desc()).limit(1)
    taken = session.scalar(latest)
    if taken is None:
        return None
    leaves = select(Event.leaf_hash).where(Event.award_id == award_id, Event.seq <= taken.size).order_by(Event.seq)
    return Held(taken.note, session.scalars(leaves).all())


def milestones(award_id: int) -> list[tuple[Checkpoint, Event, Edition | None]]:
    """The same, newest first, with the edition of each act, since all editions of an award share its log. Those of a
    draft that was only tried out are left out: they hold nothing that anybody waits for."""
    asked = checkpoints_of(award_id).add_columns(Edition)
    for of in (Round, Decision, Publication, Sitting):
        asked = asked.outerjoin(of, and_(Event.subject_kind == of.__tablename__, Event.subject_id == of.id))
    itself = case((Event.subject_kind == Edition.__tablename__, Event.subject_id))
    number = func.coalesce(itself, Round.edition_id, Decision.edition_id, Publication.edition_id, Sitting.edition_id)
    asked = asked.outerjoin(Edition, Edition.id == number).where(Edition.trial_of_id.is_(None))
    asked = asked.order_by(None).order_by(Event.at.desc(), Checkpoint.size.desc())
    return [row._tuple() for row in session.execute(asked)]


def checkpoint(award_id: int, size: int) -> Checkpoint | None:
    return session.scalar(select(Checkpoint).where(Checkpoint.award_id == award_id, Checkpoint.size == size))


def payloads(award_id: int) -> list[bytes]:
    """What every event of the award commits to, in their order."""
    return list(session.scalars(select(Event.payload).where(Event.award_id == award_id).order_by(Event.seq)))
