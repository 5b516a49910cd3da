"""A process beside the tests that does a deed in a child of its own and has it die or stop at a named place, or the
store die.

    python -m tests.faults.doomed

Each line on its standard input is a deed, each line on its standard output how it ended: a status of the web, or the
number of the signal that killed it. The application is loaded once; a child is a fork that has not spoken to anybody.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask, request_started
from sqlalchemy import Connection, event

import config
from award import jobs
from award.db import session, unit_of_work
from award.files import operations, tasks
from award.people.models import Person
from tests.visitor import Visitor
from uploads import failpoints
from wsgi import create_app


def begin(app: Flask, person_id: int, **declared: Any) -> int:
    """As the doors of the owners do it."""
    with app.app_context(), unit_of_work():
        person = session.get_one(Person, person_id)
        operations.begin(uploader=person, **declared)
    return 200


def ask(app: Flask, person_id: int, address: str, json: object) -> int:
    """A request of this person."""
    return visitor(app, person_id).post_json(address, json).status_code


def press(app: Flask, person_id: int, address: str, form: dict[str, str]) -> int:
    """A form of this person, with the key it was drawn with."""
    return visitor(app, person_id).post(address, form).status_code


def visitor(app: Flask, person_id: int) -> Visitor:
    with app.app_context():
        person = session.get_one(Person, person_id)
        assert person.user is not None
        session.expunge_all()
    return Visitor(app, person)


def work(app: Flask) -> int:
    """Everything that is due, as a worker does it."""
    jobs.work(app.extensions["settings"].database_url, wait=False)
    return 200


def sweep(app: Flask) -> int:
    """What the sweep of files does each half minute."""
    with app.app_context():
        tasks.repair()
    return 200


DEEDS: dict[str, Callable[..., int]] = {"begin": begin, "ask": ask, "press": press, "work": work, "sweep": sweep}
STATEMENT, COMMITTING, ON_ITS_WAY, COMMITTED = "statement ", "committing", "on its way", "committed"
"""Places in any request: before its n-th statement; before its rows are committed, while the order to commit is on its
way to the database, and after they were, before anybody is answered."""


def arm(app: Flask, place: str, victim: int | None, how: int) -> None:
    """At this place the process gets the signal, or the victim is killed, once."""

    def happen(name: str) -> None:
        if name != place:
            return
        failpoints.armed = None
        if victim is None:  # sent to the process, another thread might take it and this one go on past the place
            signal.pthread_kill(threading.get_ident(), how)
            return
        os.kill(victim, signal.SIGKILL)
        while not _is_dead(victim):
            time.sleep(0.005)

    failpoints.armed = happen
    _count_statements(app, place)


def _count_statements(app: Flask, place: str) -> None:
    """From the beginning of the request on each statement that it asks, and each commit, is a place."""
    engine, begun = app.extensions["engine"], [-1]

    def starts(*_: object, **__: object) -> None:
        begun[0] = 0

    def asks(*_: object) -> None:
        if begun[0] >= 0:
            begun[0] += 1
            failpoints.reach(f"{STATEMENT}{begun[0]}")

    def commits(connection: Connection) -> None:
        if begun[0] < 0 or not connection.get_transaction():
            return
        failpoints.reach(COMMITTING)
        if place == ON_ITS_WAY:
            line = connection.connection.dbapi_connection
            line.pgconn.send_query(b"COMMIT")  # type: ignore[union-attr]
            line.pgconn.flush()  # type: ignore[union-attr]
            failpoints.reach(ON_ITS_WAY)

    def committed(_session: object) -> None:
        if begun[0] >= 0:
            failpoints.reach(COMMITTED)

    request_started.connect(starts, app, weak=False)
    event.listen(engine, "before_cursor_execute", asks)
    event.listen(engine, "commit", commits)
    event.listen(session.session_factory, "after_commit", committed)


def _is_dead(process: int) -> bool:
    with suppress(FileNotFoundError):
        with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123 (as short as it gets)
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    return True


def main() -> None:
    app, stopped = create_app(config.read(os.environ)), []
    print("ready", flush=True)
    for line in sys.stdin:
        deed = json.loads(line)
        near, far = os.pipe()
        child = os.fork()
        if child == 0:
            status = 500
            try:
                arm(app, deed["place"], deed["victim"], deed["how"])
                status = DEEDS[deed["deed"]](app, **deed["arguments"])
            finally:
                os.write(far, str(status).encode())
                os._exit(0)
        os.close(far)
        _, ended = os.waitpid(child, os.WUNTRACED)
        if os.WIFSTOPPED(ended):  # it may go on, and then says something that nobody waits for
            stopped.append(near)
            print(json.dumps({"signal": os.WSTOPSIG(ended), "status": 0, "process": child}), flush=True)
            continue
        with os.fdopen(near) as said:
            answer = said.read()
        print(json.dumps({"signal": os.WTERMSIG(ended), "status": int(answer or 0), "process": child}), flush=True)


if __name__ == "__main__":
    main()
