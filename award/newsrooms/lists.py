"""What the desk lists, as tables to take along."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import invented
from award.newsrooms import showing
from award.newsrooms.queries import Organ, Work, name_in
from award.newsrooms.showing import Surveyed


def works(edition: Edition, organ: Organ, listed: Sequence[Work]) -> Sheet:
    """The works of one newsroom with what it has said of them."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã hồ sơ"), width=14),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=18),
        Column(_("Tác giả"), width=44),
        Column(_("Cơ quan đăng, phát"), width=30),
        Column(_("Ngày đăng, phát"), width=24),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Xác nhận của cơ quan"), width=20),
        Column(_("Người xác nhận"), width=24),
        Column(_("Lý do"), width=40),
    ]
    rows = [
        (
            number,
            each.read.code,
            each.read.title,
            each.read.category,
            showing.authors(each.read),
            each.read.publisher,
            showing.appeared(each.read),
            len(each.read.parts),
            str(showing.WORDS[each.state][1]),
            each.speaker,
            each.said.reason if each.said else "",
        )
        for number, each in enumerate(listed, start=1)
    ]
    note = f"{name_in(organ.newsroom, edition)}. {edition.name}. {invented(edition)}".strip()
    return Sheet(_("Tác phẩm của cơ quan"), columns, rows, note)


def survey(edition: Edition, listed: Sequence[Surveyed]) -> Sheet:
    """Every newsroom with its works by what it has said of them."""
    columns = [
        Column(_("Cơ quan"), width=44),
        Column(_("Người đại diện"), "int", 14),
        Column(_("Đã nộp"), "int", 10),
        Column(_("Chờ xác nhận"), "int", 14),
        Column(_("Đã xác nhận"), "int", 14),
        Column(_("Không xác nhận"), "int", 14),
        Column(_("Chưa nộp"), "int", 10),
    ]
    rows = [
        (
            each.name,
            each.line.speakers,
            each.n("waiting", "confirmed", "refused"),
            each.n("waiting"),
            each.n("confirmed"),
            each.n("refused"),
            each.n("draft"),
        )
        for each in listed
    ]
    return Sheet(_("Cơ quan báo chí"), columns, rows, f"{edition.name}. {invented(edition)}".strip())
