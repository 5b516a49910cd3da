"""What a form page says, read into types: the borrowers' side is `operations`, the reading is `forms`. Pure."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class WorkValues:
    title: str
    genre_id: int | None
    topic_id: int | None
    publisher: str
    """Its name as typed; the list of press organs tells whether it is known."""
    byline: str
    summary: str
    elsewhere: str = ""


@dataclass(frozen=True)
class PartValues:
    key: str
    title: str
    published_on: date | None
    place: str
    link: str
    issue: str = ""
    page: str = ""
    channel: str = ""
    aired_at: time | None = None
    outlet: str = ""
    """The organ of this part as typed, where it is not that of the work."""


@dataclass(frozen=True)
class CaptionValues:
    """What stands under one picture; `key` is the public id of its file."""

    key: str
    caption: str


@dataclass(frozen=True)
class AuthorValues:
    key: str
    legal_name: str
    pen_name: str
    role: str
    employer: str
    phone: str
    contact: bool
    minor: bool = False
    guardian: str = ""
    guardian_relation: str = ""
    share: int | None = None


@dataclass(frozen=True)
class PrizeValues:
    key: str
    award_name: str
    level: str
    organiser: str
    year: int | None


@dataclass(frozen=True)
class DeclarationValues:
    no_prior_prize: bool | None
    prizes: tuple[PrizeValues, ...]
    declared: frozenset[str]
