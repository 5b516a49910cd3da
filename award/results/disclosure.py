"""What everybody may read of the judging beside the results: decided by the organiser, decided anew, never silently."""

from collections.abc import Collection

from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.log.operations import record
from award.results import permissions, queries
from award.results.models import Disclosure
from award.verdicts import require

PARTS = ("agreement", "ties", "recusals")
ALWAYS = ("judges",)


def standing(edition_id: int) -> Disclosure | None:
    """What was decided last."""
    return session.scalar(select(Disclosure).where(Disclosure.edition_id == edition_id))


def parts(decided: Disclosure | None) -> tuple[str, ...]:
    """What may be read: how many judged, and whatever the organiser decided."""
    return (*ALWAYS, *(part for part in PARTS if decided is not None and getattr(decided, part)))


def decide(*, by: Capacity, edition: Edition, shown: Collection[str], ground: str) -> Disclosure:
    """These parts may be read from the publication on, and no other; each time with an event of its own."""
    lock(edition)
    require(permissions.can_disclose(by, queries.decision(edition.id)))
    assert by.person_id is not None
    row = standing(edition.id) or Disclosure(edition_id=edition.id)
    for part in PARTS:
        setattr(row, part, part in shown)
    row.ground, row.decided_by_id, row.decided_at = ground, by.person_id, now()
    session.add(row)
    session.flush()
    facts: dict[str, int | str | None] = {part: int(part in shown) for part in PARTS}
    detail = {"ground": ground}
    award_id = edition.award_id
    record("results.disclosed", actor_id=by.person_id, award_id=award_id, subject=row, facts=facts, detail=detail)
    return row
