"""Planning days, and giving and taking back the address of one's own dates."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from award.calendars.models import CalendarAddress, PlannedDay
from award.calendars.permissions import can_plan
from award.calendars.queries import planned, print_of
from award.clock import now
from award.db import new_public_id, session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require


def plan(*, by: Capacity, edition: Edition, days: Mapping[str, tuple[datetime, str] | None], on: str) -> bool:
    """The edition plans these days, each with its place, or none; False when others stand than the plan `on`."""
    require(can_plan(by, edition))
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    if print_of(planned(edition.id)) != on:
        return False
    for kind, day in days.items():
        _plan(by, edition, kind, *(day or (None, "")))
    return True


def _plan(by: Capacity, edition: Edition, kind: str, at: datetime | None, place: str) -> None:
    standing = planned(edition.id).get(kind)
    if (standing and (standing.at, standing.place)) == (at and (at, place)):
        return
    if at is None:
        session.delete(standing)
    elif standing is None:
        session.add(PlannedDay(edition_id=edition.id, kind=kind, at=at, place=place, changed_at=now()))
    else:
        standing.at, standing.place, standing.changed_at = at, place, now()
    session.flush()
    facts: dict[str, int | str | None] = {"kind": kind, "at": at.isoformat() if at else None}
    record("day.planned", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)


def open_address(*, person: Person) -> None:
    """There is an address under which the person's dates can be read. Asked again it stays the same one."""
    row = {"person_id": person.id, "public_id": new_public_id(), "created_at": now()}
    made = session.execute(
        insert(CalendarAddress).values(row).on_conflict_do_nothing().returning(CalendarAddress.id)
    ).scalar()
    if made is not None:
        record("calendar.address_opened", actor_id=person.id, award_id=None, subject=person)


def close_address(*, person: Person) -> None:
    """The address that was given opens nothing from now on."""
    gone = delete(CalendarAddress).where(CalendarAddress.person_id == person.id).returning(CalendarAddress.id)
    if session.execute(gone).scalar() is not None:
        record("calendar.address_closed", actor_id=person.id, award_id=None, subject=person)


def taken_back(person_id: int) -> None:
    """Who took the account back gives its dates to nobody else: the address is closed."""
    close_address(person=session.get_one(Person, person_id))
