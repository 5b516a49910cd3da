"""How the council may decide: whether by a show of hands, and what a member who is away may send in writing."""

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Value, ValueField, Words
from award.editions.models import Edition

_OPINIONS: dict[str, Words] = {
    "none": _("Hội đồng không nhận ý kiến bằng văn bản của thành viên vắng mặt."),
    "read": _("Ý kiến bằng văn bản của thành viên vắng mặt được đọc tại phiên họp, không tính là phiếu."),
    "counted": _(
        "Ý kiến bằng văn bản của thành viên vắng mặt được tính khi biểu quyết giơ tay, không tính vào số thành viên có "
        "mặt."
    ),
    "present": _(
        "Ý kiến bằng văn bản của thành viên vắng mặt được tính khi biểu quyết giơ tay và tính vào số thành viên có mặt "
        "của lần biểu quyết đó."
    ),
}
AS_VOICES = frozenset({"counted", "present"})
"""What a member who is away wrote is a vote where hands are shown; no ballot is given for somebody who is not there."""


_BASES: dict[str, Words] = {
    "present": _("Tỷ lệ đồng ý tính trên thành viên có mặt, không có liên quan đến tác phẩm."),
    "members": _("Tỷ lệ đồng ý tính trên mọi thành viên Hội đồng không có liên quan đến tác phẩm, cả người vắng mặt."),
}


def _base(_edition: Edition, value: Value) -> str:
    return str(_BASES[value["choice"]])


def _hands(_edition: Edition, value: Value) -> str:
    if value["yes"]:
        return str(_("Hội đồng bỏ phiếu kín hoặc biểu quyết giơ tay."))
    return str(_("Hội đồng bỏ phiếu kín, không biểu quyết giơ tay."))


def _opinions(_edition: Edition, value: Value) -> str:
    return str(_OPINIONS[value["choice"]])


BASE = ClauseDefinition(
    "vote_base",
    "judging",
    _("Tỷ lệ đồng ý tính trên"),
    _base,
    (
        ValueField(
            "choice",
            _("Tính trên"),
            options=(
                ("present", _("thành viên có mặt, không có liên quan đến tác phẩm")),
                ("members", _("mọi thành viên Hội đồng không có liên quan, cả người vắng mặt")),
            ),
        ),
    ),
    hint=_("Nếu không quy định: tính trên thành viên có mặt."),
    must_be_said=False,
)

HANDS = ClauseDefinition(
    "hands",
    "judging",
    _("Biểu quyết giơ tay"),
    _hands,
    (ValueField("yes", _("Hội đồng được biểu quyết giơ tay")),),
    hint=_("Nếu không quy định, Hội đồng chỉ bỏ phiếu kín. Kết quả giơ tay do một người đếm, Chủ trì xác nhận."),
    must_be_said=False,
)
ABSENT = ClauseDefinition(
    "absent_opinions",
    "judging",
    _("Ý kiến bằng văn bản của thành viên vắng mặt"),
    _opinions,
    (
        ValueField(
            "choice",
            _("Quy định"),
            options=(
                ("none", _("không nhận")),
                ("read", _("được đọc, không tính là phiếu")),
                ("counted", _("được tính khi biểu quyết giơ tay, không tính là có mặt")),
                ("present", _("được tính khi biểu quyết giơ tay và tính là có mặt")),
            ),
        ),
    ),
    hint=_("Phiếu kín chỉ do thành viên có mặt bỏ. Nếu không quy định: được đọc, không tính là phiếu."),
    must_be_said=False,
)
