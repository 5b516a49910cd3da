"""A newsroom's list of works as a paper to be signed and stamped, its code on every page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.documents.evening import held
from award.documents.paper import FEW_DOTS, Block, Column, Head, Paper, Paragraph, Signature, Table
from award.documents.typeset import FONT, set_pages
from award.editions.issuing import usual_form
from award.editions.models import Edition
from award.editions.papers import invented
from award.entries.summaries import qr_svg
from award.newsrooms.models import SignedList
from award.newsrooms.queries import Organ, Work, name_in
from award.newsrooms.showing import appeared, authors, declared_words
from award.newsrooms.signers import called

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
        "edition": held(edition.name),
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
            [
                str(n),
                line["code"] or _("chưa nộp"),
                f"{line['title']} ({line['category']})",
                line["authors"],
                line["appeared"],
            ]
            for n, line in enumerate(listed.works, start=1)
        ],
        "commitments": [
            _("Các tác giả có tên trong danh sách cam kết tác phẩm do mình thực hiện và đồng ý dự Giải."),
        ],
        "people_title": _("Cam kết và đồng ý của tác giả chưa có tài khoản trên hệ thống"),
        "texts": declared_words(listed),
        "people_headings": [_("STT"), _("Họ và tên"), _("Tác phẩm số"), _("Chữ ký")],
        "people": [
            [str(n), called(each), ", ".join(map(str, each["lines"])), ""]
            for n, each in enumerate(listed.people, start=1)
        ],
        "place_and_day": _("%(place)s, ngày %(dots)s tháng %(dots)s năm %(dots)s", place=FEW_DOTS * 2, dots=FEW_DOTS),
        "post": _("Lãnh đạo cơ quan"),
        "how_signed": _("(ký, ghi rõ họ tên, đóng dấu)"),
    }


def summary(edition: Edition, organ: Organ, works: Sequence[Work]) -> Paper:
    """Danh sách tổng hợp: the works a newsroom sends to the Giải, under its own name, for its head to sign; none that
    it refused to attest."""
    name = name_in(organ.newsroom, edition)
    columns = (
        Column(_("STT"), 6, "center"),
        Column(_("Mã hồ sơ"), 18),
        Column(_("Tên tác phẩm"), 40),
        Column(_("Loại hình"), 16),
        Column(_("Tác giả"), 30),
        Column(_("Đăng, phát"), 18),
    )
    submitted = [each for each in works if each.state not in {"draft", "withdrawn", "refused"}]
    ordered = sorted(submitted, key=lambda each: (each.place is None, each.place or 0, each.read.code or ""))
    rows = tuple(
        (
            dates.number(n),
            each.read.code or "",
            each.read.title,
            each.read.category,
            authors(each.read),
            appeared(each.read),
        )
        for n, each in enumerate(ordered, start=1)
    )
    body: list[Block] = [
        Paragraph(
            _(
                "%(name)s gửi %(n)s tác phẩm tham dự %(edition)s, gồm:",
                name=name,
                n=dates.number(len(rows)),
                edition=edition.name,
            )
        ),
        Table(columns, rows),
        Paragraph(_("Theo loại hình: %(counts)s.", counts=_by_category(ordered))),
    ]
    changed = max((each.read.changed_at for each in ordered), default=edition.created_at)
    return Paper(
        form=usual_form(edition),
        head=Head(parent="", body=name, bears_number=False),
        kind=_("Danh sách"),
        subject=_("tác phẩm tham dự Giải"),
        body=tuple(body),
        signatures=(Signature(_("Lãnh đạo cơ quan")),),
        settled_on=dates.local(changed).date(),
        mark=invented(edition),
    )


def _by_category(works: Sequence[Work]) -> str:
    """Báo in 3, phát thanh 2."""
    counted = Counter(each.read.category for each in works)
    return ", ".join(f"{category} {dates.number(count)}" for category, count in counted.items())
