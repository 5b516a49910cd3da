"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)
_off: ContextVar[tuple[timedelta, timedelta]] = ContextVar("off", default=(timedelta(0), timedelta(0)))


def now() -> datetime:
    """The present instant in UTC, or the one a test has stopped the clock at."""
    return _stopped_at.get() or datetime.now(UTC) + _off.get()[0]


def of_database(shown: datetime) -> datetime:
    """What the database's clock is taken to show, where it shows `shown`."""
    return shown + _off.get()[1]


def stopped() -> datetime | None:
    """The instant the clock is stopped at, for who would ask another clock; None when it runs."""
    return _stopped_at.get()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Inside the block every question for the time gets `instant` (an aware datetime)."""
    token = _stopped_at.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)


@contextmanager
def off(*, here: timedelta = timedelta(0), database: timedelta = timedelta(0)) -> Iterator[None]:
    """Inside the block this machine's clock and the database's run, but are so far off."""
    token = _off.set((here, database))
    try:
        yield
    finally:
        _off.reset(token)
