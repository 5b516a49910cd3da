"""What the rules of the edition say of votes."""

from award.editions.clauses import rule
from award.editions.models import Edition

DEFAULT_MAJORITY = "two_thirds"


def majority_of(edition: Edition) -> str:
    """The share of those who may vote that has to agree; the rules may name another than two thirds."""
    return rule(edition, "majority").choice or DEFAULT_MAJORITY


def quorum_of(edition: Edition) -> str | None:
    """The share of the members that has to be there; None where the rules ask for none."""
    return rule(edition, "quorum").choice


def rules_at_opening(edition: Edition) -> dict[str, int | str | None]:
    """What the log says of them when a sitting opens: votes that are taken in it are held against this."""
    return {
        "quorum": quorum_of(edition) or "",
        "majority": majority_of(edition),
        "hands": int(rule(edition, "hands").yes),
        "opinions": rule(edition, "absent_opinions").choice or "",
    }
