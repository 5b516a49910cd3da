"""Reading the outbox."""

from collections.abc import Collection
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


def latest_by_key(beginning: str, ending: str = "") -> dict[str, datetime]:
    """What stands in `dedupe_key` between this beginning and the next colon → when the latest such letter was written.

    Only letters whose key has this `ending` too.
    """
    whose = func.split_part(func.substr(Message.dedupe_key, len(beginning) + 1), ":", 1)
    found = (
        select(whose, func.max(Message.created_at))
        .where(
            Message.dedupe_key.startswith(beginning, autoescape=True),
            Message.dedupe_key.endswith(ending, autoescape=True),
        )
        .group_by(whose)
    )
    return dict(session.execute(found).tuples().all())


def failed_of(keys: Collection[str]) -> set[str]:
    """Those of these `dedupe_key`s whose letter could not be delivered and is not tried any more."""
    found = select(Message.dedupe_key).where(Message.dedupe_key.in_(keys), Message.state == "failed")
    return set(session.scalars(found)) if keys else set()


def posted_since(kind: str, to_address: str, since: datetime) -> int:
    """How many letters of one kind went to one address since then."""
    counted = select(func.count()).where(
        Message.to_address == to_address, Message.kind == kind, Message.created_at >= since
    )
    return session.scalar(counted) or 0
