"""A newsroom's list of works as a paper to be signed and stamped, its code on every page."""

from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.documents.paper import FEW_DOTS
from award.documents.typeset import FONT, set_pages
from award.editions.models import Edition
from award.editions.papers import invented
from award.entries.summaries import qr_svg
from award.newsrooms.models import SignedList
from award.newsrooms.queries import Organ, name_in

SOURCE = Path(__file__).with_name("list.typ")


def list_pdf(listed: SignedList, edition: Edition, organ: Organ, *, address: str) -> bytes:
    """The list as PDF/A-2b with its fonts embedded. `address` is what the code on its pages says."""
    return set_pages(SOURCE, "list", _data(listed, edition, organ, address))


def _data(listed: SignedList, edition: Edition, organ: Organ, address: str) -> dict[str, Any]:
    at, name = dates.local(listed.created_at), name_in(organ.newsroom, edition)
    count = dates.number(len(listed.works))
    return {
        "title": _("Danh sách tác phẩm dự Giải"),
        "date": [at.year, at.month, at.day],
        "font": FONT,
        "newsroom": name,
        "edition": edition.name,
        "mark": invented(edition),
        "code": _("Mã danh sách: %(code)s", code=listed.public_id),
        "qr": qr_svg(address),
        "sentence": _(
            "Xác nhận %(n)s tác phẩm do %(newsroom)s đăng, phát; tên tác giả và ngày đăng, phát đúng như danh sách.",
            n=count,
            newsroom=name,
        ),
        "headings": [_("STT"), _("Mã hồ sơ"), _("Tác phẩm"), _("Tác giả"), _("Đăng, phát")],
        "rows": [
            [str(n), line["code"], f"{line['title']} ({line['category']})", line["authors"], line["appeared"]]
            for n, line in enumerate(listed.works, start=1)
        ],
        "commitments": [
            _("Các tác giả có tên trong danh sách cam kết tác phẩm do mình thực hiện và đồng ý dự Giải."),
        ],
        "place_and_day": _("%(place)s, ngày %(dots)s tháng %(dots)s năm %(dots)s", place=FEW_DOTS * 2, dots=FEW_DOTS),
        "post": _("Lãnh đạo cơ quan"),
        "how_signed": _("(ký, ghi rõ họ tên, đóng dấu)"),
    }
