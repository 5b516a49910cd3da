"""What goes with a dossier sent by hand or by post: labels, the list it is handed over with, the set to print."""

import io
from collections.abc import Sequence
from pathlib import Path

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, FEW_DOTS, Block, Column, Paper, Paragraph, Signature, Table
from award.documents.typeset import FONT, pdf, set_pages
from award.editions.papers import invented, letterhead
from award.nominations.candidates import Work
from award.nominations.models import Dossier
from award.nominations.papers import Sending, kind_of, letter, national_list, prizes, published

LABELS = Path(__file__).with_name("label.typ")
MOST_STICKS = 12
"""As many sticks as anybody copies one dossier to, with as many labels for their envelopes: one sheet."""


def labels(sent: Sending, dossier: Dossier, sticks: int) -> bytes:
    """A label for each stick and one for its envelope, as PDF: what it is, how large, and the sum to check it by."""
    built = dates.local(dossier.created_at)
    count = max(1, min(sticks, MOST_STICKS))
    stick = [
        _("%(n)s tác phẩm, %(files)s tệp", n=dates.number(len(sent.works)), files=dates.number(dossier.files or 0)),
        _("Lập ngày %(day)s", day=dates.day(built)),
        _("Mã kiểm chứng: %(sum)s…", sum=(dossier.sha256 or "")[:16]),
    ]
    envelope = [
        _("Nơi gửi: %(sender)s", sender=sent.head.issuer),
        _("Nơi nhận: %(to)s", to=sent.recipient),
        _cited(sent),
    ]
    mark = invented(sent.edition)
    told = []
    for n in range(1, count + 1):
        which = _("USB %(n)s/%(of)s", n=n, of=count)
        told.append({"title": sent.to, "lines": [which, *stick], "foot": mark or sent.edition.name})
        told.append({"title": sent.to, "lines": envelope, "foot": mark or which})
    data = {
        "title": _("Nhãn hồ sơ gửi dự"),
        "date": [built.year, built.month, built.day],
        "font": FONT,
        "labels": told,
    }
    return set_pages(LABELS, "labels", data)


def _cited(sent: Sending) -> str:
    if not sent.number:
        return str(_("Kèm theo Công văn số %(dots)s", dots=DOTS))
    if sent.day is None:
        return str(_("Kèm theo Công văn số %(number)s.", number=sent.number))
    return str(_("Kèm theo Công văn số %(number)s, ngày %(day)s.", number=sent.number, day=dates.day(sent.day)))


def handover(sent: Sending) -> Paper:
    """The list with which the dossier is handed over, signed by who gives and who takes."""
    columns = (
        Column(_("STT"), 6, "center"),
        Column(_("Tên tác phẩm"), 50),
        Column(_("Tác giả"), 34),
        Column(_("Cơ quan báo chí"), 28),
        Column(_("Bản in"), 10, "center"),
        Column(_("Trên USB"), 10, "center"),
        Column(_("Ghi chú"), 20),
    )
    rows = tuple(
        (dates.number(n), work.title, work.authors, work.newsroom, "", "", "")
        for n, work in enumerate(sent.works, start=1)
    )
    told = {"issuer": sent.head.issuer, "to": sent.recipient, "few": FEW_DOTS}
    words = _(
        "Lúc %(few)s giờ %(few)s, ngày %(few)s/%(few)s/%(few)s, %(issuer)s giao cho %(to)s hồ sơ dự %(award)s gồm: "
        "công văn, danh sách, %(few)s USB và %(n)s bộ hồ sơ tác phẩm sau đây:",
        n=dates.number(len(rows)),
        award=sent.to,
        **told,
    )
    body: list[Block] = [
        Paragraph(words),
        Table(columns, rows),
        Paragraph(_("Kết quả kiểm đếm: %(dots)s. Biên bản lập thành %(few)s bản.", dots=DOTS, few=FEW_DOTS)),
    ]
    signed = (Signature(_("Người nhận")), Signature(_("Người giao")))
    subject = _("giao nhận hồ sơ dự %(award)s", award=sent.to)
    head = letterhead(sent.edition, "sending")
    return head.paper(_("Biên bản"), subject, body, signatures=signed, landscape=True)


def cover(sent: Sending, number: int, work: Work) -> Paper:
    """The sheet that lies on top of the printed pieces of one work."""
    rows = [
        (_("Số thứ tự"), dates.number(number)),
        (_("Tên tác phẩm"), work.title),
        (_("Thể loại"), kind_of(work)),
        (_("Tác giả"), work.authors),
        (_("Cơ quan báo chí"), work.newsroom),
        (_("Ngày đăng, phát"), published(work)),
        (_("Mức giải đã đạt và đơn vị tổ chức"), "; ".join(prizes(sent, work))),
        *((_("Kỳ %(n)s", n=part.ordinal), part.link or part.title) for part in work.entry.parts if part.link),
    ]
    told = tuple((name, words) for name, words in rows if words)
    body: list[Block] = [Table((Column(_("Nội dung"), 16), Column(_("Chi tiết"), 40)), told)]
    head = letterhead(sent.edition, "sending")
    subject = _("tác phẩm dự %(award)s", award=sent.to)
    return head.paper(_("Phiếu"), subject, body, signatures=())


def print_set(sent: Sending) -> bytes:
    """Everything that is printed for the dossier in one file: letter, list, a sheet for each work, handover list."""
    import pikepdf  # heavier than the rest of a web process

    papers = [letter(sent), national_list(sent), *_covers(sent), handover(sent)]
    with pikepdf.new() as whole:
        for paper in papers:
            with pikepdf.open(io.BytesIO(pdf(paper))) as one:
                whole.pages.extend(one.pages)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()


def _covers(sent: Sending) -> Sequence[Paper]:
    return [cover(sent, number, work) for number, work in enumerate(sent.works, start=1)]
