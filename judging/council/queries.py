"""The last round, the prizes proposed so far and what is left of each level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, or_, select

from award.db import session
from award.editions.models import Appointment, Panel, PrizeLevel, Round
from award.entries.models import Entry
from award.people.models import Person
from award.results.models import Result, Standing
from award.screening.models import Screening
from judging.council.models import Proposal
from judging.panels.models import Assignment, Seat
from judging.ranking.queries import standing_still


def last_round(edition_id: int) -> Round | None:
    """The round of the highest number, as it stands now."""
    return session.scalar(select(Round).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1))


def last_of(rounds: Sequence[Round]) -> Round | None:
    """The last of the rounds, which come in order."""
    return rounds[-1] if rounds else None


def handed_down(edition_id: int) -> bool:
    """Whether the council has ended: its proposals are results."""
    return session.scalar(select(Result.id).where(Result.edition_id == edition_id).limit(1)) is not None


def candidates(edition_id: int) -> set[int]:
    """Ids of the works with a place in the last round that were neither withdrawn nor found ineligible since."""
    last = select(Round.id).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1)
    found = (
        select(Standing.entry_id)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Standing.entry_id)
        .where(Standing.round_id == last.scalar_subquery(), standing_still())
    )
    return set(session.scalars(found))


def proposals(edition_id: int) -> dict[int, Proposal]:
    """Entry id → its proposal."""
    return {each.entry_id: each for each in session.scalars(select(Proposal).where(Proposal.edition_id == edition_id))}


def proposal_of(entry_id: int) -> Proposal | None:
    """What stands for the work now, whatever was read before."""
    found = select(Proposal).where(Proposal.entry_id == entry_id).execution_options(populate_existing=True)
    return session.scalar(found)


@dataclass(frozen=True)
class Level:
    """A prize level and how much of it is proposed."""

    level: PrizeLevel
    given: int

    @property
    def left(self) -> int:
        return self.level.quota - self.given


def structure(edition_id: int, proposed: Mapping[int, Proposal] | None = None) -> list[Level]:
    """The levels from the top, with what is left of each. `proposed` saves asking for the proposals again."""
    proposed = proposals(edition_id) if proposed is None else proposed
    found = select(PrizeLevel).where(PrizeLevel.edition_id == edition_id).order_by(PrizeLevel.rank, PrizeLevel.id)
    given = [each.prize_level_id for each in proposed.values()]
    return [Level(level, given.count(level.id)) for level in session.scalars(found)]


def recused(round_id: int) -> dict[int, list[str]]:
    """Entry id → the members who did not judge it because they have to do with it."""
    rows: Sequence[tuple[int, str]] = (
        session.execute(
            select(Assignment.entry_id, Person.legal_name)
            .join(Seat, Seat.id == Assignment.seat_id)
            .join(Person, Person.id == Seat.person_id)
            .where(Assignment.round_id == round_id, Assignment.state == "recused")
            .order_by(Person.name_key, Person.id)
        )
        .tuples()
        .all()
    )
    found: dict[int, list[str]] = {}
    for entry_id, name in rows:
        found.setdefault(entry_id, []).append(name)
    return found


@dataclass(frozen=True)
class Member:
    """Somebody on the council: the office held in the edition, if any, and the seats of the last round."""

    name: str
    role: str
    """chair, deputy or empty."""
    seats: tuple[tuple[str, str], ...]
    """(panel, seat's role) of each."""


def members(edition_id: int, round_id: int) -> list[Member]:
    """Who leads the council and who sits in the round, by name."""
    led = and_(
        Appointment.person_id == Person.id,
        Appointment.edition_id == edition_id,
        Appointment.role.in_(("chair", "deputy")),
        Appointment.ended_at.is_(None),
    )
    found = session.execute(
        select(Person.id, Person.legal_name, Appointment.role, Panel.name, Seat.role)
        .select_from(Person)
        .outerjoin(Appointment, led)
        .outerjoin(Seat, and_(Seat.person_id == Person.id, Seat.round_id == round_id))
        .outerjoin(Panel, Panel.id == Seat.panel_id)
        .where(or_(Appointment.id.is_not(None), Seat.id.is_not(None)))
        .order_by(Person.name_key, Person.id, Panel.ordinal, Panel.id)
    )
    people: dict[int, Member] = {}
    for person_id, name, role, panel, seat in found.tuples():
        known = people.get(person_id) or Member(name, role or "", ())
        seats = known.seats if panel is None or (panel, seat) in known.seats else (*known.seats, (panel, seat))
        people[person_id] = replace(known, seats=seats)
    return list(people.values())
