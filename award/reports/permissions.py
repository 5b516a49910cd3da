"""Who reads the figures of an edition before everybody does."""

from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.verdicts import Verdict

READERS = ("organiser", "secretary", "chair", "deputy", "auditor")


def can_read(capacity: Capacity, edition: Edition) -> Verdict:
    """Who runs, heads or audits the edition, from the day it takes works. The public reads with the results."""
    return Verdict("draft") if edition.state == "draft" else only_for(capacity, *READERS)
