"""Holding the log fast day by day while judges score."""

from award.log.operations import record
from award.log.queries import grew
from judging.proof import queries


def hold_fast() -> int:
    """Awards with a round open or frozen have a checkpoint over everything until now; gives how many were taken.

    An award in whose log nothing happened since its last checkpoint has none anew.
    """
    awards = {edition.award_id: judged for judged, edition in reversed(queries.rounds_at_work())}
    grown = {award: judged for award, judged in awards.items() if grew(award)}
    for award, judged in grown.items():
        record("round.held_fast", actor_id=None, award_id=award, subject=judged)
    return len(grown)
