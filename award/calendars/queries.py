"""The dates of an edition as the public reads them, and those of one person over all editions."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from award.calendars.models import CalendarAddress, PlannedDay
from award.db import session
from award.editions import deadlines
from award.editions.calendar import called
from award.editions.deadlines import Deadline
from award.editions.models import Appointment, Edition, Round
from award.features import installed
from award.icalendar import Dated
from award.people.letters import address
from award.people.models import Person, User


def planned(edition_id: int) -> dict[str, PlannedDay]:
    """What the edition plans, by kind."""
    found = select(PlannedDay).where(PlannedDay.edition_id == edition_id).order_by(PlannedDay.at)
    return {each.kind: each for each in session.scalars(found)}


def print_of(days: Mapping[str, PlannedDay]) -> str:
    """The same for the same plan: tells whether a form began with what is planned now."""
    said = sorted((kind, day.at.timestamp(), day.place) for kind, day in days.items())
    return hashlib.sha256(repr(said).encode()).hexdigest()[:24]


def kind_words(kind: str) -> str:
    """What the day is for."""
    return str(_("Lễ trao giải") if kind == "ceremony" else _("Phiên họp Hội đồng chung khảo"))


def of_edition(edition: Edition) -> list[Dated]:
    """Everything with a day that everybody may know, in the order of the edition's life."""
    home = address("editions.home", slug=edition.slug)
    found = [
        _due(f"deadline-{edition.public_id}", _("Hết hạn nhận tác phẩm"), deadlines.written(edition), home),
        _due(
            f"confirmation-{edition.public_id}",
            _("Hết hạn cơ quan báo chí xác nhận tác phẩm"),
            deadlines.confirmation(edition),
            home,
        ),
    ]
    rounds = session.scalars(select(Round).where(Round.edition_id == edition.id).order_by(Round.ordinal))
    found += [of_round(each, home) for each in rounds]
    found += of_plan(edition)
    return [each for each in found if each is not None]


def _due(key: str, what: str, due: Deadline | None, home: str) -> Dated | None:
    if due is None:
        return None
    starts = due.last_day or due.instant - deadlines.SECOND
    return Dated(key, what, starts, url=home, words=deadlines.said(due))


def of_round(round_: Round, url: str) -> Dated | None:
    """The days of a round as planned: from the first to the last, or the one that is known."""
    first, last = round_.opens_on or round_.ends_on, round_.ends_on
    if first is None:
        return None
    return Dated(f"round-{round_.public_id}", _("Chấm %(round)s", round=called(round_)), first, last, url=url)


def of_plan(edition: Edition) -> list[Dated]:
    """The days the edition plans beside its stages."""
    home = address("editions.home", slug=edition.slug)
    return [_planned(edition, each, home) for each in planned(edition.id).values()]


def _planned(edition: Edition, day: PlannedDay, url: str) -> Dated:
    return Dated(f"{day.kind}-{edition.public_id}", kind_words(day.kind), day.at, place=day.place, url=url)


def titled(edition: Edition, dates: Iterable[Dated]) -> list[Dated]:
    """The same dates among those of other editions: each says of which it is."""
    return [replace(each, what=f"{each.what}: {edition.name}") for each in dates]


def of_person(person: Person) -> list[Dated]:
    """Dates in editions where the person holds an office, and whatever rooms know to be this person's own.

    A judge is told of the rounds with a seat, by the room that knows of seats.
    """
    held = select(Appointment.edition_id).where(Appointment.person_id == person.id, Appointment.ended_at.is_(None))
    editions = session.scalars(
        select(Edition)
        .where(Edition.id.in_(held), Edition.state != "archived", Edition.trial_of_id.is_(None))
        .order_by(Edition.id)
    )
    found = []
    for edition in editions:
        found += titled(edition, of_plan(edition))
    found += [each for room in installed() if room.own_dates for each in room.own_dates(person.id)]
    return found


def changed(edition: Edition) -> datetime:
    """When the newest of its planned days was written; the edition's own beginning without any."""
    return max([each.changed_at for each in planned(edition.id).values()], default=edition.created_at)


def own_address(person_id: int) -> CalendarAddress | None:
    """The address of this person's dates that is in force."""
    return session.scalar(select(CalendarAddress).where(CalendarAddress.person_id == person_id))


def reader_of(public_id: str) -> tuple[CalendarAddress, Person] | None:
    """The address of this id with whose it is, as long as that account can be used."""
    found = (
        select(CalendarAddress, Person)
        .join(Person, Person.id == CalendarAddress.person_id)
        .join(User, User.person_id == Person.id)
        .where(CalendarAddress.public_id == public_id, User.active)
    )
    return session.execute(found).tuples().one_or_none()
