"""The matter of the rules that says what of a dossier may be mended once no more works are taken."""

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Value, ValueField, Words
from award.editions.models import Edition

PARTS: tuple[tuple[str, Words], ...] = (
    ("work", _("thông tin về tác phẩm")),
    ("parts", _("các kỳ đã đăng, phát")),
    ("authors", _("tác giả")),
    ("files", _("tệp")),
    ("declarations", _("giải thưởng đã đạt, cam kết")),
)
"""The parts of a dossier the rules can open, named as the pages of the form of entry are."""


def _sentence(edition: Edition, value: Value) -> str:
    if value["choice"] == "none":
        return str(_("Hết thời hạn nhận tác phẩm, hồ sơ không được bổ sung."))
    if value["choice"] == "all":
        what = str(_("mọi phần của hồ sơ"))
    else:
        what = "; ".join(str(words) for code, words in PARTS if code in value["several"])
    return str(
        _(
            "Hết thời hạn nhận tác phẩm, hồ sơ chỉ được bổ sung khi %(body)s đề nghị: %(what)s.",
            body=edition.secretariat_name or _("Tổ Thư ký"),
            what=what,
        )
    )


CORRECTIONS = ClauseDefinition(
    "corrections",
    "entry",
    _("Bổ sung hồ sơ sau thời hạn"),
    _sentence,
    (
        ValueField(
            "choice",
            _("Quy định"),
            options=(
                ("none", _("Không bổ sung")),
                ("some", _("Chỉ bổ sung các phần ghi dưới đây, khi được đề nghị")),
                ("all", _("Bổ sung mọi phần, khi được đề nghị")),
            ),
        ),
        ValueField("several", _("Các phần được bổ sung"), only_with="some", options=PARTS),
    ),
    hint=_("Nếu không quy định, người kiểm tra hồ sơ được đề nghị bổ sung mọi phần."),
)
