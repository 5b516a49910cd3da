"""Writing letters into the outbox, and what becomes of them."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from award import jobs
from award.clock import now
from award.db import new_public_id, session
from award.messages.models import Message
from award.messages.own import named
from award.messages.withheld import goes_nowhere

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 3 * _HOUR, *(6 * _HOUR for _each in range(12)))
"""Between the tries of a letter that the mail server did not take: a server may be away for a weekend."""
TRIES = len(PAUSES) + 1
UNDER_WAY = 15 * _MINUTE
"""After so long a letter that waits without a job was left behind."""


def post(*, kind: str, to_address: str, subject: str, body: str, dedupe_key: str, reply_to: str = "") -> int | None:
    """The letter goes out after the present commit, once for each `dedupe_key`; none to nowhere, none from a trial.

    Its number, or None where none was written.
    """
    assert named(kind) is not None, "an edition may word it, or it is one of the house's own"
    if goes_nowhere(to_address):
        return None
    made = session.execute(
        insert(Message)
        .values(
            public_id=new_public_id(),
            kind=kind,
            to_address=to_address,
            subject=" ".join(subject.split()),
            body=body,
            reply_to=reply_to,
            dedupe_key=dedupe_key,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Message.id)
    ).scalar()
    if made is not None:
        jobs.defer("messages.deliver", message_id=made)
    return made


def again(message_ids: Collection[int]) -> int:
    """Those of the letters that failed for good are tried anew after the commit, from the first try; how many."""
    failed = select(Message).where(Message.id.in_(message_ids), Message.state == "failed").order_by(Message.id)
    held = session.scalars(failed.with_for_update().execution_options(populate_existing=True)).all()
    for message in held:
        message.state, message.attempts, message.last_fault = "queued", 0, None
        jobs.defer("messages.deliver", message_id=message.id)
    session.flush()
    return len(held)


def claim(message_id: int) -> Message | None:
    """The letter, held against other workers until the commit; None when it is gone or its fate is decided."""
    found = select(Message).where(Message.id == message_id, Message.state == "queued").with_for_update()
    return session.scalar(found.execution_options(populate_existing=True))


def sent(message: Message) -> None:
    """The letter is delivered and never goes out again."""
    message.attempts += 1
    message.state, message.sent_at, message.last_fault = "sent", now(), None
    session.flush()


def not_sent(message: Message, *, fault: str, for_good: bool) -> None:
    """The try is counted and the next comes after a pause.

    After the last one, or when trying again is of no use, the letter has failed.
    """
    message.attempts += 1
    message.last_fault = fault
    if for_good or message.attempts >= TRIES:
        message.state = "failed"
    else:
        jobs.defer("messages.deliver", after=PAUSES[message.attempts - 1], message_id=message.id)
    session.flush()


def take_up() -> int:
    """Letters that wait although no job has them, because theirs was given up, are tried again; how many there were."""
    held = [each["message_id"] for each in jobs.unfinished("messages.deliver")]
    waiting = select(Message.id).where(Message.state == "queued", Message.created_at < now() - UNDER_WAY)
    left = session.scalars(waiting.where(Message.id.not_in(held)).order_by(Message.id)).all()
    for message_id in left:
        jobs.defer("messages.deliver", message_id=message_id)
    return len(left)
