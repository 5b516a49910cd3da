"""Guessing made slow: failed tries are counted per account and per address, and each one lengthens the pause.

Nobody is locked out for good. A device that has signed in to the account before is counted apart, so that a stranger's
tries do not keep its owner waiting.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from award.clock import now
from award.people.models import SignInAttempt

REMEMBERED = timedelta(hours=24)
FIRST_PAUSE = timedelta(seconds=5)
_LOCK_SPACE = 0x747279  # advisory locks of the counts live in their own space


@dataclass(frozen=True)
class Counter:
    """What is counted together: `free` failures cost nothing, then the pause doubles up to `longest`."""

    scope: str
    key: str
    free: int
    longest: timedelta

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(f"{self.scope}|{self.key}".encode()).digest()

    def pause(self, failures: int) -> timedelta:
        """How long after the last of so many failures the next try must wait."""
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 20)
        return min(timedelta(seconds=FIRST_PAUSE.seconds << doublings), self.longest)


def of_account(key: str, device: str | None = None) -> Counter:
    """Tries for one account; those from a device it knows are counted apart."""
    return Counter("account", key if device is None else f"{key}|{device}", 5, timedelta(minutes=15))


def of_address(address: str | None) -> Counter | None:
    """Tries from one public address. The others are shared: by an office, or by everybody behind a proxy."""
    known = _public(address)
    return None if known is None else Counter("address", known, 30, timedelta(minutes=5))


def of_registrations(address: str | None) -> Counter | None:
    """New accounts from one public address, whatever becomes of them. No newsroom has so many in a day."""
    known = _public(address)
    return None if known is None else Counter("address", f"registration|{known}", 200, timedelta(minutes=5))


def _public(address: str | None) -> str | None:
    """The address as it is counted. One line has 2⁶⁴ of the new kind, so these are counted by their first half."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return None
    if not known.is_global:
        return None
    return str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))


@dataclass
class Try:
    """One try of a secret. It is counted before the secret is looked at, so that tries at once gain nothing."""

    engine: Engine
    counters: list[Counter]
    _counted: list[int] = field(default_factory=list)

    def begin(self) -> bool:
        """True when the secret may be looked at; False while a pause runs, and then nothing is counted."""
        instant = now()
        with self.engine.begin() as connection:
            for counter in sorted(self.counters, key=lambda c: c.digest):
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:key AS int))"),
                    {"space": _LOCK_SPACE, "key": int.from_bytes(counter.digest[:4], signed=True)},
                )
            if any(_waits(connection, counter, instant) for counter in self.counters):
                return False
            self._counted = [
                connection.execute(
                    insert(SignInAttempt)
                    .values(scope=counter.scope, key_hash=counter.digest, at=instant)
                    .returning(SignInAttempt.id)
                ).scalar_one()
                for counter in self.counters
            ]
        return True

    def succeeded(self) -> None:
        """The secret was right: the account's failures are forgotten, and this try no longer stands as one."""
        accounts = [counter.digest for counter in self.counters if counter.scope == "account"]
        with self.engine.begin() as connection:
            connection.execute(delete(SignInAttempt).where(SignInAttempt.key_hash.in_(accounts)))
            connection.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(self._counted)))


def _waits(connection: Connection, counter: Counter, instant: datetime) -> bool:
    failures, last = connection.execute(
        select(func.count(), func.max(SignInAttempt.at)).where(
            SignInAttempt.scope == counter.scope,
            SignInAttempt.key_hash == counter.digest,
            SignInAttempt.at > instant - REMEMBERED,
        )
    ).one()
    return last is not None and instant < last + counter.pause(failures)
