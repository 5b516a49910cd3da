"""Lists that only programs ask for; receivers, what there is to tell them, and what was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
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
from award.results.models import Publication
from award.screening.models import Screening

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


def happened(edition: Edition, family: tuple[int, ...] | None, at: datetime) -> list[tuple[str, str, str | None, str]]:
    """(event, kind, entry, code) of all that has happened and been told to whose it is; `family` None: of all works.

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
    found = [(str(e), str(k), str(n), str(c)) for e, k, n, c in session.execute(union_all(*told)).tuples()]
    published = select(Publication.public_id).where(Publication.edition_id == edition.id, Publication.at <= at)
    return [
        *found,
        *((f"results.published:{key}", "results.published", None, "") for key in session.scalars(published)),
    ]


def _events(kind: str, key: Any) -> Select[*tuple[Any, ...]]:
    named = literal(f"{kind}:") + key
    return select(named, literal(kind), Entry.public_id, func.coalesce(Entry.code, "")).select_from(Entry)


def _decided(kind: str, ours: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return _events(kind, Entry.public_id).join(Screening, Screening.entry_id == Entry.id).where(*ours)


def due(at: datetime) -> Sequence[int]:
    """Tellings whose time has come, of receivers that are on."""
    waiting = select(WebhookDelivery.id).join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
    waiting = waiting.where(WebhookDelivery.state == "queued", WebhookDelivery.next_at <= at, Webhook.state == "on")
    return session.scalars(waiting.order_by(WebhookDelivery.id).limit(500)).all()


def events_of(webhook_id: int) -> Sequence[str]:
    """The events the receiver was told of, is being told of, or knew."""
    return session.scalars(select(WebhookDelivery.event).where(WebhookDelivery.webhook_id == webhook_id)).all()
