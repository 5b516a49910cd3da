"""Setting up receivers, noting what there is to tell them, and what became of each telling."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from award import jobs
from award.api import queries
from award.api.models import Webhook, WebhookDelivery
from award.api.permissions import can_be_told, can_switch_on
from award.clock import now
from award.db import new_public_id, session
from award.editions.models import Edition
from award.log.operations import record
from award.messages.operations import post
from award.people.models import Newsroom, Person
from award.verdicts import Refused, Verdict, require

MOST, KEPT = 10, 30
"""Receivers of one person that are on; those of one person in one edition, on and off."""
BOTH_SIGN = timedelta(days=1)
"""So long after a change the secret before signs too."""
GIVEN_UP = timedelta(days=3)
LINE = "api.deliver"
"""Receivers are told one after another in the whole house: a worker has two hands, and the other is never theirs."""
UNDER_WAY = timedelta(minutes=2)
"""A telling that a worker took is nobody else's for so long; if the worker died, it comes again then."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
"""After each failure; the last one again and again, until it is given up."""


def set_up(*, person: Person, edition: Edition, newsroom: Newsroom | None, url: str) -> tuple[Webhook, str]:
    """A receiver that is told of what happens from now on, with the secret that nobody sees again."""
    standing, _family = queries.standing_of(person, edition, newsroom)
    require(can_be_told(standing, newsroom=newsroom is not None))
    _hold(person.id)
    kept = queries.receivers(person.id)
    _room_for_another(kept)
    if sum(each.edition.id == edition.id for each in kept) >= KEPT:
        sentence = _("Lần Giải này đã có %(n)s nơi nhận, kể cả nơi đã tắt. Đề nghị mở lại một nơi đã tắt.", n=KEPT)
        raise Refused(Verdict("too_many", sentence))
    secret = _secret()
    made = Webhook(
        person_id=person.id,
        edition_id=edition.id,
        newsroom_id=newsroom.id if newsroom else None,
        url=url,
        secret=secret,
    )
    session.add(made)
    session.flush()
    note(made, state="known")
    _recorded("webhook.made", made, edition)
    _letter(
        "webhook_made",
        made,
        made.public_id,
        _("Tài khoản có thêm một nơi nhận thông báo tự động"),
        _(
            "Tài khoản này vừa có thêm nơi nhận thông báo tự động %(url)s. Nếu không phải chủ tài khoản lập nơi nhận, "
            "đề nghị đổi mật khẩu ngay: mọi khóa và nơi nhận hết hiệu lực.",
            url=url,
        ),
    )
    return made, secret


def _hold(person_id: int) -> None:
    """Nobody adds to the receivers of the person before the commit."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def _room_for_another(kept: Sequence[queries.Receiver]) -> None:
    if sum(each.webhook.state == "on" for each in kept) >= MOST:
        raise Refused(Verdict("too_many", _("Đã có %(n)s nơi nhận. Đề nghị tắt nơi không dùng.", n=MOST)))


def change_secret(*, webhook: Webhook) -> str:
    """Tellings are signed with the new secret from now on, and for a day with the one before too."""
    webhook.former_secret, webhook.former_until = webhook.secret, now() + BOTH_SIGN
    webhook.secret = secret = _secret()
    session.flush()
    _recorded("webhook.secret_changed", webhook)
    return secret


def switch_off(*, webhook: Webhook, why: str = "owner") -> None:
    """The receiver is told nothing more; what waits for it waits until it is on again, or is given up."""
    webhook.state, webhook.off_why = "off", why
    session.flush()
    _recorded("webhook.off", webhook, why=why)


def switch_on(*, webhook: Webhook) -> None:
    """The receiver is told of what happens from now on; what happened while it was off stands as known.

    So does what waits for it for longer than anything is tried: it would be given up at the first fault, and the
    receiver with it.
    """
    _hold(webhook.person_id)
    session.refresh(webhook, ["state"])
    require(can_switch_on(webhook))
    _room_for_another(queries.receivers(webhook.person_id))
    old = update(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == "queued")
    session.execute(old.where(WebhookDelivery.created_at <= now() - GIVEN_UP).values(state="known"))
    webhook.state, webhook.off_why = "on", ""
    session.flush()
    note(webhook, state="known")
    _recorded("webhook.on", webhook)


def taken_back(person_id: int) -> None:
    """Who took the account back tells no program that somebody else may have set up."""
    for each in queries.receivers(person_id):
        if each.webhook.state == "on":
            switch_off(webhook=each.webhook, why="taken_back")


def _secret() -> str:
    return "whsec_" + secrets.token_urlsafe(32)


def _recorded(kind: str, webhook: Webhook, edition: Edition | None = None, *, why: str = "") -> None:
    of = edition or session.get_one(Edition, webhook.edition_id)
    facts: dict[str, int | str | None] = {"why": why} if why else {}
    actor = None if why in {"rights", "failing", "taken_back"} else webhook.person_id
    record(kind, actor_id=actor, award_id=of.award_id, subject=webhook, facts=facts)


def note(webhook: Webhook, *, state: str = "queued") -> int:
    """Whatever the receiver has not been told stands among its tellings, each event once; how many there were."""
    edition, person = session.get_one(Edition, webhook.edition_id), session.get_one(Person, webhook.person_id)
    newsroom = session.get_one(Newsroom, webhook.newsroom_id) if webhook.newsroom_id else None
    standing, family = queries.standing_of(person, edition, newsroom)
    if not can_be_told(standing, newsroom=newsroom is not None) or person.user is None or not person.user.active:
        switch_off(webhook=webhook, why="rights")
        return 0
    instant = now()
    rows = [
        {
            "public_id": new_public_id(),
            "webhook_id": webhook.id,
            "event": event,
            "body": {"event": kind, "edition": edition.slug, "entry": key, "code": code or None},
            "state": state,
            "next_at": instant,
        }
        for event, kind, key, code in queries.untold(webhook, edition, family if newsroom else None, instant)
    ]
    if rows:
        session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), rows)
    return len(rows)


def put_in_line() -> int:
    """Every telling whose time has come is a job, as far as its receiver's share of a minute goes.

    They are told one by one, whosever they are: letters and checks of files never wait for a program elsewhere.
    """
    waiting = queries.due(now())
    for number, _receiver in waiting:
        jobs.defer("api.deliver", at_most_one=f"api.deliver:{number}", one_by_one=LINE, delivery_id=number)
    return len(waiting)


def claim(delivery_id: int) -> tuple[WebhookDelivery, Webhook] | None:
    """The telling, which no other worker takes for a while; None when its fate is decided or its receiver off."""
    delivery = _queued(delivery_id)
    webhook = session.get_one(Webhook, delivery.webhook_id) if delivery else None
    if delivery is None or webhook is None or webhook.state != "on" or delivery.next_at > now():
        return None
    delivery.next_at = now() + UNDER_WAY
    session.flush()
    return delivery, webhook


def settle(delivery_id: int, status: int | None, fault: str) -> None:
    """What became of a claimed telling is noted, unless its fate was decided meanwhile."""
    delivery = _queued(delivery_id)
    if delivery is None:
        return
    if fault:
        not_sent(delivery, session.get_one(Webhook, delivery.webhook_id, populate_existing=True), fault, status)
    else:
        sent(delivery, status)


def _queued(delivery_id: int) -> WebhookDelivery | None:
    found = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id, WebhookDelivery.state == "queued")
    return session.scalar(found.with_for_update().execution_options(populate_existing=True))


def sent(delivery: WebhookDelivery, status: int | None) -> None:
    """The receiver was told, and is never told again."""
    delivery.attempts += 1
    delivery.state, delivery.status, delivery.fault, delivery.sent_at = "sent", status, "", now()
    session.flush()


def not_sent(delivery: WebhookDelivery, webhook: Webhook, fault: str, status: int | None) -> None:
    """It is tried again after a pause, and whatever waits for this receiver with it.

    After three days it is given up, and the receiver is off with a letter.
    """
    delivery.attempts += 1
    delivery.fault, delivery.status = fault, status
    delivery.next_at = now() + PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    session.flush()
    others = update(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == "queued")
    session.execute(others.where(WebhookDelivery.next_at < delivery.next_at).values(next_at=delivery.next_at))
    if now() - delivery.created_at >= GIVEN_UP and webhook.state == "on":
        delivery.state = "failed"
        switch_off(webhook=webhook, why="failing")
        _letter(
            "webhook_off",
            webhook,
            delivery.public_id,
            _("Đã tắt một nơi nhận thông báo tự động"),
            _(
                "Nơi nhận %(url)s không nhận được thông báo trong 3 ngày, nên đã tắt. "
                "Lý do và cách mở lại: mục Báo tự động.",
                url=webhook.url,
            ),
        )
    session.flush()


def _letter(kind: str, webhook: Webhook, about: str, subject: str, body: str) -> None:
    """Whose the receiver is learns of it, once for what it is about."""
    person = session.get_one(Person, webhook.person_id)
    if person.user is not None:
        key = f"webhook:{about}"
        post(kind=kind, to_address=person.user.email, subject=subject, body=body, dedupe_key=key)
