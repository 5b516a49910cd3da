"""What is kept back for judges at their sheets while a crowd, or slow questions, hold everything else.

A page of results that is asked for again after a while is no worse for it. A mark that cannot be saved holds up a
council.
"""

import re
from threading import BoundedSemaphore
from typing import Any

from flask import has_request_context, request
from sqlalchemy.exc import TimeoutError as NoneLeft
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

KEPT_THREADS = 2
"""In each web process, besides those that answer everybody."""
KEPT_CONNECTIONS = 2 * KEPT_THREADS
"""A request takes two at most: one for its work, another to note the visit."""
_SHEETS = re.compile(r"/[^/ ]+/vong/[0-9]+/cham(?=[/? ]|$)")


def is_scoring(address: str) -> bool:
    """Whether judges open works and save marks there."""
    return _SHEETS.match(address) is not None


class Reserve(QueuePool):
    """A pool whose last connections are given to requests of judges at their sheets alone.

    Whoever else finds none waits as long as the pool does, and is told the same.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._for_all = BoundedSemaphore(self.size() + self._max_overflow - KEPT_CONNECTIONS)

    def _do_get(self) -> ConnectionPoolEntry:
        if has_request_context() and is_scoring(request.path):
            return super()._do_get()
        if not self._for_all.acquire(timeout=self._timeout):
            raise NoneLeft("those that are left are kept for scoring")
        try:
            entry = super()._do_get()
        except BaseException:
            self._for_all.release()
            raise
        entry.record_info["for_all"] = True  # type: ignore[index]
        return entry

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        counted = record.record_info.pop("for_all", False)  # type: ignore[union-attr]
        super()._do_return_conn(record)
        if counted:
            self._for_all.release()
