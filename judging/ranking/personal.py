"""Which works were near the cut: of works, not of people."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.ranking.models import TieRuling, Zone

personal = PersonalData(
    (
        Holding(Zone, _("Tác phẩm sát ngưỡng khi khóa phiếu"), plain="round_id content nonce commitment settled_at"),
        Holding(
            TieRuling,
            _("Quyết định, rút thăm về tác phẩm bằng điểm"),
            free="reason source",
            number="made_by_id works",
            plain="round_id kind key made_at drawn_at id public_id created_at",
        ),
    ),
    purpose=_("Xác định tác phẩm cần chấm bổ sung"),
)
