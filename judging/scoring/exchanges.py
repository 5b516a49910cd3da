"""Who exchanges remarks on which work of a frozen round."""

from collections.abc import Sequence

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import selectinload

from award.db import session
from award.people.models import Person
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.queries import still_appointed
from judging.scoring.models import Exchange, ScoreSheet


def being_exchanged(assignment: Assignment) -> bool:
    """Whether the judges of the work exchange remarks on it now."""
    return bool(session.scalar(_TALKING, {"seat_id": assignment.seat_id, "entry_id": assignment.entry_id}))


_PANEL = select(Seat.panel_id).where(Seat.id == bindparam("seat_id")).scalar_subquery()
_TALKING = select(
    exists().where(Exchange.panel_id == _PANEL, Exchange.entry_id == bindparam("entry_id"), Exchange.ended_at.is_(None))
)


def exchanges(round_id: int) -> Sequence[Exchange]:
    """Every exchange of the round with what was written in it, oldest first."""
    found = select(Exchange).where(Exchange.round_id == round_id).options(selectinload(Exchange.remarks))
    return session.scalars(found.order_by(Exchange.id)).all()


def exchange(round_id: int, public_id: str) -> Exchange | None:
    """An exchange of this round by the id in its address."""
    return session.scalar(select(Exchange).where(Exchange.round_id == round_id, Exchange.public_id == public_id))


def still_exchanging(round_id: int) -> bool:
    """Whether an exchange of the round has not ended."""
    waits = exists().where(Exchange.round_id == round_id, Exchange.ended_at.is_(None))
    return bool(session.scalar(select(waits)))


def numbers(panel_id: int, entry_id: int) -> dict[int, int]:
    """Person → number, of the judges whose sheet on the work counts and whom nothing keeps from it.

    The order says nothing of a seat, and is another on every work. Who reads in addition comes last.
    """
    kept = exists().where(
        Conflict.person_id == Seat.person_id, Conflict.entry_id == Assignment.entry_id, Conflict.effect == "block"
    )
    takes_part = (ScoreSheet.state == "finished") & (Assignment.state == "open") & ~kept & still_appointed()
    found = session.execute(
        select(Seat.person_id, Assignment.id, Assignment.public_id, Assignment.extra, takes_part.label("takes_part"))
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Seat.panel_id == panel_id, Assignment.entry_id == entry_id)
    ).all()
    order = sorted(found, key=lambda row: (row.extra, row.id if row.extra else 0, row.public_id))
    return {row.person_id: number for number, row in enumerate(order, start=1) if row.takes_part}


def names(people: set[int]) -> dict[int, str]:
    """Person → name."""
    return dict(session.execute(select(Person.id, Person.legal_name).where(Person.id.in_(people))).tuples().all())
