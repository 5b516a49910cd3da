"""Until when an invitation to take a role holds: until the stage it is for opens. Pure.

Who judges, chairs or watches the judging is invited for the next round that is prepared, the secretariat for the
screening, which begins when the time for entries is over. A role whose stage is under way, or has no day yet, and one
that waits for no stage hold for two weeks.
"""

from datetime import datetime, time, timedelta

from award.clock import VIETNAM
from award.editions.models import Edition

OTHERWISE = timedelta(days=14)
LAST_MINUTE = time(23, 59)
"""A day counts whole, and the minute is read on the day itself."""
_FOR_A_ROUND = frozenset({"judge", "chair", "deputy", "auditor"})


def stage_opens(edition: Edition, role: str, at: datetime) -> datetime | None:
    """The end of the day on which the stage opens by the calendar; None where that is not ahead or not known."""
    if role in _FOR_A_ROUND:
        waiting = next((each for each in edition.rounds if each.state == "prepare"), None)
        day = waiting.opens_on if waiting else None
        ends = datetime.combine(day, LAST_MINUTE, VIETNAM) if day else None
    else:
        taking = role == "secretary" and edition.state in {"draft", "open"}
        day = edition.deadline_day if taking else None
        hour = edition.deadline_at if taking else None
        ends = datetime.combine(day, LAST_MINUTE, VIETNAM) if day else hour
    return ends if ends is not None and ends > at else None


def holds_until(edition: Edition, role: str, at: datetime) -> datetime:
    """Until when an invitation that goes out at `at` can be accepted."""
    return stage_opens(edition, role, at) or at + OTHERWISE
