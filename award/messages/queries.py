"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import Select, func, select

from award.db import session
from award.messages.models import Message


def newest_first(before: str | None = None) -> Select[Message]:
    """Letters, newest first; with `before` those older than the letter of that public id."""
    letters = select(Message).order_by(Message.id.desc())
    if before is None:
        return letters
    edge = select(Message.id).where(Message.public_id == before).scalar_subquery()
    return letters.where(Message.id < edge)


def posted_since(kind: str, to_address: str, since: datetime) -> int:
    """How many letters of one kind went to one address since then."""
    counted = select(func.count()).where(
        Message.to_address == to_address, Message.kind == kind, Message.created_at >= since
    )
    return session.scalar(counted) or 0
