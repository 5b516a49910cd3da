"""What entrants declare, each purpose in words of its own, and the matters in which an edition writes its own."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Value, ValueField, Words
from award.editions.models import Edition

HOUSE: Mapping[str, Words] = {
    "commitment": _(
        "Tôi cam kết tác phẩm do tôi (nhóm tác giả) thực hiện, đã đăng, phát như kê khai, "
        "không vi phạm quy định về báo chí và bản quyền."
    ),
    "consent": _(
        "Tôi đồng ý để Ban Tổ chức Giải sử dụng họ tên, bút danh, cơ quan công tác nhằm xét giải và công bố kết quả."
    ),
}
"""The words of what every entrant declares, where the edition has none of its own."""

FORWARDING = "forwarding"
PURPOSES: Mapping[str, Words] = {
    "commitment": _("Cam kết của tác giả"),
    "consent": _("Đồng ý sử dụng thông tin cá nhân"),
    FORWARDING: _("Đồng ý gửi dự Giải Trung ương"),
}
"""What may be declared, in the order of the form. Without words of the house it is asked only in the edition's own."""

_HINTS = {
    "commitment": _("Nếu không ghi, dùng nội dung có sẵn: “%(words)s”"),
    "consent": _("Nếu không ghi, dùng nội dung có sẵn: “%(words)s”"),
    FORWARDING: _(
        "Nếu không ghi thì không hỏi. Người kê khai chọn hay không đều nộp được hồ sơ, và đồng ý được về sau; "
        "tác phẩm chưa có đồng ý chỉ vào danh sách gửi dự khi có văn bản đồng ý."
    ),
}


def matter_of(purpose: str) -> str:
    """The code of the matter in which an edition writes the words of a purpose."""
    return f"declare_{purpose}"


def _text(_edition: Edition, value: Value) -> str:
    return str(value["text"])


class _Hint:
    """The hint with the words of the house in it, put together when it is shown."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    def __str__(self) -> str:
        return str(_HINTS[self._purpose]) % {"words": HOUSE.get(self._purpose, "")}


DECLARING = tuple(
    ClauseDefinition(
        matter_of(purpose),
        "entry",
        label,
        _text,
        (ValueField("text", _("Nội dung người kê khai xác nhận, đúng từng chữ")),),
        hint=_Hint(purpose),
        may_be_unregulated=False,
        must_be_said=False,
    )
    for purpose, label in PURPOSES.items()
)
