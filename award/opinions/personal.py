"""Opinions are of bodies, not of persons; their words may name anybody."""

from flask_babel import lazy_gettext as _

from award.opinions.models import Opinion, OpinionScan
from award.personal import Holding, PersonalData

HOLDINGS = (
    Holding(
        Opinion,
        _("Ý kiến của cơ quan được hỏi"),
        free="words withdrawn_because",
        number="recorded_by_id answer_recorded_by_id withdrawn_by_id",
        plain="edition_id body asked_on asked_by_paper due_day stance answered_on answered_by_paper withdrawn_at"
        " version id public_id created_at",
    ),
    Holding(OpinionScan, _("Bản quét văn bản xin ý kiến, trả lời"), plain="id opinion_id file_id"),
)

personal = PersonalData(HOLDINGS, purpose=_("Xin ý kiến trước khi quyết định giải"))
