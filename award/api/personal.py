"""Receivers that somebody set up: theirs, and gone with the account."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from award.api.models import Webhook, WebhookDelivery
from award.db import session
from award.personal import Fate, Holding, PersonalData, Subject

HOLDINGS = (
    Holding(
        Webhook,
        _("Nơi nhận thông báo tự động"),
        whose=lambda subject: Webhook.person_id == subject.person_id,
        personal="url created_at state off_why",
        number="person_id",
        credential="secret former_secret former_until",
        plain="edition_id newsroom_id id public_id",
    ),
    Holding(
        WebhookDelivery,
        _("Thông báo tự động đã gửi"),
        plain="webhook_id event body state attempts next_at status fault sent_at id public_id created_at",
    ),
)


def fates(subject: Subject) -> Sequence[Fate]:
    theirs = select(Webhook.id).where(Webhook.person_id == subject.person_id).limit(1)
    return (Fate(gettext("Nơi nhận thông báo tự động đã lập")),) if session.scalar(theirs) else ()


def erase(subject: Subject) -> None:
    """What the person set up tells nobody any more."""
    session.execute(delete(Webhook).where(Webhook.person_id == subject.person_id))


personal = PersonalData(
    HOLDINGS, purpose=_("Báo cho phần mềm của tòa soạn khi tình trạng tác phẩm thay đổi"), erase=erase, fates=fates
)
