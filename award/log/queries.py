"""Reading the log."""

from sqlalchemy import Select, select

from award.log.models import Event


def events_of(subject_kind: str, subject_id: int) -> Select[Event]:
    """The events of one thing, oldest first."""
    return select(Event).where(Event.subject_kind == subject_kind, Event.subject_id == subject_id).order_by(Event.seq)
