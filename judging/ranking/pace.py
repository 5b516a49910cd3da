"""How sheets came in day by day beside an even pace: counts, which tell no mark and no judge."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Date, cast, func, literal, select

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Round
from judging.panels.models import Assignment
from judging.panels.queries import still_judged
from judging.scoring.models import ScoreSheet

LONGEST = 366
"""So many days of a round are told; a round that nobody ends does not grow its page without end."""


class PaceDay(NamedTuple):
    """A day of the round, sheets sent on it and by its end (None: it has not come), and an even pace by then."""

    day: date
    sent: int | None
    so_far: int | None
    even: int | None


def pace(judged: Round, expected: int) -> list[PaceDay]:
    """Every day from the opening to the planned end, or to the day on which the round ended where that is later.

    Before the round opens there is none; without a planned end nothing says what an even pace would be.
    """
    if judged.opened_at is None:
        return []
    stopped = judged.closed_at or now()
    return spread(_sent(judged.id), local(judged.opened_at).date(), local(stopped).date(), judged.ends_on, expected)


def spread(sent: Mapping[date, int], first: date, last: date, planned: date | None, expected: int) -> list[PaceDay]:
    """The days of sheets that came between, each with what had come by its end. Pure."""
    came = Counter[date]()
    for day, sheets in sent.items():
        came[min(max(day, first), last)] += sheets
    whole = (planned - first).days + 1 if planned is not None and planned >= first else 0
    until = max(last, planned or last)
    days: list[PaceDay] = []
    so_far = 0
    for n in range(min((until - first).days + 1, LONGEST)):
        day = first + timedelta(days=n)
        so_far += came[day]
        even = min(round(expected * (n + 1) / whole), expected) if whole else None
        told = day <= last
        days.append(PaceDay(day, came[day] if told else None, so_far if told else None, even))
    return days


def _sent(round_id: int) -> dict[date, int]:
    """Day in Vietnam → sheets sent on it that count."""
    day = cast(func.timezone(literal("Asia/Ho_Chi_Minh"), ScoreSheet.finished_at), Date)
    found = (
        select(day, func.count())
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.round_id == round_id, Assignment.state == "open", ScoreSheet.state == "finished")
        .where(still_judged(), ScoreSheet.finished_at.is_not(None))
        .group_by(day)
    )
    return dict(session.execute(found).tuples().all())
