"""The key of an open vote: made when it opens, gone in the commit that counts it.

Its table is unlogged. Nothing in it is written to what the database keeps of its changes, copies of the database leave
it out, and where the database did not stop in order it is empty when it is back. So what is lost with a machine is the
key of the vote under way, and never a key of one that is over, which nobody has.
"""

from sqlalchemy import insert, select, text

from award.db import session
from judging.sittings import sealing
from judging.sittings.models import Vote, VoteKey

_ALONE = text("LOCK TABLE vote_key IN ACCESS EXCLUSIVE MODE")
_EMPTY = text("TRUNCATE vote_key")


def make(vote: Vote) -> None:
    """Ballots of the vote can be sealed, and opened until `destroy`."""
    session.execute(insert(VoteKey).values(vote_id=vote.id, key=sealing.new_key()))


def seal_of(vote: Vote) -> sealing.Seal | None:
    """None where the key was lost with the database, and the ballots given so far with it.

    Who reads a key keeps the table from `hold` until the commit. So whoever means to destroy one holds the table first:
    two that had both read could only wait for each other.
    """
    key = session.scalar(select(VoteKey.key).where(VoteKey.vote_id == vote.id))
    return None if key is None else sealing.Seal(key)


def hold() -> None:
    """Nobody else reads or writes a key until the commit. Before a key is read that will be destroyed."""
    session.execute(_ALONE)


def destroy(vote: Vote) -> None:
    """Once this commits the file that held the key is gone, and with it what a deleted row would leave in its place.

    Keys of other votes that are open meanwhile are carried over. The table is held already, since before anything was
    written to the log: who waits for it holds nobody's turn there.
    """
    others = session.execute(select(VoteKey.vote_id, VoteKey.key).where(VoteKey.vote_id != vote.id)).all()
    session.execute(_EMPTY)
    if others:
        session.execute(insert(VoteKey).values([{"vote_id": number, "key": key} for number, key in others]))
