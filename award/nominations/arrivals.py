"""Dossiers that came in: the list of them, one with what it would bring, what is known of its sender's key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Category, Edition
from award.entries.models import Entry
from award.files.models import File
from award.intake.models import Parcel
from award.nominations.models import DeliveredWork, Delivery
from award.nominations.placing import Kind, Slot
from award.paging import Order, Page, Turn, page
from award.people.models import Person
from award.text import folded


@dataclass(frozen=True)
class Line:
    """A dossier of the list, who brought it, how many works it gave."""

    delivery: Delivery
    file: File | None
    brought_by: str
    works: int


@dataclass(frozen=True)
class Before:
    """A work that came with an earlier dossier."""

    row: DeliveredWork
    delivery: Delivery
    entry: Entry


def lines(edition_id: int, turn: Turn) -> Page[Line]:
    """The newest first."""
    order = Order((Delivery.id.expression,), lambda public_id: Delivery.public_id == public_id, falling=True)
    listed = page(_lines(edition_id), order, turn, lambda row: row.Delivery.public_id)
    return listed.of([Line(*row) for row in listed.rows])


def every_line(edition_id: int) -> list[Line]:
    """All of them in the same order."""
    return [Line(*row) for row in session.execute(_lines(edition_id).order_by(Delivery.id.desc()))]


def _lines(edition_id: int) -> Select[Any]:
    works = select(func.count(DeliveredWork.id)).where(DeliveredWork.delivery_id == Delivery.id).scalar_subquery()
    return (
        select(Delivery, File, Person.legal_name, works)
        .join(Person, Person.id == Delivery.brought_by_id)
        .outerjoin(File, File.id == Delivery.file_id)
        .where(Delivery.edition_id == edition_id)
    )


def delivery(edition_id: int, public_id: str) -> Delivery | None:
    return session.scalar(select(Delivery).where(Delivery.edition_id == edition_id, Delivery.public_id == public_id))


def locked(delivery_id: int) -> Delivery | None:
    """The row as it stands now, and nobody else changes it until the commit."""
    asked = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    return session.scalar(asked.execution_options(populate_existing=True))


def of_file(file_id: int) -> Delivery | None:
    return session.scalar(select(Delivery).where(Delivery.file_id == file_id))


def being_sent(edition_id: int, person_id: int) -> Sequence[Delivery]:
    """What the person has begun to send and is not read yet."""
    asked = select(Delivery).where(
        Delivery.edition_id == edition_id, Delivery.brought_by_id == person_id, Delivery.state == "sending"
    )
    return session.scalars(asked.order_by(Delivery.id)).all()


def waiting(before: datetime) -> Sequence[Delivery]:
    """Dossiers that a worker should be at, asked for before the instant."""
    asked = select(Delivery).where(Delivery.state.in_(("checking", "taking")), Delivery.created_at < before)
    return session.scalars(asked.order_by(Delivery.id)).all()


def count_to_look_through(edition_id: int) -> int:
    asked = select(func.count(Delivery.id)).where(Delivery.edition_id == edition_id, Delivery.state == "checked")
    return session.scalar(asked) or 0


def key_seen(delivery: Delivery) -> Delivery | None:
    """The last dossier signed with the same key that was taken in here before, in whichever edition of the award."""
    ours = select(Edition.award_id).where(Edition.id == delivery.edition_id).scalar_subquery()
    asked = (
        select(Delivery)
        .join(Edition, Edition.id == Delivery.edition_id)
        .where(
            Edition.award_id == ours,
            Delivery.fingerprint == delivery.fingerprint,
            Delivery.state == "taken",
            Delivery.id != delivery.id,
        )
    )
    return session.scalar(asked.order_by(Delivery.taken_at.desc()).limit(1))


def came_before(edition_id: int, origins: Collection[str]) -> Mapping[str, Before]:
    """Origin → the work as it was taken in before."""
    asked = (
        select(DeliveredWork, Delivery, Entry)
        .join(Delivery, Delivery.id == DeliveredWork.delivery_id)
        .join(Entry, Entry.id == DeliveredWork.entry_id)
        .where(DeliveredWork.edition_id == edition_id, DeliveredWork.origin.in_(origins))
    )
    rows = session.execute(asked).tuples()
    return {row.origin: Before(row, delivery, entry) for row, delivery, entry in rows}


def taken_works(delivery_id: int) -> Sequence[tuple[DeliveredWork, Entry, str]]:
    """The works a dossier gave, with their categories, in the order of its list."""
    asked = (
        select(DeliveredWork, Entry, Category.name)
        .join(Entry, Entry.id == DeliveredWork.entry_id)
        .join(Category, Category.id == Entry.category_id)
        .where(DeliveredWork.delivery_id == delivery_id)
    )
    return session.execute(asked.order_by(DeliveredWork.id)).tuples().all()


def origin_of_entry(entry_id: int) -> tuple[DeliveredWork, Delivery] | None:
    asked = select(DeliveredWork, Delivery).join(Delivery, Delivery.id == DeliveredWork.delivery_id)
    row = session.execute(asked.where(DeliveredWork.entry_id == entry_id)).tuples().one_or_none()
    return None if row is None else (row[0], row[1])


def kinds(edition_id: int) -> list[Kind]:
    """The categories of the edition as dossiers are put into them."""
    asked = select(Category).where(Category.edition_id == edition_id).order_by(Category.ordinal, Category.id)
    whole = asked.options(selectinload(Category.genres), selectinload(Category.slots))
    return [_kind(category) for category in session.scalars(whole)]


def parcel_of_number(edition_id: int, number: int) -> Parcel | None:
    """The line of the ledger with this number that was not crossed out."""
    return session.scalar(
        select(Parcel).where(Parcel.edition_id == edition_id, Parcel.number == number, Parcel.voided_at.is_(None))
    )


def _kind(category: Category) -> Kind:
    return Kind(
        key=category.public_id,
        id=category.id,
        name=category.name,
        code=category.code,
        medium=category.medium,
        genres={folded(genre.name): genre.id for genre in category.genres},
        slots=tuple(
            Slot(slot.id, slot.code, slot.label, tuple(slot.kinds), slot.max_bytes, slot.per_part, slot.at_most)
            for slot in category.slots
        ),
    )
