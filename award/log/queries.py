"""Reading the log."""

from sqlalchemy import Select, func, select, tuple_

from award.db import session
from award.log.models import Checkpoint, Event


def events_of(subject_kind: str, subject_id: int) -> Select[Event]:
    """The events of one thing, oldest first."""
    return select(Event).where(Event.subject_kind == subject_kind, Event.subject_id == subject_id).order_by(Event.seq)


def checkpoints_of(award_id: int) -> Select[Checkpoint, Event]:
    """The checkpoints of an award with the acts they were taken after, oldest first."""
    return (
        select(Checkpoint, Event)
        .join(Event, Event.id == Checkpoint.event_id)
        .where(Checkpoint.award_id == award_id)
        .order_by(Checkpoint.size)
    )


def last_checkpoint(award_id: int, *acts: tuple[str, str, int]) -> Checkpoint | None:
    """The latest checkpoint taken after one of these acts, each a kind of event, a kind of thing and the thing."""
    found = (
        select(Checkpoint)
        .join(Event, Event.id == Checkpoint.event_id)
        .where(
            Checkpoint.award_id == award_id,
            tuple_(Event.kind, Event.subject_kind, Event.subject_id).in_(acts),
        )
        .order_by(Checkpoint.size.desc())
        .limit(1)
    )
    return session.scalar(found)


def grew(award_id: int) -> bool:
    """Whether anything happened since the last checkpoint of the award."""
    held = select(func.coalesce(func.max(Checkpoint.size), 0)).where(Checkpoint.award_id == award_id)
    last = select(func.coalesce(func.max(Event.seq), 0)).where(Event.award_id == award_id)
    return bool(session.scalar(select(last.scalar_subquery() > held.scalar_subquery())))
