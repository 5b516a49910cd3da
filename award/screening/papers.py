"""The queue as a table for export: what is seen, in typed cells."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.screening.showing import DECISION_WORDS, QueueLine


def received(edition: Edition, lines: Sequence[QueueLine]) -> Sheet:
    """The list of works received, as filtered."""
    note = edition.name
    if edition.illustrative:
        note = f"{note}. {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã hồ sơ"), "text", 12),
        Column(_("Tên tác phẩm"), "text", 60),
        Column(_("Tác giả"), "text", 36),
        Column(_("Cơ quan đăng, phát"), "text", 36),
        Column(_("Loại hình"), "text", 16),
        Column(_("Ngày nộp"), "date", 12),
        Column(_("Kết luận"), "text", 20),
        Column(_("Mã tác phẩm"), "text", 14),
    ]
    rows = [
        (
            number,
            line.code,
            line.title,
            line.authors,
            line.publisher,
            line.category,
            line.submitted_at,
            str(DECISION_WORDS[line.decision][1]),
            line.blind_code,
        )
        for number, line in enumerate(lines, start=1)
    ]
    return Sheet(_("Danh sách tác phẩm"), columns, rows, note)
