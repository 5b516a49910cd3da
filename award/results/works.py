"""A work with its prize as people read it. Pure: rows in, one frozen value out."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from flask_babel import gettext as _

from award.editions.models import Category, Genre, PrizeLevel
from award.entries.models import Entry
from award.links import web_address
from award.people.models import Newsroom
from award.results.models import Result, Ruling
from award.screening.models import Screening
from award.text import folded


@dataclass(frozen=True)
class Author:
    """An author in the order of the work, with the pen names that stand in brackets after the name."""

    name: str
    pen_names: tuple[str, ...]
    unnamed: bool = False
    """Took back the consent to being named: papers and staff name the author, public pages do not."""

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(self.pen_names)})" if self.pen_names else self.name


@dataclass(frozen=True)
class PublishedPart:
    """Where one part can be read. `link` is an address of the web or empty."""

    ordinal: int
    title: str
    published_on: date | None
    place: str
    link: str


@dataclass(frozen=True)
class Corrected:
    """A word of the work that was corrected after the decision, and on which day."""

    field: str
    """title | newsroom | author | pen_name"""
    on: date
    stood: str = ""
    reads: str = ""


@dataclass(frozen=True)
class PrizeWork:
    """Everything the rules let be told of a work with a prize, and what its staff also know: code and reason."""

    key: str
    result_key: str
    state: str
    level: PrizeLevel
    title: str
    category: Category
    genre: str
    authors: tuple[Author, ...]
    newsroom: str
    parts: tuple[PublishedPart, ...]
    code: str
    reason: str
    withdrawn: bool
    eligible: bool
    theme: str = ""
    """What a thematic prize is given for; empty for others."""
    revoked: Ruling | None = None
    """By which paper the prize was taken back."""
    awarded: Ruling | None = None
    """By which paper it was given later, or lowered to the level it has."""
    lowered_from: str = ""
    """The level that this paper lowered it from; empty of one given later, and where nobody knew of that level."""
    corrected: tuple[Corrected, ...] = ()
    organ: str = ""
    """By what a reader narrows a page to the works of one press organ; empty where nobody is asked to."""

    def for_public(self) -> "PrizeWork":
        """The work as anybody reads it: who took back the consent to being named is not."""
        if not any(author.unnamed for author in self.authors):
            return self
        nobody = Author(_("tác giả không nêu tên"), ())
        return replace(self, authors=tuple(nobody if author.unnamed else author for author in self.authors))

    def as_known(self, since: datetime) -> "PrizeWork":
        """The work as it is told since that instant: which level it was lowered from before is not."""
        at = self.awarded.done_at if self.awarded is not None and self.lowered_from else since
        return self if at is not None and at >= since else replace(self, lowered_from="")

    @property
    def beyond(self) -> bool:
        """It takes no place of the structure."""
        return self.awarded is not None and self.awarded.beyond

    @property
    def link(self) -> str:
        """Where the published work begins."""
        return next((part.link for part in self.parts if part.link), "")

    @property
    def author_words(self) -> str:
        return ", ".join(str(author) for author in self.authors)

    @property
    def kind_words(self) -> str:
        """Phóng sự, báo in, loạt 5 kỳ."""
        words = [self.genre, self.category.name.lower()] if self.genre else [self.category.name]
        if len(self.parts) > 1:
            words.append(_("loạt %(n)s kỳ", n=len(self.parts)))
        return ", ".join(words)

    @property
    def sentence(self) -> str:
        """The usual grammar of lists: kind, then authors, then the press organ."""
        words = {"kind": self.kind_words, "authors": self.author_words}
        if len(self.authors) > 1:
            told = _("%(kind)s, của nhóm tác giả %(authors)s", **words)
        else:
            told = _("%(kind)s, của tác giả %(authors)s", **words)
        return f"{told} - {self.newsroom}" if self.newsroom else told

    @cached_property
    def searched(self) -> str:
        """What a search looks at, folded."""
        return folded(" ".join((self.title, self.author_words, self.newsroom, *(part.title for part in self.parts))))


@dataclass(frozen=True)
class Honoured:
    """A body or a person with a prize, as people read it."""

    key: str
    state: str
    level: PrizeLevel
    recipient: str
    reason: str
    work: str
    """Title of the work that depicts the person."""
    revoked: Ruling | None = None

    def as_known(self, _since: datetime) -> "Honoured":
        """No prize of a body or a person is lowered."""
        return self


def shown(
    result: Result,
    level: PrizeLevel,
    entry: Entry,
    category: Category,
    genre: Genre | None,
    newsroom: Newsroom | None,
    screening: Screening | None,
    unnamed: Collection[int] = (),
    corrections: str = "[]",
    revoked: Ruling | None = None,
    awarded: Ruling | None = None,
    lowered_from: str = "",
) -> PrizeWork:
    """The work from its rows. `unnamed`: numbers of the authorships whose persons took back their consent.

    `corrections` are those that two persons confirmed, first to last, as JSON; each has its word in place of the
    dossier's.
    """
    said = said_of(corrections)
    return PrizeWork(
        key=entry.public_id,
        result_key=result.public_id,
        state=result.state,
        level=level,
        title=said.get(("title", None), entry.title),
        category=category,
        genre=genre.name if genre else "",
        authors=authors_of(entry, unnamed, said),
        newsroom=said.get(("newsroom", None)) or publisher_of(entry, newsroom),
        parts=tuple(
            PublishedPart(part.ordinal, part.title, part.published_on, part.where, web_address(part.link))
            for part in entry.parts
        ),
        code=(screening.blind_code or "") if screening else "",
        theme=result.theme,
        reason=result.proposed_reason,
        withdrawn=entry.state == "withdrawn",
        eligible=screening is not None and screening.decision == "eligible",
        revoked=revoked,
        awarded=awarded,
        lowered_from=lowered_from,
        corrected=corrected_of(corrections),
    )


def corrected_of(corrections: str) -> tuple[Corrected, ...]:
    """Each correction after the decision, of corrections as JSON, first to last: one before it is in the decision."""
    return tuple(
        Corrected(each["field"], date.fromisoformat(each["on"]), each["before"], each["after"])
        for each in json.loads(corrections)
        if each["late"]
    )


def said_of(corrections: str) -> dict[tuple[str, int | None], str]:
    """(field, authorship) -> the word as it was corrected last, of corrections as JSON, first to last."""
    return {(each["field"], each["authorship"]): str(each["after"]) for each in json.loads(corrections)}


def authors_of(
    entry: Entry, unnamed: Collection[int] = (), said: Mapping[tuple[str, int | None], str] | None = None
) -> tuple[Author, ...]:
    """In their order, each with the pen names given. `said`: (field, authorship) -> the word that was corrected."""
    known = said or {}
    named = [
        (each.id, known.get(("author", each.id), each.legal_name), known.get(("pen_name", each.id), each.pen_name))
        for each in entry.authors
    ]
    return tuple(Author(name, _pen_names(name, pen), number in unnamed) for number, name, pen in named)


def publisher_of(entry: Entry, newsroom: Newsroom | None) -> str:
    """The press organ under the name it bore on the day of publication; as typed when it is not a listed one."""
    if newsroom is None:
        return entry.newsroom_text
    days = [part.published_on for part in entry.parts if part.published_on]
    return newsroom.name_on(min(days, default=entry.changed_at.date()))


def _pen_names(name: str, typed: str) -> tuple[str, ...]:
    """Several are written with commas or semicolons between them; one that is the name itself says nothing."""
    return tuple(pen for pen in re.split(r"\s*[,;]\s*", typed.strip()) if pen and pen != name)
