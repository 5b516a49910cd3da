"""What a dossier says of its works in a form that another house reads: written here, read here, so that both agree.

Pure. Reading trusts nobody: every field has its type and its limit, every text is composed and on as few lines as it
should be, and what is not understood is said with the place it stands at.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, TypeVar

from award.text import canonical, one_line

NAME = "HO-SO.json"
FORM = "giai-ho-so/1"
MOST_BYTES = 16 * 1024 * 1024
MOST_WORKS, MOST_ROWS, MOST_FILES = 2000, 100, 200
_LINE, _LONG = 500, 5000
_UNTOLD = re.compile("[\0\ud800-\udfff]")
"""What no text of people holds, and no database takes."""
_HEX = re.compile(r"[0-9a-f]{64}")
_ORIGIN = re.compile(r"[0-9a-f]{32}")
T = TypeVar("T")


class Unreadable(Exception):
    """The description is not understood at this place: works[3].parts[0].published_on."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class PartTold:
    title: str
    published_on: date | None
    issue: str
    page: str
    place: str
    channel: str
    aired_at: time | None
    link: str
    newsroom: str = ""
    """Where the part appeared, if that was another organ than the whole work's."""


@dataclass(frozen=True)
class AuthorTold:
    legal_name: str
    pen_name: str
    role: str
    employer: str
    phone: str
    contact: bool
    minor: bool
    guardian: str
    share: int | None


@dataclass(frozen=True)
class PrizeTold:
    award_name: str
    level: str
    organiser: str
    year: int | None


@dataclass(frozen=True)
class FileTold:
    """`part` is the number of the part it belongs to; None: the whole work. `slot` and `label` tell which place."""

    path: str
    name: str
    size: int
    sha256: str
    slot: str
    label: str
    part: int | None
    caption: str


@dataclass(frozen=True)
class WorkTold:
    """`origin` names the work among those of all senders; `code` is the one people know it by."""

    origin: str
    code: str
    title: str
    summary: str
    category: str
    medium: str
    genre: str
    topic: str
    newsroom: str
    byline: str
    elsewhere: str
    declared: bool
    no_prior_prize: bool | None
    parts: tuple[PartTold, ...]
    authors: tuple[AuthorTold, ...]
    prizes: tuple[PrizeTold, ...]
    files: tuple[FileTold, ...]


@dataclass(frozen=True)
class Told:
    """A whole dossier: who sends it, to what, with which letter, and its works in the order of the list."""

    sender: str
    edition: str
    to: str
    letter: str
    letter_day: date | None
    illustrative: bool
    works: tuple[WorkTold, ...]

    @property
    def files(self) -> tuple[FileTold, ...]:
        return tuple(file for work in self.works for file in work.files)


def written(told: Told) -> bytes:
    """The description as it lies in the dossier: the same for the same works, and readable."""
    return (json.dumps({"form": FORM, **as_json(told)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def as_json(thing: Any) -> dict[str, Any]:
    """The value with days and hours as text."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(thing), default=lambda value: value.isoformat()))
    return plain


def read(content: bytes) -> Told:
    """What the description says. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("")
    try:
        whole = json.loads(content.decode())
    except (ValueError, RecursionError) as fault:
        raise Unreadable("") from fault
    if not isinstance(whole, dict) or whole.get("form") != FORM:
        raise Unreadable("form")
    return from_json(whole)


def from_json(whole: dict[str, Any]) -> Told:
    """The same of a value that was kept. Raises Unreadable."""
    row = _Row(whole, "")
    told = Told(
        sender=row.line("sender", needed=True),
        edition=row.line("edition", needed=True),
        to=row.line("to"),
        letter=row.line("letter"),
        letter_day=row.day("letter_day"),
        illustrative=row.flag("illustrative"),
        works=row.rows("works", MOST_WORKS, _work, needed=True),
    )
    if len({work.origin for work in told.works}) != len(told.works):
        raise Unreadable("works")
    return told


def _work(row: "_Row") -> WorkTold:
    parts = row.rows("parts", MOST_ROWS, _part, needed=True)
    files = row.rows("files", MOST_FILES, _file)
    for n, file in enumerate(files):
        if file.part is not None and file.part > len(parts):
            raise Unreadable(f"{row.where}.files[{n}].part")
    no_prior = row.value("no_prior_prize")
    if not (no_prior is None or isinstance(no_prior, bool)):
        raise Unreadable(row.at("no_prior_prize"))
    return WorkTold(
        origin=row.matching("origin", _ORIGIN),
        code=row.line("code", needed=True),
        title=row.line("title", needed=True),
        summary=row.text("summary"),
        category=row.line("category", needed=True),
        medium=row.line("medium"),
        genre=row.line("genre"),
        topic=row.line("topic"),
        newsroom=row.line("newsroom"),
        byline=row.text("byline"),
        elsewhere=row.text("elsewhere"),
        declared=row.flag("declared"),
        no_prior_prize=no_prior,
        parts=parts,
        authors=row.rows("authors", MOST_ROWS, _author, needed=True),
        prizes=row.rows("prizes", MOST_ROWS, _prize),
        files=files,
    )


def _part(row: "_Row") -> PartTold:
    return PartTold(
        title=row.line("title"),
        published_on=row.day("published_on"),
        issue=row.line("issue"),
        page=row.line("page"),
        place=row.line("place"),
        channel=row.line("channel"),
        aired_at=row.hour("aired_at"),
        link=row.line("link", most=2000),
        newsroom=row.line("newsroom"),
    )


def _author(row: "_Row") -> AuthorTold:
    return AuthorTold(
        legal_name=row.line("legal_name", needed=True),
        pen_name=row.line("pen_name"),
        role=row.line("role"),
        employer=row.line("employer"),
        phone=row.line("phone"),
        contact=row.flag("contact"),
        minor=row.flag("minor"),
        guardian=row.line("guardian"),
        share=row.number("share", 1, 100),
    )


def _prize(row: "_Row") -> PrizeTold:
    return PrizeTold(row.line("award_name"), row.line("level"), row.line("organiser"), row.number("year", 1900, 2200))


def _file(row: "_Row") -> FileTold:
    size = row.number("size", 0, 2**50)
    if size is None:
        raise Unreadable(row.at("size"))
    return FileTold(
        path=row.line("path", needed=True),
        name=row.line("name", needed=True),
        size=size,
        sha256=row.matching("sha256", _HEX),
        slot=row.line("slot"),
        label=row.line("label"),
        part=row.number("part", 1, MOST_ROWS),
        caption=row.text("caption"),
    )


class _Row:
    """One object of the description, with the place it stands at."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise Unreadable(where)
        self._value, self.where = value, where

    def at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def value(self, name: str) -> Any:
        return self._value.get(name)

    def text(self, name: str, *, most: int = _LONG) -> str:
        value = self._value.get(name, "")
        if not isinstance(value, str) or len(value) > most or _UNTOLD.search(value):
            raise Unreadable(self.at(name))
        return canonical(value)

    def line(self, name: str, *, most: int = _LINE, needed: bool = False) -> str:
        found = one_line(self.text(name, most=most))
        if needed and not found:
            raise Unreadable(self.at(name))
        return found

    def matching(self, name: str, form: re.Pattern[str]) -> str:
        found = self.text(name)
        if not form.fullmatch(found):
            raise Unreadable(self.at(name))
        return found

    def flag(self, name: str) -> bool:
        value = self._value.get(name)
        if not isinstance(value, bool):
            raise Unreadable(self.at(name))
        return value

    def number(self, name: str, least: int, most: int) -> int | None:
        value = self._value.get(name)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            raise Unreadable(self.at(name))
        return value

    def day(self, name: str) -> date | None:
        return self._told(name, date.fromisoformat)

    def hour(self, name: str) -> time | None:
        return self._told(name, time.fromisoformat)

    def rows(self, name: str, most: int, read_row: Callable[["_Row"], T], *, needed: bool = False) -> tuple[T, ...]:
        listed = self._value.get(name)
        if not isinstance(listed, list) or len(listed) > most or (needed and not listed):
            raise Unreadable(self.at(name))
        return tuple(read_row(_Row(each, f"{self.at(name)}[{n}]")) for n, each in enumerate(listed))

    def _told(self, name: str, form: Callable[[str], T]) -> T | None:
        value = self._value.get(name)
        if value is None:
            return None
        try:
            return form(value)
        except (ValueError, TypeError) as fault:
            raise Unreadable(self.at(name)) from fault
