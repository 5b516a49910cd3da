"""Questions about the things that came in parcels: where each is kept, and what was given back to whom."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select

from award.db import session
from award.intake.filters import ItemFilter
from award.intake.models import Handover, Parcel, Piece
from award.intake.queries import newsroom_name, speaking_of
from award.paging import Order, Page, Turn, page
from award.people.models import Person
from award.text import folded

_PLACES: Any = select(Parcel.number, Piece.ordinal).join(Piece, Piece.parcel_id == Parcel.id)
_ITEMS = Order(
    (Parcel.number.expression, Piece.ordinal.expression),
    lambda key: Piece.public_id == key,
    joined=_PLACES,
)


class Item(NamedTuple):
    """A thing with the parcel it came in, and with what it was given back."""

    piece: Piece
    parcel: Parcel
    newsroom: str
    handover: Handover | None


def items(edition_id: int, wanted: ItemFilter) -> Select[*tuple[Any, ...]]:
    """The things of all parcels that stand, as narrowed, in the order of the ledger."""
    where: list[ColumnElement[bool]] = [Parcel.edition_id == edition_id, Parcel.voided_at.is_(None)]
    if wanted.held:
        where.append(Piece.handover_id.is_(None) if wanted.held == "kept" else Piece.handover_id.is_not(None))
    if wanted.kind:
        where.append(Piece.kind == wanted.kind)
    if sought := folded(wanted.words):
        where.append(or_(*speaking_of(sought)))
    return (
        select(Piece, Parcel, newsroom_name().label("newsroom"), Handover)
        .join(Parcel, Parcel.id == Piece.parcel_id)
        .outerjoin(Handover, Handover.id == Piece.handover_id)
        .where(*where)
        .order_by(Parcel.number, Piece.ordinal)
    )


def page_of_items(edition_id: int, wanted: ItemFilter, turn: Turn) -> Page[Item]:
    found = page(items(edition_id, wanted), _ITEMS, turn, lambda row: row.Piece.public_id)
    return found.of([Item(*row) for row in found.rows])


def all_items(edition_id: int, wanted: ItemFilter) -> list[Item]:
    return [Item(*row) for row in session.execute(items(edition_id, wanted)).all()]


def kept_pieces(edition_id: int, public_ids: Collection[str]) -> Sequence[Piece]:
    """The things at these addresses that nobody has given back; nobody else gives them back until the commit."""
    ours = (Parcel.edition_id == edition_id, Parcel.voided_at.is_(None), Piece.handover_id.is_(None))
    return session.scalars(
        select(Piece)
        .join(Parcel, Parcel.id == Piece.parcel_id)
        .where(*ours, Piece.public_id.in_(public_ids))
        .order_by(Piece.id)
        .with_for_update(of=Piece)
    ).all()


def handover(edition_id: int, public_id: str) -> tuple[Handover, str, list[Item]] | None:
    """What was given back at once: who gave it, and the things."""
    asked = (
        select(Handover, Person.legal_name)
        .join(Person, Person.id == Handover.given_by_id)
        .where(Handover.edition_id == edition_id, Handover.public_id == public_id)
    )
    row = session.execute(asked).tuples().one_or_none()
    if row is None:
        return None
    things = items(edition_id, ItemFilter()).where(Piece.handover_id == row[0].id)
    return row[0], row[1], [Item(*each) for each in session.execute(things).all()]
