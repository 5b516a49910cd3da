"""Questions about deadlines of single entrants: who was given one, by whom, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from award.db import session
from award.editions import deadlines
from award.entries.models import Entry, PersonalDeadline
from award.paging import Order, Page, Turn, page
from award.people.models import Person


@dataclass(frozen=True)
class Grant:
    """A deadline of one entrant's own, as the staff reads it. `end` is the first instant too late."""

    key: str
    person: str
    until: str
    end: datetime
    reason: str
    paper: str
    decided_by: str
    decided_at: datetime
    ended_at: datetime | None
    works: str


def grants(edition_id: int, *, person_id: int) -> list[Grant]:
    """Every deadline of the person's own in the edition, newest first."""
    found = _grants(edition_id).where(PersonalDeadline.person_id == person_id)
    return [_grant(row) for row in session.execute(found.order_by(PersonalDeadline.id.desc()))]


def page_of_grants(edition_id: int, turn: Turn) -> Page[Grant]:
    """A page of every deadline of one's own of the edition, newest first."""
    order = Order([PersonalDeadline.id.expression], lambda key: PersonalDeadline.public_id == key, falling=True)
    found = page(_grants(edition_id), order, turn, lambda row: row.PersonalDeadline.public_id)
    return found.of([_grant(row) for row in found.rows])


def every_grant(edition_id: int) -> list[Grant]:
    """All of them, newest first."""
    return [_grant(row) for row in session.execute(_grants(edition_id).order_by(PersonalDeadline.id.desc()))]


def _grants(edition_id: int) -> Select[PersonalDeadline, str, str, str]:
    decider = aliased(Person)
    codes = (
        select(func.string_agg(Entry.code, aggregate_order_by(literal_column("', '"), Entry.code)))
        .where(Entry.owner_id == Person.id, Entry.edition_id == edition_id, Entry.code.is_not(None))
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(PersonalDeadline, Person.legal_name, decider.legal_name.label("decider"), codes.label("works"))
        .join(Person, Person.id == PersonalDeadline.person_id)
        .join(decider, decider.id == PersonalDeadline.decided_by_id)
        .where(PersonalDeadline.edition_id == edition_id)
    )


def _grant(row: Any) -> Grant:
    granted: PersonalDeadline = row.PersonalDeadline
    return Grant(
        key=granted.public_id,
        person=row.legal_name,
        until=deadlines.said(deadlines.kept(granted.last_day, granted.until)),
        end=granted.until,
        reason=granted.reason,
        paper=granted.paper,
        decided_by=row.decider,
        decided_at=granted.created_at,
        ended_at=granted.ended_at,
        works=row.works or "",
    )


def grant_at(edition_id: int, public_id: str) -> PersonalDeadline | None:
    return session.scalar(
        select(PersonalDeadline).where(
            PersonalDeadline.edition_id == edition_id, PersonalDeadline.public_id == public_id
        )
    )
