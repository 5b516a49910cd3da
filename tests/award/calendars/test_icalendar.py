"""The calendar file by RFC 5545: lines, letters, days and hours, read back line by line."""

from datetime import UTC, date, datetime

import pytest

from award.clock import VIETNAM
from award.icalendar import Dated, calendar, escaped, folded

STAMP = datetime(2023, 7, 1, 3, 4, 5, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """Content lines as a reader of the standard gets them: line breaks are CRLF, a blank continues."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    """A value of type TEXT, read from left to right."""
    said, letters = "", iter(value)
    for letter in letters:
        following = next(letters) if letter == "\\" else ""
        said += {"n": "\n", "N": "\n"}.get(following, following) or letter
    return said


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("một, hai; ba", "một\\, hai\\; ba"),
        ("C:\\new", "C:\\\\new"),
        ("dòng\ndưới", "dòng\\ndưới"),
        ("a\r\nb", "a\\nb"),
        ('A:B "C"', 'A:B "C"'),
    ],
)
def test_text_is_escaped_and_read_back(text: str, written: str) -> None:
    assert escaped(text) == written
    assert unescaped(written) == text.replace("\r", "")


@pytest.mark.parametrize("letter", ["a", "ế", "Đ", "😀"])
@pytest.mark.parametrize("length", [0, 1, 36, 37, 38, 74, 75, 76, 149, 150, 300])
def test_lines_are_folded_between_letters(letter: str, length: int) -> None:
    line = f"SUMMARY:{letter * length}"
    pieces = folded(line).encode().removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert all(piece.decode() for piece in pieces), "no piece ends within a letter"
    assert unfolded(folded(line)) == [line]


def test_days_hours_and_zone() -> None:
    said = calendar(
        "Giải báo chí, lần III",
        [
            Dated(
                "deadline-x", "Hết hạn", date(2023, 9, 30), words="đến hết ngày 30/9/2023", url="https://giai.vn/a,b"
            ),
            Dated("round-x", "Chấm sơ khảo", date(2023, 12, 30), date(2024, 1, 2)),
            Dated("ceremony-x", "Lễ trao giải", datetime(2024, 1, 3, 8, 0, tzinfo=VIETNAM), place="Nha Trang; số 1"),
        ],
        host="giai.vn",
        stamp=STAMP,
    )
    lines = unfolded(said)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    assert events[0].splitlines()[:6] == [
        "UID:deadline-x@giai.vn",
        "DTSTAMP:20230701T030405Z",
        "DTSTART;VALUE=DATE:20230930",
        "DTEND;VALUE=DATE:20231001",
        "SUMMARY:Hết hạn",
        "DESCRIPTION:đến hết ngày 30/9/2023",
    ]
    assert "URL:https://giai.vn/a,b" in events[0], "an address is no text"
    assert "DTSTART;VALUE=DATE:20231230\nDTEND;VALUE=DATE:20240103\n" in events[1]
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20240103T080000\n" in events[2]
    assert "LOCATION:Nha Trang\\; số 1\n" in events[2]
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert "TZID:Asia/Ho_Chi_Minh" in zone
    assert "TZOFFSETTO:+0700" in zone
