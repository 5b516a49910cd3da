"""The receipt as a paper to keep: what its page and its letter say, as PDF. The same bytes for the same receipt."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.documents.evening import held
from award.documents.paper import Block, Column, Paper, Paragraph, Signature, Table
from award.documents.typeset import FONT, set_pages
from award.editions.declaring import PURPOSES
from award.editions.models import Edition
from award.editions.papers import invented, letterhead
from award.entries import receipts, summaries
from award.entries.declarations import words_of
from award.entries.models import Receipt
from award.entries.registered import registered

SOURCE = Path(__file__).with_name("receipt.typ")


def receipt_pdf(receipt: Receipt, edition: Edition, *, steps: Sequence[str], address: str) -> bytes:
    """The receipt as PDF/A-2b with its fonts embedded. `steps`: what happens now; `address`: where it is seen."""
    return set_pages(SOURCE, "receipt", _data(receipt, edition, steps, address))


def entry_form(receipt: Receipt, edition: Edition) -> Paper:
    """Phiếu đăng ký dự Giải: what was declared, the commitment, room for the author and for the organ to sign."""
    at = _("%(moment)s (giờ Việt Nam)", moment=dates.receipt_moment(receipt.received_at))
    rows = (*registered(receipt.content), (_("Thời điểm tiếp nhận"), at))
    body: list[Block] = [
        Table((Column(_("Nội dung"), 16), Column(_("Chi tiết"), 40)), rows),
        *(Paragraph(words) for words in _declared(receipt, edition)),
    ]
    signed = (Signature(_("Xác nhận của cơ quan báo chí")), Signature(_("Tác giả")))
    head = letterhead(edition, "entry", day=dates.local(receipt.received_at).date())
    subject = _("dự %(award)s", award=edition.name)
    return head.paper(_("Phiếu đăng ký"), subject, body, signatures=signed)


def _declared(receipt: Receipt, edition: Edition) -> list[str]:
    """What was declared, in the words of the version that was agreed to; unsaid as yet, the commitment to sign."""
    said = receipt.content["declared"] or {"commitment": {"version": 0}}
    return [words_of(edition.id, code, said[code]["version"]) for code in PURPOSES if code in said]


def _data(receipt: Receipt, edition: Edition, steps: Sequence[str], address: str) -> dict[str, Any]:
    at = dates.local(receipt.received_at)
    return {
        "title": _("Biên nhận hồ sơ %(code)s", code=receipt.code),
        "date": [at.year, at.month, at.day],
        "font": FONT,
        "edition": held(edition.name),
        "mark": invented(edition),
        "sentence": receipts.sentence(receipt.content, receipt.received_at, edition),
        "qr": summaries.qr_svg(address),
        "qr_words": _("Quét mã để xem hồ sơ"),
        "lines": [[name, "\n".join(lines)] for name, lines in summaries.received(receipt)],
        "steps_title": _("Việc tiếp theo"),
        "steps": list(steps),
        "prints_title": _("Mã kiểm chứng"),
        "prints_words": _("Mã kiểm chứng của tệp cho biết tệp đã nhận đúng là tệp đã gửi."),
        "prints": [[f"{name} ({size})", mark] for name, size, mark in summaries.prints(receipt)],
        "hash_title": _("Mã kiểm chứng của hồ sơ"),
        "hash": receipt.content_hash,
    }
