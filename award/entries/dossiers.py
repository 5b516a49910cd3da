"""An entry as it is read: one frozen value with its parts, authors, files, prizes, and the facts rules look at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any

from award.clock import now
from award.editions import media
from award.editions.lengths import begun
from award.editions.media import Medium
from award.entries.declarations import Declaration, asked, standing
from award.entries.leave import ORDINARY, Leave
from award.history.naming import edition_words
from award.rules.eligibility import (
    AuthorFacts,
    CaptionFacts,
    CategoryLimits,
    EntryFacts,
    LengthFacts,
    PartFacts,
    PriorPrizeFacts,
    PrizedFacts,
    SlotFacts,
    TwinFacts,
)
from award.text import folded

HELD = frozenset({"stored", "verifying", "ready", "unchecked"})  # stands whole in the store and was not refused


@dataclass(frozen=True)
class PartRow:
    id: int
    key: str
    ordinal: int
    title: str
    published_on: date | None
    issue: str
    page: str
    place: str
    channel: str
    aired_at: time | None
    link: str
    outlet: str = ""
    """The organ it appeared in, where that is not the organ of the work."""
    outlet_licensed: bool | None = None
    outlet_kinds: tuple[str, ...] = ()
    outlet_works: int = 0
    outlet_works_here: int = 0

    @property
    def where(self) -> str:
        """Where the part appeared, in one line."""
        return media.where(self)

    @property
    def called(self) -> str:
        """Which part of a series it is, and its title."""
        return media.called(self.ordinal, self.title)


def pen_names(typed: str) -> tuple[str, ...]:
    """Several pen names are written with commas or semicolons between them."""
    return tuple(name for name in re.split(r"\s*[,;]\s*", typed) if name)


@dataclass(frozen=True)
class AuthorRow:
    key: str
    person_id: int | None
    legal_name: str
    pen_name: str
    role: str
    employer: str
    phone: str
    contact: bool
    minor: bool = False
    guardian: str = ""
    guardian_relation: str = ""
    consent_withdrawn: bool = False
    share: int | None = None
    invited: bool = False
    fills: bool = False
    joined: bool = False
    works: int = 0
    works_here: int = 0
    namesakes: int = 0
    namesakes_here: int = 0
    employer_works: int = 0
    employer_works_here: int = 0
    organiser: bool = False
    organiser_namesake: bool = False
    judge: bool = False
    judge_namesake: bool = False

    @property
    def pen_names(self) -> tuple[str, ...]:
        return pen_names(self.pen_name)

    @property
    def consenting(self) -> str:
        """Trần Thị B (mẹ): who consents for an author younger than 18; empty while nobody is named."""
        related = self.guardian and self.guardian_relation
        return f"{self.guardian} ({related})" if related else self.guardian


@dataclass(frozen=True)
class FileRow:
    """A file in its place. `key` is its public id."""

    id: int
    key: str
    name: str
    size: int
    state: str
    fingerprint: str
    sha256: str | None
    stored_at: datetime | None
    slot_id: int
    part_id: int | None
    caption: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What was learnt of its length: duration, pages, and words where its place limits them."""
    ordinal: int = 0


@dataclass(frozen=True)
class SlotRow:
    id: int
    code: str
    label: str
    kinds: tuple[str, ...]
    at_least: int
    at_most: int
    max_bytes: int
    per_part: bool
    for_judges: bool
    captions: bool
    proof: bool
    for_minors: bool = False
    blind: bool = False
    lengths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PrizeRow:
    key: str
    award_name: str
    level: str
    organiser: str
    year: int | None


@dataclass(frozen=True)
class PrizedRow:
    """A prize on record for a work of the same title. `names` are its authors' own and pen names, folded."""

    id: int
    award_name: str
    ordinal: str
    year: int
    level: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where files go: a slot, of one part when the slot is per part."""

    slot: SlotRow
    part: PartRow | None
    files: tuple[FileRow, ...]

    @property
    def part_ordinal(self) -> int:
        """The number of the part; the whole work comes after all parts."""
        return 10**6 if self.part is None else self.part.ordinal

    @property
    def key(self) -> str:
        return self.slot.code if self.part is None else f"{self.slot.code}.{self.part.key}"


def places_of(parts: Iterable[PartRow], slots: Sequence[SlotRow], files: Sequence[FileRow]) -> Iterator[Place]:
    """Every place for files, part by part, then those of the whole work."""
    for part in (*parts, None):
        for slot in slots:
            if slot.per_part is (part is not None):
                ours = (slot.id, None if part is None else part.id)
                yield Place(slot, part, tuple(file for file in files if (file.slot_id, file.part_id) == ours))


@dataclass(frozen=True)
class Dossier:
    """One entry with everything of it. `key` is its public id; `revises_id` is set on a revision."""

    id: int
    key: str
    edition_id: int
    owner_id: int
    revises_id: int | None
    state: str
    code: str | None
    category: str
    medium: Medium
    needed: tuple[str, ...]
    limits: Mapping[str, int]
    limits_source: str
    outlets: tuple[str, ...]
    title: str
    genre_id: int | None
    genre: str
    genres: tuple[tuple[int, str], ...]
    topic_id: int | None
    topic: str
    summary: str
    publisher: str
    publisher_licensed: bool | None
    publisher_kinds: tuple[str, ...]
    publisher_works: int
    publisher_works_here: int
    group_works: int
    group_works_here: int
    confirmed: bool | None
    """What the organ that published it says of it; None while it has said nothing."""
    byline: str
    elsewhere: str
    declared: Mapping[str, Any]
    """Purpose → which version of its words was agreed to, and when."""
    texts: Mapping[str, str]
    """The edition's own words of what is declared, by matter."""
    no_prior_prize: bool | None
    submitted_at: datetime | None
    files_due_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    changed_at: datetime
    version: int
    parts: tuple[PartRow, ...]
    authors: tuple[AuthorRow, ...]
    slots: tuple[SlotRow, ...]
    files: tuple[FileRow, ...]
    prizes: tuple[PrizeRow, ...]
    prized: tuple[PrizedRow, ...]
    twins: tuple[TwinFacts, ...] = ()
    leave: Leave = ORDINARY

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place for files, part by part, then those of the whole work."""
        young = any(author.minor for author in self.authors)
        found = places_of(self.parts, self.slots, self.files)
        return tuple(each for each in found if young or each.files or not each.slot.for_minors)

    def place(self, key: str) -> Place | None:
        return next((place for place in self.places if place.key == key), None)

    @property
    def pictures(self) -> tuple[FileRow, ...]:
        """The files that have captions, in the order the entrant chose, part by part."""
        return tuple(file for place in self.places if place.slot.captions for file in place.files)

    def proof_places(self, part: PartRow) -> tuple[Place, ...]:
        """Where the copies go that prove how the part was published: its own places, and those of the whole work."""
        return tuple(place for place in self.places if place.slot.proof and place.part in (part, None))

    @property
    def asked(self) -> dict[str, Declaration]:
        """What its authors are asked to declare, in the words of today."""
        return asked(self.texts)

    @property
    def agreed(self) -> frozenset[str]:
        """What they agreed to in these words."""
        return standing(self.declared, self.asked)

    @property
    def _files_still_come(self) -> bool | None:
        """Said where not the time for everybody counts: by a later deadline of one's own, or for what is mended."""
        if self.files_due_at is not None and self.revises_id is None:
            return now() < self.files_due_at
        own = (self.leave.until is not None or self.leave.came is not None) and self.state == "draft"
        return True if own or (self.revises_id is not None and self.leave.asked) else None

    @property
    def facts(self) -> EntryFacts:
        """What the rules look at."""
        return EntryFacts(
            medium=self.medium,
            needed=frozenset(self.needed),
            title=self.title,
            genre_missing=bool(self.genres) and self.genre_id is None,
            publisher=self.publisher,
            publisher_licensed=self.publisher_licensed,
            publisher_kinds=frozenset(self.publisher_kinds),
            outlets=frozenset(self.outlets),
            publisher_works=self.publisher_works,
            publisher_works_here=self.publisher_works_here,
            group_works=self.group_works,
            group_works_here=self.group_works_here,
            category=self.category,
            limits=CategoryLimits(self.limits, self.limits_source),
            confirmed=self.confirmed,
            byline=self.byline,
            topic=self.topic,
            summary=self.summary,
            elsewhere=self.elsewhere,
            parts=tuple(_part(part) for part in self.parts),
            captions=tuple(
                CaptionFacts(file.key, n, file.caption)
                for n, file in enumerate(self.pictures, start=1)
                if file.state != "rejected"
            ),
            authors=tuple(_author(author) for author in self.authors),
            slots=tuple(_slot(place) for place in self.places),
            no_prior_prize=self.no_prior_prize,
            prior_prizes=tuple(PriorPrizeFacts(p.key, p.award_name, p.level, p.year) for p in self.prizes),
            prized=tuple(facts for row in self.prized if (facts := _prized(row, self.authors)) is not None),
            twins=self.twins,
            declared=self.agreed,
            declared_before=frozenset(self.declared) - self.agreed,
            files_still_come=self._files_still_come,
        )


def _part(part: PartRow) -> PartFacts:
    return PartFacts(
        key=part.key,
        ordinal=part.ordinal,
        title=part.title,
        published_on=part.published_on,
        place=part.place,
        link=part.link,
        issue=part.issue,
        page=part.page,
        channel=part.channel,
        aired_at=part.aired_at,
        outlet=part.outlet,
        outlet_licensed=part.outlet_licensed,
        outlet_kinds=frozenset(part.outlet_kinds),
        outlet_works=part.outlet_works,
        outlet_works_here=part.outlet_works_here,
    )


def _author(author: AuthorRow) -> AuthorFacts:
    """Every fact bears the name it has in the row."""
    return AuthorFacts(**{fact.name: getattr(author, fact.name) for fact in fields(AuthorFacts)})


def _prized(row: PrizedRow, authors: tuple[AuthorRow, ...]) -> PrizedFacts | None:
    """The prize as the rules see it, when one of the authors stands in both, by whatever name."""
    for author in authors:
        if any(folded(name) in row.names for name in (author.legal_name, *author.pen_names) if name):
            edition = edition_words(row.ordinal, row.year)
            return PrizedFacts(row.id, row.award_name, edition, row.year, row.level, author.legal_name)
    return None


def _slot(place: Place) -> SlotFacts:
    states = [file.state for file in place.files]
    return SlotFacts(
        key=place.slot.code,
        label=place.slot.label,
        part_key=place.part.key if place.part else None,
        part_ordinal=place.part.ordinal if place.part else None,
        at_least=place.slot.at_least,
        at_most=place.slot.at_most,
        held=sum(state in HELD for state in states),
        coming=states.count("uploading"),
        refused=states.count("rejected"),
        for_minors=place.slot.for_minors,
        unchecked=states.count("unchecked"),
        lengths=tuple(_lengths(place)),
    )


def _lengths(place: Place) -> Iterator[LengthFacts]:
    """Of each file that was opened, each measure its place limits and the file has."""
    for file in place.files:
        told = {**file.facts, "minutes": None if file.facts.get("duration") is None else begun(file.facts["duration"])}
        for measure, most in place.slot.lengths.items():
            if file.state != "rejected" and told.get(measure) is not None:
                yield LengthFacts(file.name, measure, int(told[measure]), most)
