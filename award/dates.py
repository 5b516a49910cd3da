"""Dates, times and numbers as Vietnamese offices write them: zero before days 1-9 and months 1-2 only.

To a reader of English they are English; what is typed, and what stands in a field to be typed over, has one form.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date

from award.clock import VIETNAM, now
from award.languages import spoken

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
ENGLISH = "en_GB"
_POINT_AND_COMMA = str.maketrans(",.", ".,")

_DAY = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def local(instant: datetime) -> datetime:
    """The instant on Vietnamese clocks."""
    return instant.astimezone(VIETNAM)


def in_english() -> bool:
    return spoken() == "en"


def day(value: date | datetime) -> str:
    """05/7/2023, 30/9/2023, 01/02/2026; 5 Jul 2023 in English."""
    value = local(value) if isinstance(value, datetime) else value
    return format_date(value, "d MMM y", ENGLISH) if in_english() else typed_day(value)


def typed_day(value: date) -> str:
    """05/7/2023 in every language: as it stands in a field."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def example_day() -> str:
    """Today, as a day is typed: a hint that fits whatever edition is open."""
    return typed_day(local(now()))


def weekday(value: date) -> str:
    """Thứ Bảy; Saturday in English."""
    return format_date(value, "EEEE", ENGLISH) if in_english() else WEEKDAYS[value.weekday()]


def long_day(value: date | datetime) -> str:
    """Thứ Bảy, ngày 30/9/2023; Saturday 30 September 2023 in English."""
    value = local(value) if isinstance(value, datetime) else value
    if in_english():
        return format_date(value, "EEEE d MMMM y", ENGLISH)
    return f"{weekday(value)}, ngày {day(value)}"


def paper_day(value: date) -> str:
    """ngày 05 tháng 7 năm 2023."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def time(instant: datetime) -> str:
    """14:03."""
    return local(instant).strftime("%H:%M")


def time_with_seconds(instant: datetime) -> str:
    """14:03:22, where a second decides something."""
    return local(instant).strftime("%H:%M:%S")


def moment(instant: datetime) -> str:
    """14:03, ngày 30/9/2023; 14:03, 30 Sep 2023 in English."""
    if in_english():
        return f"{time(instant)}, {day(instant)}"
    return f"{time(instant)}, ngày {day(instant)}"


def saved_moment(instant: datetime) -> str:
    """14:03:22 of today, 14:03, ngày 30/9/2023 of a day before."""
    return time_with_seconds(instant) if local(instant).date() == local(now()).date() else moment(instant)


def receipt_moment(instant: datetime) -> str:
    """23 giờ 52 phút 07 giây, ngày 30/9/2023; 23:52:07, 30 Sep 2023 in English."""
    if in_english():
        return f"{time_with_seconds(instant)}, {day(instant)}"
    at = local(instant)
    return f"{at.hour:02d} giờ {at.minute:02d} phút {at.second:02d} giây, ngày {day(instant)}"


def deadline_moment(instant: datetime) -> str:
    """17 giờ 00, ngày 05/10/2023; 17:00, 5 Oct 2023 in English."""
    if in_english():
        return moment(instant)
    at = local(instant)
    return f"{at.hour:02d} giờ {at.minute:02d}, ngày {day(instant)}"


def end_of_day(value: date) -> datetime:
    """The first instant after `value` in Vietnam: "đến hết ngày" ends here."""
    return datetime.combine(value + timedelta(days=1), datetime.min.time(), VIETNAM)


def read_day(text: str) -> date | None:
    """30/9/2023, 30-09-2023, 30.9.2023 and 2023-09-30 are one day; None is what is no day."""
    if found := _ISO_DAY.fullmatch(text):
        year, month, day_of_month = found.groups()
    elif found := _DAY.fullmatch(text):
        day_of_month, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


def days_in(text: str) -> list[date]:
    """Every day that is written somewhere in the text."""
    written = [found[0] for pattern in (_ISO_DAY, _DAY) for found in pattern.finditer(text)]
    return [day for each in written if (day := read_day(each)) is not None]


def number(value: float | Decimal | Fraction, places: int | None = None) -> str:
    """1.893 and 8,75: point between thousands, comma before decimals, half up; 1,893 and 8.75 in English."""
    shown = f"{_exact(value, places):,f}" if isinstance(value, Fraction) else _separated(str(value), places)
    return shown if in_english() else shown.translate(_POINT_AND_COMMA)


@lru_cache(maxsize=4096)
def _separated(value: str, places: int | None) -> str:
    """By the digits as they stand: 2 and 2.00 are equal numbers and not the same text."""
    return f"{_exact(Decimal(value), places):,f}"


def typed_number(value: float | Decimal | Fraction) -> str:
    """10.000.000 and 2,5 in every language: as it stands in a field."""
    return f"{_exact(value, None):,f}".translate(_POINT_AND_COMMA)


def _exact(value: float | Decimal | Fraction, places: int | None) -> Decimal:
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    else:
        exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return exact


def length(seconds: float) -> str:
    """45 giây, 12 phút 30 giây, 1 giờ 05 phút: of a recording. 45 s, 12 min 30 s, 1 h 05 min in English."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if in_english():
        if hours:
            return f"{hours} h {minutes:02d} min"
        parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")
        return " ".join(part for part in parts if part)
    if hours:
        return f"{hours} giờ {minutes:02d} phút"
    if not minutes:
        return f"{rest} giây"
    return f"{minutes} phút {rest:02d} giây" if rest else f"{minutes} phút"


def size(count: int) -> str:
    """412 MB, 1,2 GB: powers of ten, as disks and people count."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= scale:
            shown = Fraction(count, scale)
            return f"{number(shown, 0 if shown >= 100 else 1).removesuffix(',0').removesuffix('.0')} {unit}"
    return f"{count} byte" if count == 1 or not in_english() else f"{count} bytes"
