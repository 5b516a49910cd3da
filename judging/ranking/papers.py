"""The shortlist as a table for export: what is seen on the page, in typed cells."""

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.calendar import called
from award.editions.models import Edition, Round
from judging.ranking.board import PanelBoard


def shortlist(edition: Edition, judged: Round, boards: list[PanelBoard]) -> list[Sheet]:
    """One sheet for each panel: works that go on, in the order of their places."""
    note = f"{edition.name}. {_('Vòng')} {called(judged)}."
    if edition.illustrative:
        note = f"{note} {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã tác phẩm"), "text", 16),
        Column(_("Tên tác phẩm"), "text", 60),
        Column(_("Thứ hạng"), "int", 10),
        Column(_("Điểm"), "decimal", 10),
        Column(_("Số phiếu"), "int", 10),
        Column(_("Chênh lệch giữa các phiếu"), "decimal", 14),
        Column(_("Ghi chú"), "text", 40),
    ]
    return [Sheet(board.panel.name, columns, _rows(board), note) for board in boards]


def _rows(board: PanelBoard) -> list[tuple[object, ...]]:
    chosen = (line for line in board.lines if line.advanced and not line.gone)
    return [
        (number, line.code, line.title, line.rank, line.score, len(line.sheets), line.spread, line.reason)
        for number, line in enumerate(chosen, start=1)
    ]
