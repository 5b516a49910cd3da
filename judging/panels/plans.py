"""How many read each work of a round, as its dealing settled it or as the rules say."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select

from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from judging.panels.models import Dealing


@dataclass(frozen=True)
class Plan:
    """How a round's works are shared out: what was chosen for it, or else what the rules say."""

    readings: int | None
    """How many members read a work; None: all members of its panel."""
    common: int = 0
    common_entries: frozenset[int] = frozenset()
    chosen: bool = False


def plan_of(edition: Edition, round_: Round) -> Plan:
    """The plan of the round. Unless another was chosen, all read everything in the last of several rounds."""
    kept = session.get(Dealing, round_.id)
    if kept is not None:
        return Plan(kept.readings, kept.common, frozenset(kept.common_entries), chosen=True)
    last = session.scalar(select(func.max(Round.ordinal)).where(Round.edition_id == edition.id))
    return Plan(None if is_final(round_, last) else rule(edition, "readings").number)


def is_final(round_: Round, last: int | None) -> bool:
    """The last of several rounds. `last`: the highest number of a round of its edition."""
    return round_.ordinal > 1 and round_.ordinal == last


def chosen_readings(round_id: int) -> ScalarSelect[list[int | None]]:
    """How many read each work of the round, in a list; empty (NULL) where nobody chose and the rules decide."""
    found = select(func.jsonb_build_array(Dealing.readings)).where(Dealing.round_id == round_id)
    return found.scalar_subquery()
