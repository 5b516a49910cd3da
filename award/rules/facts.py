"""What the rules of entry look at: the facts of one work, the rules of one edition, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from award.editions.media import Medium

Colour = Literal["green", "amber", "red", "not_applicable"]

DECLARATIONS = ("commitment", "consent")
"""What every entrant declares before a work can be submitted."""


@dataclass(frozen=True)
class PartFacts:
    """One kỳ (bài). `key` names it in the fields of a form."""

    key: str
    ordinal: int
    title: str = ""
    published_on: date | None = None
    place: str = ""
    link: str = ""
    issue: str = ""
    page: str = ""
    channel: str = ""
    aired_at: time | None = None
    outlet: str = ""
    """The organ it appeared in, where that is not the organ of the whole work."""
    outlet_licensed: bool | None = None
    outlet_kinds: frozenset[str] = frozenset()
    outlet_works: int = 0
    """Other works that appeared in that organ."""
    outlet_works_here: int = 0


@dataclass(frozen=True)
class CaptionFacts:
    """A picture that has to have words under it. `key` names its file in the fields of a form."""

    key: str
    ordinal: int
    caption: str = ""


@dataclass(frozen=True)
class AuthorFacts:
    """One author, with the other works of the same person that are submitted in this edition."""

    key: str
    legal_name: str = ""
    pen_names: tuple[str, ...] = ()
    contact: bool = False
    phone: str = ""
    minor: bool = False
    """Younger than 18, as declared."""
    guardian: str = ""
    """The parent or guardian who consents to a minor's taking part."""
    guardian_relation: str = ""
    consent_withdrawn: bool = False
    """Agreed to the use of name and organ, and took that back."""
    employer: str = ""
    share: int | None = None
    """Percent of the work."""
    employer_works: int = 0
    """Other submitted works with an author of the same organ."""
    employer_works_here: int = 0
    """Those of them in the same category."""
    organiser: bool = False
    """Helps to run the edition: organiser, secretary, auditor."""
    organiser_namesake: bool = False
    """Somebody of the same name does, who may be another person."""
    judge: bool = False
    """Sits on a council of the edition."""
    judge_namesake: bool = False
    """Somebody of the same name does, who may be another person."""
    works: int = 0
    """Other submitted works of surely the same person."""
    works_here: int = 0
    """Those of them in the same category."""
    namesakes: int = 0
    """Other submitted works of somebody with the same name, who may be another person."""
    namesakes_here: int = 0
    """Those of them in the same category."""


@dataclass(frozen=True)
class LengthFacts:
    """How long a file is by one measure of `award.editions.lengths`, and how long it may be."""

    file: str
    """Its name."""
    measure: str
    n: int
    most: int


@dataclass(frozen=True)
class TwinFacts:
    """The same work, as far as one can tell, submitted before in another category."""

    category: str
    sure: bool
    """It names the same page; otherwise it has the same title and an author of the same name."""


@dataclass(frozen=True)
class SlotFacts:
    """A place for files: how many it asks for, and how many stand there in which state."""

    key: str
    label: str
    part_key: str | None = None
    part_ordinal: int | None = None
    at_least: int = 1
    at_most: int = 1
    held: int = 0
    """Whole in the store, checked or being checked."""
    coming: int = 0
    """Begun, promised by fingerprint."""
    refused: int = 0
    unchecked: int = 0
    """Among those that are held: whole, and nobody could open them."""
    for_minors: bool = False
    """For what parents and guardians signed; a place of a work that has an author younger than 18."""
    lengths: tuple[LengthFacts, ...] = ()
    """Of the files that were opened, by the measures the place limits."""


@dataclass(frozen=True)
class PriorPrizeFacts:
    key: str
    award_name: str
    level: str = ""
    year: int | None = None


@dataclass(frozen=True)
class PrizedFacts:
    """A prize that the record of earlier editions gives to a work of this title by one of its authors."""

    key: int
    award_name: str
    edition: str
    """lần thứ II - năm 2022."""
    year: int
    level: str
    author: str
    """Whose name stands in both."""


LIMITS = ("max_parts", "max_group_size", "max_works_per_author", "max_works_per_newsroom")
"""What a category may say for itself: for parts and people in place of the edition's number, for works beside it."""


@dataclass(frozen=True)
class CategoryLimits:
    """The limits of one category. A code that is not there is not limited by the category."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    """The clause they stand in; without one the category's limits cite what the edition's rule of the code cites."""


@dataclass(frozen=True)
class EntryFacts:
    """A work as declared. Nothing here is looked up: the caller brings everything."""

    medium: Medium
    needed: frozenset[str] = frozenset()
    """What the category cannot do without: fields of the parts, and of the work as a whole."""
    title: str = ""
    genre_missing: bool = False
    publisher: str = ""
    publisher_licensed: bool | None = None
    """None: the organ is not in the list yet."""
    publisher_kinds: frozenset[str] = frozenset()
    """By the codes of the edition; empty: not known."""
    outlets: frozenset[str] = frozenset()
    """The kinds of organ whose works the category takes; empty: of every kind."""
    publisher_works: int = 0
    """Other submitted works of the same organ in this edition."""
    publisher_works_here: int = 0
    """Those of them in the same category."""
    group_works: int = 0
    """Other submitted works of exactly these authors."""
    group_works_here: int = 0
    """Those of them in the same category."""
    category: str = ""
    limits: CategoryLimits = CategoryLimits()
    byline: str = ""
    topic: str = ""
    summary: str = ""
    elsewhere: str = ""
    """Other platforms on which the work appeared, one a line."""
    parts: tuple[PartFacts, ...] = ()
    captions: tuple[CaptionFacts, ...] = ()
    authors: tuple[AuthorFacts, ...] = ()
    slots: tuple[SlotFacts, ...] = ()
    no_prior_prize: bool | None = None
    prior_prizes: tuple[PriorPrizeFacts, ...] = ()
    prized: tuple[PrizedFacts, ...] = ()
    twins: tuple[TwinFacts, ...] = ()
    declared: frozenset[str] = frozenset()
    declared_before: frozenset[str] = frozenset()
    """What was declared in words that are no longer those of the edition."""
    files_still_come: bool | None = None
    """Whether promised files of this work may still come, where not the time for everybody counts for them."""
    confirmed: bool | None = None
    """The press organ confirmed the work and its authors, or said that it does not; None while it has said nothing."""


@dataclass(frozen=True)
class RuleBook:
    """The rules of an edition. None means that the edition does not regulate it."""

    window_from: date | None = None
    window_to: date | None = None
    carry_over: bool = False
    """A series whose last part lies within the window may have begun before it."""
    several_categories: bool | None = None
    """Whether one work may enter in more than one category."""
    max_parts: int | None = None
    max_group_size: int | None = None
    max_works_per_author: int | None = None
    max_works_per_group: int | None = None
    max_works_per_newsroom: int | None = None
    newsroom_means: Literal["publisher", "employer"] = "publisher"
    organisers_enter: bool | None = None
    """Whether who helps to run the edition may enter works."""
    judges_enter: bool | None = None
    """Whether who sits on a council may."""
    members: Literal["none", "own_work", "own_newsroom"] | None = None
    """Works of who sits on a council: judged like all, not by themselves, not by their organ."""
    confirmation: bool = False
    """A work needs the word of the organ that published or aired it."""
    confirmation_until: str = ""
    """Until when that word may come, in words; empty without a day of its own."""
    confirmation_over: bool = False
    """That time is past."""
    prior_prizes: Literal["allowed", "declared", "barred"] | None = None
    """allowed: may enter; declared: may enter when declared; barred: the same, but for the awards named below."""
    barred_prizes: tuple[str, ...] = ()
    licensed_outlet: bool | None = None
    outlet_names: tuple[tuple[str, str], ...] = ()
    """Code and name of each kind of organ the edition tells apart, in its order."""
    unlicensed_kinds: frozenset[str] = frozenset()
    """Kinds whose organs are no licensed press organs, whatever else the register says of one."""
    files_still_come: bool = True
    """What was begun before the deadline may still be sent to its end."""
    files_may_follow: bool = False
    """A form that tells where the work appeared counts without its files while they may still come."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Code of a rule -> "khoản 2 Điều 4". A rule without one may warn, never refuse."""

    def source(self, code: str) -> str:
        return self.sources.get(code, "")


@dataclass(frozen=True)
class Finding:
    """What one rule says of one fact. `field` is "<page>.<…>" of the form it speaks of.

    `missing` names, as a noun phrase, something the dossier cannot be submitted without; empty when nothing is missing.
    """

    code: str
    clause: str
    verdict: Colour
    sentence: str
    field: str
    missing: str = ""

    @property
    def blocks(self) -> bool:
        """The work cannot be submitted while this stands."""
        return self.verdict == "red" or bool(self.missing)
