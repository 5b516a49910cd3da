"""When a form reached this house: all of it was here, however long it waited for its turn afterwards.

Before a deadline everybody sends at once. A form that waits for a thread, for a connection or for a lock was not late
for that: what counts is when its last byte had come, less the time this process let it stand before reading it.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import request

from award.clock import now, stopped
from award.forwarded import SAID

CLOCKS_MAY_DIFFER = timedelta(seconds=120)
_KEY = "house.reached"


class _Turn(threading.local):
    """What the web server knows of the request this thread answers (`award.local.queue`)."""

    waited = 0.0


turn = _Turn()


class Arrivals:
    """Stamps each form before anything else is asked, the database included. Wraps the application.

    By a clock that is stopped nothing waits.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], longest: int) -> None:
        self._application = application
        self._longest = longest

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            self._take_whole(environ)
            here = stopped() or now() - timedelta(seconds=turn.waited)
            environ[_KEY] = min(here, environ.get(SAID, here))  # a proxy has it earlier: processes may start meanwhile
        return self._application(environ, start_response)

    def _take_whole(self, environ: dict[str, Any]) -> None:
        """The form is read to its end: who holds back its last byte has not sent it. What is too long stays unread."""
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) <= self._longest:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))


def reached() -> datetime:
    """When the form of the present request was here, by this machine's clock."""
    stamp: datetime | None = request.environ.get(_KEY)
    return stamp or now()


def bounded(arrived_at: datetime, *, here: datetime, there: datetime, seen: datetime | None = None) -> datetime:
    """When it arrived, of a form that is acted on at this moment.

    `here` and `there` are this moment by this machine's clock and by the database's. The later of the two counts, but
    the database's alone where they are more than two minutes apart: so a machine with a clock of its own decides
    nothing. From that moment the time goes off for which the form waited, two minutes at most.

    `seen` is the latest the database's clock has shown before. When it shows less now it went back, and what arrives
    meanwhile arrives then: not before what arrived already.
    """
    waited = here - arrived_at
    if abs(waited) > CLOCKS_MAY_DIFFER or (seen is not None and there < seen):
        waited = timedelta(0)
    there = max(there, seen or there)
    moment = max(here, there) if abs(here - there) <= CLOCKS_MAY_DIFFER else there
    return moment - waited
