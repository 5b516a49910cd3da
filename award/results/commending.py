"""Bằng khen by a paper of its own: said before the decision, recorded beside it, with certificates that rest on it."""

from datetime import date

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.features import tell_rooms_of_paper
from award.log.operations import record
from award.results import certifying, permissions, queries
from award.results.models import Commendation
from award.verdicts import Refused, Verdict, require


def put_apart(*, by: Capacity, edition: Edition, apart: bool) -> None:
    """Bodies and persons are commended by a paper of their own from now on, or by that of the prizes again."""
    lock(edition)
    known = queries.commendation(edition.id)
    require(permissions.can_commend_apart(by, edition, queries.decision(edition.id), known))
    if apart == (known is not None):
        return
    assert by.person_id is not None
    if known is None:
        session.add(Commendation(edition_id=edition.id, chosen_by_id=by.person_id))
    else:
        session.delete(known)
    session.flush()
    facts: dict[str, int | str | None] = {"apart": int(apart)}
    record("honours.put_apart", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)


def commend(*, by: Capacity, edition: Edition, number: str, day: date, body: str, signatory: str) -> Commendation:
    """Whoever is proposed is commended by this paper, and has a certificate that rests on it."""
    lock(edition)
    known = queries.commendation(edition.id)
    require(permissions.can_commend(by, edition, known, queries.publication(edition.id)))
    assert known is not None
    proposed = queries.proposed_honours(edition.id)
    if not proposed:
        raise Refused(Verdict("nothing_proposed", str(permissions.NOTHING_PROPOSED)))
    for honour in proposed:
        honour.state, honour.decided_at = "decided", now()
    known.number, known.day, known.body, known.signatory = number, day, body, signatory
    known.recorded_by_id, known.recorded_at = by.person_id, now()
    session.flush()
    facts: dict[str, int | str | None] = {"number": number, "honours": len(proposed)}
    record("honours.decided", actor_id=by.person_id, award_id=edition.award_id, subject=known, facts=facts)
    certifying.issue(edition=edition, by_id=by.person_id, on=day)
    tell_rooms_of_paper(edition.id, "commendation", by.person_id)
    return known
