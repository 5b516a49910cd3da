"""The web server's worker with threads, which says how long a request stood before one of them was free."""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from award.arrival import turn


class Worker(ThreadWorker):  # type: ignore[misc]
    """For `gunicorn --worker-class award.local.queue.Worker`."""

    def enqueue_req(self, conn: Any) -> None:
        """The connection has something to say, and waits for a thread from now on."""
        conn.since = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Its turn has come, in this thread."""
        turn.waited = time.monotonic() - conn.since
        return super().handle(conn)
