"""Recording the days on which nobody works, and the Saturdays worked instead, as they are announced for a year."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.models import DayOff
from award.editions.permissions import can_keep_days_off
from award.log.operations import record
from award.people.models import Person
from award.text import one_line
from award.verdicts import Verdict, require

LONGEST = 31
"""So many days are recorded at once."""


def record_days(*, by: Person, first: date, last: date, words: str, worked: bool) -> Sequence[DayOff]:
    """Each of the days stands as announced; one that was recorded before stands as it is said now.

    What was counted before keeps its last day: people were told it.
    """
    require(can_keep_days_off(administrator=_administers(by)))
    if last < first:
        require(Verdict("last", str(_("Ngày cuối ở trước ngày đầu."))))
    if (last - first).days >= LONGEST:
        require(Verdict("last", str(_("Mỗi lần ghi nhiều nhất %(n)s ngày.", n=LONGEST))))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if worked and any(day.weekday() < 5 for day in days):
        require(Verdict("first", str(_("Chỉ thứ Bảy, Chủ Nhật là ngày làm bù."))))
    said = [session.get(DayOff, day) or DayOff(day=day) for day in days]
    for each in said:
        each.words, each.worked = one_line(words), worked
    session.add_all(said)
    session.flush()
    _log("days_off.recorded", by, first, last, worked=worked)
    return said


def strike_day(*, by: Person, day: DayOff) -> None:
    """The day counts again as the week has it."""
    require(can_keep_days_off(administrator=_administers(by)))
    session.delete(day)
    session.flush()
    _log("days_off.struck", by, day.day, day.day, worked=day.worked)


def _administers(person: Person) -> bool:
    return bool(person.user and person.user.administrator)


def _log(kind: str, by: Person, first: date, last: date, *, worked: bool) -> None:
    facts: dict[str, int | str | None] = {"first": first.isoformat(), "last": last.isoformat(), "worked": int(worked)}
    record(kind, actor_id=by.id, award_id=None, facts=facts)
