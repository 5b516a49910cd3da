"""Letters of an edition: the words are the award's and may name somebody; to whom they went stands in the outbox."""

from flask_babel import lazy_gettext as _

from award.letters.models import Mailing, MailingLetter, ReminderOff, Wording
from award.personal import Holding, PersonalData

_WORDS = _("Mẫu thư và thư gửi nhiều người")

HOLDINGS = (
    Holding(
        Wording,
        _WORDS,
        free="subject body",
        number="saved_by_id",
        plain="edition_id kind version unseen id public_id created_at",
    ),
    Holding(
        Mailing,
        _WORDS,
        free="subject body",
        record="reply_to",
        stays=_("địa chỉ công vụ để trả lời thư"),
        number="sent_by_id",
        plain="edition_id audience people id public_id created_at",
    ),
    Holding(MailingLetter, _WORDS, plain="id mailing_id message_id"),
    Holding(ReminderOff, _WORDS, number="off_by_id", plain="id edition_id rule"),
)

personal = PersonalData(HOLDINGS, purpose=_("Viết và gửi thư cho người tham gia Giải"))
