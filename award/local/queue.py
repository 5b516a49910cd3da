"""The web server's worker with threads, which says how long a request stood before one of them was free."""

import gc
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from award.arrival import turn


class Worker(ThreadWorker):  # type: ignore[misc]
    """For `gunicorn --worker-class award.local.queue.Worker`."""

    def init_process(self) -> None:
        """The application it was born with is never garbage: no request waits while all of it is looked through."""
        gc.freeze()
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """The connection has something to say, and waits for a thread from now on."""
        conn.since = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Its turn has come, in this thread."""
        turn.waited = time.monotonic() - conn.since
        return super().handle(conn)
