"""The last round, the prizes proposed so far and what is left of each level."""

from dataclasses import dataclass

from sqlalchemy import func, select

from award.db import session
from award.editions.models import PrizeLevel, Round
from award.people.models import Person
from award.results.models import Result
from judging.council.models import Proposal
from judging.panels.models import Assignment, Seat


def last_round(edition_id: int) -> Round | None:
    """The round of the highest number."""
    return session.scalar(select(Round).where(Round.edition_id == edition_id).order_by(Round.ordinal.desc()).limit(1))


def handed_down(edition_id: int) -> bool:
    """Whether the council has ended: its proposals are results."""
    return session.scalar(select(Result.id).where(Result.edition_id == edition_id).limit(1)) is not None


def proposals(edition_id: int) -> dict[int, Proposal]:
    """Entry id → its proposal."""
    return {each.entry_id: each for each in session.scalars(select(Proposal).where(Proposal.edition_id == edition_id))}


@dataclass(frozen=True)
class Level:
    """A prize level and how much of it is proposed."""

    level: PrizeLevel
    given: int

    @property
    def left(self) -> int:
        return self.level.quota - self.given


def structure(edition_id: int) -> list[Level]:
    """The levels from the top, with what is left of each."""
    given = (
        select(Proposal.prize_level_id, func.count().label("given"))
        .where(Proposal.edition_id == edition_id)
        .group_by(Proposal.prize_level_id)
        .subquery()
    )
    found = (
        select(PrizeLevel, func.coalesce(given.c.given, 0))
        .outerjoin(given, given.c.prize_level_id == PrizeLevel.id)
        .where(PrizeLevel.edition_id == edition_id)
        .order_by(PrizeLevel.rank)
    )
    return [Level(level, count) for level, count in session.execute(found).tuples()]


def recused(round_id: int) -> dict[int, list[str]]:
    """Entry id → the members who did not judge it because they have to do with it."""
    rows = session.execute(
        select(Assignment.entry_id, Person.legal_name)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Person, Person.id == Seat.person_id)
        .where(Assignment.round_id == round_id, Assignment.state == "recused")
        .order_by(Person.name_key)
    )
    found: dict[int, list[str]] = {}
    for entry_id, name in rows:
        found.setdefault(entry_id, []).append(name)
    return found
