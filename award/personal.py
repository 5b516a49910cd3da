"""What a room declares of the personal data it holds, so that one person's can be told, erased, and let go in time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import DeclarativeBase

from award.verdicts import Verdict

GONE = "[đã xóa]"
"""What stands where words of a person stood."""

KINDS = ("personal", "free", "reserved", "number", "credential", "record", "plain")


@dataclass(frozen=True)
class Subject:
    """The one person it is about, as a person of the house, as rows that somebody matched by hand, or as both."""

    person_id: int
    """0 where the house knows no such person: a number no row has, so that no question about it finds anything."""
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Table -> numbers of rows that are this person although they name no person of the house."""
    words: tuple[str, ...] = ()
    """Names, addresses and telephone numbers by which free text is searched; unmistakable ones only."""
    kept: frozenset[int] = frozenset()
    """Entries whose prize stands in public: their title, authors and place of publication stay."""

    def matched(self, table: str) -> frozenset[int]:
        return self.rows.get(table, frozenset())


@dataclass(frozen=True)
class Holding:
    """One table: what it is to a person, which rows are theirs, and what each column is. Every column is named once."""

    model: type[DeclarativeBase]
    title: str
    """What the rows are, as the person is told."""
    whose: Callable[[Subject], ColumnElement[bool]] | None = None
    """The rows of one person. None where no row is anybody's own."""
    personal: str = ""
    """Says something of the person: told, and erased by the room."""
    free: str = ""
    """Typed by people and may name anybody: told with the rows that are the person's, and a person's words in it are
    erased wherever they stand."""
    reserved: str = ""
    """The same, written for those who decide: never told."""
    number: str = ""
    """The person's number: says nothing once the person's row is empty, so it stays and ties the record together."""
    credential: str = ""
    """Opens or proves something: never told, gone with the account."""
    record: str = ""
    """Personal, but stays in the record of the award for the reason `stays`."""
    stays: str = ""
    plain: str = ""
    """Of the work, the edition or the machine, not of a person."""

    @property
    def table(self) -> Table:
        table = self.model.__table__
        assert isinstance(table, Table)
        return table

    def columns(self, *kinds: str) -> list[str]:
        """The columns of these kinds, in the order they were declared."""
        return [name for kind in kinds for name in str(getattr(self, kind)).split()]


@dataclass(frozen=True)
class Fate:
    """What becomes of something when the person's data are erased: it goes, or it stays for a reason."""

    what: str
    stays: str = ""


@dataclass(frozen=True)
class Candidate:
    """A row that may be the person looked for; somebody who knows says whether it is."""

    table: str
    number: int
    name: str
    about: str


@dataclass(frozen=True)
class HeldFile:
    """A file as the person sent it."""

    name: str
    key: str
    size: int
    sha256: str | None


@dataclass(frozen=True)
class Waiting:
    """How many things of a class are due or not, and when the next one will be."""

    due: int
    oldest: datetime | None


@dataclass(frozen=True)
class Lapse:
    """A class of data that is let go after a time: how long unless somebody said otherwise, and how."""

    code: str
    what: str
    since: str
    """From when the days are counted, in words."""
    days: int | None
    """None: nothing goes until somebody has said after how many days."""
    waiting: Callable[[datetime], Waiting]
    """(limit) -> what is older than the limit, and the oldest of all."""
    let_go: Callable[[datetime], int]
    """(limit) -> done in the present unit of work: what is older is gone; how many things."""


def _nothing(_: Subject) -> Sequence[Any]:
    return ()


def _nobody(_: Sequence[str]) -> Sequence[Candidate]:
    return ()


def _none(_: Collection[int], _known: bool) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True)
class PersonalData:
    """A room's answer for the personal data in its tables."""

    holdings: tuple[Holding, ...]
    purpose: str = ""
    """What the room holds personal data for, as the register of processing says."""
    erase: Callable[[Subject], object] | None = None
    """In the present unit of work: what the room holds of the person is gone, but for what it told to stay."""
    fates: Callable[[Subject], Sequence[Fate]] = _nothing
    """What will go and what will stay, told before."""
    against_erasing: Callable[[Subject], Verdict | None] | None = None
    """What has to be over before this person's data can be erased."""
    named: Callable[[Sequence[str]], Sequence[Candidate]] = _nobody
    """Rows that bear one of these folded names and belong to no person of the house."""
    files: Callable[[Subject], Sequence[HeldFile]] = _nothing
    words: Callable[[Subject], Sequence[str]] = _nothing
    """Names, addresses and numbers the room knows the person by."""
    kept_works: Callable[[Collection[int], bool], Mapping[int, str]] = _none
    """Of these entries, those that have to stay in the public record, with the reason: as what is done with them goes
    by, or (True) as far as everybody knows."""
    withdrawn: Callable[[int, str], object] | None = None
    """(person_id, purpose) -> in the present unit of work: what the person had agreed to for it alone is gone."""
    lapses: tuple[Lapse, ...] = ()
