"""Trying a draft out: a copy of it under an award of its own is filled with invented works, and goes without a trace.

The copy stands apart, so that nothing invented is ever counted, numbered or found beside what is real: it has its own
log, its own numbers of dossiers, its own people. The draft itself stays as it is and may be changed meanwhile.
"""

from award import jobs
from award.db import session
from award.editions.copying import PIECES
from award.editions.models import Appointment, Award, Edition
from award.editions.operations.calendar import open_entries
from award.editions.operations.copying import copy_pieces
from award.editions.operations.forgetting import end_trial
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_try
from award.editions.queries import appointments, with_rules
from award.editions.trials import FILL, trial_name, trial_slug
from award.log.operations import record
from award.verdicts import require


def begin_trial(*, by: Capacity, edition: Edition, until: str) -> Edition:
    """The draft is tried out: its copy takes entries, and a worker fills it. One that stands already goes first.

    Raises Refused with the first thing that keeps the draft itself from being opened.
    """
    lock(edition)
    require(can_try(by, edition))
    end_trial(actor_id=by.person_id, edition=edition)
    award = Award(slug=f"chay-thu-{edition.public_id}", name=edition.award.name, place=edition.award.place)
    session.add(award)
    session.flush()
    made = Edition(
        award_id=award.id,
        trial_of_id=edition.id,
        slug=trial_slug(edition.slug),
        ordinal=edition.ordinal,
        ordinal_words=edition.ordinal_words,
        year=edition.year,
        name=trial_name(edition.name),
        code_prefix=edition.code_prefix,
        illustrative=True,
    )
    session.add(made)
    session.flush()
    session.refresh(made, ["award"])
    for held in session.scalars(appointments(edition.id, "organiser", "secretary", "auditor")).all():
        session.add(Appointment(edition_id=made.id, person_id=held.person_id, role=held.role))
    session.flush()
    organiser = Capacity(by.person_id, made.id, frozenset({"organiser"}))
    pieces = [piece.code for piece in PIECES if piece.code != "people"]
    copy_pieces(by=organiser, edition=made, source=edition, pieces=pieces, with_dates=True)
    open_entries(by=organiser, edition=with_rules(made.id))
    record("trial.begun", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts={"until": until})
    jobs.defer(FILL, one_by_one=FILL, edition_id=made.id, until=until)
    return made
