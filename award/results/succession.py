"""Who would be next: the closed ranking behind a prize that was taken back. It offers and decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import and_, exists, func, select, true
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Category, PrizeLevel, Round
from award.entries.models import Entry
from award.results.models import Result, Standing
from award.screening.models import Screening

MOST = 10


@dataclass(frozen=True)
class Next:
    """A work in the line: its place, whether another has the same, and the lower prize it has already."""

    entry: Entry
    code: str
    rank: int
    score: Fraction | None
    level: str
    tied: bool


def next_in_line(entry_id: int, level: PrizeLevel) -> list[Next]:
    """The best works of the last closed round and panel of the entry that have no prize of this level or a higher one.

    In the order of the ranking; works that were withdrawn, found ineligible or lost a prize, or whose loại hình cannot
    have this one, are not in it.
    """
    place = session.execute(
        select(Standing.round_id, Standing.panel_id)
        .join(Round, Round.id == Standing.round_id)
        .where(Standing.entry_id == entry_id, Round.state == "closed")
        .order_by(Round.ordinal.desc())
        .limit(1)
    ).one_or_none()
    if place is None:
        return []
    round_id, panel_id = place
    former = aliased(Result)
    lost = exists().where(former.entry_id == Entry.id, former.state == "revoked")
    beside = func.count().over(partition_by=Standing.rank).label("beside")
    rows = session.execute(
        select(Entry, Screening.blind_code, Standing, PrizeLevel.name, beside)
        .join(Standing, Standing.entry_id == Entry.id)
        .join(Category, Category.id == Entry.category_id)
        .join(Screening, and_(Screening.entry_id == Entry.id, Screening.decision == "eligible"))
        .outerjoin(Result, and_(Result.entry_id == Entry.id, Result.kind == level.kind, Result.state == "decided"))
        .outerjoin(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .where(Standing.round_id == round_id, Standing.panel_id == panel_id, Standing.rank.is_not(None))
        .where(
            Entry.state == "submitted", Entry.id != entry_id, ~lost, func.coalesce(PrizeLevel.rank, 10**6) > level.rank
        )
        .where(Category.code.in_(level.categories) if level.categories else true())
        .order_by(Standing.rank, Entry.id)
        .limit(MOST)
    ).tuples()
    return [
        Next(entry, code or "", standing.rank or 0, _score(standing), name or "", beside > 1)
        for entry, code, standing, name, beside in rows
    ]


def found(line: Sequence[Next], public_id: str) -> Next | None:
    return next((each for each in line if each.entry.public_id == public_id), None)


def _score(standing: Standing) -> Fraction | None:
    if standing.score_numerator is None or standing.score_denominator is None:
        return None
    return Fraction(standing.score_numerator, standing.score_denominator)
