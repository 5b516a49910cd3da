"""The worker's part: when the instant of publication comes, the calendar follows and the letters go out."""

from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Entry
from award.jobs import defer, task
from award.results import operations, queries
from award.results.front import lost_before
from award.results.letters import tell_later, tell_other, tell_winner
from award.results.works import PrizeWork

LETTERS_AT_ONCE = 50


@task("results.published")
def published(edition_id: int) -> None:
    """The edition says that its results are public, and who took part has a letter. Repeating adds nothing."""
    edition = session.get_one(Edition, edition_id)
    if not queries.is_public(edition, now()):
        return
    with unit_of_work():
        operations.mark_public(edition=edition)
    _post_letters(edition)


@task("results.sweep", every="*/5 * * * *")
def sweep() -> None:
    """Publications whose job was lost are followed all the same."""
    with unit_of_work():
        for edition in queries.public_but_unmarked(now()):
            defer("results.published", at_most_one=f"results.published:{edition.id}", edition_id=edition.id)


def _post_letters(edition: Edition) -> None:
    """Winners, those whose prize was taken back before anybody knew of it, and everybody else."""
    decision, publication = queries.decision(edition.id), queries.publication(edition.id)
    assert decision is not None, "nothing is published without a decision"
    assert publication is not None, "only what is public is told"
    winners: dict[str, list[PrizeWork]] = {}
    losers: dict[str, list[PrizeWork]] = {}
    lost = set[str]()
    for work in queries.prize_works(edition.id, "decided", "revoked"):
        if work.state == "decided":
            winners.setdefault(work.key, []).append(work)
        else:
            lost.add(work.key)  # who lost it since the instant had a letter then
            if lost_before(work, publication.at):
                losers.setdefault(work.key, []).append(work)
    titles = {
        entry_id: (key, title)
        for entry_id, key, title in session.execute(
            select(Entry.id, Entry.public_id, Entry.title).where(Entry.edition_id == edition.id)
        ).tuples()
    }
    everybody = queries.addressees(edition.id)
    for start in range(0, len(everybody), LETTERS_AT_ONCE):
        with unit_of_work():
            for to in everybody[start : start + LETTERS_AT_ONCE]:
                key, title = titles[to.entry_id]
                for work in losers.get(key, ()):
                    if work.revoked is not None:
                        tell_later(edition, to, work.revoked)
                if key in winners:
                    tell_winner(edition, to, winners[key], decision)
                elif key not in lost:
                    tell_other(edition, to, title)
