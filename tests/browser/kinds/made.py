"""One invented work of each kind with the files a newsroom would send: the same bytes for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from demonstration import media, pages
from demonstration.works import THEMES, Idea, MadeAuthor, MadePart, MadeWork, told

SECONDS = 24
"""Of a recording: long enough to be sought in, short enough to be made and sent at once."""
PHOTOS = 3


@dataclass(frozen=True)
class Sent:
    """A file for the place that bears this label, of the part with this number."""

    label: str
    part: int
    name: str
    content: bytes


@dataclass(frozen=True)
class Kind:
    """A work of one kind: how its loại hình is called, what its parts are asked for, which files it comes with."""

    medium: str
    category: str
    work: MadeWork
    where: tuple[tuple[str, str], ...]
    make: Callable[[MadeWork], list[Sent]]
    phone: bool = False
    """Entered on a phone."""

    @cached_property
    def files(self) -> list[Sent]:
        return self.make(self.work)

    @property
    def author(self) -> MadeAuthor:
        return self.work.authors[0]

    def captions(self) -> list[str]:
        """What stands below the photos."""
        return list(self.work.parts[0].paragraphs[:PHOTOS])


def kinds(last_day: date) -> list[Kind]:
    """All five, published in the weeks up to that day."""
    return [
        Kind("print", "Báo in", _work(0, 5, last_day), (("issue", "7520"), ("page", "1 và 3")), _printed),
        Kind("online", "Báo điện tử", _work(1, 1, last_day), (("place", "Xây dựng Đảng"),), _captured, phone=True),
        Kind("radio", "Phát thanh", _work(2, 1, last_day), (*_ON_AIR, ("channel", "FM 106,5 MHz")), _spoken),
        Kind("television", "Truyền hình", _work(3, 1, last_day), (*_ON_AIR, ("channel", "Kênh Biển Xanh")), _filmed),
        Kind("photo", "Ảnh báo chí", _work(4, 1, last_day), (("issue", "7521"),), _photographed, phone=True),
    ]


_ON_AIR = (("place", "Đảng trong cuộc sống"), ("aired_at", "19:45"))


def _work(number: int, parts: int, last_day: date) -> MadeWork:
    random = Random(number)  # noqa: S311 - invented works, not secrets
    theme = THEMES[number]
    days = [last_day - timedelta(days=7 * (parts - each)) for each in range(parts)]
    author = MadeAuthor(("Lê Thu Trang", "Võ Đình Lâm", "Cao Bảo Yến", "Đỗ Minh Khoa", "Hồ Ngọc Ánh")[number], "", "")
    return told(random, Idea(theme, theme.subjects[0], "Suối Đá"), organ="Báo Biển Xanh", authors=(author,), days=days)


def _printed(work: MadeWork) -> list[Sent]:
    return [
        Sent("Bản quét trang báo", number, f"ky-{number}.pdf", pages.page(work, part))
        for number, part in enumerate(work.parts, start=1)
    ]


def _captured(work: MadeWork) -> list[Sent]:
    return [Sent("Bản lưu trang đã đăng", 1, "ban-luu.pdf", media.web_capture(work))]


def _script(work: MadeWork) -> Sent:
    return Sent("Lời bình, kịch bản", 1, "loi-binh.pdf", pages.page(work, work.parts[0]))


def _spoken(work: MadeWork) -> list[Sent]:
    return [Sent("Tệp âm thanh", 1, "chuong-trinh.mp3", media.recording(_words(work.parts[0]), SECONDS)), _script(work)]


def _filmed(work: MadeWork) -> list[Sent]:
    return [Sent("Tệp hình", 1, "phong-su.mp4", media.film(_words(work.parts[0]), SECONDS)), _script(work)]


def _photographed(work: MadeWork) -> list[Sent]:
    shots = [
        Sent("Tệp ảnh gốc", 1, f"anh-{number}.jpg", media.photograph(work.title, number)) for number in range(PHOTOS)
    ]
    page = Sent("Bản quét trang đã đăng", 1, "trang-anh.pdf", pages.page(work, work.parts[0]))
    return [*shots, page]


def _words(part: MadePart) -> str:
    return " ".join((part.title, *part.paragraphs))
