"""Every room asked about one person: who it is by name, what it holds, what goes and stays, and the erasing itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Text, cast, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB

from award.db import Base, session
from award.editions.models import Criterion, PrizeLevel
from award.entries.models import Authorship
from award.entries.personal import works
from award.features import installed
from award.files.models import File
from award.files.operations import discard
from award.people.models import ConsentText, NewsroomName, Person
from award.personal import GONE, Candidate, Fate, HeldFile, Holding, PersonalData, Subject
from award.text import folded
from award.verdicts import Verdict

AUTHORSHIP = Authorship.__tablename__


@dataclass(frozen=True)
class Section:
    """What one table holds of a person: columns by name, in the order of the declaration."""

    table: str
    title: str
    rows: tuple[dict[str, object], ...]

    @property
    def first(self) -> bool:
        """Whether it is what somebody looks for first: who they are, their account, what they agreed to."""
        return self.table in OF_THE_PERSON


@dataclass(frozen=True)
class Found:
    """The person as all rooms know them, with names that are not looked for because another bears them too."""

    subject: Subject
    ambiguous: tuple[str, ...]


def rooms() -> list[PersonalData]:
    """Every room's answer, uppermost first: what leans on a row goes before the row."""
    return [room.personal for room in reversed(installed()) if room.personal is not None]


def holdings() -> Iterator[Holding]:
    """Every table of the house as it was declared, lowest room first."""
    for room in reversed(rooms()):
        yield from room.holdings


def subject_of(person_id: int | None, rows: Mapping[str, Sequence[int]], *, known: bool = False) -> Found:
    """The person with the works that stay public and the words by which free text is searched.

    `known`: as they are told of themselves, who learn of a prize no sooner than everybody."""
    bare = Subject(person_id or 0, {table: frozenset(numbers) for table, numbers in rows.items()})
    entry_ids = session.scalars(works(bare)).all()
    kept = frozenset(number for room in rooms() for number in room.kept_works(entry_ids, known))
    whole = replace(bare, kept=kept)
    said = dict.fromkeys(word.strip() for room in rooms() for word in room.words(whole))
    telling = [word for word in said if _is_telling(word)]
    ambiguous = tuple(word for word in telling if _borne_by_others(whole, word))
    words = tuple(word for word in telling if word not in ambiguous)
    return Found(replace(whole, words=tuple(sorted(words, key=len, reverse=True))), ambiguous)


def _is_telling(word: str) -> bool:
    """A name of two syllables, an address, a telephone number; less than that is anybody's word."""
    digits = sum(letter.isdigit() for letter in word)
    return len(word) >= 5 and (" " in word or "@" in word or digits >= 8)


def _borne_by_others(subject: Subject, word: str) -> bool:
    """Whether somebody else is called so: then its mentions may mean them."""
    same = folded(word)
    persons = select(Person.id).where(Person.name_folded == same, Person.id != subject.person_id)
    others = or_(Authorship.person_id.is_(None), Authorship.person_id != subject.person_id)
    mine = Authorship.id.in_(subject.matched(AUTHORSHIP))
    authors = select(Authorship.id).where(Authorship.name_folded == same, others, ~mine)
    return any(session.scalar(asked.limit(1)) is not None for asked in (persons, authors))


def candidates(names: Sequence[str]) -> list[Candidate]:
    """Rows that may be a person of these names although no room knows it."""
    bare = sorted({folded(name) for name in names if name.strip()})
    return [found for room in rooms() for found in room.named(bare)] if bare else []


OF_THE_PERSON = {"person", "user_account", "consent"}
"""Tables of the person rather than of what they did."""


def told(subject: Subject) -> list[Section]:
    """Everything the tables hold of the person, but for credentials and what is still being decided about them."""
    found = []
    for holding in holdings():
        if holding.whose is None:
            continue
        names = holding.columns("personal", "free", "record")
        columns = [_in_words(holding.table.c[name]) for name in names if not _is_derived(name)]
        key = [*holding.table.primary_key.columns]
        asked = select(*columns).where(holding.whose(subject)).order_by(*key)
        rows = tuple({name: plain(value) for name, value in row._mapping.items()} for row in session.execute(asked))
        if rows:
            found.append(Section(holding.table.name, str(holding.title), rows))
    return sorted(found, key=lambda section: not section.first)


def _in_words(column: Column[Any]) -> ColumnElement[Any]:
    """The column; where it is the number of something that has a name, the name in the number's place."""
    targets = {key.target_fullname for key in column.foreign_keys}
    if "newsroom.id" in targets:
        borne = select(NewsroomName.name).where(NewsroomName.newsroom_id == column)
        asked = borne.order_by(NewsroomName.valid_from.desc()).limit(1)
    elif "consent_text.id" in targets:
        asked = select(ConsentText.words).where(ConsentText.id == column)
    elif "prize_level.id" in targets:
        asked = select(PrizeLevel.name).where(PrizeLevel.id == column)
    elif "criterion.id" in targets:
        asked = select(Criterion.name).where(Criterion.id == column)
    else:
        return column
    return asked.scalar_subquery().label(column.name.removesuffix("_id"))


def _is_derived(name: str) -> bool:
    return name.endswith(("_folded", "_key"))


def plain(value: object) -> object:
    """The value as JSON knows it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.hex() if isinstance(value, bytes) else value


def held_files(subject: Subject) -> list[HeldFile]:
    """The files the person sent."""
    return [file for room in rooms() for file in room.files(subject)]


def fates(subject: Subject) -> list[Fate]:
    """What goes and what stays, the lowest room first: the person before the works."""
    return [fate for room in reversed(rooms()) for fate in room.fates(subject)]


def against_erasing(subject: Subject) -> list[Verdict]:
    """Everything that has to be over before."""
    asked = [room.against_erasing(subject) for room in rooms() if room.against_erasing is not None]
    return [verdict for verdict in asked if verdict is not None]


def withdrawn(person_id: int, purpose: str) -> None:
    """Every room does its part in the present unit of work: the person no longer agrees to this purpose."""
    for room in rooms():
        if room.withdrawn is not None:
            room.withdrawn(person_id, purpose)


def erase(subject: Subject) -> None:
    """In the present unit of work: what `fates` says goes is gone, and nobody's free text bears the person's words."""
    for room in rooms():
        if room.erase is not None:
            room.erase(subject)
    session.flush()
    _discard_unheld(subject)
    _redact(subject.words)
    session.expire_all()


def _discard_unheld(subject: Subject) -> None:
    """Files the person sent that no row of any room holds any more."""
    holders = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column is File.__table__.c.id and key.ondelete != "CASCADE"
    ]
    unheld = select(File).where(File.uploader_id == subject.person_id)
    for holder in holders:
        unheld = unheld.where(~select(literal(1)).where(holder == File.id).correlate(File.__table__).exists())
    for file in session.scalars(unheld).all():
        discard(file=file)


def _redact(words: Sequence[str]) -> None:
    """Each word, as written and in capitals, is `GONE` in every column that people type freely, and so is what is kept
    beside such a column to search it by."""
    written = [(form, folded(word)) for word in words for form in dict.fromkeys((word, word.upper()))]
    for holding in holdings():
        for name in holding.columns("free", "reserved"):
            if _is_derived(name):
                continue  # goes with the column it was made from, and only in the rows where that one changes
            column = holding.table.c[name]
            beside = holding.table.c.get(f"{name}_folded")
            in_json = isinstance(column.type.dialect_impl(session.get_bind().dialect), JSON)
            text = cast(column, Text)
            for word, bare in written:
                looked_for = json.dumps(word, ensure_ascii=False)[1:-1] if in_json else word
                replaced: Any = func.replace(text, looked_for, GONE)
                there = func.strpos(text, looked_for) > 0
                values: dict[str, Any] = {name: cast(replaced, JSONB) if in_json else replaced}
                if beside is not None:
                    values[beside.name] = func.replace(beside, bare, folded(GONE))
                session.execute(update(holding.table).where(there).values(values))
