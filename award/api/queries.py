"""Lists that only programs ask for; receivers, what there is to tell them, and what was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select, union_all
from sqlalchemy.sql.elements import literal

from award.api.models import Webhook, WebhookDelivery
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries.models import Correction, Entry
from award.newsrooms.permissions import Standing
from award.newsrooms.queries import at_desk
from award.paging import Order, Page, Turn, page
from award.people.models import Newsroom, Person
from award.results.models import NameCorrection, Publication, Ruling
from award.screening.models import Screening

SHARE = 10
"""Tellings of one receiver that are put in line in a minute: one that is slow, five seconds for each, leaves time for
the others."""
_NEWEST_FIRST = Order((Edition.year.expression, Edition.id.expression), lambda slug: Edition.slug == slug, falling=True)
_LAST_FIRST = Order((WebhookDelivery.id.expression,), lambda key: WebhookDelivery.public_id == key, falling=True)


def page_of_editions(turn: Turn) -> Page[Any]:
    """Editions that are no drafts and no trials, newest first."""
    seen = select(Edition).where(Edition.state != "draft", Edition.trial_of_id.is_(None))
    found = page(seen, _NEWEST_FIRST, turn, lambda row: row.Edition.slug)
    return found.of([row.Edition for row in found.rows])


@dataclass(frozen=True)
class Receiver:
    """A receiver with the edition and the newsroom it is told of."""

    webhook: Webhook
    edition: Edition
    newsroom: Newsroom | None


def receivers(person_id: int) -> list[Receiver]:
    """Those the person set up, newest first."""
    found = select(Webhook, Edition, Newsroom).join(Edition, Edition.id == Webhook.edition_id)
    found = found.outerjoin(Newsroom, Newsroom.id == Webhook.newsroom_id).where(Webhook.person_id == person_id)
    return [Receiver(*row) for row in session.execute(found.order_by(Webhook.id.desc())).tuples()]


def receiver(person_id: int, public_id: str) -> Receiver | None:
    """One of them; another's is not found."""
    return next((each for each in receivers(person_id) if each.webhook.public_id == public_id), None)


def page_of_deliveries(webhook_id: int, turn: Turn) -> Page[Any]:
    """What the receiver was told or is still to be told, newest first."""
    told = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state != "known")
    found = page(told, _LAST_FIRST, turn, lambda row: row.WebhookDelivery.public_id)
    return found.of([row.WebhookDelivery for row in found.rows])


def receiving() -> Sequence[Webhook]:
    """Every receiver that is on."""
    return session.scalars(select(Webhook).where(Webhook.state == "on").order_by(Webhook.id)).all()


def standing_of(person: Person, edition: Edition, newsroom: Newsroom | None) -> tuple[Standing, tuple[int, ...]]:
    """What the person is before that newsroom in that edition today, and which organs' works are the newsroom's."""
    desk = at_desk(newsroom.public_id, person.id) if newsroom else None
    organ, roles = desk if desk else (None, frozenset())
    return Standing(capacity(person, edition), roles), organ.family if organ else ()


def untold(
    webhook: Webhook, edition: Edition, family: tuple[int, ...] | None, at: datetime
) -> list[tuple[str, str, str | None, str]]:
    """(event, kind, entry, code) of what happened and was told to whose it is, and the receiver has no telling of.

    `family`: the organs whose works it is told of; None: of all works.

    Eligible and not eligible are told as the owner's own page tells them: the one once judging has begun, the other
    once the owner was written to.
    """
    ours: list[ColumnElement[bool]] = [Entry.edition_id == edition.id, Entry.revises_id.is_(None)]
    if family is not None:
        ours.append(Entry.newsroom_id.in_(family))
    told = [
        _events("entry.submitted", Entry.public_id).where(Entry.submitted_at.is_not(None), *ours),
        _events("entry.correction", Correction.public_id)
        .join(Correction, Correction.entry_id == Entry.id)
        .where(*ours),
        _decided("entry.ineligible", ours).where(Screening.decision == "ineligible", Screening.told_at.is_not(None)),
    ]
    if edition.state not in {"open", "screening"}:
        told.append(_decided("entry.eligible", ours).where(Screening.decision == "eligible"))
    published = (literal("results.published:") + Publication.public_id).label("event")
    told.append(
        select(published, literal("results.published"), null(), literal("")).where(
            Publication.edition_id == edition.id, Publication.at <= at
        )
    )
    told += [_changed(each, edition, at) for each in (Ruling, NameCorrection)]
    every = union_all(*told).subquery()
    known = select(WebhookDelivery.event).where(WebhookDelivery.webhook_id == webhook.id)
    new = select(every).where(every.c.event.not_in(known)).order_by(every.c.event)
    return [(event, kind, key, code) for event, kind, key, code in session.execute(new).tuples()]


def _events(kind: str, key: Any) -> Select[*tuple[Any, ...]]:
    named = (literal(f"{kind}:") + key).label("event")
    return select(named, literal(kind), Entry.public_id, func.coalesce(Entry.code, "")).select_from(Entry)


def _decided(kind: str, ours: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return _events(kind, Entry.public_id).join(Screening, Screening.entry_id == Entry.id).where(*ours)


def _changed(what: type[Ruling] | type[NameCorrection], edition: Edition, at: datetime) -> Select[*tuple[Any, ...]]:
    """What everybody reads otherwise since the publication; what was otherwise before it nobody had read."""
    named = (literal("results.changed:") + what.public_id).label("event")
    return (
        select(named, literal("results.changed"), Entry.public_id, literal(""))
        .select_from(what)
        .join(Publication, Publication.edition_id == what.edition_id)
        .outerjoin(Entry, Entry.id == what.entry_id)
        .where(what.edition_id == edition.id, what.state == "confirmed")
        .where(Publication.at <= at, what.done_at >= Publication.at)
    )


def due(at: datetime) -> Sequence[tuple[int, int]]:
    """Numbers of the tellings whose time has come, each with that of its receiver, which is on.

    Of each receiver the oldest `SHARE`, and the first of all receivers before the second of any.
    """
    place = func.row_number().over(partition_by=WebhookDelivery.webhook_id, order_by=WebhookDelivery.id).label("place")
    waiting = select(WebhookDelivery.id, WebhookDelivery.webhook_id, place)
    waiting = waiting.join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
    waiting = waiting.where(WebhookDelivery.state == "queued", WebhookDelivery.next_at <= at, Webhook.state == "on")
    each = waiting.subquery()
    found = select(each.c.id, each.c.webhook_id).where(each.c.place <= SHARE).order_by(each.c.place, each.c.id)
    return session.execute(found.limit(500)).tuples().all()
