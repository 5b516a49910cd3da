"""One cell of a list of winners: its value, or a sentence that says why it cannot be read. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from award.documents import listings
from award.documents.listings import FIRST_YEAR, Unread
from award.history import citing, naming
from award.text import one_line
from award.text import words as words_of

LONGEST = {"title": 500, "authors": 1500, "link": 2000}
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Organ:
    """A press organ under one of its dated names."""

    id: int
    valid_from: date
    valid_to: date | None

    def bore_it_in(self, year: int) -> bool:
        return self.valid_from.year <= year and (self.valid_to is None or self.valid_to.year >= year)


@dataclass(frozen=True)
class Known:
    """What cells are read with: the award, its prizes, press organs by the words of their names, works recorded."""

    award_name: str
    this_year: int
    levels: Mapping[str, int] = field(default_factory=dict)
    organs: Mapping[str, Sequence[Organ]] = field(default_factory=dict)
    identities: frozenset[str] = frozenset()
    titles: frozenset[tuple[str, int, str]] = frozenset()
    """(award, year, words of the title) of every work recorded."""


def award_name(text: str, known: Known) -> str:
    """The award named, or the one whose list it is."""
    typed = one_line(text)
    if typed and not naming.award_key(typed):
        raise Unread(_("Tên giải không có chữ nào."))
    return typed or known.award_name


def ordinal(text: str, _known: Known) -> str:
    found = naming.ordinal(one_line(text))
    if found is None:
        raise Unread(_("Chưa đọc được lần tổ chức. Ghi số La Mã hoặc số thường, ví dụ: II."))
    return found


def year(text: str, known: Known) -> int:
    typed = one_line(text)
    if not typed:
        raise Unread(_("Chưa ghi năm."))
    if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:9]) <= known.this_year):
        raise Unread(_("Chưa đọc được năm. Ghi bốn chữ số, không sau năm %(year)s, ví dụ: 2022.", year=known.this_year))
    return int(typed)


def level(text: str, known: Known) -> naming.Level:
    if not one_line(text):
        raise Unread(_("Chưa ghi mức giải."))
    found = naming.level(text, known.levels)
    if found is None:
        raise Unread(
            _("Chưa rõ mức giải này. Các mức giải ghi ở trang hướng dẫn của mẫu; giải khác ghi “Khác: tên giải”.")
        )
    return found


def title(text: str, _known: Known) -> citing.Title:
    found = citing.title(text)
    if not found.title:
        raise Unread(_("Chưa ghi tên tác phẩm."))
    if not words_of(found.title):
        raise Unread(_("Tên tác phẩm không có chữ nào."))
    return found


def authors(text: str, _known: Known) -> tuple[citing.Author, ...]:
    found = citing.authors(text)
    if found is None:
        raise Unread(_("Chưa đọc được tác giả: ngoặc đơn chỉ dùng cho bút danh, mở và đóng đủ."))
    if not found:
        raise Unread(_("Chưa ghi tác giả."))
    long = [name for author in found for name in author.names if len(name) > _LONGEST_NAME]
    if long:
        raise Unread(_("Tên quá dài: “%(name)s…”. Giữa các tác giả dùng dấu phẩy.", name=long[0][:60]))
    return tuple(found)


def plain(text: str, _known: Known) -> str:
    return one_line(text)


def day(text: str, known: Known) -> date | None:
    return listings.day(text, last_year=known.this_year, example="05/7/2022")


READERS: Mapping[str, Callable[[str, Known], Any]] = {
    "award_name": award_name,
    "ordinal": ordinal,
    "year": year,
    "level": level,
    "title": title,
    "authors": authors,
    "newsroom": plain,
    "category": plain,
    "published_on": day,
    "link": lambda text, _known: listings.link(text),
}


def organ_texts(text: str) -> list[str]:
    """The names an organ's cell may mean, the whole first: "Báo Khánh Hòa, Hội Nhà báo tỉnh" may mean the paper."""
    typed = one_line(text)
    ends = (at for mark in (",", " - ", " – ", "(") if (at := typed.find(mark)) > 0)
    return [part for part in (typed, *(typed[:at] for at in ends)) if words_of(part)]


def organ(text: str, in_year: int, known: Known) -> int | None:
    """The recorded organ that bore the name: in that year if one did, otherwise at any time."""
    for part in organ_texts(text):
        organs = known.organs.get(words_of(part), ())
        if organs:
            return next((each for each in organs if each.bore_it_in(in_year)), organs[0]).id
    return None
