"""A list of works read row by row: values, or what is wrong with a cell; rows of a series are one. Pure.

A newsroom's list and the secretariat's are read alike; the secretariat's has more columns of each work.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal

from flask_babel import gettext as _

from award.documents import listings
from award.documents.listings import Told, Unread
from award.entries.filling import MOST_ROWS
from award.entries.forms import read_hour
from award.history import citing
from award.newsrooms.columns import OF_PART, OF_WORK
from award.text import canonical, one_line, words

State = Literal["new", "known", "bad"]
Reader = Callable[[str, "EditionNames"], Any]
"""(text of a cell, what it is read with) → its value; raises Unread."""
_WORK = tuple(each.name for each in OF_WORK)
_PART = tuple(each.name for each in OF_PART)
_NONE = re.compile(r"(chua|khong)( co| dat)?( giai( nao| thuong)*)?")
_PHONE = re.compile(r"\+?[\d .()-]{6,20}")
_FILE = re.compile(r"[;\n]+")
_LONGEST = {"title": 500, "authors": 1500, "link": 2000, "summary": 3000, "byline": 1000, "files": 2000}


@dataclass(frozen=True)
class Kind:
    """A category with its genres by the words of their names."""

    id: int
    genres: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionNames:
    """What cells are read with: what an edition has names for, and the works it has. Names are keys as words."""

    kinds: Mapping[str, Kind]
    topics: Mapping[str, int]
    publishers: Mapping[str, int]
    """Every name of the newsroom and of what it came from."""
    newsroom_id: int | None
    """Whose list it is; None where works of any organ stand in it."""
    last_year: int
    kind_names: str = ""
    entered: frozenset[tuple[int, str]] = frozenset()
    """Category and words of the title of every work the newsroom has in the edition."""
    more: Mapping[str, Reader] = field(default_factory=dict)
    """Readers of further columns of a work, by their names."""


@dataclass(frozen=True)
class PartRead:
    title: str
    published_on: date | None
    issue: str
    page: str
    place: str
    channel: str
    aired_at: time | None
    link: str
    files: tuple[str, ...]
    publisher: str = ""
    """The organ it appeared in, where that is not the work's."""


@dataclass
class WorkRead:
    """A work as rows without a fault tell it."""

    row: int
    title: str
    category_id: int
    genre_id: int | None
    topic_id: int | None
    authors: tuple[citing.Author, ...]
    phone: str
    byline: str
    publisher_id: int | None
    summary: str
    prizes: str | None
    """None where nothing is said, empty where there are none."""
    parts: list[PartRead] = field(default_factory=list)
    publisher_text: str = ""
    """The organ as typed, where none of that name is listed."""
    more: dict[str, Any] = field(default_factory=dict)
    """What the further columns say."""

    @property
    def key(self) -> tuple[int, str]:
        return self.category_id, words(self.title)


@dataclass(frozen=True)
class Checked:
    """A row, what is wrong with its cells, and the work it tells of. `first`: the work begins with it."""

    told: Told
    faults: Mapping[str, list[str]]
    work: WorkRead | None
    first: bool
    known: bool = False

    @property
    def state(self) -> State:
        if self.work is None:
            return "bad"
        return "known" if self.known else "new"


def check(rows: Sequence[Told], known: EditionNames) -> list[Checked]:
    """Every row in the order of the list. A work with a fault in one of its rows is no work."""
    groups: list[list[Told]] = []
    for told in rows:
        if groups and _goes_on(groups[-1][0], told):
            groups[-1].append(told)
        else:
            groups.append([told])
    seen: dict[tuple[int, str], int] = {}
    return [one for group in groups for one in _group(group, known, seen)]


def works(rows: Iterable[Checked]) -> list[WorkRead]:
    """The works that are not there yet, each once."""
    return [row.work for row in rows if row.first and row.state == "new" and row.work is not None]


def _goes_on(first: Told, told: Told) -> bool:
    """Whether a row tells another part of the work that the row `first` began."""
    title = words(told.cells.get("title", ""))
    if not title:
        return True
    same_kind = words(told.cells.get("category", "")) in {"", words(first.cells.get("category", ""))}
    return title == words(first.cells.get("title", "")) and same_kind


def _group(group: Sequence[Told], known: EditionNames, seen: dict[tuple[int, str], int]) -> list[Checked]:
    faults: list[dict[str, list[str]]] = [{} for _row in group]
    first = group[0]
    of_work = (*_WORK, *known.more)
    said = _values(first, of_work, known, faults[0])
    for told, wrong in zip(group[1:], faults[1:], strict=True):
        for name in of_work:
            other = told.cells.get(name, "")
            if other and words(other) != words(first.cells.get(name, "")):
                wrong[name] = [_("Khác với dòng %(n)s của cùng tác phẩm.", n=first.number)]
    parts = [_values(told, _PART, known, wrong) for told, wrong in zip(group, faults, strict=True)]
    if len(group) > MOST_ROWS:
        faults[0]["title"] = [_("Một tác phẩm có nhiều nhất %(n)s kỳ.", n=MOST_ROWS)]
    genre = _against_others(first, said, faults[0], seen)
    work = None
    if not any(faults):
        told_parts = [
            PartRead(title=part.pop("part_title"), publisher=part.pop("part_publisher"), **part) for part in parts
        ]
        work = _work(first.number, said, said["category"], genre, told_parts)
        work.more = {name: said[name] for name in known.more}
    entered = work is not None and work.key in known.entered
    return [
        Checked(told, wrong, work, n == 0, entered) for n, (told, wrong) in enumerate(zip(group, faults, strict=True))
    ]


def _against_others(
    first: Told, said: dict[str, Any], faults: dict[str, list[str]], seen: dict[tuple[int, str], int]
) -> int | None:
    """What cells say only together: the genre of the category, a work told before. Of a row with other faults too, so
    that everything is told at once."""
    kind: Kind | None = said.get("category")
    if kind is None:
        return None
    genre = None if "genre" in faults else _genre(first.cells.get("genre", ""), kind, faults)
    if "title" in said:
        earlier = seen.setdefault((kind.id, words(said["title"])), first.number)
        if earlier != first.number:
            faults.setdefault("title", []).append(_("Trùng với dòng %(n)s của tệp này.", n=earlier))
    return genre


def _work(row: int, said: dict[str, Any], kind: Kind, genre: int | None, parts: list[PartRead]) -> WorkRead:
    return WorkRead(
        row=row,
        title=said["title"],
        category_id=kind.id,
        genre_id=genre,
        topic_id=said["topic"],
        authors=said["authors"],
        phone=said["phone"],
        byline=said["byline"],
        publisher_id=said["publisher"][0],
        publisher_text=said["publisher"][1],
        summary=said["summary"],
        prizes=said["prizes"],
        parts=parts,
    )


def _values(told: Told, names: Iterable[str], known: EditionNames, faults: dict[str, list[str]]) -> dict[str, Any]:
    readers = {name: known.more.get(name) or _READERS[name] for name in names}
    return listings.values(told, readers, known, faults, longest=_LONGEST)


def _title(text: str, _known: EditionNames) -> str:
    found = citing.title(text)
    if not words(found.title):
        raise Unread(_("Chưa ghi tên tác phẩm."))
    return found.title


def _category(text: str, known: EditionNames) -> Kind:
    if not one_line(text):
        raise Unread(_("Chưa ghi loại hình."))
    kind = known.kinds.get(words(text))
    if kind is None:
        raise Unread(_("Chưa rõ loại hình này. Các loại hình: %(names)s.", names=known.kind_names))
    return kind


def _genre(text: str, kind: Kind, faults: dict[str, list[str]]) -> int | None:
    if not one_line(text):
        return None
    genre = kind.genres.get(words(text))
    if genre is None:
        faults["genre"] = [_("Loại hình này không có thể loại đó. Xem trang hướng dẫn của mẫu.")]
    return genre


def _topic(text: str, known: EditionNames) -> int | None:
    if not one_line(text):
        return None
    topic = known.topics.get(words(text))
    if topic is None:
        raise Unread(_("Chưa rõ nội dung này. Xem trang hướng dẫn của mẫu."))
    return topic


def _authors(text: str, _known: EditionNames) -> tuple[citing.Author, ...]:
    found = citing.authors(text)
    if found is None:
        raise Unread(_("Chưa đọc được tác giả: ngoặc đơn chỉ dùng cho bút danh, mở và đóng đủ."))
    if not found:
        raise Unread(_("Chưa ghi tác giả."))
    if len(found) > MOST_ROWS:
        raise Unread(_("Một tác phẩm có nhiều nhất %(n)s tác giả.", n=MOST_ROWS))
    return tuple(found)


def _phone(text: str, _known: EditionNames) -> str:
    typed = one_line(text)
    if typed and not _PHONE.fullmatch(typed):
        raise Unread(_("Chưa đọc được số điện thoại này, ví dụ: 0905 123 456."))
    return typed


def _publisher(text: str, known: EditionNames) -> tuple[int | None, str]:
    if not one_line(text):
        return known.newsroom_id, ""
    found = known.publishers.get(words(text))
    if found is None and known.newsroom_id is not None:
        raise Unread(_("Không phải cơ quan này. Mỗi cơ quan nạp danh sách của mình."))
    return found, "" if found is not None else one_line(text)


def _prizes(text: str, _known: EditionNames) -> str | None:
    typed = one_line(text)
    if not typed:
        return None
    return "" if _NONE.fullmatch(words(typed)) else typed


def _day(text: str, known: EditionNames) -> date:
    found = listings.day(text, last_year=known.last_year, example="05/7/2023")
    if found is None:
        raise Unread(_("Chưa ghi ngày đăng, phát."))
    return found


def _hour(text: str, _known: EditionNames) -> time | None:
    typed = one_line(text)
    if not typed:
        return None
    found = read_hour(re.sub(r"^(\d{1,2}:\d{2}):00$", r"\1", typed))
    if found is None:
        raise Unread(_("Chưa đọc được giờ này. Ghi giờ và phút, ví dụ: 19:45."))
    return found


def _files(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for piece in _FILE.split(text) if (name := one_line(piece))))


def _line(text: str, _known: EditionNames) -> str:
    return one_line(text)


_READERS: Mapping[str, Reader] = {
    "title": _title,
    "category": _category,
    "genre": _line,
    "topic": _topic,
    "authors": _authors,
    "phone": _phone,
    "byline": _line,
    "publisher": _publisher,
    "summary": lambda text, _known: canonical(text),
    "prizes": _prizes,
    "part_title": _line,
    "part_publisher": _line,
    "published_on": _day,
    "issue": _line,
    "page": _line,
    "place": _line,
    "channel": _line,
    "aired_at": _hour,
    "link": lambda text, _known: listings.link(text),
    "files": lambda text, _known: _files(text),
}
