"""Questions about the drafts that were opened from parcels, by who of the secretariat fills them in."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from award.db import session
from award.entries.dossiers import Dossier
from award.entries.models import Entry
from award.entries.queries import plain_dossiers_of
from award.intake.models import Parcel, ParcelWork

MOST = 50
"""So many works stand on the page of their files, the oldest first."""


class Kept(NamedTuple):
    """A draft with the numbers of the parcels that brought it and nothing else."""

    work: Dossier
    alone_in: tuple[int, ...]


def drafts_of(edition_id: int, person_id: int) -> list[Kept]:
    """The drafts this person fills in."""
    ids = session.scalars(
        select(Entry.id).where(*_drafts(edition_id), Entry.owner_id == person_id).order_by(Entry.id).limit(MOST)
    ).all()
    together = select(func.count()).where(ParcelWork.parcel_id == Parcel.id).correlate(Parcel).scalar_subquery()
    numbers: dict[int, list[int]] = {}
    asked = (
        select(ParcelWork.entry_id, Parcel.number)
        .join(Parcel, Parcel.id == ParcelWork.parcel_id)
        .where(ParcelWork.entry_id.in_(ids), together == 1)
    )
    for entry_id, number in session.execute(asked).tuples():
        numbers.setdefault(entry_id, []).append(number)
    read = plain_dossiers_of(ids)
    return [Kept(read[each], tuple(numbers.get(each, ()))) for each in ids]


def count_of_others(edition_id: int, person_id: int) -> int:
    """How many more such drafts colleagues fill in."""
    return session.scalar(select(func.count()).where(*_drafts(edition_id), Entry.owner_id != person_id)) or 0


def _drafts(edition_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Entry.edition_id == edition_id,
        Entry.came_at.is_not(None),
        Entry.state == "draft",
        Entry.revises_id.is_(None),
    )
