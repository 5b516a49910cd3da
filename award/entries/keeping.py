"""Deeds on dossiers of works that came on paper: who of the secretariat keeps them, what their postmark says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.entries.permissions import can_keep
from award.entries.queries import locked
from award.log.operations import record
from award.people.models import Person
from award.verdicts import require


def keep(*, by: Capacity, edition: Edition, entry: Entry, keeper: Person) -> None:
    """The keeper fills in the dossier from now on, and the revision of it that there may be."""
    require(can_keep(by, entry, edition))
    hand_on(by=by, edition=edition, entry=entry, to=keeper)


def hand_on(*, by: Capacity, edition: Edition, entry: Entry, to: Person) -> None:
    """The same for who has asked whether it may be."""
    if entry.owner_id == to.id:
        return
    before = entry.owner_id
    for row in _with_revision(entry):
        row.owner_id = to.id
    session.flush()
    facts: dict[str, int | str | None] = {"from": before, "to": to.id}
    record("entry.kept", actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)


def postmark(*, by: Capacity, edition: Edition, entry: Entry, day: date | None) -> None:
    """The dossier's postmark is of this day; receipts that were given keep what they said."""
    require(can_keep(by, entry, edition))
    before = entry.postmark_on
    if before == day:
        return
    for row in _with_revision(entry):
        row.postmark_on = day
    session.flush()
    facts: dict[str, int | str | None] = {"before": _iso(before), "after": _iso(day)}
    record("entry.postmark_corrected", actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)


def declare(*, by: Capacity, edition: Edition, entry_id: int, said: Mapping[str, dict[str, Any]]) -> None:
    """The draft declares what its authors signed on paper; of other purposes it keeps what was declared before.

    Whoever calls has the paper, and has asked whether it may be recorded and what the draft lacks.
    """
    entry = locked(entry_id)
    entry.declared, entry.changed_at = {**entry.declared, **said}, now()
    session.flush()
    facts: dict[str, int | str | None] = {"scan": next((each["scan"] for each in said.values()), None)}
    record("entry.declared_on_paper", actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)


def _with_revision(entry: Entry) -> list[Entry]:
    return list(session.scalars(select(Entry).where(or_(Entry.id == entry.id, Entry.revises_id == entry.id))))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
