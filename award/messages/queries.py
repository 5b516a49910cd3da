"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import func, select

from award.db import session
from award.messages.models import Message
from award.paging import Order, Page, Turn, page

_NEWEST_FIRST = Order((Message.id.expression,), lambda public_id: Message.public_id == public_id, falling=True)


def newest_first(turn: Turn) -> Page[Message]:
    """A page of letters, newest first."""
    found = page(select(Message), _NEWEST_FIRST, turn, lambda row: row.Message.public_id)
    return found.of([row.Message for row in found.rows])


def posted_since(kind: str, to_address: str, since: datetime) -> int:
    """How many letters of one kind went to one address since then."""
    counted = select(func.count()).where(
        Message.to_address == to_address, Message.kind == kind, Message.created_at >= since
    )
    return session.scalar(counted) or 0
