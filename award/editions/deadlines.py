"""Deadlines as offices write them, and the instant each of them means.

"Đến hết ngày 30/9" and "trước ngày 30/9" differ by one day; "chậm nhất 17 giờ 00" names an hour. The words are kept
apart from the instant: the first one that is too late.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from flask_babel import gettext as _

from award import dates
from award.clock import VIETNAM
from award.editions.models import Edition

Wording = Literal["đến hết ngày", "trước ngày", "chậm nhất"]
THROUGH: Wording = "đến hết ngày"
BEFORE: Wording = "trước ngày"
AT: Wording = "chậm nhất"

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A deadline as written: wording, the day that stands in the sentence, the hour when there is one."""

    wording: Wording
    day: date
    hour: time | None = None

    @property
    def last_day(self) -> date | None:
        """The last day that counts as a whole; none when the deadline names an hour."""
        return {THROUGH: self.day, BEFORE: self.day - DAY, AT: None}[self.wording]

    @property
    def instant(self) -> datetime:
        """The first instant that is too late: a deadline at 17:00 still takes what arrives at 17:00:00."""
        if self.last_day is not None:
            return dates.end_of_day(self.last_day)
        assert self.hour is not None, "a deadline at an hour names the hour"
        return datetime.combine(self.day, self.hour, VIETNAM) + SECOND


def kept(last_day: date | None, instant: datetime) -> Deadline:
    """The deadline of which a row keeps the last whole day, if it names one, and the first instant that is too late."""
    if last_day is not None:
        return Deadline(THROUGH, last_day)
    at = dates.local(instant - SECOND)
    return Deadline(AT, at.date(), at.time().replace(tzinfo=None))


def written(edition: Edition) -> Deadline | None:
    """The deadline of the edition as it was written."""
    if edition.deadline_at is None:
        return None
    if edition.deadline_day is not None and edition.deadline_words == BEFORE:
        return Deadline(BEFORE, edition.deadline_day + DAY)
    return kept(edition.deadline_day, edition.deadline_at)


def organs_named_on(edition: Edition, today: date) -> date:
    """The day whose press organs its works are counted by: that of the deadline, once it is past."""
    return min(edition.deadline_day or today, today)


def confirmation(edition: Edition) -> Deadline | None:
    """The deadline of newsrooms for confirming works, as it was written."""
    if edition.confirmation_at is None:
        return None
    if edition.confirmation_day is not None and edition.confirmation_words == BEFORE:
        return Deadline(BEFORE, edition.confirmation_day + DAY)
    return kept(edition.confirmation_day, edition.confirmation_at)


def confirmation_over(edition: Edition, at: datetime) -> bool:
    """Whether newsrooms had a time of their own and it is past, the technical grace with it."""
    return edition.confirmation_at is not None and not within(edition.confirmation_at, edition, at)


def words(edition: Edition) -> str:
    """The deadline of the edition in words; nothing while it has none."""
    deadline = written(edition)
    return "" if deadline is None else said(deadline)


def said(deadline: Deadline) -> str:
    """đến hết ngày 30/9/2023 · trước ngày 30/9/2024 (đến hết ngày 29/9/2024) · chậm nhất 17 giờ 00, ngày 05/10/2023."""
    if deadline.wording == AT:
        return str(_("chậm nhất %(moment)s", moment=dates.deadline_moment(deadline.instant)))
    through = str(_("đến hết ngày %(day)s", day=dates.day(deadline.last_day or deadline.day)))
    if deadline.wording == BEFORE:
        return str(_("trước ngày %(day)s (%(through)s)", day=dates.day(deadline.day), through=through))
    return through


def last_second(deadline_at: datetime) -> str:
    """23 giờ 59 phút 59 giây, ngày 30/9/2023: the last second that still counts, before any grace."""
    return dates.receipt_moment(deadline_at - SECOND)


def in_time(edition: Edition, arrived_at: datetime) -> bool:
    """Whether what arrived then counts: before the deadline, or within the technical grace after it."""
    return edition.deadline_at is not None and within(edition.deadline_at, edition, arrived_at)


def within(end: datetime, edition: Edition, arrived_at: datetime) -> bool:
    """The same for a deadline of one entrant or of one request: they end with the edition's technical grace, too."""
    return arrived_at < end + timedelta(seconds=edition.grace_seconds)


def countdown(edition: Edition, at: datetime) -> str:
    """The sentence before the time that is left; on the last day it says so, afterwards that time is over."""
    deadline = written(edition)
    if deadline is None:
        return ""
    if at >= deadline.instant:
        until = words(edition).removeprefix("đến ")  # English says until, and keeps it
        return str(_("Đã hết thời hạn nhận tác phẩm (%(until)s).", until=until))
    last = dates.local(deadline.instant - SECOND).date()
    if dates.local(at).date() == last:
        return str(_("Hôm nay là ngày cuối nhận tác phẩm."))
    until, weekday = words(edition), dates.weekday(last)
    return str(_("Nhận tác phẩm %(until)s (%(weekday)s).", until=until, weekday=weekday))
