"""Questions about screening: the queue, decisions, codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Category
from award.entries.models import Authorship, Entry
from award.people.models import Person
from award.screening.models import Screening
from award.text import folded

PAGE = 50


def decision_of(entry_id: int) -> Screening | None:
    return session.scalar(select(Screening).where(Screening.entry_id == entry_id))


def decisions(entry_ids: Sequence[int]) -> dict[int, Screening]:
    """Entry id → its decision, for those that have one."""
    found = session.scalars(select(Screening).where(Screening.entry_id.in_(entry_ids)))
    return {each.entry_id: each for each in found}


def eligible(edition_id: int) -> Select[int]:
    """Ids of the works that may be judged: eligible and not withdrawn."""
    return (
        select(Screening.entry_id)
        .join(Entry, Entry.id == Screening.entry_id)
        .where(Screening.edition_id == edition_id, Screening.decision == "eligible", Entry.state == "submitted")
    )


def blind_codes(entry_ids: Sequence[int]) -> dict[int, str]:
    """Entry id → the code judges know it by."""
    found = session.execute(
        select(Screening.entry_id, Screening.blind_code).where(
            Screening.entry_id.in_(entry_ids), Screening.blind_code.is_not(None)
        )
    )
    return {entry_id: code for entry_id, code in found if code is not None}


def counts(edition_id: int) -> dict[str, int]:
    """Submitted entries by decision; those nobody has looked at count as pending."""
    state = func.coalesce(Screening.decision, "pending")
    found = session.execute(
        select(state, func.count())
        .select_from(Entry)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
        .group_by(state)
    )
    return dict(found.tuples().all())


def queue(
    edition_id: int, *, decision: str = "", category_id: int | None = None, words: str = ""
) -> Select[Entry, Screening]:
    """Submitted entries with their decisions in the order of codes, narrowed by the filter of the page.

    `words` is looked for without marks and case in titles, author names and both codes.
    """
    found = (
        select(Entry, Screening)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(Entry.edition_id == edition_id, Entry.state == "submitted")
        .order_by(Entry.code)
    )
    if decision:
        found = found.where(func.coalesce(Screening.decision, "pending") == decision)
    if category_id is not None:
        found = found.where(Entry.category_id == category_id)
    if sought := folded(words):
        by_author = select(Authorship.entry_id).where(Authorship.name_folded.contains(sought, autoescape=True))
        found = found.where(
            or_(
                Entry.title_folded.contains(sought, autoescape=True),
                func.lower(Entry.code).contains(sought, autoescape=True),
                func.lower(Screening.blind_code).contains(sought, autoescape=True),
                Entry.id.in_(by_author),
            )
        )
    return found


def neighbours(edition_id: int, code: str) -> tuple[str | None, str | None]:
    """Addresses (public ids) of the entries before and after the one with this code."""
    ours = (Entry.edition_id == edition_id, Entry.state == "submitted")
    before = session.scalar(
        select(Entry.public_id).where(*ours, Entry.code < code).order_by(Entry.code.desc()).limit(1)
    )
    after = session.scalar(select(Entry.public_id).where(*ours, Entry.code > code).order_by(Entry.code).limit(1))
    return before, after


def next_undecided(edition_id: int, code: str) -> str | None:
    """Address (public id) of the next entry that nobody has decided on, after this code and then from the start."""
    found = (
        select(Entry.public_id)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(
            Entry.edition_id == edition_id,
            Entry.state == "submitted",
            Entry.code != code,
            func.coalesce(Screening.decision, "pending") == "pending",
        )
        .order_by(Entry.code < code, Entry.code)
        .limit(1)
    )
    return session.scalar(found)


def ineligible(edition_id: int) -> Select[Entry, Screening]:
    """The list of works not eligible, in the order of codes."""
    return queue(edition_id, decision="ineligible")


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


def not_eligible(edition_id: int) -> list[NotEligible]:
    """The list of works not eligible with their authors, in the order of codes."""
    asked = (
        ineligible(edition_id).add_columns(Person.legal_name).outerjoin(Person, Person.id == Screening.decided_by_id)
    )
    return [
        NotEligible(
            code=entry.code or "",
            title=entry.title,
            authors=", ".join(_named(author) for author in entry.authors),
            reason=screening.reason,
            clause=screening.clause,
            decided_by=decided_by or "",
            decided_at=screening.decided_at,
        )
        for entry, screening, decided_by in session.execute(asked.options(selectinload(Entry.authors)))
    ]


def _named(author: Authorship) -> str:
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
