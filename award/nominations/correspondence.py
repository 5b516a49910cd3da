"""What the room offers of letters: words for asking whether a work may go on, and for asking what it lacks."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from award import dates
from award.clock import now
from award.correspondence import LetterKind, Recipient
from award.db import session
from award.editions.models import Edition
from award.editions.queries import national_edition
from award.entries.models import Entry
from award.nominations import asking, completing
from award.nominations.models import Nomination
from award.results.queries import is_public

TRIED_ON = 20


def _asked(edition_id: int) -> Sequence[Recipient]:
    edition, national = session.get_one(Edition, edition_id), national_edition(edition_id)
    if national is None:
        return ()
    public, made = is_public(edition, now()), []
    works = asking.lacking(edition, public=public)
    for letter in asking.letters(works, {work.key for work in works})[:TRIED_ON]:
        values, house = asking.words(edition, national, letter, public=public)
        made.append(Recipient(letter.to.key, letter.to.name, letter.to.email, values, house))
    return made


def _lacking(edition_id: int) -> Sequence[Recipient]:
    edition, today = session.get_one(Edition, edition_id), dates.day(dates.local(now()).date())
    listed = select(Entry).join(Nomination, Nomination.entry_id == Entry.id).where(Nomination.edition_id == edition_id)
    made = []
    for entry in session.scalars(listed.order_by(Nomination.ordinal).limit(TRIED_ON)).unique():
        values, house = completing.words(edition, entry, gettext("(nội dung cần bổ sung)"), today)
        made.append(Recipient(entry.public_id, f"{entry.code}, {values['ten_tac_pham']}", "", values, house))
    return made


KINDS = (
    LetterKind(
        asking.CONSENT,
        _("Hỏi ý kiến gửi dự giải trung ương"),
        {
            "xung_ho": _("Cách xưng hô: ông/bà, đồng chí"),
            "ho_ten": _("Họ tên người nhận"),
            "giai_tren": _("Tên giải trung ương"),
            "tac_pham": _("Từng tác phẩm, kèm đường dẫn để trả lời"),
            "noi_dung_dong_y": _("Nội dung đề nghị đồng ý"),
            "han": _("Hạn gửi; để trống khi chưa có"),
            "chua_cong_bo": _("Câu báo kết quả chưa công bố; để trống khi đã công bố"),
        },
        _asked,
        needed=(
            frozenset({"noi_dung", "tac_pham"}),
            frozenset({"noi_dung", "noi_dung_dong_y"}),
            frozenset({"noi_dung", "chua_cong_bo"}),
        ),
        beginning=(
            _("Hỏi ý kiến gửi tác phẩm dự {giai_tren}"),
            _(
                "Kính gửi {xung_ho} {ho_ten},\n\nBan Tổ chức Giải xem xét chọn tác phẩm gửi dự {giai_tren}. Tác phẩm"
                " chỉ được gửi khi tác giả đồng ý; mở đường dẫn của từng tác phẩm để trả lời:\n\n{tac_pham}\n\nNội"
                " dung đề nghị đồng ý: {noi_dung_dong_y}\n\nHạn gửi: {han}\n\nĐồng ý hay không đều không ảnh hưởng"
                " đến kết quả của tác phẩm tại {giai}. Ý kiến đổi được cho đến khi tác phẩm được"
                " gửi.\n\n{chua_cong_bo}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
    LetterKind(
        completing.TO_COMPLETE,
        _("Bổ sung hồ sơ gửi trung ương"),
        {
            "ma_ho_so": _("Mã hồ sơ"),
            "ten_tac_pham": _("Tên tác phẩm"),
            "can_bo_sung": _("Nội dung cần bổ sung"),
            "han": _("Hạn bổ sung"),
        },
        _lacking,
        needed=(frozenset({"noi_dung", "can_bo_sung"}), frozenset({"noi_dung", "han"})),
        beginning=(
            _("Đề nghị bổ sung hồ sơ {ma_ho_so}"),
            _(
                "Hồ sơ {ma_ho_so}, tác phẩm “{ten_tac_pham}”, {giai}, cần được bổ sung:\n\n{can_bo_sung}\n\nĐề nghị"
                " gửi về {co_quan} chậm nhất ngày {han}.\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
            ),
        ),
    ),
)
