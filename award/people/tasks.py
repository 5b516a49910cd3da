"""What is put in order each night."""

from award.db import unit_of_work
from award.jobs import task
from award.people import operations


@task("people.sweep", every="40 2 * * *")
def sweep() -> None:
    with unit_of_work():
        operations.sweep()
