"""What waits for a person, over all editions that are not archived."""

from collections.abc import Mapping
from dataclasses import dataclass

from award.db import session
from award.editions.models import ROLES, Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, editions_newest_first
from award.features import Feature, NextAct
from award.people.models import Person


@dataclass(frozen=True)
class Desk:
    """One edition as it lies on a person's desk: the roles held in it, and the acts that wait."""

    edition: Edition
    capacity: Capacity
    acts: tuple[NextAct, ...]

    def roles(self, words: Mapping[str, object]) -> str:
        """The roles held, in words that begin a line."""
        held = ", ".join(str(words[role]) for role in ROLES if role in self.capacity.roles)
        return held[:1].upper() + held[1:]


def desks(person: Person, rooms: tuple[Feature, ...]) -> list[Desk]:
    """Editions in which the person holds a role or has something to do, newest first; acts by weight."""
    found = []
    for edition in session.scalars(editions_newest_first().where(Edition.state != "archived")):
        held = capacity(person, edition)
        acts = [act for room in rooms if room.next_acts for act in room.next_acts(person.id, edition.id)]
        if held.roles or acts:
            found.append(Desk(edition, held, tuple(sorted(acts, key=lambda act: act.weight))))
    return found


def editions_open_to_all() -> list[Edition]:
    """Editions anybody may look at, newest first."""
    return list(session.scalars(editions_newest_first().where(Edition.state != "draft", Edition.trial_of_id.is_(None))))
