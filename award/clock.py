"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present instant in UTC, or the one a test has stopped the clock at."""
    return _stopped_at.get() or datetime.now(UTC)


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
