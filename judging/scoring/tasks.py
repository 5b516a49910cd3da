"""The worker's part: who has open sheets is told as the round comes to its end."""

from award.db import unit_of_work
from award.jobs import task
from judging.panels.queries import rounds_judged_now
from judging.scoring import reminding


@task("scoring.remind", every="0 1,4 * * *")
def remind() -> None:
    """At eight in the morning in Vietnam, and at eleven for a house that was off. Repeating adds nothing."""
    for edition, round_ in rounds_judged_now():
        with unit_of_work():
            reminding.remind_by_rule(edition=edition, round_=round_)
