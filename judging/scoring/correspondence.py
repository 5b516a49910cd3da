"""What the room offers of letters: words for the reminder, judges whose sheets are open."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award.correspondence import Audience, LetterKind, Recipient, ReminderRule
from award.db import session
from award.editions.models import Edition, Round
from judging.scoring.reminding import KIND, RULE, waited_for, words

_PLACES = {
    "xung_ho": _("Cách xưng hô: ông/bà, đồng chí"),
    "ho_ten": _("Họ tên người nhận"),
    "vong": _("Vòng chấm"),
    "con_lai": _("Số phiếu chấm chưa gửi"),
    "duoc_giao": _("Số tác phẩm được phân công"),
    "han": _("Ngày kết thúc vòng dự kiến"),
    "lien_ket": _("Đường dẫn đến danh sách tác phẩm chấm"),
}


def behind(edition_id: int) -> Sequence[Recipient]:
    """Judges of the open round whose sheets are not all sent; how many, never what stands in them."""
    edition = session.get_one(Edition, edition_id)
    open_ = select(Round).where(Round.edition_id == edition_id, Round.state == "open").order_by(Round.ordinal)
    people = []
    for round_ in session.scalars(open_):
        for one in waited_for(round_):
            values, house = words(edition, round_, one)
            people.append(Recipient(one.key, one.name, one.email, values, house))
    return people


_BEGINNING = (
    _("Còn {con_lai} phiếu chấm chưa gửi: {giai}"),
    _(
        "Kính gửi {xung_ho} {ho_ten},\n\nVòng {vong}: còn {con_lai} phiếu chấm chưa gửi, trong {duoc_giao} tác phẩm"
        " được phân công.\n\nNgày kết thúc vòng dự kiến: {han}.\n\nDanh sách tác phẩm:\n{lien_ket}\n\n{lien_he}\n\n"
        "Trân trọng.\n{co_quan}"
    ),
)
REMINDER = LetterKind(
    KIND,
    _("Nhắc thành viên chấm"),
    _PLACES,
    behind,
    needed=(frozenset({"noi_dung", "lien_ket"}),),
    beginning=_BEGINNING,
)
BEHIND = Audience(
    "behind",
    _("Thành viên chấm còn phiếu chưa gửi"),
    _PLACES,
    behind,
    *_BEGINNING,
)
RULE_OF_REMINDING = ReminderRule(
    RULE, _("Nhắc thành viên chấm còn phiếu chưa gửi"), _("3 ngày và 1 ngày trước ngày kết thúc vòng")
)
