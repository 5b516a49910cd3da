"""Questions about the days off that the house keeps: one list for all of its awards."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import extract, select

from award import dates
from award.db import session
from award.editions import workdays
from award.editions.models import DayOff
from award.editions.workdays import Announced


def announced(since: date) -> Announced:
    """What working days are counted with from that day on."""
    rows = session.execute(select(DayOff.day, DayOff.worked).where(DayOff.day >= since)).tuples().all()
    return Announced(
        off=frozenset(day for day, worked in rows if not worked),
        worked=frozenset(day for day, worked in rows if worked),
    )


def day_off(day: date) -> DayOff | None:
    return session.get(DayOff, day)


def years() -> Sequence[int]:
    """The years of which anything was recorded, the latest first."""
    year = extract("year", DayOff.day)
    return [int(each) for each in session.scalars(select(year).distinct().order_by(year.desc()))]


def of_year(year: int) -> Sequence[DayOff]:
    """What was recorded of one year, in its order."""
    found = select(DayOff).where(DayOff.day.between(date(year, 1, 1), date(year, 12, 31)))
    return session.scalars(found.order_by(DayOff.day)).all()


def in_words(first_year: int) -> Sequence[str]:
    """What the rules print beside a number of working days: what is none, from the year of the edition on."""
    sun = ", ".join(
        f"{day:02d}/{month:02d}" if month < 3 else f"{day:02d}/{month}" for month, day in workdays.BY_THE_SUN
    )
    lines = [_("Không phải ngày làm việc: thứ Bảy, Chủ Nhật và các ngày %(days)s hằng năm.", days=sun)]
    found = select(DayOff.day, DayOff.words, DayOff.worked).where(DayOff.day >= date(first_year, 1, 1))
    kept = workdays.stretches(session.execute(found).tuples())
    for year in sorted({first.year for first, *_rest in kept}):
        for worked in (False, True):
            told = "; ".join(
                said(first, last, name)
                for first, last, name, at_work in kept
                if first.year == year and at_work == worked
            )
            if told:
                lines.append(
                    _("Năm %(year)s làm bù: %(days)s.", year=year, days=told)
                    if worked
                    else _("Năm %(year)s nghỉ thêm: %(days)s.", year=year, days=told)
                )
    return lines


def said(first: date, last: date, name: str) -> str:
    """08/02/2024 đến 14/02/2024 (Tết Nguyên đán)."""
    if first == last:
        return f"{dates.day(first)} ({name})"
    return str(_("%(first)s đến %(last)s (%(name)s)", first=dates.day(first), last=dates.day(last), name=name))
