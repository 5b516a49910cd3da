"""Questions about the drafts that were opened from parcels, by who of the secretariat fills them in."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from award.entries.dossiers import Dossier
from award.entries.models import Entry
from award.entries.queries import plain_dossiers_of
from award.intake.models import Parcel, ParcelWork
from award.paging import FIRST, Order, Page, Turn, page


class Kept(NamedTuple):
    """A draft with the numbers of the parcels that brought it and nothing else."""

    work: Dossier
    alone_in: tuple[int, ...]


class Drafts(NamedTuple):
    """The drafts one person fills in, and how many more colleagues do."""

    own: Page[Kept]
    others: int


def drafts(edition_id: int, person_id: int, turn: Turn = FIRST) -> Drafts:
    """As they stand now: a page of those of this person, the oldest first, read whole."""
    there, beside = aliased(ParcelWork), aliased(ParcelWork)
    together = select(func.count()).where(beside.parcel_id == Parcel.id).correlate(Parcel).scalar_subquery()
    numbers = (
        select(func.array_agg(Parcel.number))
        .join(there, there.parcel_id == Parcel.id)
        .where(there.entry_id == Entry.id, together == 1)
        .correlate(Entry)
        .scalar_subquery()
    )
    theirs = aliased(Entry)
    others = select(func.count()).where(*_drafts(theirs, edition_id), theirs.owner_id != person_id).scalar_subquery()
    asked = (
        select(others.label("others"), Entry.id, Entry.public_id, numbers.label("numbers"))
        .select_from(select(1).subquery())
        .outerjoin(Entry, and_(Entry.owner_id == person_id, *_drafts(Entry, edition_id)))
    )
    listed = page(
        asked, Order((Entry.id.expression,), lambda key: Entry.public_id == key), turn, lambda row: row.public_id
    )
    own = [row for row in listed.rows if row.id is not None]
    read = plain_dossiers_of([row.id for row in own]) if own else {}
    return Drafts(listed.of([Kept(read[row.id], tuple(row.numbers or ())) for row in own]), listed.rows[0].others)


def _drafts(entry: type[Entry], edition_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        entry.edition_id == edition_id,
        entry.came_at.is_not(None),
        entry.state == "draft",
        entry.revises_id.is_(None),
    )
