"""What the check of all dossiers came to: the works found not eligible, and how the dossiers of each category stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Category
from award.entries.models import Authorship, Entry
from award.people.models import Person
from award.screening.filters import QueueFilter
from award.screening.models import Screening
from award.screening.queries import queue

REFUSED = QueueFilter(decision="ineligible")


def ineligible(edition_id: int, order: str = "") -> Select[Entry, Screening]:
    """The list of works not eligible, in one of the orders of the queue."""
    return queue(edition_id, replace(REFUSED, order=order))


def how_many_refused(edition_id: int) -> tuple[int, int]:
    """Works on the list of those not eligible, and of them those whose owners have not been told."""
    every, told = session.execute(_of_the_list(edition_id, func.count(), func.count(Screening.told_at))).one()
    return every, every - told


def seen_list(edition_id: int) -> str:
    """What a page of the list carries for who approves it: another work, reason or clause makes another mark.

    Nothing where the list is empty. It is read whole for it, so only who may approve is asked this."""
    line = func.jsonb_build_array(Entry.code, Entry.title, Screening.reason, Screening.clause)
    whole = func.jsonb_agg(aggregate_order_by(line, Entry.id))
    return session.scalar(_of_the_list(edition_id, func.md5(cast(whole, Text)))) or ""


def _of_the_list(edition_id: int, *what: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*what)
        .select_from(Screening)
        .join(Entry, Entry.id == Screening.entry_id)
        .where(Screening.edition_id == edition_id, Screening.decision == "ineligible")
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
    )


@dataclass(frozen=True)
class NotEligible:
    """A work found not eligible: why, by which clause, and by whom."""

    code: str
    title: str
    authors: str
    reason: str
    clause: str
    decided_by: str
    decided_at: datetime | None


def not_eligible(edition_id: int, order: str = "") -> list[NotEligible]:
    """The list of works not eligible with their authors, in one of the orders of the queue."""
    asked = (
        ineligible(edition_id, order)
        .add_columns(Person.legal_name)
        .outerjoin(Person, Person.id == Screening.decided_by_id)
    )
    return [
        NotEligible(
            code=entry.code or "",
            title=entry.title,
            authors=", ".join(_author(author) for author in entry.authors),
            reason=screening.reason,
            clause=screening.clause,
            decided_by=decided_by or "",
            decided_at=screening.decided_at,
        )
        for entry, screening, decided_by in session.execute(asked.options(selectinload(Entry.authors)))
    ]


def authors_of(entry_ids: Sequence[int]) -> dict[int, str]:
    """Entry id → the names of its authors in one line."""
    found = select(Authorship).where(Authorship.entry_id.in_(entry_ids)).order_by(Authorship.ordinal, Authorship.id)
    named: dict[int, list[str]] = {}
    for author in session.scalars(found):
        named.setdefault(author.entry_id, []).append(_author(author))
    return {entry_id: ", ".join(names) for entry_id, names in named.items()}


def _author(author: Authorship) -> str:
    return f"{author.legal_name} ({author.pen_name})" if author.pen_name else author.legal_name


@dataclass(frozen=True)
class Tally:
    """How the dossiers of a category stand; `open` are undecided or waiting to be completed."""

    category: str
    received: int
    eligible: int
    ineligible: int

    @property
    def open(self) -> int:
        return self.received - self.eligible - self.ineligible


def tallies(edition_id: int) -> list[Tally]:
    """Submitted dossiers by category, in the edition's order; a category without any has noughts."""

    def decided(decision: str) -> ColumnElement[int]:
        return func.count(Screening.id).filter(Screening.decision == decision)

    found = (
        select(Category.name, func.count(Entry.id), decided("eligible"), decided("ineligible"))
        .select_from(Category)
        .outerjoin(Entry, and_(Entry.category_id == Category.id, Entry.state == "submitted"))
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(Category.edition_id == edition_id)
        .group_by(Category.id)
        .order_by(Category.ordinal, Category.id)
    )
    return [Tally(*row) for row in session.execute(found).tuples()]
