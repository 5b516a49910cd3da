"""Acts of two persons: proposing, confirming, withdrawing. The act itself belongs to the room that asks for it."""

from typing import Any

from award.clock import now
from award.db import session
from award.editions.models import Countersign, Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_countersign, still_waits
from award.editions.queries import waiting_countersign
from award.log.operations import record
from award.verdicts import require


def propose(
    *, by: Capacity, edition: Edition, act: str, subject: str, terms: dict[str, Any] | None = None
) -> Countersign:
    """The act waits for its second person. Asking again while it waits gives the same proposal."""
    assert by.person_id is not None
    lock(edition)
    waiting = waiting_countersign(edition.id, act, subject)
    if waiting is not None:
        return waiting
    proposal = Countersign(
        edition_id=edition.id,
        act=act,
        subject=subject,
        terms=terms or {},
        proposed_by_id=by.person_id,
        proposed_at=now(),
    )
    session.add(proposal)
    session.flush()
    record(f"{act}.proposed", actor_id=by.person_id, award_id=edition.award_id, subject=proposal, facts={"on": subject})
    return proposal


def confirm(*, by: Capacity, edition: Edition, proposal: Countersign) -> Countersign:
    """The second person has confirmed; the caller now does the act in the same unit of work.

    Raises Refused for the proposer, for who holds no role that may stand in, and when it no longer waits.
    """
    session.refresh(proposal, with_for_update=True)
    require(can_countersign(by, proposal))
    proposal.confirmed_by_id, proposal.confirmed_at = by.person_id, now()
    session.flush()
    record(f"{proposal.act}.confirmed", actor_id=by.person_id, award_id=edition.award_id, subject=proposal)
    return proposal


def withdraw(*, by: Capacity, edition: Edition, proposal: Countersign) -> None:
    """The proposal no longer waits; its row stays as history. Raises Refused when it no longer waited."""
    session.refresh(proposal, with_for_update=True)
    require(still_waits(proposal))
    proposal.withdrawn_at = now()
    session.flush()
    record(f"{proposal.act}.withdrawn", actor_id=by.person_id, award_id=edition.award_id, subject=proposal)
