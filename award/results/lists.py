"""Lists of the results' staff for people's own programs: what authors will read, what was recorded afterwards."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.dates import day
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import invented
from award.results.feedback import Remarked
from award.results.rulings import Done
from award.results.words import FIELD_WORDS


def remarks(edition: Edition, works: Sequence[Remarked]) -> Sheet:
    """The works that were judged, each with what was written of it."""
    columns = [Column(_("Mã tác phẩm"), width=16), Column(_("Tác phẩm"), width=48), Column(_("Nhận xét"), width=80)]
    rows = [(each.code, each.entry.title, each.words) for each in works]
    return Sheet(_("Nhận xét gửi tác giả"), columns, rows, _note(edition))


def recorded(edition: Edition, done: Sequence[Done]) -> Sheet:
    """Prizes taken back or lowered, places given, words corrected: on what ground, and when."""
    columns = [
        Column(_("Việc"), width=18),
        Column(_("Tác phẩm"), width=48),
        Column(_("Mức giải"), width=18),
        Column(_("Trước ghi"), width=28),
        Column(_("Nay là"), width=28),
        Column(_("Căn cứ"), width=48),
        Column(_("Số văn bản"), width=18),
        Column(_("Ngày văn bản"), "date", 14),
        Column(_("Ngày ghi"), "date", 14),
    ]
    return Sheet(_("Sau công bố"), columns, [_recorded(each) for each in done], _note(edition))


def _recorded(one: Done) -> tuple[object, ...]:
    if one.correction is not None:
        row = one.correction
        stood = row.stood or _("(để trống)")
        what = str(FIELD_WORDS[row.field])
        return _("Đính chính"), one.title, what, stood, row.reads, row.evidence, row.number, row.day, row.done_at
    ruling = one.ruling
    assert ruling is not None, "one of the two was recorded"
    act = {"awarded": _("Trao giải"), "lowered": _("Hạ mức giải")}.get(ruling.kind, _("Thu hồi giải"))
    cited = _(
        "Quyết định số %(number)s, ngày %(day)s của %(body)s",
        number=ruling.number,
        day=day(ruling.day),
        body=ruling.body,
    )
    words = (one.former, one.level) if ruling.kind == "lowered" else ("", "")
    return act, one.title, one.level, *words, cited, ruling.number, ruling.day, ruling.done_at


def _note(edition: Edition) -> str:
    return f"{edition.name}. {invented(edition)}".strip()
