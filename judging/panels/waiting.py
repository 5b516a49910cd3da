"""What waits in a round, as the desk and the navigation speak of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, selectinload

from award.db import session
from award.editions.models import Appointment, Edition, Round
from award.editions.queries import with_rules
from award.entries.models import Entry
from award.screening.queries import eligible
from judging.panels.models import Assignment, Seat
from judging.panels.plans import plan_of
from judging.panels.queries import gone, still_appointed, works_to_judge
from judging.panels.table import dealings


@dataclass(frozen=True)
class Waiting:
    """Something that waits in a round: where, and how many."""

    slug: str
    ordinal: int
    name: str
    """The round's."""
    count: int = 1


@dataclass(frozen=True)
class SeatWaits(Waiting):
    """A round in which the person's seat waits for the pledge; with the pledge, for what the person has to do with."""

    pledged: bool = False


def seats_waiting(person_id: int, edition_id: int) -> list[SeatWaits]:
    """Rounds prepared or open in which the person has a seat without a pledge, or pledged and said nothing of ties.

    Of ties only while the round is prepared and its works are known: then there is a list to go through.
    """
    own = exists().where(Seat.round_id == Round.id, Seat.person_id == person_id, still_appointed())
    unpledged = own.where(Seat.pledged_at.is_(None))
    before = aliased(Round)
    known = or_(
        and_(Round.ordinal == 1, exists(eligible(edition_id))),
        exists().where(before.edition_id == edition_id, before.ordinal == Round.ordinal - 1, before.state == "closed"),
    )
    found = (
        select(Edition.slug, Round.ordinal, Round.name, literal(1), ~unpledged)
        .join(Edition, Edition.id == Round.edition_id)
        .where(
            Round.edition_id == edition_id,
            Round.state.in_(("prepare", "open")),
            or_(unpledged, and_(Round.state == "prepare", known, own.where(Seat.ties_told_at.is_(None)))),
        )
        .order_by(Round.ordinal)
    )
    return [SeatWaits(*row) for row in session.execute(found).tuples()]


def works_nobody_was_given(person_id: int, edition_id: int) -> list[Waiting]:
    """For the organiser and the secretary: open rounds with works that came after dealing."""
    rounds = select(Round).where(
        Round.edition_id == edition_id, Round.state == "open", _is_staff(person_id, edition_id)
    )
    waiting = []
    for round_ in session.scalars(rounds.options(selectinload(Round.edition))):
        given = exists().where(Assignment.entry_id == Entry.id, Assignment.round_id == round_.id)
        late = works_to_judge(round_).where(~given).with_only_columns(func.count())
        count = session.scalar(late) or 0
        if count:
            waiting.append(Waiting(round_.edition.slug, round_.ordinal, round_.name, count))
    return waiting


def works_left_behind(person_id: int, edition_id: int) -> list[Waiting]:
    """For the organiser and the secretary: open rounds in which somebody left works that others are to read."""
    left = exists().where(Seat.round_id == Round.id, Assignment.seat_id == Seat.id, Assignment.state == "open")
    rounds = select(Round).where(
        Round.edition_id == edition_id,
        Round.state == "open",
        _is_staff(person_id, edition_id),
        left.where(~still_appointed()),
    )
    waiting = []
    for round_ in session.scalars(rounds):
        edition = with_rules(edition_id)
        if plan_of(edition, round_).readings is not None:
            count = len(dealings(round_.id, gone(round_.id)).left_behind())
            if count:
                waiting.append(Waiting(edition.slug, round_.ordinal, round_.name, count))
    return waiting


def _is_staff(person_id: int, edition_id: int) -> ColumnElement[bool]:
    return exists().where(
        Appointment.person_id == person_id,
        Appointment.edition_id == edition_id,
        Appointment.ended_at.is_(None),
        Appointment.role.in_(("organiser", "secretary")),
    )


def rounds_of_seats(person_id: int) -> Sequence[tuple[Edition, Round]]:
    """Rounds in which the person has a seat, of editions that run and are no trial."""
    seated = select(Seat.round_id).where(Seat.person_id == person_id)
    found = select(Edition, Round).join(Round, Round.edition_id == Edition.id)
    found = found.where(Round.id.in_(seated), Edition.state != "archived", Edition.trial_of_id.is_(None))
    return session.execute(found.order_by(Edition.id, Round.ordinal)).tuples().all()
