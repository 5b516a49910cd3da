"""The worker's part: a checkpoint each night while judges score, and letters with every checkpoint."""

from datetime import timedelta

from award.clock import now
from award.db import unit_of_work
from award.jobs import task
from judging.proof import letters, operations, queries

LOOKED_BACK = timedelta(days=2)
"""A worker that was away so long still tells of every checkpoint; each goes out once, however often it is looked."""


@task("proof.hold_fast", every="1 17 * * *")
def hold_fast() -> None:
    """Once a day, a minute past midnight in Vietnam."""
    with unit_of_work():
        operations.hold_fast()


@task("proof.tell", every="*/10 * * * *")
def tell() -> None:
    """Everybody who is to have the new checkpoints has a letter with each. Repeating adds nothing."""
    for fresh in queries.fresh(now() - LOOKED_BACK):
        with unit_of_work():
            letters.tell(fresh)
