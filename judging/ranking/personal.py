"""Which works were near the cut: of works, not of people."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.ranking.models import Zone

personal = PersonalData(
    (Holding(Zone, _("Tác phẩm sát ngưỡng khi khóa phiếu"), plain="round_id content nonce commitment settled_at"),),
    purpose=_("Xác định tác phẩm cần chấm bổ sung"),
)
