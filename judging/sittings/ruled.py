"""What the rules of the edition say of votes."""

from award.editions.clauses import rule
from award.editions.models import Edition
from judging.sittings.majorities import USUAL
from judging.sittings.models import Sitting


def majority_of(edition: Edition) -> str:
    """The share of those who may vote that has to agree; the rules may name another than two thirds."""
    return rule(edition, "majority").choice or USUAL


def quorum_of(edition: Edition) -> str:
    """The share of the members that has to be there; the rules may name another than two thirds."""
    return rule(edition, "quorum").choice or USUAL


def quorum_in(edition: Edition, sitting: Sitting) -> str | None:
    """The share of the members that has to be there in the sitting, as it was opened; None where none is asked."""
    return sitting.quorum or rule(edition, "quorum").choice


def rules_at_opening(edition: Edition) -> dict[str, int | str | None]:
    """What the log says of them when a sitting opens: votes that are taken in it are held against this."""
    return {
        "quorum": quorum_of(edition),
        "majority": majority_of(edition),
        "base": rule(edition, "vote_base").choice or "",
        "hands": int(rule(edition, "hands").yes),
        "opinions": rule(edition, "absent_opinions").choice or "",
    }
