"""Standings, prizes, and whether the public may see them yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from award.db import session
from award.editions.models import Category, Edition, PrizeLevel
from award.entries.models import Entry
from award.results.models import Decision, Publication, Result, Standing
from award.screening.models import Screening


def standings(round_id: int) -> Select[Standing]:
    """The places of a closed round, best first; entries nobody scored last."""
    return (
        select(Standing)
        .where(Standing.round_id == round_id)
        .order_by(Standing.panel_id, Standing.rank.asc().nulls_last(), Standing.entry_id)
    )


def advanced(round_id: int) -> Select[int]:
    """Ids of the entries on the shortlist of a closed round."""
    return select(Standing.entry_id).where(Standing.round_id == round_id, Standing.advanced.is_(True))


def decision(edition_id: int) -> Decision | None:
    return session.scalar(select(Decision).where(Decision.edition_id == edition_id))


def publication(edition_id: int) -> Publication | None:
    return session.scalar(select(Publication).where(Publication.edition_id == edition_id))


def is_public(edition: Edition, instant: datetime) -> bool:
    """True from the set instant on, to the second; nothing else opens the results."""
    at = session.scalar(select(Publication.at).where(Publication.edition_id == edition.id))
    return at is not None and at <= instant


def prizes(edition_id: int) -> Sequence[tuple[Result, PrizeLevel, Entry]]:
    """Prizes in the order of levels, then by title."""
    rows = session.execute(
        select(Result, PrizeLevel, Entry)
        .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .join(Entry, Entry.id == Result.entry_id)
        .where(Result.edition_id == edition_id)
        .order_by(PrizeLevel.rank, Entry.title_key, Entry.id)
    )
    return [(result, level, entry) for result, level, entry in rows]


def figures(edition_id: int) -> dict[str, Any]:
    """What the public is told in numbers, counted from the rows: received, eligible, by category, prizes."""
    received = session.scalar(
        select(func.count()).select_from(Entry).where(Entry.edition_id == edition_id, Entry.submitted_at.is_not(None))
    )
    by_category = session.execute(
        select(Category.name, func.count(Screening.id))
        .join(Entry, Entry.category_id == Category.id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Category.edition_id == edition_id, Screening.decision == "eligible")
        .group_by(Category.id)
        .order_by(Category.ordinal)
    ).all()
    return {
        "received": received or 0,
        "eligible": sum(count for _, count in by_category),
        "by_category": [[name, count] for name, count in by_category],
        "prizes": session.scalar(
            select(func.count()).select_from(Result).where(Result.edition_id == edition_id, Result.state == "decided")
        )
        or 0,
    }
