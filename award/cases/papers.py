"""The desk's list of cases for people's own programs: who sent them is not on it."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from award.cases.queries import Listed
from award.documents.tables import Column, Sheet
from award.editions.models import Edition


def listed(edition: Edition, cases: Sequence[Listed], words: Mapping[str, Mapping[str, object]]) -> Sheet:
    """`words`: what each code of the table reads as."""
    columns = [
        Column(_("Mã"), width=14),
        Column(_("Về việc"), width=20),
        Column(_("Tác phẩm, vòng chấm"), width=48),
        Column(_("Ngày nhận"), "date", 14),
        Column(_("Hạn trả lời"), "date", 14),
        Column(_("Người xem xét"), width=28),
        Column(_("Trạng thái"), width=20),
        Column(_("Kết luận"), width=24),
    ]
    rows = [
        (
            each.case.code,
            str(words["about_words"][each.case.about]),
            each.title,
            each.case.received_on,
            each.case.due_day,
            each.handler,
            str(words["state_words"][each.case.state]),
            str(words["outcome_words"].get(each.case.outcome, "")),
        )
        for each in cases
    ]
    said = edition.name
    if edition.illustrative:
        said = f"{said}. {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    return Sheet(_("Kiến nghị, phản ánh"), columns, rows, said)
