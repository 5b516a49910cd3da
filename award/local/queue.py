"""The web server's worker with threads: it says how long a request stood before one of them was free, and keeps some
for judges at their sheets."""

import gc
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import _DEFER, DEFAULT_WORKER_DATA_TIMEOUT, ThreadWorker

from award.arrival import turn
from award.reserve import KEPT_THREADS, is_kept_for

_BEGINNING = 256
"""Bytes of a request among which its address stands, if it is that of a sheet."""
_LATER: "Future[object]" = Future()
_LATER.set_result(_DEFER)


def _begins(line: socket.socket) -> bytes | None:
    """The first bytes of what has come, still to be read; None while nothing has."""
    try:
        return line.recv(_BEGINNING, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _is_kept_for(said: bytes) -> bool:
    words = said.decode("latin-1").split(" ", 2)
    return len(words) > 1 and is_kept_for(words[1])


class Worker(ThreadWorker):  # type: ignore[misc]
    """For `gunicorn --worker-class award.local.queue.Worker`."""

    def init_process(self) -> None:
        """The application it was born with is never garbage: no request waits while all of it is looked through."""
        gc.freeze()
        self._kept = ThreadPoolExecutor(KEPT_THREADS)
        self._for_all: set[Any] = set()
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """The connection has something to say, and waits for a thread from now on; until it has, it takes none.

        When everybody's threads are taken, judges at their sheets are answered by those that are kept.
        """
        said = _begins(conn.sock)
        if said is None and not conn.initialized:
            self.finish_request(conn, _LATER)
            conn.timeout += DEFAULT_WORKER_DATA_TIMEOUT
            return
        conn.data_ready, conn.since = True, time.monotonic()
        if len(self._for_all) >= self.cfg.threads and _is_kept_for(said or b""):
            done = self._kept.submit(self.handle, conn)
        else:
            self._for_all.add(conn)
            done = self.tpool.submit(self.handle, conn)
        done.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def handle(self, conn: Any) -> Any:
        """Its turn has come, in this thread."""
        turn.waited = time.monotonic() - conn.since
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: "Future[object]") -> None:
        """It has been answered, and the thread is another's."""
        self._for_all.discard(conn)
        super().finish_request(conn, fs)
