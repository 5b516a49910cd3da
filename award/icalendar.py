"""Dates as a calendar program takes them: RFC 5545, of which the part that is needed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from award.clock import VIETNAM

ZONE = "Asia/Ho_Chi_Minh"
WIDTH = 75
"""Octets of a line, its break not counted."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class Dated:
    """Something on a day, over several whole days, or at an hour. `key` stays the same when its date moves."""

    key: str
    what: str
    starts: date | datetime
    last_day: date | None = None
    """Of something over several whole days."""
    place: str = ""
    url: str = ""
    words: str = ""


def calendar(name: str, dates: Iterable[Dated], *, host: str, stamp: datetime) -> str:
    """A calendar of this name with one event for each. `stamp`: since when it reads like this."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//giai-bao-chi//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{ZONE}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *_ZONE_LINES,
    ]
    for each in dates:
        lines += _event(each, host, stamp)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"])


# Vietnam keeps one offset all year; the zone of today began in 1975.
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def _event(each: Dated, host: str, stamp: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{each.key}@{host}", f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    if isinstance(each.starts, datetime):
        at = each.starts.astimezone(VIETNAM)
        lines.append(f"DTSTART;TZID={ZONE}:{at:%Y%m%dT%H%M%S}")
    else:
        after = (each.last_day or each.starts) + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{each.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    lines.append(f"SUMMARY:{escaped(each.what)}")
    told = {"LOCATION": escaped(each.place), "DESCRIPTION": escaped(each.words), "URL": each.url}
    lines += [f"{name}:{value}" for name, value in told.items() if value]
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def escaped(text: str) -> str:
    """The text as a value of type TEXT: no line break, comma, semicolon or backslash means anything in it."""
    return text.translate(_ESCAPED)


def folded(line: str) -> str:
    """The content line in physical lines of 75 octets at most, each whole in UTF-8, ended as the standard says."""
    pieces, piece, room = [], "", WIDTH
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", WIDTH - 1  # the blank that tells a continuation
        piece += letter
        room -= size
    return "\r\n ".join([*pieces, piece]) + "\r\n"
