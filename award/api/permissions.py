"""Who may be told of events by a program; pure."""

from flask_babel import lazy_gettext as _

from award.api.models import Webhook
from award.editions.permissions import STAFF
from award.newsrooms.permissions import Standing
from award.verdicts import YES, Verdict


def can_be_told(standing: Standing, *, newsroom: bool) -> Verdict:
    """Who speaks for the newsroom is told of its works, the staff of the edition of all."""
    if standing.speaks if newsroom else standing.by.holds(*STAFF):
        return YES
    return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao và Tổ Thư ký.")))


def can_switch_on(webhook: Webhook) -> Verdict:
    """One that is off."""
    return YES if webhook.state == "off" else Verdict("on", str(_("Nơi nhận này đang nhận.")))
