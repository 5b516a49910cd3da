"""What came between the council's proposals and the decision: proposals that were set aside, words that were mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, and_, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from award import dates
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.entries.models import Entry
from award.opinions.models import Opinion
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
    field: str
    stood: str
    reads: str


@dataclass(frozen=True)
class Since:
    """What happened since the council proposed."""

    asked: Sequence[Opinion]
    """Bodies that were asked and whose request stands, in the order in which they were."""
    aside: Sequence[Aside]
    """Every proposal that was not followed, first to last."""
    mended: Sequence[Mended]
    """Words of proposed works that were corrected before the decision was recorded, first to last."""
    to_confirm: int
    """How many corrections of words wait for their second person."""


def since_proposed(edition_id: int) -> Since:
    """All of it in one statement."""
    found = (
        select(Opinion, _aside(edition_id), _mended(edition_id), _to_confirm(edition_id))
        .select_from(Edition)
        .outerjoin(Opinion, and_(Opinion.edition_id == Edition.id, Opinion.withdrawn_at.is_(None)))
        .where(Edition.id == edition_id)
        .order_by(Opinion.asked_on, Opinion.id)
    )
    rows = session.execute(found).tuples().all()
    _opinion, aside, mended, to_confirm = rows[0]
    return Since(
        [opinion for opinion, *_rest in rows if opinion is not None],
        [Aside(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in aside or ()],
        [Mended(**each) for each in mended or ()],
        to_confirm,
    )


def _aside(edition_id: int) -> ScalarSelect[Any]:
    told = func.jsonb_build_object(
        *("whose", func.coalesce(func.nullif(SetAside.recipient, ""), Entry.title, "")),
        *("of_work", SetAside.recipient == "", "level", PrizeLevel.name, "reason", SetAside.reason),
        *("opinion_of", func.coalesce(Opinion.body, ""), "by", Person.legal_name, "at", SetAside.at),
        *("entry_key", func.coalesce(Entry.public_id, "")),
    )
    return (
        select(func.jsonb_agg(aggregate_order_by(told, SetAside.id), type_=JSONB))
        .select_from(SetAside)
        .join(PrizeLevel, PrizeLevel.id == SetAside.prize_level_id)
        .join(Person, Person.id == SetAside.by_id)
        .outerjoin(Entry, Entry.id == SetAside.entry_id)
        .outerjoin(Opinion, Opinion.id == SetAside.opinion_id)
        .where(SetAside.edition_id == edition_id)
        .correlate(None)
        .scalar_subquery()
    )


def _mended(edition_id: int) -> ScalarSelect[Any]:
    word = NameCorrection
    told = func.jsonb_build_object("title", Entry.title, "field", word.field, "stood", word.stood, "reads", word.reads)
    decided = exists().where(Decision.edition_id == word.edition_id, Decision.recorded_at <= word.done_at)
    return (
        select(func.jsonb_agg(aggregate_order_by(told, word.id), type_=JSONB))
        .select_from(word)
        .join(Entry, Entry.id == word.entry_id)
        .where(word.edition_id == edition_id, word.state == "confirmed", ~decided)
        .scalar_subquery()
    )


def _to_confirm(edition_id: int) -> ScalarSelect[int]:
    waits = (NameCorrection.edition_id == edition_id, NameCorrection.state == "proposed")
    return select(func.count(NameCorrection.id)).where(*waits).scalar_subquery()


def rests_on(opinion_id: int) -> bool:
    """Whether a proposal was set aside on what the body answered."""
    return session.scalar(select(SetAside.id).where(SetAside.opinion_id == opinion_id).limit(1)) is not None


def waiting_for(asked: Sequence[Opinion]) -> list[str]:
    """A sentence for each body that was asked and has not answered, whose day is nearest first."""
    waited = [each for each in asked if not each.answered]
    return [_sentence(each) for each in sorted(waited, key=lambda each: (each.due_day or date.max, each.id))]


def _sentence(asked: Opinion) -> str:
    told = {"body": asked.body, "day": dates.day(asked.asked_on)}
    if asked.due_day is None:
        return str(_("%(body)s chưa trả lời (gửi ngày %(day)s).", **told))
    due = dates.day(asked.due_day)
    return str(_("%(body)s chưa trả lời (gửi ngày %(day)s, hạn ngày %(due)s).", due=due, **told))
