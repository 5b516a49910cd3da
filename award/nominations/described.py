"""What a dossier says of its works in a form that another house reads: written here, read here, so that both agree.

Pure. Reading trusts nobody: every field has its type and its limit, every text is composed and on as few lines as it
should be, and what is not understood is said with the place it stands at.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from award.foreign import Row
from award.foreign import Unreadable as Unreadable

NAME = "HO-SO.json"
FORM = "giai-ho-so/1"
MOST_BYTES = 16 * 1024 * 1024
MOST_WORKS, MOST_ROWS, MOST_FILES = 2000, 100, 200
_HEX = re.compile(r"[0-9a-f]{64}")
_ORIGIN = re.compile(r"[0-9a-f]{32}")


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
    guardian_relation: str = ""


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
    resolution: str = ""
    """Number of the paper by which the sender chose the works, with its day and body; empty where none is named."""
    resolution_day: date | None = None
    resolution_body: str = ""

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
    row = Row(whole, "")
    told = Told(
        sender=row.line("sender", needed=True),
        edition=row.line("edition", needed=True),
        to=row.line("to"),
        letter=row.line("letter"),
        letter_day=row.day("letter_day"),
        illustrative=row.flag("illustrative"),
        works=row.rows("works", MOST_WORKS, _work, needed=True),
        resolution=row.line("resolution"),
        resolution_day=row.day("resolution_day"),
        resolution_body=row.line("resolution_body"),
    )
    if len({work.origin for work in told.works}) != len(told.works):
        raise Unreadable("works")
    return told


def _work(row: Row) -> WorkTold:
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


def _part(row: Row) -> PartTold:
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


def _author(row: Row) -> AuthorTold:
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
        guardian_relation=row.line("guardian_relation"),
    )


def _prize(row: Row) -> PrizeTold:
    return PrizeTold(row.line("award_name"), row.line("level"), row.line("organiser"), row.number("year", 1900, 2200))


def _file(row: Row) -> FileTold:
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
