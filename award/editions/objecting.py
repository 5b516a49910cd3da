"""The matter of the rules that says within how many working days an objection is answered."""

from flask_babel import lazy_gettext as _

from award import dates
from award.editions.matters import ClauseDefinition, Value, ValueField
from award.editions.models import Edition


def _answering(_edition: Edition, value: Value) -> str:
    n = dates.number(value["number"])
    return str(_("Kiến nghị, phản ánh về Giải được trả lời trong %(n)s ngày làm việc kể từ ngày nhận.", n=n))


ANSWERING = ClauseDefinition(
    "answering",
    "entry",
    _("Trả lời kiến nghị, phản ánh"),
    _answering,
    (ValueField("number", _("Trong"), unit=_("ngày làm việc")),),
    hint=_("Nếu không quy định, người tiếp nhận ghi hạn trả lời của từng kiến nghị, phản ánh."),
    must_be_said=False,
)
