"""One at a time: deeds that change an edition take its row first and read again what they judge by."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from award.db import session
from award.editions.models import Edition, Round
from award.verdicts import Refused, Verdict


def lock(edition: Edition) -> None:
    """Nobody else changes the edition until the present unit of work ends; its state and its rounds' are fresh."""
    session.flush()
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    session.refresh(edition, ["state", "version"])
    rounds = select(Round).where(Round.edition_id == edition.id).execution_options(populate_existing=True)
    session.scalars(rounds).all()


def flush_or_refuse(refusals: dict[str, Verdict]) -> None:
    """What waits is written. A broken constraint named in `refusals` becomes its refusal: the unit of work is over."""
    try:
        session.flush()
    except IntegrityError as fault:
        constraint = getattr(getattr(fault.orig, "diag", None), "constraint_name", None)
        if constraint in refusals:
            raise Refused(refusals[constraint]) from None
        raise
