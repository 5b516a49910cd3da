"""The matters of the rules that say what makes a dossier count: a newsroom's word, and what has to arrive in time."""

from flask_babel import lazy_gettext as _

from award.editions import deadlines
from award.editions.matters import ClauseDefinition, Value, ValueField
from award.editions.models import Edition


def _confirmation(edition: Edition, value: Value) -> str:
    if not value["yes"]:
        return str(_("Tác phẩm không cần cơ quan đăng, phát xác nhận."))
    deadline = deadlines.confirmation(edition)
    if deadline is None:
        return str(_("Tác phẩm dự Giải phải được cơ quan đăng, phát xác nhận."))
    until = deadlines.said(deadline)
    return str(_("Tác phẩm dự Giải phải được cơ quan đăng, phát xác nhận, %(until)s.", until=until))


def _arrival(_edition: Edition, value: Value) -> str:
    if value["choice"] == "publication":
        return str(_("Hồ sơ được tính đúng hạn khi đã kê khai đủ, có thông tin về việc đăng, phát; tệp được gửi tiếp."))
    return str(_("Hồ sơ được tính đúng hạn khi đã kê khai đủ và đã bắt đầu gửi mọi tệp."))


CONFIRMATION = ClauseDefinition(
    "newsroom_confirmation",
    "entry",
    _("Xác nhận của cơ quan đăng, phát"),
    _confirmation,
    (ValueField("yes", _("Tác phẩm phải được cơ quan đăng, phát xác nhận")),),
    hint=_("Thời hạn xác nhận có thể muộn hơn thời hạn nhận tác phẩm. Để trống ngày: đến khi bắt đầu chấm."),
)
ARRIVAL = ClauseDefinition(
    "counted_in_time",
    "entry",
    _("Hồ sơ được tính đúng hạn"),
    _arrival,
    (
        ValueField(
            "choice",
            _("Quy định"),
            options=(
                ("fingerprints", _("Khi kê khai đủ và mọi tệp đã bắt đầu gửi")),
                ("publication", _("Khi kê khai đủ thông tin đăng, phát; tệp được gửi sau")),
            ),
        ),
    ),
    hint=_("Nếu không quy định, mọi tệp phải bắt đầu gửi trước thời hạn."),
)
