"""The worker's part: newsrooms with works waiting are reminded as the last day to confirm them draws near."""

from award.clock import now
from award.dates import local
from award.db import unit_of_work
from award.jobs import task
from award.newsrooms import letters, operations


@task("newsrooms.remind", every="5 1,4 * * *")
def remind() -> None:
    """At five past eight in Vietnam, and at five past eleven for a house that was off. Repeating adds nothing."""
    with unit_of_work():
        operations.remind_in_time(today=local(now()).date(), letter=letters.remind)
