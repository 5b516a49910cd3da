"""The worker's part: a trial is filled with invented works, by whoever the house has for that."""

from flask import current_app

from award import jobs
from award.editions.trials import FILL
from award.messages.withheld import no_letters


@jobs.task(FILL)
def fill_trial(edition_id: int, until: str) -> None:
    """The trial is filled as far as asked; one that has ended meanwhile stays gone. No letter goes out."""
    with no_letters():
        current_app.extensions["fill_trial"](edition_id, until)
