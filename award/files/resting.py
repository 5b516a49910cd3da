"""Leaving a store alone that is away or trickles, so that it does not take every worker of this process along.

Each failure makes the rest longer; the first file that goes through ends it. While it lasts the work on files is put
off, which costs a look at this clock, and letters and papers have the workers for themselves. The sweep asks again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from uploads.storage import StoreUnavailable

RESTS = (5.0, 10.0, 20.0, 30.0)
"""Seconds after the first failure, the second in a row and so on; with the sweep's half minute no more than one."""


class Rest:
    """Of one process. One try goes ahead when a rest is over, and the others wait for what comes of it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._change = threading.Lock()
        self._failures, self._until = 0, 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The store is asked for a whole file inside. StoreUnavailable at once while it rests; one that comes from
        inside counts, and is raised on."""
        with self._change:
            if self._clock() < self._until:
                raise StoreUnavailable("it is left alone for a while")
            if self._failures:  # the others rest on while this one tries
                self._until = self._clock() + self._length()
        try:
            yield
        except StoreUnavailable:
            with self._change:
                self._failures += 1
                self._until = self._clock() + self._length()
            raise
        with self._change:
            self._failures, self._until = 0, 0.0

    def over(self) -> None:
        """Nothing is held against the store any longer."""
        with self._change:
            self._failures, self._until = 0, 0.0

    def _length(self) -> float:
        return RESTS[min(max(self._failures, 1), len(RESTS)) - 1]


REST = Rest()
