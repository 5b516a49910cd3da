"""Ballots as paper, to be filled in by hand. Nothing on one says who got it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.documents.evening import held
from award.documents.typeset import FONT, drawing, set_pages
from award.editions.models import Edition, PrizeLevel
from award.editions.papers import invented
from judging.ranking.board import Line
from judging.sittings.models import Sitting, Stack
from judging.sittings.stacks import address_of, in_halves

SOURCE = Path(__file__).with_name("ballot.typ")


def ballots(
    edition: Edition, sitting: Sitting, stack: Stack, level: PrizeLevel, lines: Sequence[Line], address: str
) -> bytes:
    """One page for each paper of the stack, as PDF/A-2b; its code says the stack's `address` and which paper it is."""
    return set_pages(SOURCE, "ballots", _data(edition, sitting, stack, level, lines, address))


def _data(
    edition: Edition, sitting: Sitting, stack: Stack, level: PrizeLevel, lines: Sequence[Line], address: str
) -> dict[str, Any]:
    at = dates.local(stack.created_at)
    return {
        "title": _("Phiếu bỏ phiếu kín"),
        "date": [at.year, at.month, at.day],
        "font": FONT,
        "edition": held(edition.name),
        "mark": invented(edition),
        "sitting": _(
            "Phiên họp thứ %(n)s của Hội đồng, xấp phiếu %(stack)s",
            n=dates.number(sitting.number),
            stack=dates.number(stack.ordinal),
        ),
        "level": level.name,
        "foot": _("Không ghi tên, không ký. Mã trên phiếu chỉ để đếm phiếu, không ghi mã nào phát cho ai."),
        "headings": [_("STT"), _("Tác phẩm"), _("Đồng ý"), _("Không đồng ý")],
        "lines": [[dates.number(n), line.code, line.title] for n, line in enumerate(lines, start=1)],
        "how": _(
            "Mỗi tác phẩm đánh dấu X vào một ô. Để trống cả hai ô là phiếu trắng; đánh dấu cả hai ô là không hợp lệ."
        ),
        "ballots": [{"code": in_halves(code), "qr": drawing(address_of(address, code))} for code in stack.codes],
    }
