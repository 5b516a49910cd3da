"""Score sheets as paper, to be filled in and signed by a judge who does not use a screen."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.documents.evening import held
from award.documents.paper import FEW_DOTS
from award.documents.typeset import FONT, drawing, set_pages
from award.editions.calendar import called
from award.editions.models import Criterion, Edition, Round
from award.editions.papers import invented
from judging.scoring.brought import ToJudge
from judging.scoring.contents import levels_of, scale_of
from judging.scoring.marks import Scale

SOURCE = Path(__file__).with_name("blank.typ")


def blank_sheets(
    edition: Edition,
    round_: Round,
    sheets: Sequence[ToJudge],
    address: Callable[[ToJudge], str],
    again: Collection[int] = (),
) -> bytes:
    """One page for each of the sheets, as PDF/A-2b; the code on a page says `address`, where its scan comes back.

    Of the assignments `again` the judge is asked to look once more: their sheets have room for the reason.
    """
    return set_pages(SOURCE, "sheets", _data(edition, round_, sheets, address, again))


def _data(
    edition: Edition,
    round_: Round,
    sheets: Sequence[ToJudge],
    address: Callable[[ToJudge], str],
    again: Collection[int],
) -> dict[str, Any]:
    at = dates.local(round_.opened_at or edition.created_at)
    whole = Scale(round_.scale_max * round_.steps_per_point, round_.steps_per_point)
    return {
        "title": _("Phiếu chấm"),
        "date": [at.year, at.month, at.day],
        "font": FONT,
        "edition": held(edition.name),
        "mark": invented(edition),
        "foot": _(
            "Phiếu có chữ ký gửi về %(secretariat)s. Hai người nhập độc lập từ bản quét.",
            secretariat=edition.secretariat_name,
        ),
        "headings": [_("STT"), _("Tiêu chí"), _("Điểm tối đa"), _("Điểm chấm")],
        "criteria": [_criterion(n, round_, criterion) for n, criterion in enumerate(round_.criteria, start=1)],
        "total": [_("Tổng điểm"), whole.maximum],
        "level": [_("Mức giải đề nghị"), *levels_of(round_).values()] if round_.asks_level else [],
        "how": _(
            "Điểm ghi bằng số, bước %(step)s điểm. Chữa điểm: gạch số cũ, ghi số mới và ký bên cạnh.", step=whole.step
        ),
        "pledges": [
            _(
                "Tôi không có liên quan đến tác phẩm này. Nếu có liên quan thì không chấm và báo %(secretariat)s.",
                secretariat=edition.secretariat_name,
            ),
            _(
                "Tôi cam kết chấm khách quan, đúng Quy chế, giữ bí mật điểm và ý kiến thảo luận"
                " đến khi công bố kết quả."
            ),
        ],
        "place_and_day": _("%(place)s, ngày %(dots)s tháng %(dots)s năm %(dots)s", place=FEW_DOTS * 2, dots=FEW_DOTS),
        "post": _("Thành viên chấm"),
        "how_signed": _("(ký, ghi rõ họ tên)"),
        "sheets": [
            {
                "round": _("Vòng %(round)s, %(panel)s", round=called(round_), panel=one.seat.panel.name),
                "code": one.code,
                "again": _("Xem lại. Ghi đủ điểm mọi tiêu chí, kể cả khi giữ nguyên. Lý do giữ nguyên hoặc điều chỉnh:")
                if one.assignment.id in again
                else "",
                "qr": drawing(address(one)),
                "judge": one.seat.person.legal_name,
                "facts": [
                    [_("Mã tác phẩm"), one.code],
                    [_("Tên tác phẩm"), one.title],
                    [_("Loại hình"), f"{one.category}, {one.genre}" if one.genre else one.category],
                    [_("Thành viên chấm"), one.seat.person.legal_name],
                ],
            }
            for one in sheets
        ],
    }


def _criterion(number: int, round_: Round, criterion: Criterion) -> list[str]:
    """Number, name with its weight, the most it may be given, and room for the mark."""
    name = _("%(name)s (trọng số %(weight)s%%)", name=criterion.name, weight=criterion.weight)
    return [str(number), name, scale_of(round_, criterion).maximum, ""]
