"""The end of a trial, asked for or because entries open."""

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.operations.wiping import wipe
from award.editions.queries import trial_of
from award.editions.trials import mailbox
from award.log.operations import record
from award.people.models import Person, User


def end_trial(*, actor_id: int | None, edition: Edition) -> bool:
    """Nothing of the trial of this edition is left in any table or in the store; False when there was none."""
    trial = trial_of(edition.id)
    if trial is None:
        return False
    lock(trial)
    invented = select(Person.id).join(User, User.person_id == Person.id).where(User.email.endswith(mailbox(trial)))
    rows = wipe(award_id=trial.award_id, edition_id=trial.id, people=session.scalars(invented).all())
    record("trial.ended", actor_id=actor_id, award_id=edition.award_id, subject=edition, facts={"rows": rows})
    return True
