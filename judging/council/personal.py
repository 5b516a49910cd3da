"""The council's proposals: of works and bodies, under the proposer's number."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.council.models import HonourProposal, PassedOver, Proposal

personal = PersonalData(
    (
        Holding(
            Proposal,
            _("Đề nghị xét giải"),
            free="reason",
            number="proposed_by_id",
            plain="edition_id entry_id prize_level_id kind theme proposed_at id public_id created_at",
        ),
        Holding(
            PassedOver,
            _("Tác phẩm đạt khi bỏ phiếu, không đề nghị giải"),
            free="reason",
            number="decided_by_id",
            plain="edition_id entry_id prize_level_id kind decided_at id public_id created_at",
        ),
        Holding(
            HonourProposal,
            _("Đề nghị khen tập thể, nhân vật"),
            record="recipient",
            stays=_("đề nghị của Hội đồng, gắn với kết quả đã công bố"),
            free="reason",
            number="proposed_by_id",
            plain="edition_id prize_level_id newsroom_id entry_id proposed_at id public_id created_at",
        ),
    ),
    purpose=_("Ghi đề nghị của Hội đồng"),
)
