"""The columns of the secretariat's list of what arrived: how a parcel came, then those of a list of works. Pure."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from award.documents.listings import Field
from award.newsrooms.columns import OF_PART, OF_WORK

OF_PARCEL = (
    Field("way", _("Cách nhận"), _("Qua bưu điện, Nộp trực tiếp, Thư điện tử, USB, Ổ cứng."), width=18, needed=True),
    Field(
        "sender",
        _("Người gửi"),
        _("Họ tên hoặc cơ quan gửi. Các tác phẩm liền nhau cùng người gửi, cách nhận, ngày đến là một gói."),
        width=30,
        needed=True,
        also=("nguoi nop", "don vi gui", "noi gui"),
    ),
    Field(
        "arrived_on", _("Ngày đến"), _("Ví dụ: 02/10/2023."), kind="date", width=14, needed=True, also=("ngay nhan",)
    ),
    Field(
        "postmark",
        _("Dấu bưu điện"),
        _("Ngày trên dấu nơi gửi, của hồ sơ gửi qua bưu điện. Để trống nếu không rõ."),
        kind="date",
        width=14,
        also=("ngay dau buu dien", "dau buu dien ngay"),
    ),
    Field("pieces", _("Hiện vật"), _("Ví dụ: 1 bì, 2 USB, 3 bản in."), width=24, also=("thanh phan", "kem theo")),
    Field("kept_at", _("Nơi cất"), _("Ví dụ: tủ 2, ngăn 3."), width=18),
)
_HINTS = {
    "phone": _("Của tác giả đứng đầu."),
    "publisher": _("Theo tên khi đó."),
    "files": _("Tên tệp trên USB, ổ cứng, cách nhau bằng dấu chấm phẩy. Không bắt buộc: tệp còn được ghép theo tên."),
}
FIELDS = (
    *OF_PARCEL,
    *(replace(each, hint=_HINTS[each.name]) if each.name in _HINTS else each for each in OF_WORK),
    *(replace(each, hint=_HINTS[each.name]) if each.name in _HINTS else each for each in OF_PART),
)
