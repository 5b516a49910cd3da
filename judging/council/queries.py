"""The last round, the prizes proposed so far and what is left of each level."""

from dataclasses import dataclass

from sqlalchemy import func, select

from award.db import session
from award.editions.models import PrizeLevel, Round
from award.results.models import Result
from judging.council.models import Proposal


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
