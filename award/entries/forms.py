"""The pages of the entry form: the texts a page shows, and those texts read back into values or messages.

Rows are named by the public id of what they show ("<key>-title"), so that a row keeps its name when others come or go.
What cannot be read stays as it stood and is told beside its field; nothing of the rest waits for it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Generic, TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from award import dates
from award.clock import now
from award.dates import local, read_day
from award.editions.declaring import PURPOSES
from award.editions.media import PART_FIELDS
from award.entries.dossiers import Dossier
from award.entries.values import (
    AuthorValues,
    CaptionValues,
    DeclarationValues,
    PartValues,
    PrizeValues,
    WorkValues,
)
from award.links import begun
from award.text import canonical, length, one_line

T = TypeVar("T")
Shown = dict[str, str]
Messages = dict[str, list[str]]

_LIMITS = {"summary": 3000, "elsewhere": 2000, "link": 2000, "byline": 1000, "caption": 1000}
_LINES = frozenset({"summary", "elsewhere"})
"""Fields of several lines."""
_LONGEST = 500
_HOUR = re.compile(r"(\d{1,2})\s*(?:(?:[:h.]|giờ)\s*(\d{1,2})?\s*(?:phút)?)?", re.IGNORECASE)
_ROW = re.compile(r"([2-9a-z]{12})-(\w+)")


@dataclass(frozen=True)
class Read(Generic[T]):
    """What a page said; `messages` names what could not be read, by field."""

    values: T
    messages: Messages = field(default_factory=dict)


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page: what it shows of a dossier, and how what came back is read."""

    name: str
    shown: Callable[[Dossier], Shown]
    values: Callable[[Shown, Shown, Messages], T]
    """(texts that shall stand, texts that stand, messages to add to) -> values."""
    row_fields: tuple[str, ...] = ()
    boxes: frozenset[str] = frozenset()
    """Fields a browser does not send when they are empty."""

    def typed(self, form: "MultiDict[str, str]", stood: Shown) -> Shown:
        """The texts of this page that came, in canonical form. Where the whole page came, empty boxes say no."""
        said = {}
        for name, text in form.items():
            row = _ROW.fullmatch(name)
            if name in stood or (row and row[2] in self.row_fields):
                said[name] = _as_shown(name, canonical(text) if name in _LINES else one_line(text))
        return said | ({box: "" for box in self.boxes if box not in said} if "version" in form else {})

    def read(self, said: Shown, stood: Shown) -> Read[T]:
        """What the page says; what cannot be read stays as it stood."""
        messages: Messages = {}
        fitting = dict(said)
        for name, text in said.items():
            limit = _LIMITS.get(name.rpartition("-")[2], _LONGEST)
            if (n := length(text)) > limit:
                messages[name] = [_("Dài %(n)s ký tự; tối đa %(limit)s ký tự.", n=n, limit=limit)]
                fitting[name] = stood.get(name, "")
        return Read(self.values(fitting, stood, messages), messages)


def _as_shown(name: str, text: str) -> str:
    """The text as a page shows what it says, so that one day written in two ways is one text. Unread it stays."""
    field_name = name.rpartition("-")[2]
    if field_name == "published_on" and (day := read_day(text)) is not None:
        return dates.typed_day(day)
    if field_name == "aired_at" and (at := read_hour(text)) is not None:
        return at.strftime("%H:%M")
    return text


def chosen(form: "MultiDict[str, str]", yours: Shown, theirs: Shown) -> Shown:
    """What was typed, with the other text wherever the person, shown both, chose the other."""
    others = {
        name.removeprefix("keep:") for name, which in form.items() if name.startswith("keep:") and which == "theirs"
    }
    return {name: theirs.get(name, "") if name in others else text for name, text in yours.items()}


def read_hour(text: str) -> time | None:
    """19:45, 19h45, 19 giờ 45 and 19 giờ are times of day; None is what is none."""
    found = _HOUR.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _work_shown(dossier: Dossier) -> Shown:
    return {
        "title": dossier.title,
        "genre": str(dossier.genre_id or ""),
        "topic": str(dossier.topic_id or ""),
        "publisher": dossier.publisher,
        "byline": dossier.byline,
        "summary": dossier.summary,
        "elsewhere": dossier.elsewhere,
    }


def _work_values(said: Shown, stood: Shown, messages: Messages) -> WorkValues:  # noqa: ARG001
    return WorkValues(
        title=said["title"],
        genre_id=_number(said["genre"]),
        topic_id=_number(said["topic"]),
        publisher=said["publisher"],
        byline=said["byline"],
        summary=said["summary"],
        elsewhere=said.get("elsewhere", ""),
    )


def _parts_shown(dossier: Dossier) -> Shown:
    return {
        f"{part.key}-{name}": text
        for part in dossier.parts
        for name, text in (
            ("title", part.title),
            ("published_on", dates.typed_day(part.published_on) if part.published_on else ""),
            ("outlet", part.outlet),
            ("issue", part.issue),
            ("page", part.page),
            ("place", part.place),
            ("channel", part.channel),
            ("aired_at", part.aired_at.strftime("%H:%M") if part.aired_at else ""),
            ("link", part.link),
        )
    }


def _parts_values(said: Shown, stood: Shown, messages: Messages) -> list[PartValues]:
    rows = []
    for key, row in _rows(said).items():
        day = read_day(row.get("published_on", ""))
        if row.get("published_on") and not _believable(day):
            name = f"{key}-published_on"
            messages[name] = [
                _(
                    "Chưa đọc được ngày này. Ghi ngày/tháng/năm, năm đủ bốn chữ số, ví dụ: %(day)s.",
                    day=dates.example_day(),
                )
            ]
            day = read_day(stood.get(name, ""))
        at = read_hour(row.get("aired_at", ""))
        if row.get("aired_at") and at is None:
            name = f"{key}-aired_at"
            messages[name] = [_("Chưa đọc được giờ này. Ghi giờ và phút, ví dụ: 19:45.")]
            at = read_hour(stood.get(name, ""))
        rows.append(
            PartValues(
                key=key,
                title=row.get("title", ""),
                published_on=day,
                place=row.get("place", ""),
                link=begun(row.get("link", "")),
                issue=row.get("issue", ""),
                page=row.get("page", ""),
                channel=row.get("channel", ""),
                aired_at=at,
                outlet=row.get("outlet", ""),
            )
        )
    return rows


def _authors_shown(dossier: Dossier) -> Shown:
    rows = {
        f"{author.key}-{name}": text
        for author in dossier.authors
        for name, text in (
            ("legal_name", author.legal_name),
            ("pen_name", author.pen_name),
            ("employer", author.employer),
            ("role", author.role),
            ("phone", author.phone),
            ("minor", "y" if author.minor else ""),
            ("guardian", author.guardian),
            ("guardian_relation", author.guardian_relation),
            ("share", str(author.share or "")),
        )
    }
    return {**rows, "contact": next((author.key for author in dossier.authors if author.contact), "")}


def _authors_values(said: Shown, stood: Shown, messages: Messages) -> list[AuthorValues]:
    rows = []
    for key, row in _rows(said).items():
        phone = row.get("phone", "")
        unchanged = phone == stood.get(f"{key}-phone", "")
        if phone and not unchanged and not re.fullmatch(r"\+?[\d .()-]{6,20}", phone):
            messages[f"{key}-phone"] = [_("Chưa đọc được số điện thoại này, ví dụ: 0905 123 456.")]
            phone = stood.get(f"{key}-phone", "")
        share = _number(row.get("share", "").rstrip("% "))
        if row.get("share") and not (share and share <= 100):
            messages[f"{key}-share"] = [_("Tỷ lệ là số nguyên từ 1 đến 100.")]
            share = _number(stood.get(f"{key}-share", ""))
        rows.append(
            AuthorValues(
                key=key,
                legal_name=row.get("legal_name", ""),
                pen_name=row.get("pen_name", ""),
                role=row.get("role", ""),
                employer=row.get("employer", ""),
                phone=phone,
                contact=said.get("contact") == key,
                minor=row.get("minor") == "y",
                guardian=row.get("guardian", ""),
                guardian_relation=row.get("guardian_relation", ""),
                share=share,
            )
        )
    return rows


def _declarations_shown(dossier: Dossier) -> Shown:
    said = {None: "", True: "none", False: "some"}[dossier.no_prior_prize]
    rows = {
        f"{prize.key}-{name}": text
        for prize in dossier.prizes
        for name, text in (
            ("award_name", prize.award_name),
            ("level", prize.level),
            ("organiser", prize.organiser),
            ("year", str(prize.year or "")),
        )
    }
    return {"no_prior_prize": said, **rows, **{code: "y" if code in dossier.agreed else "" for code in PURPOSES}}


def _declarations_values(said: Shown, stood: Shown, messages: Messages) -> DeclarationValues:
    rows = []
    for key, row in _rows(said).items():
        year = _number(row.get("year", ""))
        if row.get("year") and not (year and 1925 <= year <= 2100):
            messages[f"{key}-year"] = [_("Năm gồm bốn chữ số, ví dụ: %(year)s.", year=local(now()).year)]
            year = _number(stood.get(f"{key}-year", ""))
        rows.append(PrizeValues(key, row.get("award_name", ""), row.get("level", ""), row.get("organiser", ""), year))
    denied = {"none": True, "some": False}.get(said.get("no_prior_prize", ""))
    declared = frozenset(code for code in PURPOSES if said.get(code))
    return DeclarationValues(denied, tuple(rows), declared)


def _captions_shown(dossier: Dossier) -> Shown:
    return {f"{file.key}-caption": file.caption for file in dossier.pictures if file.state != "rejected"}


def _captions_values(said: Shown, stood: Shown, messages: Messages) -> list[CaptionValues]:  # noqa: ARG001
    return [CaptionValues(key, row.get("caption", "")) for key, row in _rows(said).items()]


WORK = Page("work", _work_shown, _work_values)
PARTS = Page("parts", _parts_shown, _parts_values, ("title", "published_on", "outlet", *PART_FIELDS))
CAPTIONS = Page("captions", _captions_shown, _captions_values, ("caption",))
AUTHORS = Page(
    "authors",
    _authors_shown,
    _authors_values,
    ("legal_name", "pen_name", "employer", "role", "phone", "share", "minor", "guardian", "guardian_relation"),
)
DECLARATIONS = Page(
    "declarations",
    _declarations_shown,
    _declarations_values,
    ("award_name", "level", "organiser", "year"),
    frozenset(PURPOSES),
)


def _rows(said: Mapping[str, str]) -> dict[str, Shown]:
    """Key of a row -> its fields, in the order in which they stand."""
    rows: dict[str, Shown] = {}
    for name, text in said.items():
        found = _ROW.fullmatch(name)
        if found:
            rows.setdefault(found[1], {})[found[2]] = text
    return rows


def _believable(day: date | None) -> bool:
    return day is not None and 1925 <= day.year <= local(now()).year + 1


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
