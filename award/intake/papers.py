"""What the ledger prints: labels with a code, the receipt of a parcel, the sheet on which things are given back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from flask_babel import gettext as _

from award import dates
from award.documents.paper import FEW_DOTS, Block, Column, Paper, Paragraph, Signature, Table
from award.documents.typeset import FONT, set_pages
from award.editions import posting
from award.editions.models import Edition
from award.editions.papers import letterhead
from award.entries.summaries import qr_svg
from award.intake import showing
from award.intake.held import Item
from award.intake.models import Handover, Parcel
from award.intake.pieces import KINDS
from award.intake.queries import Line

LABELS = Path(__file__).with_name("label.typ")
ON_A_SHEET = 24
"""Three across and eight down, 70 by 37 mm each: what every stationer sells."""


def labels_pdf(
    edition: Edition,
    parcels: Sequence[Parcel],
    *,
    address: Callable[[str], str],
    single: bool = False,
    first_place: int = 1,
) -> bytes:
    """The labels as PDF with fonts embedded: on sheets from that place on, or one to a page of its own size.

    `address` makes of a code what the picture says.
    """
    day = dates.local(max((each.created_at for each in parcels), default=edition.award.created_at))
    data = {
        "title": _("Nhãn gói hồ sơ"),
        "date": [day.year, day.month, day.day],
        "font": FONT,
        "single": single,
        "skipped": max(0, min(first_place, ON_A_SHEET) - 1),
        "labels": [_label(edition, each, address) for each in parcels],
    }
    return set_pages(LABELS, "labels", data)


def _label(edition: Edition, parcel: Parcel, address: Callable[[str], str]) -> dict[str, str]:
    code = showing.code(edition, parcel)
    way = _("%(channel)s, đến %(day)s", channel=posting.NAMES[parcel.channel], day=dates.day(parcel.arrived_at))
    whole = _("Lần thứ %(ordinal)s - năm %(year)s", ordinal=edition.ordinal_words, year=edition.year)
    mark = _("minh họa") if edition.illustrative else ""
    return {
        "code": code,
        "qr": qr_svg(address(code)),
        "sender": parcel.sender,
        "way": way,
        "edition": f"{whole}, {mark}" if mark else whole,
    }


def receipt(edition: Edition, line: Line) -> Paper:
    """Giấy biên nhận: that the parcel came, how, when and what was in it; receiving is not finding eligible."""
    parcel = line.parcel
    rows = [
        (_("Số tiếp nhận"), showing.code(edition, parcel)),
        (_("Người gửi"), parcel.sender),
        (_("Cơ quan báo chí"), line.newsroom),
        (_("Cách nhận"), str(posting.NAMES[parcel.channel])),
        (_("Dấu bưu điện"), dates.day(parcel.postmark_on) if parcel.postmark_on else ""),
        (_("Thời điểm nhận"), dates.receipt_moment(parcel.arrived_at)),
        (_("Thành phần"), showing.things(parcel)),
        (_("Tác phẩm"), "; ".join(f"“{each.title}” ({each.category})" for each in line.works)),
        (_("Mã hồ sơ"), ", ".join(each.code for each in line.works if each.code)),
        (_("Ghi chú"), parcel.contents),
    ]
    told = tuple((name, words) for name, words in rows if words)
    body: list[Block] = [
        Paragraph(_("%(body)s đã nhận:", body=edition.secretariat_name)),
        Table((Column(_("Nội dung"), 16), Column(_("Chi tiết"), 40)), told),
        Paragraph(_("Biên nhận này ghi việc đã nhận; điều kiện dự Giải được kiểm tra sau.")),
    ]
    head = letterhead(edition, "intake", day=dates.local(parcel.arrived_at).date())
    signed = (Signature(_("Người nộp")), Signature(_("Người nhận"), line.registered_by))
    return head.paper(_("Giấy biên nhận"), _("hồ sơ dự Giải"), body, signatures=signed)


def handover_sheet(edition: Edition, handover: Handover, giver: str, things: Sequence[Item]) -> Paper:
    """The sheet that is signed by who takes the things back."""
    columns = (
        Column(_("STT"), 6, "center"),
        Column(_("Số tiếp nhận"), 22),
        Column(_("Người gửi"), 30),
        Column(_("Hiện vật"), 26),
        Column(_("Số lượng"), 10, "center"),
        Column(_("Ký nhận"), 16),
    )
    rows = tuple(
        (
            dates.number(n),
            showing.code(edition, each.parcel),
            each.parcel.sender,
            each.piece.words or str(KINDS[each.piece.kind]),
            dates.number(each.piece.count),
            "",
        )
        for n, each in enumerate(things, start=1)
    )
    day: date = handover.given_on
    body: list[Block] = [
        Paragraph(
            _(
                "Ngày %(day)s, %(body)s trả lại cho %(receiver)s các hiện vật gửi kèm hồ sơ dự Giải sau đây:",
                day=dates.day(day),
                body=edition.secretariat_name,
                receiver=handover.receiver,
            )
        ),
        Table(columns, rows),
        Paragraph(_("Hai bên đã kiểm đếm đủ. Biên bản lập thành %(few)s bản.", few=FEW_DOTS)),
    ]
    signed = (Signature(_("Người nhận lại"), handover.receiver), Signature(_("Người trả"), giver))
    return letterhead(edition, "handover").paper(
        _("Biên bản"), _("trả lại hiện vật gửi kèm hồ sơ dự Giải"), body, signatures=signed
    )
