"""What an edition tells authors of their own works once the results are public."""

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Value, Words
from award.editions.matters import ValueField as _Field
from award.editions.models import Edition

_SAYS: dict[str, Words] = {
    "outcome": _("Sau khi công bố, tác giả được thông báo tác phẩm của mình có đoạt giải hay không."),
    "verdict": _("Sau khi công bố, tác giả được biết tác phẩm của mình vào đến vòng nào."),
    "comments": _("Sau khi công bố, tác giả được biết tác phẩm vào đến vòng nào và nhận xét Hội đồng gửi tác giả."),
    "marks": _(
        "Sau khi công bố, tác giả được biết tác phẩm vào đến vòng nào, điểm của tác phẩm ở từng vòng và nhận xét Hội "
        "đồng gửi tác giả."
    ),
}


def _sentence(_edition: Edition, value: Value) -> str:
    return str(_SAYS[value["choice"]])


FEEDBACK = ClauseDefinition(
    "feedback",
    "judging",
    _("Phản hồi cho tác giả"),
    _sentence,
    (
        _Field(
            "choice",
            _("Tác giả được biết"),
            options=(
                ("outcome", _("có đoạt giải hay không")),
                ("verdict", _("vào đến vòng nào")),
                ("comments", _("vào đến vòng nào và nhận xét gửi tác giả")),
                ("marks", _("vào đến vòng nào, điểm của tác phẩm và nhận xét gửi tác giả")),
            ),
        ),
    ),
    hint=_("Không nêu tên thành viên Hội đồng, không nêu phiếu chấm. Nếu không ghi: có đoạt giải hay không."),
    must_be_said=False,
)
TELLS_ROUNDS = frozenset({"verdict", "comments", "marks"})
TELLS_COMMENTS = frozenset({"comments", "marks"})
