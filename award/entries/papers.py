"""The receipt as a paper to keep: what its page and its letter say, as PDF. The same bytes for the same receipt."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates, house_key
from award.documents.evening import held
from award.documents.paper import Block, Column, Paper, Paragraph, Signature, Table
from award.documents.typeset import FONT, set_pages
from award.editions.declaring import PURPOSES
from award.editions.models import Edition
from award.editions.papers import invented, letterhead
from award.entries import attesting, receipts, summaries
from award.entries.attesting import Attested
from award.entries.declarations import words_of
from award.entries.models import Receipt
from award.entries.registered import registered

SOURCE = Path(__file__).with_name("receipt.typ")
_MIME = {
    attesting.STATEMENT: "application/json",
    attesting.SIGNATURE: "application/octet-stream",
    house_key.KEY: "application/x-pem-file",
}


def receipt_pdf(
    receipt: Receipt, edition: Edition, *, steps: Sequence[str], address: str, signed: Attested, key_at: str
) -> bytes:
    """The receipt as PDF/A-3b with its fonts embedded, carrying its signed statement.

    `steps`: what happens now; `address`: where it is seen; `key_at`: where the house shows its key.
    """
    said = _data(receipt, edition, steps, address) | _proof(signed, key_at)
    return set_pages(SOURCE, "receipt", said, standard="a-3b")


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


def _proof(signed: Attested, key_at: str) -> dict[str, Any]:
    """What the receipt carries, and how whoever holds it alone proves it."""
    return {
        "carried": [{"name": name, "bytes": list(held), "mime": _MIME[name]} for name, held in signed.files.items()],
        "proof_title": _("Dấu kiểm chứng của biên nhận"),
        "proof_words": [
            _(
                "Tệp PDF này kèm nội dung biên nhận và dấu kiểm chứng của nơi tiếp nhận. Giữ nguyên tệp, không chỉ bản "
                "in."
            ),
            _("Tách các tệp kèm rồi kiểm tra bằng OpenSSL 3.0 trở lên:"),
        ],
        "proof_commands": [attesting.CHECK_SIGNATURE, house_key.CHECK_KEY],
        "key_words": _("Khóa của nơi tiếp nhận, công bố tại %(address)s, có mã đối chiếu:", address=key_at),
        "key": house_key.grouped(signed.key.fingerprint),
    }


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
