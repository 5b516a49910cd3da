"""Corrections speak of sheets; their reasons are typed and may name somebody."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.proof.models import RoundCorrection

personal = PersonalData(
    (
        Holding(
            RoundCorrection,
            _("Đính chính kết quả vòng chấm"),
            free="reason",
            plain="round_id version countersign_id sheets nonce commitment id public_id created_at",
        ),
    ),
    purpose=_("Đính chính kết quả chấm do hai người thực hiện"),
)
