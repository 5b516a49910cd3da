"""The worker's part: who has drafts left is told in time; files of a work that was received again are found."""

from award.clock import now
from award.dates import local
from award.db import unit_of_work
from award.entries import correspondence, queries, recovered, recovering, tracing
from award.files.holdings import JUST_NOW, nobodys
from award.jobs import defer, task


@task("entries.remind_drafts", every="10 1,4 * * *")
def remind_drafts() -> None:
    """At ten past eight in Vietnam, and at ten past eleven for a house that was off. Repeating adds nothing."""
    with unit_of_work():
        correspondence.remind_of_drafts(local(now()).date())


@task("entries.find_files")
def find_files(*, entry_id: int, at_last: bool = False) -> None:
    """What the store has of the receipt's files stands in its places, and the owner is told. Repeating sends no letter
    twice; the log has a line for each look.

    What the store took a moment ago still belongs to whoever sent it: who lacks a file is told after a second look.
    """
    with unit_of_work():
        receipt = queries.last_receipt(entry_id)
        sizes = {file["size"] for file in tracing.wanted(receipt)} if receipt is not None else set()
    found = list(nobodys(sizes)) if sizes else []
    with unit_of_work():
        entry, receipt = queries.locked(entry_id), queries.last_receipt(entry_id)
        if receipt is None:
            return
        lost = recovering.attach_found(entry=entry, receipt=receipt, found=found)
        if lost and not at_last:
            defer("entries.find_files", after=JUST_NOW, entry_id=entry_id, at_last=True)
        else:
            recovered.tell(entry, receipt, lost)
