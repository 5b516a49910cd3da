"""What came between the council's proposals and the decision: proposals that were set aside, words that were mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from award import dates
from award.db import session
from award.editions.models import PrizeLevel
from award.entries.models import Entry
from award.opinions.models import Opinion
from award.opinions.queries import unanswered
from award.people.models import Person
from award.results.models import Decision, NameCorrection, SetAside


@dataclass(frozen=True)
class Aside:
    """A proposal that was not followed. `whose`: the title of a work, or a body or person."""

    whose: str
    of_work: bool
    level: str
    reason: str
    opinion_of: str
    by: str
    at: datetime
    entry_key: str = ""


@dataclass(frozen=True)
class Mended:
    """A word of a proposed work that two persons corrected before the decision."""

    title: str
    correction: NameCorrection


def set_aside(edition_id: int) -> list[Aside]:
    """Every proposal that was not followed, first to last."""
    found = (
        select(SetAside, Entry.title, Entry.public_id, PrizeLevel.name, Opinion.body, Person.legal_name)
        .join(PrizeLevel, PrizeLevel.id == SetAside.prize_level_id)
        .join(Person, Person.id == SetAside.by_id)
        .outerjoin(Entry, Entry.id == SetAside.entry_id)
        .outerjoin(Opinion, Opinion.id == SetAside.opinion_id)
        .where(SetAside.edition_id == edition_id)
        .order_by(SetAside.id)
    )
    return [
        Aside(row.recipient or title or "", not row.recipient, level, row.reason, body or "", name, row.at, key or "")
        for row, title, key, level, body, name in session.execute(found).tuples()
    ]


def rests_on(opinion_id: int) -> bool:
    """Whether a proposal was set aside on what the body answered."""
    return session.scalar(select(SetAside.id).where(SetAside.opinion_id == opinion_id).limit(1)) is not None


def mended(edition_id: int, decision: Decision | None) -> Sequence[Mended]:
    """Words of proposed works that were corrected before the decision was recorded."""
    found = (
        select(Entry.title, NameCorrection)
        .join(Entry, Entry.id == NameCorrection.entry_id)
        .where(NameCorrection.edition_id == edition_id, NameCorrection.state == "confirmed")
        .order_by(NameCorrection.id)
    )
    if decision is not None:
        found = found.where(NameCorrection.done_at < decision.recorded_at)
    return [Mended(title, row) for title, row in session.execute(found).tuples()]


def corrections_waiting(edition_id: int) -> int:
    """How many corrections of words wait for their second person."""
    waits = select(func.count()).where(NameCorrection.edition_id == edition_id, NameCorrection.state == "proposed")
    return session.scalar(waits) or 0


def waiting_for(edition_id: int) -> list[str]:
    """A sentence for each body that was asked and has not answered."""
    return [_sentence(each) for each in unanswered(edition_id)]


def _sentence(asked: Opinion) -> str:
    told = {"body": asked.body, "day": dates.day(asked.asked_on)}
    if asked.due_day is None:
        return str(_("%(body)s chưa trả lời (gửi ngày %(day)s).", **told))
    due = dates.day(asked.due_day)
    return str(_("%(body)s chưa trả lời (gửi ngày %(day)s, hạn ngày %(due)s).", due=due, **told))
