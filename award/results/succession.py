"""Who would be next: the closed ranking behind a prize that was taken back, or beside a vacant place.

It offers and decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Category, Edition, Panel, PrizeLevel, Round
from award.editions.prizes import one_of
from award.entries.models import Entry
from award.results.models import Result, Standing
from award.screening.models import Screening

MOST = 10
"""So many works of a panel are offered."""
Row = TypeVarTuple("Row")


@dataclass(frozen=True)
class Next:
    """A work in the line: its panel and place, whether another has the same, and the lower prize it has already."""

    entry: Entry
    code: str
    panel: str
    rank: int
    score: Fraction | None
    level: str
    tied: bool


def next_in_line(entry_id: int, level: PrizeLevel) -> list[Next]:
    """The best works of the last closed round and panel of the entry that have no prize of this level or a higher one.

    In the order of the ranking. Not in it are works that were withdrawn, found ineligible or lost a prize, whose loại
    hình cannot have this one, or which have another prize beside which the rules let them have none.
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
    return _ranked(level, Standing.round_id == round_id, Standing.panel_id == panel_id, Entry.id != entry_id)


def best(edition_id: int, level: PrizeLevel) -> list[Next]:
    """The same of every panel of the edition's last closed round: who might have a vacant place of the level."""
    last = select(Round.id).where(Round.edition_id == edition_id, Round.state == "closed")
    return _ranked(level, Standing.round_id == last.order_by(Round.ordinal.desc()).limit(1).scalar_subquery())


def named(edition_id: int, level: PrizeLevel, code: str) -> Entry | None:
    """The work of this code, as judges or its dossier have it, if it may have a prize of the level."""
    asked = func.lower(code.strip())
    of_code = or_(func.lower(Screening.blind_code) == asked, func.lower(Entry.code) == asked)
    return session.scalar(_able(select(Entry), level).where(Entry.edition_id == edition_id, of_code))


def _able(asked: Select[*Row], level: PrizeLevel) -> Select[*Row]:
    """Only eligible works that lost no prize and have none of this level or a higher one."""
    former = aliased(Result)
    lost = exists().where(former.entry_id == Entry.id, former.state == "revoked")
    return (
        asked.join(Category, Category.id == Entry.category_id)
        .join(Screening, and_(Screening.entry_id == Entry.id, Screening.decision == "eligible"))
        .outerjoin(Result, and_(Result.entry_id == Entry.id, Result.kind == level.kind, Result.state == "decided"))
        .outerjoin(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .where(Entry.state == "submitted", ~lost, func.coalesce(PrizeLevel.rank, 10**6) > level.rank)
        .where(Category.code.in_(level.categories) if level.categories else true())
    )


def _holds_other(level: PrizeLevel) -> ColumnElement[bool]:
    """The work has a prize beside which the rules let it have none of this level."""
    held = aliased(Result)
    others = one_of(session.get_one(Edition, level.edition_id), level.kind) - {level.kind}
    return exists().where(held.entry_id == Entry.id, held.state == "decided", held.kind.in_(others))


def _ranked(level: PrizeLevel, *within: ColumnElement[bool]) -> list[Next]:
    """The best of each panel, panels in their order."""
    beside = func.count().over(partition_by=(Standing.panel_id, Standing.rank)).label("beside")
    place = func.row_number().over(partition_by=Standing.panel_id, order_by=(Standing.rank, Entry.id)).label("place")
    asked = select(Entry, Screening.blind_code, Panel.name, Standing, PrizeLevel.name, beside, place)
    asked = asked.select_from(Entry).join(Standing, Standing.entry_id == Entry.id)
    asked = asked.join(Panel, Panel.id == Standing.panel_id)
    listed = _able(asked, level).where(Standing.rank.is_not(None), ~_holds_other(level), *within)
    rows = session.execute(listed.order_by(Panel.ordinal, Panel.id, Standing.rank, Entry.id)).tuples()
    return [
        Next(entry, code or "", panel, standing.rank or 0, _score(standing), name or "", many > 1)
        for entry, code, panel, standing, name, many, number in rows
        if number <= MOST
    ]


def found(line: Sequence[Next], public_id: str) -> Next | None:
    return next((each for each in line if each.entry.public_id == public_id), None)


def _score(standing: Standing) -> Fraction | None:
    if standing.score_numerator is None or standing.score_denominator is None:
        return None
    return Fraction(standing.score_numerator, standing.score_denominator)
