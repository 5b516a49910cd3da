"""What press organs have become by a day, as parts of a question: one that was merged by then is what it is part of."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, ScalarSelect, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from award.people.models import Newsroom, NewsroomName

MOST_MERGERS = 20
"""So many times an organ may have become part of another: against a circle that no deed can make."""

OrganId = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[int]


def _heirs(on: date) -> CTE:
    """Organ -> what it had become on that day, step by step: itself, what it was merged into, and so on."""
    gone = aliased(Newsroom)
    heirs = select(Newsroom.id, Newsroom.id.label("heir"), literal(0).label("step")).cte("heirs", recursive=True)
    last = NewsroomName.valid_to
    borne = exists().where(NewsroomName.newsroom_id == gone.id, or_(last.is_(None), last >= on))
    after = (
        select(heirs.c.id, gone.successor_id, heirs.c.step + 1)
        .join(gone, gone.id == heirs.c.heir)
        .where(gone.successor_id.is_not(None), ~borne, heirs.c.step < MOST_MERGERS)
    )
    return heirs.union_all(after)


def heir_of(organ: OrganId, on: date, *, of: type[Any]) -> ScalarSelect[int]:
    """The organ that the one named by a row of `of` had become on that day; itself while it stood."""
    heirs = _heirs(on)
    last = select(heirs.c.heir).where(heirs.c.id == organ).order_by(heirs.c.step.desc()).limit(1)
    return last.correlate(of).scalar_subquery()


def name_of(organ: OrganId | ScalarSelect[int], on: date, *, of: type[Any]) -> ScalarSelect[str]:
    """The name that organ bore on that day; its first one before it had any."""
    return (
        select(NewsroomName.name)
        .where(NewsroomName.newsroom_id == organ)
        .order_by(NewsroomName.valid_from > on, NewsroomName.valid_from.desc())
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )
