"""The worker's part: who has drafts left is told as the last day for entering draws near."""

from award.clock import now
from award.dates import local
from award.db import unit_of_work
from award.entries import correspondence
from award.jobs import task


@task("entries.remind_drafts", every="10 1,4 * * *")
def remind_drafts() -> None:
    """At ten past eight in Vietnam, and at ten past eleven for a house that was off. Repeating adds nothing."""
    with unit_of_work():
        correspondence.remind_of_drafts(local(now()).date())
