"""Which papers of a decision may still be drafted: what has no number is written anew each time, as things are then."""

from collections.abc import Mapping

from award.results import permissions, rulings
from award.results.models import Decision
from award.verdicts import Verdict


def of(edition_id: int, decision: Decision | None) -> Mapping[str, Verdict]:
    """Kind of paper → whether it may be written where none of the kind is kept; kinds that always may are not named."""
    changed = decision is not None and rulings.changed(edition_id)
    return {code: permissions.can_draft(code, decision, changed=changed) for code in permissions.OF_THEIR_MOMENT}
