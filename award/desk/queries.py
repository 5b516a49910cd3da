"""What waits for a person, over all editions that are not archived, and what is still to be paid in those that are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, text

from award.calendars.queries import of_edition
from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import ROLES, Appointment, Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, editions_newest_first
from award.entries.models import Entry
from award.entries.queries import has_hand
from award.features import Feature, NextAct
from award.icalendar import Dated
from award.people.models import Person
from award.results.models import Result


@dataclass(frozen=True)
class Desk:
    """One edition as it lies on a person's desk: the roles held in it, and the acts that wait."""

    edition: Edition
    capacity: Capacity
    acts: tuple[NextAct, ...]
    places: tuple[tuple[str, str, bool], ...] = ()
    """(label, address, chosen: never) of what may be looked at, where nothing waits."""
    coming: Dated | None = None
    """The next day of the edition, where nothing waits."""

    def roles(self, words: Mapping[str, object]) -> str:
        """The roles held, in words that begin a line."""
        held = ", ".join(str(words[role]) for role in ROLES if role in self.capacity.roles)
        return held[:1].upper() + held[1:]


def desks(person: Person, rooms: tuple[Feature, ...]) -> list[Desk]:
    """Editions in which the person holds a role or has something to do: where something waits first, newest first; acts
    by weight. An archived one only while its accountant has money to pay, or who won in it an account to tell."""
    found = []
    pays = select(Appointment.edition_id).where(
        Appointment.person_id == person.id, Appointment.role == "accountant", Appointment.ended_at.is_(None)
    )
    won = select(Result.edition_id).join(Entry, Entry.id == Result.entry_id)
    won = won.where(Result.state == "decided", has_hand(person.id))
    open_to = or_(Edition.state != "archived", Edition.id.in_(pays), Edition.id.in_(won))
    for edition in session.scalars(editions_newest_first().where(open_to)):
        held, archived = capacity(person, edition), edition.state == "archived"
        office = bool(held.roles) or held.administrator
        wanted = [room for room in rooms if (room.acts_in_archived if archived else office or room.acts_without_office)]
        asked = [room.next_acts for room in wanted if room.next_acts]
        acts = [act for next_acts in asked for act in next_acts(person.id, edition.id)]
        if acts:
            found.append(Desk(edition, held, tuple(sorted(acts, key=lambda act: act.weight))))
        elif held.roles and not archived:
            links = [link for room in rooms if room.navigation for link in room.navigation(person.id, edition.id)]
            places = [(label, address, False) for label, address in links]
            found.append(Desk(edition, held, (), tuple(places), coming(of_edition(edition), local(now()).date())))
    return sorted(found, key=lambda desk: not desk.acts)


def coming(dates: Iterable[Dated], today: date) -> Dated | None:
    """The nearest of the dates that is not over, or that goes on today."""

    def day(each: Dated) -> date:
        return local(each.starts).date() if isinstance(each.starts, datetime) else each.starts

    ahead = [each for each in dates if (each.last_day or day(each)) >= today]
    return min(ahead, key=day, default=None)


def editions_open_to_all() -> list[Edition]:
    """Editions anybody may look at, newest first."""
    return list(session.scalars(editions_newest_first().where(Edition.state != "draft", Edition.trial_of_id.is_(None))))


_JOBS = text("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
_LETTERS = text("SELECT state, count(*) FROM message WHERE state <> 'sent' GROUP BY state")


def jobs_by_state() -> dict[str, int]:
    """How many jobs there are in each state that any is in."""
    return {str(state): int(count) for state, count in session.execute(_JOBS).tuples()}


def letters_by_state() -> dict[str, int]:
    """The same of letters that did not go yet."""
    return {str(state): int(count) for state, count in session.execute(_LETTERS).tuples()}
