"""One process at a time for work that takes long, and what becomes of its turn when that process stands still.

The turn is a lock that the database lets go of when the process dies. A process that is stopped, or whose machine has
gone off the line, does not die: so whoever holds a turn says something now and then, and who is silent loses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread

from flask import current_app
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

SPEAKS_EVERY = timedelta(seconds=10)
SILENT = timedelta(seconds=60)
"""After so long without a word a process is taken for stopped. If it goes on after all, it finds that others did its
work: whatever is done in a turn is done again without harm."""

_SILENT_ONES = text(
    "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000)) FROM ("
    " SELECT lock.pid FROM pg_locks AS lock JOIN pg_stat_activity AS there ON there.pid = lock.pid"
    " WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 2 AND lock.classid::bigint = :space"
    " AND there.datname = current_database() AND there.state = 'idle'"
    " AND there.state_change < clock_timestamp() - make_interval(secs => :seconds)) AS silent"
)


@contextmanager
def alone(space: int, number: int) -> Iterator[bool]:
    """True for one process at a time, for as long as the block lasts."""
    names = {"space": space, "number": number % 2**31}
    with _engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:space, :number)"), names):
            yield False
            return
        over = Event()
        speaking = Thread(target=_speak, args=(connection, over), daemon=True)
        speaking.start()
        try:
            yield True
        finally:
            over.set()
            speaking.join()
            with suppress(DBAPIError):  # the turn was lost, and the lock went with the connection
                connection.execute(text("SELECT pg_advisory_unlock(:space, :number)"), names)


def end_silent(space: int) -> int:
    """Whoever holds a turn of this space and has stopped holds it no longer; how many they were."""
    with _engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        found = connection.scalar(_SILENT_ONES, {"space": space, "seconds": SILENT.total_seconds()})
    return int(found or 0)


def _speak(connection: Connection, over: Event) -> None:
    with suppress(DBAPIError):
        while not over.wait(SPEAKS_EVERY.total_seconds()):
            connection.execute(text("SELECT 1"))


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine
