"""Writing letters into the outbox."""

from sqlalchemy.dialects.postgresql import insert

from award import jobs
from award.db import new_public_id, session
from award.messages.models import Message


def post(*, kind: str, to_address: str, subject: str, body: str, dedupe_key: str) -> None:
    """The letter goes out after the present commit, once for each `dedupe_key`."""
    made = session.execute(
        insert(Message)
        .values(
            public_id=new_public_id(),
            kind=kind,
            to_address=to_address,
            subject=" ".join(subject.split()),
            body=body,
            dedupe_key=dedupe_key,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Message.id)
    ).scalar()
    if made is not None:
        jobs.defer("messages.deliver", message_id=made)
