"""The kinds of papers an edition brings forth: what each asks its offices for, and how the kind is abbreviated.

A number comes from the register of the office that issues a paper. Those of decisions and of the letter are recorded
where these are (with the decision, with the prize taken back or given later, with the dossier); others with the kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _

from award.documents.paper import FORM_CODES, FormCode
from award.editions.matters import Words
from award.editions.models import Edition, PaperBody

HD05_SINCE = date(2026, 5, 27)
"""From this day the Party's papers follow the form of 2026."""

FORM_WORDS: Mapping[FormCode, Words] = {
    "hd36": _("Đảng, Hướng dẫn 36 (2018)"),
    "hd05": _("Đảng, Hướng dẫn 05 (2026)"),
    "nd30": _("Nhà nước, Nghị định 30 (2020)"),
}


@dataclass(frozen=True)
class KindOfPaper:
    """`asks` are the fields of `PaperKind` that people fill in for it beside the body that issues it."""

    code: str
    label: Words
    symbol: str = ""
    asks: frozenset[str] = field(default=frozenset())


_NUMBERED = frozenset({"symbol", "number", "day"})
_ADDRESSED = frozenset({"recitals", "recipients"})

KINDS: Mapping[str, KindOfPaper] = {
    kind.code: kind
    for kind in (
        KindOfPaper("submission", _("Tờ trình kết quả"), "TTr", _NUMBERED | _ADDRESSED | frozenset({"funding"})),
        KindOfPaper(
            "decision",
            _("Quyết định trao giải"),
            "QĐ",
            frozenset({"symbol", "funding", "executors"}) | _ADDRESSED,
        ),
        KindOfPaper(
            "commendation",
            _("Quyết định khen thưởng tập thể, cá nhân"),
            "QĐ",
            frozenset({"symbol", "funding", "executors"}) | _ADDRESSED,
        ),
        KindOfPaper("revocation", _("Quyết định thu hồi giải"), "QĐ", frozenset({"symbol", "executors"}) | _ADDRESSED),
        KindOfPaper(
            "succession",
            _("Quyết định trao giải còn khuyết"),
            "QĐ",
            frozenset({"symbol", "funding", "executors"}) | _ADDRESSED,
        ),
        KindOfPaper(
            "lowering", _("Quyết định hạ mức giải"), "QĐ", frozenset({"symbol", "funding", "executors"}) | _ADDRESSED
        ),
        KindOfPaper("notice", _("Thông báo kết quả"), "TB", _NUMBERED | _ADDRESSED),
        KindOfPaper("invitation", _("Giấy mời dự lễ trao giải"), "GM", _NUMBERED),
        KindOfPaper("weekly", _("Báo cáo nhanh hằng tuần")),
        KindOfPaper("entry", _("Phiếu đăng ký dự Giải")),
        KindOfPaper("received", _("Danh sách tác phẩm đã tiếp nhận, đủ điều kiện")),
        KindOfPaper("intake", _("Giấy biên nhận hồ sơ gửi giấy")),
        KindOfPaper("handover", _("Biên bản trả lại hiện vật"), asks=frozenset({"writer"})),
        KindOfPaper("screening", _("Biên bản kiểm tra điều kiện dự Giải"), asks=frozenset({"writer"})),
        KindOfPaper("ineligible", _("Danh sách không đủ điều kiện dự Giải")),
        KindOfPaper("shortlist", _("Danh sách vào vòng sau")),
        KindOfPaper("scores", _("Bảng tổng hợp điểm")),
        KindOfPaper("minutes", _("Biên bản họp Hội đồng"), asks=frozenset({"writer"})),
        KindOfPaper("ceremony", _("Thứ tự trao giải, danh sách ký nhận")),
        KindOfPaper("index", _("Mục lục hồ sơ")),
        KindOfPaper("letter", _("Công văn gửi dự giải Trung ương"), "CV", frozenset({"symbol"}) | _ADDRESSED),
        KindOfPaper("national", _("Danh sách gửi dự giải Trung ương")),
        KindOfPaper("sending", _("Phiếu tác phẩm, biên bản giao nhận hồ sơ gửi dự"), asks=frozenset({"writer"})),
        KindOfPaper("payment", _("Danh sách chi tiền thưởng")),
        KindOfPaper("fees", _("Danh sách chi thù lao chấm")),
        KindOfPaper("processing", _("Sổ theo dõi xử lý dữ liệu cá nhân")),
    )
}


def usual_form(edition: Edition) -> FormCode:
    """The Party's form in force when the edition is held, for bodies that do not say another."""
    held = edition.deadline_day or edition.window_to or date(edition.year, 1, 1)
    return "hd05" if held >= HD05_SINCE else "hd36"


def form_of(body: PaperBody) -> FormCode:
    """The form of the body's papers; the table knows no other than these."""
    return next(code for code in FORM_CODES if code == body.form)
