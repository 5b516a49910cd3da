"""What is kept back for judges at their sheets while a crowd, or slow questions, hold everything else.

A page of results that is asked for again after a while is no worse for it. A mark that cannot be saved holds up a
council. Which addresses those are is said by the room that has them, before its doors open.
"""

import re
from threading import BoundedSemaphore
from typing import Any

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as NoneLeft
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

KEPT_THREADS = 2
"""In each web process, besides those that answer everybody."""
KEPT_CONNECTIONS = 2 * KEPT_THREADS
"""A request takes two at most: one for its work, another to note the visit."""
_ADDRESSES: dict[str, re.Pattern[str]] = {}
_HELD = "held_for_all"


def keep_for(addresses: str) -> None:
    """Requests whose address begins as this pattern says are answered out of what is kept. Twice is harmless."""
    _ADDRESSES.setdefault(addresses, re.compile(addresses + r"(?=[/? ]|$)"))


def is_kept_for(address: str) -> bool:
    """Whether a request for it is answered out of what is kept."""
    return any(pattern.match(address) for pattern in _ADDRESSES.values())


class Reserve(QueuePool):
    """A pool whose last connections are given to those requests alone for which something is kept.

    Whoever else finds none waits as long as the pool does, and is told the same.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._for_all = BoundedSemaphore(self.size() + named["max_overflow"] - KEPT_CONNECTIONS)

    def connect(self) -> PoolProxiedConnection:
        if has_request_context() and is_kept_for(request.path):
            return super().connect()
        if not self._for_all.acquire(timeout=self.timeout()):
            raise NoneLeft("those that are left are kept for scoring")
        try:
            taken = super().connect()
            assert taken.record_info is not None
            taken.record_info[_HELD] = self._for_all
        except BaseException:
            self._for_all.release()
            raise
        return taken


@event.listens_for(Reserve, "checkin")
def _given_back(_connection: object, entry: ConnectionPoolEntry) -> None:
    """Whoever waits for a connection that everybody may have need not wait any more."""
    assert entry.record_info is not None
    held = entry.record_info.pop(_HELD, None)
    if held is not None:
        held.release()
