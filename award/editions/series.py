"""The matters of the rules that speak of a series: how many parts, and those that appeared before the window."""

from flask_babel import lazy_gettext as _

from award import dates
from award.editions.matters import ClauseDefinition, Value, ValueField
from award.editions.models import Edition


def _parts(_edition: Edition, value: Value) -> str:
    return str(_("Một loạt bài có nhiều nhất %(n)s kỳ.", n=dates.number(value["number"])))


def _carry_over(_edition: Edition, value: Value) -> str:
    if value["yes"]:
        return str(
            _(
                "Loạt bài bắt đầu trước thời gian đăng, phát quy định được dự Giải "
                "nếu kỳ cuối đăng, phát trong thời gian đó."
            )
        )
    return str(_("Mọi kỳ của một loạt bài phải đăng, phát trong thời gian quy định."))


MAX_PARTS = ClauseDefinition(
    "max_parts",
    "entry",
    _("Số kỳ của một loạt bài"),
    _parts,
    (ValueField("number", _("Nhiều nhất"), unit=_("kỳ")),),
)
CARRY_OVER = ClauseDefinition(
    "carry_over",
    "entry",
    _("Kỳ đăng, phát trước thời gian quy định"),
    _carry_over,
    (ValueField("yes", _("Nhận cả kỳ đăng, phát trước, nếu kỳ cuối của loạt bài trong thời gian quy định")),),
    hint=_("Nếu không ghi, mọi kỳ của một loạt bài phải trong thời gian quy định."),
    must_be_said=False,
    concerns=lambda edition: edition.window_from is not None,
)
