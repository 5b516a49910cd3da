"""What the ledger lists, as tables to take along."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.tables import Column, Sheet
from award.editions import posting
from award.editions.models import Edition
from award.editions.papers import invented
from award.intake import showing
from award.intake.filters import STATES
from award.intake.held import Item
from award.intake.pieces import KINDS
from award.intake.queries import Line


def _note(edition: Edition) -> str:
    return f"{edition.name}. {invented(edition)}".strip()


def ledger(edition: Edition, lines: Sequence[Line]) -> Sheet:
    """Sổ tiếp nhận: every line with what it brought."""
    columns = [
        Column(_("Số"), "int", 6),
        Column(_("Mã"), width=14),
        Column(_("Ngày đến"), "date", 12),
        Column(_("Giờ đến"), width=8),
        Column(_("Cách nhận"), width=16),
        Column(_("Dấu bưu điện"), "date", 12),
        Column(_("Người gửi"), width=32),
        Column(_("Cơ quan báo chí"), width=30),
        Column(_("Tác phẩm"), width=50),
        Column(_("Mã hồ sơ"), width=16),
        Column(_("Hiện vật"), width=28),
        Column(_("Thời hạn"), width=36),
        Column(_("Tình trạng"), width=18),
        Column(_("Người ghi"), width=24),
        Column(_("Ghi sổ lúc"), width=20),
        Column(_("Ghi chú"), width=40),
    ]
    return Sheet(_("Sổ tiếp nhận"), columns, [_line(edition, each) for each in lines], _note(edition))


def _line(edition: Edition, line: Line) -> tuple[object, ...]:
    parcel = line.parcel
    return (
        parcel.number,
        showing.code(edition, parcel),
        dates.local(parcel.arrived_at).date(),
        dates.time(parcel.arrived_at),
        str(posting.NAMES[parcel.channel]),
        parcel.postmark_on,
        parcel.sender,
        line.newsroom,
        "; ".join(each.title for each in line.works),
        ", ".join(each.code for each in line.works if each.code),
        showing.things(parcel),
        posting.verdict(edition, parcel.came),
        str(STATES[line.state][1]),
        line.registered_by,
        dates.moment(parcel.created_at),
        " ".join(each for each in (parcel.contents, parcel.void_reason) if each),
    )


def items(edition: Edition, listed: Sequence[Item]) -> Sheet:
    """Hiện vật: every thing, where it lies, or who took it back."""
    columns = [
        Column(_("Số"), "int", 6),
        Column(_("Mã"), width=14),
        Column(_("Người gửi"), width=32),
        Column(_("Cơ quan báo chí"), width=30),
        Column(_("Hiện vật"), width=14),
        Column(_("Số lượng"), "int", 8),
        Column(_("Mô tả"), width=30),
        Column(_("Nơi cất"), width=20),
        Column(_("Ngày trả"), "date", 12),
        Column(_("Người nhận lại"), width=28),
    ]
    rows = [
        (
            each.parcel.number,
            showing.code(edition, each.parcel),
            each.parcel.sender,
            each.newsroom,
            str(KINDS[each.piece.kind]),
            each.piece.count,
            each.piece.words,
            each.piece.kept_at,
            each.handover.given_on if each.handover else None,
            each.handover.receiver if each.handover else "",
        )
        for each in listed
    ]
    return Sheet(_("Hiện vật"), columns, rows, _note(edition))
