"""Viewings, who is in them, what was on, and what a device of the room asks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from award.db import session
from award.editions.models import Category, Edition, Panel, Round
from award.entries.models import Entry, EntryFile
from award.people.models import Person
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.queries import appointed_on, seats_of, still_judged
from judging.viewings.models import ViewedBy, ViewedWork, Viewer, Viewing

RECORDED = ("radio", "television")
"""Media whose works take their own time, so that watching them together saves a panel's."""


def viewing(edition_id: int, public_id: str) -> Viewing | None:
    """A viewing of this edition by the id in its address, with its panel."""
    found = select(Viewing).join(Panel, Panel.id == Viewing.panel_id).options(joinedload(Viewing.panel))
    return session.scalar(found.where(Viewing.public_id == public_id, Panel.edition_id == edition_id))


def round_of(panel: Panel) -> Round:
    """The round whose works the panel judges."""
    return session.get_one(Round, panel.round_id)


def viewings_of(panel_ids: Collection[int]) -> Sequence[Viewing]:
    """Every viewing of these panels, the latest first."""
    found = select(Viewing).where(Viewing.panel_id.in_(panel_ids)).order_by(Viewing.id.desc())
    return session.scalars(found).all()


def is_running(panel_id: int) -> bool:
    found = select(Viewing.id).where(Viewing.panel_id == panel_id, Viewing.closed_at.is_(None))
    return session.scalar(found) is not None


def seat_on(panel: Panel, person_id: int | None) -> Seat | None:
    """The person's own seat on the panel, as long as the appointment stands."""
    if person_id is None or panel.round_id is None:
        return None
    return next((seat for seat in seats_of(person_id, panel.round_id) if seat.panel_id == panel.id), None)


def panels_with_recordings(round_id: int) -> set[int]:
    """Panels that were dealt works to be heard or watched."""
    found = (
        select(Seat.panel_id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Category, Category.id == Entry.category_id)
        .where(Assignment.round_id == round_id, Category.medium.in_(RECORDED))
    )
    return set(session.scalars(found.distinct()))


@dataclass(frozen=True)
class Work:
    """A work of the panel that may be put on."""

    entry_id: int
    public_id: str
    code: str
    title: str


def works_of(panel_id: int) -> list[Work]:
    """Works to be heard or watched that the panel was dealt and that still stand, by code."""
    found = (
        select(Entry.id, Entry.public_id, func.coalesce(Screening.blind_code, ""), Entry.title)
        .join(Category, Category.id == Entry.category_id)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(
            Category.medium.in_(RECORDED),
            exists().where(
                Assignment.entry_id == Entry.id,
                Assignment.seat_id == Seat.id,
                Seat.panel_id == panel_id,
                Assignment.state != "annulled",
                still_judged(),
            ),
        )
        .order_by(Screening.blind_code, Entry.id)
    )
    return [Work(*row) for row in session.execute(found).tuples()]


@dataclass(frozen=True)
class Member:
    """Somebody on the roll."""

    id: int
    name: str
    present: bool


def roll(viewing_id: int) -> list[Member]:
    """The panel's members in this viewing, by name."""
    found = (
        select(Person.id, Person.legal_name, Viewer.present)
        .join(Viewer, Viewer.person_id == Person.id)
        .where(Viewer.viewing_id == viewing_id)
        .order_by(Person.name_key, Person.id)
    )
    return [Member(*row) for row in session.execute(found).tuples()]


def shown_in(viewing_id: int) -> Sequence[ViewedWork]:
    """What was on, in its order."""
    found = select(ViewedWork).where(ViewedWork.viewing_id == viewing_id).order_by(ViewedWork.id)
    return session.scalars(found).all()


def on_now(viewing_id: int) -> ViewedWork | None:
    found = select(ViewedWork).where(ViewedWork.viewing_id == viewing_id, ViewedWork.ended_at.is_(None))
    return session.scalar(found)


def seen_by(viewing_id: int) -> dict[int, dict[int, bool]]:
    """Work put on → person → whether the person was told to leave."""
    found = select(ViewedBy).join(ViewedWork, ViewedWork.id == ViewedBy.work_id)
    told: dict[int, dict[int, bool]] = {}
    for row in session.scalars(found.where(ViewedWork.viewing_id == viewing_id)):
        told.setdefault(row.work_id, {})[row.person_id] = row.recused
    return told


def own_assignment_on(panel_id: int, person_id: int | None, entry_id: int) -> str | None:
    """The name of the sheet that the person writes of the work on this panel."""
    found = select(Assignment.public_id).join(Seat, Seat.id == Assignment.seat_id)
    found = found.where(Seat.panel_id == panel_id, Seat.person_id == person_id, Assignment.entry_id == entry_id)
    return session.scalar(found.where(Assignment.state == "open"))


def print_of(viewing: Viewing, round_: Round, person_id: int | None) -> str:
    """Changes with everything that the reader may see change: what is on, who is there, the reader's own ties."""
    ties = select(func.count()).where(Conflict.person_id == person_id, Conflict.effect == "block").scalar_subquery()
    away = select(func.count()).where(
        Assignment.seat_id == Seat.id,
        Seat.person_id == person_id,
        Assignment.round_id == round_.id,
        Assignment.state == "recused",
    )
    told = session.execute(select(ties, away.scalar_subquery(), literal(viewing.turn))).one()
    parts = (viewing.public_id, round_.state, person_id, *told)
    return "-".join(str(each) for each in parts)


def on_with(file_id: int) -> dict[Edition, list[int]]:
    """Works that are on somewhere and that the file was sent with, by edition."""
    on = exists().where(ViewedWork.entry_id == Entry.id, ViewedWork.ended_at.is_(None))
    found = (
        select(Edition, Entry.id)
        .join(Entry, Entry.edition_id == Edition.id)
        .join(EntryFile, EntryFile.entry_id == Entry.id)
        .where(EntryFile.file_id == file_id, on)
    )
    works: dict[Edition, list[int]] = {}
    for edition, entry in session.execute(found).tuples():
        works.setdefault(edition, []).append(entry)
    return works


def before_the_screen(person_id: int) -> ColumnElement[bool]:
    """Of seats: a viewing of their panel has the work of an assignment on, and the person sits on that panel too.

    Who has pledged, is appointed still, and did not step aside from the work.
    """
    own, aside = aliased(Seat), aliased(Assignment)
    stepped_aside = exists().where(
        aside.seat_id == own.id, aside.entry_id == ViewedWork.entry_id, aside.state == "recused"
    )
    return (
        exists()
        .where(
            ViewedWork.entry_id == Assignment.entry_id,
            ViewedWork.ended_at.is_(None),
            Viewing.id == ViewedWork.viewing_id,
            Viewing.closed_at.is_(None),
            Viewing.panel_id == Seat.panel_id,
            own.panel_id == Viewing.panel_id,
            own.person_id == person_id,
            own.pledged_at.is_not(None),
            appointed_on(own),
            ~stepped_aside,
        )
        .correlate(Seat, Assignment)
    )
