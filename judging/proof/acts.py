"""What an act after which a checkpoint was taken is called."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

ACTS = {
    "edition.opened": lazy_pgettext("done", "Mở nhận tác phẩm"),
    "round.opened": _("Mở vòng chấm"),
    "round.held_fast": _("Mốc hằng ngày khi đang chấm"),
    "round.frozen": _("Khóa phiếu chấm"),
    "round.counted": _("Kết thúc vòng chấm"),
    "round.corrected": _("Đính chính kết quả vòng chấm"),
    "shortlist.drawn": _("Lập danh sách vào vòng sau"),
    "sitting.closed": _("Kết thúc phiên họp Hội đồng"),
    "outcome.recorded": _("Hội đồng kết thúc đề nghị giải"),
    "results.decided": _("Ghi quyết định"),
    "result.revoked": lazy_pgettext("done", "Thu hồi giải"),
    "result.awarded_later": _("Trao giải còn khuyết"),
    "result.lowered": lazy_pgettext("done", "Hạ mức giải"),
    "results.publication_set": _("Ấn định công bố"),
}
"""Kind of event → its name. As many as `award.log.checkpoints.HELD_FAST` has."""
