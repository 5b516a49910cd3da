"""The mark by which a demonstration is known: the first event of its log, which nobody can add afterwards."""

from sqlalchemy import exists, select

from award.db import session
from award.log.models import Event
from award.log.operations import record

MADE = "demonstration.made"


def leave_mark() -> None:
    """What stands in this database from now on was made for trying."""
    record(MADE, actor_id=None, award_id=None)


def is_marked() -> bool:
    """Whether the log of the house begins with the mark."""
    first = select(Event.id).where(Event.award_id.is_(None)).order_by(Event.seq).limit(1).scalar_subquery()
    return bool(session.scalar(select(exists().where(Event.kind == MADE, Event.id == first))))
