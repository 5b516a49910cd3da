"""What the room offers of letters: words for each step of an objection.

The words are tried on an invented objection: who objected to what is not for everybody who words letters.
"""

from collections.abc import Callable, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from award.cases.letters import DECIDED, EXAMINING, RECEIVED, words
from award.cases.models import Case
from award.clock import now
from award.correspondence import LetterKind, Recipient
from award.dates import local
from award.db import session
from award.editions.models import Edition

_STEP = {
    "ma": _("Mã kiến nghị, phản ánh"),
    "ngay_nhan": _("Ngày tiếp nhận"),
    "lien_ket": _("Đường dẫn đến quá trình giải quyết"),
}
_DUE = {**_STEP, "han": _("Hạn trả lời; để trống khi chưa có")}


def _invented(kind: str) -> Callable[[int], Sequence[Recipient]]:
    def recipients(edition_id: int) -> Sequence[Recipient]:
        edition, today = session.get_one(Edition, edition_id), local(now()).date()
        answer = gettext("(nội dung trả lời)") if kind == DECIDED else ""
        case = Case(public_id="vi-du", edition_id=edition_id, number=1, received_on=today, due_day=today, answer=answer)
        values, house = words(edition, case, kind)
        return (Recipient("vi-du", gettext("Ví dụ"), "", values, house),)

    return recipients


KINDS = (
    LetterKind(
        RECEIVED,
        _("Đã tiếp nhận kiến nghị, phản ánh"),
        _DUE,
        _invented(RECEIVED),
        needed=(frozenset({"noi_dung", "ma", "tieu_de"}),),
        beginning=(
            _("Đã tiếp nhận kiến nghị, phản ánh {ma}"),
            _(
                "Ban Tổ chức Giải đã tiếp nhận kiến nghị, phản ánh mã {ma}, ngày {ngay_nhan}.\n\nHạn trả lời:"
                " {han}\n\nQuá trình giải quyết:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        EXAMINING,
        _("Kiến nghị, phản ánh đang được xem xét"),
        _DUE,
        _invented(EXAMINING),
        needed=(frozenset({"noi_dung", "ma", "tieu_de"}),),
        beginning=(
            _("Kiến nghị, phản ánh {ma} đang được xem xét"),
            _(
                "Kiến nghị, phản ánh mã {ma}, tiếp nhận ngày {ngay_nhan}, đang được xem xét.\n\nHạn trả lời:"
                " {han}\n\nQuá trình giải quyết:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        DECIDED,
        _("Trả lời kiến nghị, phản ánh"),
        {**_STEP, "tra_loi": _("Nội dung trả lời")},
        _invented(DECIDED),
        needed=(frozenset({"noi_dung", "tra_loi"}),),
        beginning=(
            _("Trả lời kiến nghị, phản ánh {ma}"),
            _(
                "Ban Tổ chức Giải trả lời kiến nghị, phản ánh mã {ma}, tiếp nhận ngày"
                " {ngay_nhan}:\n\n{tra_loi}\n\nQuá trình giải quyết:\n{lien_ket}\n\n{lien_he}\n\nTrân"
                " trọng.\n{co_quan}"
            ),
        ),
    ),
)
