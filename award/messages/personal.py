"""Letters: those to a person are theirs, and a letter to another may name them."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete

from award.db import session
from award.lapsing import older
from award.messages.models import Message
from award.personal import Fate, Holding, PersonalData, Subject

FAREWELL = "erased"
"""The letter that tells of an erasure: the last one, which goes as soon as it is sent."""


def _theirs(subject: Subject) -> ColumnElement[bool]:
    addresses = [word.lower() for word in subject.words if "@" in word]
    return Message.to_address.in_(addresses)


HOLDINGS = (
    Holding(
        Message,
        _("Thư đã gửi"),
        whose=_theirs,
        personal="to_address kind sent_at state",
        record="reply_to",
        stays=_("địa chỉ công vụ để trả lời thư"),
        free="subject body last_fault",
        plain="dedupe_key attempts id public_id created_at",
    ),
)


def fates(subject: Subject) -> Sequence[Fate]:
    """All letters to the person; in letters to others only the words."""
    return (
        (
            Fate(gettext("Mọi thư hệ thống đã gửi đến địa chỉ email của người này")),
            Fate(gettext("Họ tên, email, điện thoại của người này trong thư đã gửi cho người khác")),
        )
        if subject.words
        else ()
    )


def erase(subject: Subject) -> None:
    """No letter to the person is left; one that has not gone out does not go out."""
    session.execute(delete(Message).where(_theirs(subject)))


_DONE = Message.state != "queued"

LAPSES = (
    older("letters", _("Thư đã gửi"), _("từ ngày gửi"), None, Message, Message.created_at, _DONE),
    older(
        "farewells",
        _("Thư báo đã xóa dữ liệu"),
        _("ngay khi đã gửi"),
        0,
        Message,
        Message.created_at,
        _DONE,
        Message.kind == FAREWELL,
    ),
)

personal = PersonalData(
    HOLDINGS,
    purpose=_("Gửi thông báo, biên nhận, lời mời cho người liên quan"),
    erase=erase,
    fates=fates,
    lapses=LAPSES,
)
