"""The sitting under way, who is in it, its agenda, its votes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from award.db import session
from award.editions.models import Appointment, Edition, PrizeLevel
from award.people.models import Person
from judging.council.models import Proposal
from judging.panels.models import Seat
from judging.panels.queries import still_appointed
from judging.sittings.models import (
    AgendaItem,
    Attendance,
    Recusal,
    SealedBallot,
    Sitting,
    SittingRemark,
    Teller,
    Vote,
    VoteKey,
    Voter,
)


@dataclass(frozen=True)
class Somebody:
    """A person as a list of the room names them. `present` as the roll call found, False where it does not ask."""

    id: int
    name: str
    present: bool = False


def running(edition_id: int) -> Sitting | None:
    """The sitting that is prepared or open."""
    found = select(Sitting).where(Sitting.edition_id == edition_id, Sitting.state != "closed")
    return session.scalar(found)


def held_in(public_id: str) -> str | None:
    """The edition, as its address names it, of a sitting that is held now."""
    found = select(Edition.slug).join(Sitting, Sitting.edition_id == Edition.id)
    return session.scalar(found.where(Sitting.public_id == public_id, Sitting.state == "open"))


def sittings(edition_id: int) -> Sequence[Sitting]:
    """Every sitting of the edition in order."""
    return session.scalars(select(Sitting).where(Sitting.edition_id == edition_id).order_by(Sitting.number)).all()


def names(person_ids: Collection[int]) -> dict[int, str]:
    """Person → name."""
    found = select(Person.id, Person.legal_name).where(Person.id.in_(person_ids))
    return dict(session.execute(found).tuples().all())


def sitting(edition_id: int, public_id: str) -> Sitting | None:
    return session.scalar(select(Sitting).where(Sitting.edition_id == edition_id, Sitting.public_id == public_id))


def on_council(
    edition_id: int | InstrumentedAttribute[int], round_id: int | InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """The person leads the council of the edition, or has a seat in the round that still stands."""
    leads = exists().where(
        Appointment.person_id == Person.id,
        Appointment.edition_id == edition_id,
        Appointment.role.in_(("chair", "deputy")),
        Appointment.ended_at.is_(None),
    )
    sits = exists().where(Seat.person_id == Person.id, Seat.round_id == round_id, still_appointed())
    return or_(leads, sits)


def council(edition_id: int, round_id: int) -> list[Somebody]:
    """The members of the council today, by name."""
    found = select(Person.id, Person.legal_name).where(on_council(edition_id, round_id))
    return [Somebody(*row) for row in session.execute(found.order_by(Person.name_key, Person.id)).tuples()]


def is_member(person_id: int, edition_id: int, round_id: int) -> bool:
    found = select(Person.id).where(Person.id == person_id, on_council(edition_id, round_id))
    return session.scalar(found) is not None


def roll(sitting_id: int) -> list[Somebody]:
    """The members of the council in this sitting, by name."""
    found = (
        select(Person.id, Person.legal_name, Attendance.present)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(Attendance.sitting_id == sitting_id)
        .order_by(Person.name_key, Person.id)
    )
    return [Somebody(*row) for row in session.execute(found).tuples()]


def tellers(sitting_id: int) -> list[Somebody]:
    """The counting committee, by name."""
    found = (
        select(Person.id, Person.legal_name)
        .join(Teller, Teller.person_id == Person.id)
        .where(Teller.sitting_id == sitting_id)
        .order_by(Person.name_key, Person.id)
    )
    return [Somebody(*row) for row in session.execute(found).tuples()]


def may_count(edition_id: int, sitting_id: int) -> list[Somebody]:
    """Who may sit on the counting committee: members who are there and the secretariat, none who leads the council."""
    here = exists().where(
        Attendance.person_id == Person.id, Attendance.sitting_id == sitting_id, Attendance.present.is_(True)
    )
    holds = exists().where(
        Appointment.person_id == Person.id, Appointment.edition_id == edition_id, Appointment.ended_at.is_(None)
    )
    writes, leads = holds.where(Appointment.role == "secretary"), holds.where(Appointment.role == "chair")
    found = select(Person.id, Person.legal_name).where(or_(here, writes), ~leads)
    return [Somebody(*row) for row in session.execute(found.order_by(Person.name_key, Person.id)).tuples()]


def agenda(sitting_id: int) -> Sequence[AgendaItem]:
    found = select(AgendaItem).where(AgendaItem.sitting_id == sitting_id)
    return session.scalars(found.order_by(AgendaItem.ordinal, AgendaItem.id)).all()


def works_of(item_ids: Collection[int]) -> set[int]:
    """The works of these items, whichever sittings they were before."""
    return set(session.scalars(select(AgendaItem.entry_id).where(AgendaItem.id.in_(item_ids))))


def item(sitting_id: int, public_id: str) -> AgendaItem | None:
    found = select(AgendaItem).where(AgendaItem.sitting_id == sitting_id)
    return session.scalar(found.where(AgendaItem.public_id == public_id))


class Written(NamedTuple):
    """What was written down of a work; of an absent member's opinion the name, and the level it says yes or no to."""

    remark: SittingRemark
    name: str | None
    level: str | None


def remarks(sitting_ids: Collection[int]) -> dict[int, list[Written]]:
    """Item → what was written down of it in order."""
    rows = session.execute(
        select(SittingRemark, Person.legal_name, PrizeLevel.name)
        .join(AgendaItem, AgendaItem.id == SittingRemark.item_id)
        .outerjoin(Person, Person.id == SittingRemark.person_id)
        .outerjoin(PrizeLevel, PrizeLevel.id == SittingRemark.prize_level_id)
        .where(AgendaItem.sitting_id.in_(sitting_ids))
        .order_by(SittingRemark.id)
    )
    found: dict[int, list[Written]] = {}
    for row in rows.tuples():
        found.setdefault(row[0].item_id, []).append(Written(*row))
    return found


def letters(item_id: int, level_id: int) -> dict[int, str]:
    """Absent member → what the opinion they sent says of the work at the level: yes or no."""
    found = select(SittingRemark.person_id, SittingRemark.says).where(
        SittingRemark.item_id == item_id, SittingRemark.prize_level_id == level_id, SittingRemark.says.is_not(None)
    )
    return {who: says for who, says in session.execute(found).tuples() if who is not None and says is not None}


def remark(sitting_id: int, public_id: str) -> SittingRemark | None:
    found = select(SittingRemark).join(AgendaItem, AgendaItem.id == SittingRemark.item_id)
    return session.scalar(found.where(AgendaItem.sitting_id == sitting_id, SittingRemark.public_id == public_id))


def recusals(sitting_id: int) -> dict[int, dict[int, str]]:
    """Item → person → the relation that keeps the person from it."""
    rows = session.scalars(
        select(Recusal).join(AgendaItem, AgendaItem.id == Recusal.item_id).where(AgendaItem.sitting_id == sitting_id)
    )
    found: dict[int, dict[int, str]] = {}
    for row in rows:
        found.setdefault(row.item_id, {})[row.person_id] = row.relation
    return found


def is_recused(item_id: int, person_id: int | None) -> bool:
    return session.scalar(select(Recusal).where(Recusal.item_id == item_id, Recusal.person_id == person_id)) is not None


def votes(sitting_ids: Collection[int]) -> Sequence[Vote]:
    """Every vote of the sittings in the order in which they were opened."""
    return session.scalars(select(Vote).where(Vote.sitting_id.in_(sitting_ids)).order_by(Vote.id)).all()


def vote(sitting_id: int, public_id: str) -> Vote | None:
    return session.scalar(select(Vote).where(Vote.sitting_id == sitting_id, Vote.public_id == public_id))


def votes_on(item_id: int, level_id: int) -> Sequence[Vote]:
    found = select(Vote).where(Vote.item_id == item_id, Vote.prize_level_id == level_id).order_by(Vote.number)
    return session.scalars(found).all()


def open_vote(sitting_id: int) -> Vote | None:
    return session.scalar(select(Vote).where(Vote.sitting_id == sitting_id, Vote.state == "open"))


def voter(vote_id: int, person_id: int | None) -> Voter | None:
    return session.scalar(select(Voter).where(Voter.vote_id == vote_id, Voter.person_id == person_id))


def ballots_in(vote_id: int) -> int:
    """How many who may vote have done so."""
    return session.scalar(select(func.count()).where(Voter.vote_id == vote_id, Voter.voted.is_(True))) or 0


def sealed_ballots(vote_id: int) -> Sequence[SealedBallot]:
    return session.scalars(select(SealedBallot).where(SealedBallot.vote_id == vote_id)).all()


@dataclass(frozen=True)
class Pulse:
    """What a device of the room asks for again and again: it draws nothing while the print is the same."""

    sitting: Sitting
    ballots: int
    voted: bool
    counts: bool
    """Whether the reader is on the counting committee."""
    lost: bool
    """Whether a vote on devices is open whose ballots nobody can open any more."""
    print_: str


def pulse(edition_id: int, person_id: int | None) -> Pulse | None:
    """The sitting under way, and a print of everything that a reader of it may see change. One statement."""
    asked = and_(Vote.sitting_id == Sitting.id, Vote.state == "open", Voter.vote_id == Vote.id, Voter.voted.is_(True))
    came = select(func.count()).select_from(Vote).join(Voter, Voter.vote_id == Vote.id).where(asked)
    counts = exists().where(Teller.sitting_id == Sitting.id, Teller.person_id == person_id).correlate(Sitting)
    on_devices = and_(Vote.sitting_id == Sitting.id, Vote.state == "open", Vote.method == "secret")
    lost = exists().where(on_devices, ~exists().where(VoteKey.vote_id == Vote.id)).correlate(Sitting)
    proposed = select(func.count(), func.max(Proposal.proposed_at)).where(Proposal.edition_id == edition_id).subquery()
    found = session.execute(
        select(
            Sitting,
            came.correlate(Sitting).scalar_subquery(),
            came.where(Voter.person_id == person_id).correlate(Sitting).scalar_subquery(),
            counts,
            lost,
            proposed.c[0],
            proposed.c[1],
        )
        .join(proposed, Sitting.id.is_not(None))
        .where(Sitting.edition_id == edition_id, Sitting.state != "closed")
    ).one_or_none()
    if found is None:
        return None
    held, ballots, mine, tells, without, given, last = found
    told = (held.public_id, held.turn, ballots, mine, without, given, last, person_id)
    return Pulse(held, ballots, bool(mine), tells, without, "-".join(map(str, told)))


def level(edition_id: int, public_id: str) -> PrizeLevel | None:
    found = select(PrizeLevel).where(PrizeLevel.edition_id == edition_id, PrizeLevel.public_id == public_id)
    return session.scalar(found)
