"""Reading the log."""

from sqlalchemy import Select, select

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
