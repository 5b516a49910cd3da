"""The ceremony on paper: in which order prizes are given, who is there and signs; and the index of the dossier."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import pgettext

from award import dates
from award.calendars import queries as calendars
from award.documents.paper import DOTS, Block, Column, Heading, Paper, Paragraph, Table
from award.editions.models import Edition, PrizeLevel
from award.editions.papers import letterhead
from award.issued.operations import grouped
from award.issued.queries import kept_papers
from award.results import certifying, queries
from award.results.front import LevelShown, by_level
from award.results.lines import honour, line
from award.results.papers import Given, for_honours, for_works


def running_order(edition: Edition) -> Paper:
    """Prizes in the order in which they are given: those beside the ladder first, then the ladder from its foot up."""
    body: list[Block] = []
    for number, shown in enumerate(_turns(edition), start=1):
        told = {"n": dates.number(number), "level": shown.level.name, "given": dates.number(shown.given)}
        body.append(Heading(_("Lượt %(n)s. %(level)s: %(given)s", **told), 2))
        body += [Paragraph(f"{n}. {words}") for n, words in enumerate(_called(shown), start=1)]
    subject = _("trao giải, %(award)s", award=edition.name)
    return letterhead(edition, "ceremony").paper(_("Thứ tự"), subject, body)


def _turns(edition: Edition) -> list[LevelShown]:
    works, honours = queries.prize_works(edition.id, "decided"), queries.honours(edition.id, "decided")
    levels = [each for each in by_level(works, queries.levels(edition.id), honours) if each.given]
    beside = [each for each in levels if each.level.kind != "main"]
    ladder = [each for each in levels if each.level.kind == "main"]
    return [*beside, *reversed(ladder)]


def handed_out(edition: Edition) -> list[tuple[PrizeLevel, list[Given]]]:
    """The certificates in the same order, one for each author."""
    codes = certifying.codes_by_prize(edition.id)
    return [
        (shown.level, [*for_works(shown, codes, each_author=True), *for_honours(shown, codes)])
        for shown in _turns(edition)
    ]


class Beside(NamedTuple):
    """What stands beside a name on the list to sign."""

    here: str = ""
    proxy: str = ""
    signed: str = ""


def _called(shown: LevelShown) -> list[str]:
    return [*(line(work) for work in shown.works), *(honour(each) for each in shown.honours)]


def signing_list(edition: Edition, known: Mapping[str, Beside] | None = None) -> Paper:
    """A line for each certificate in the order in which they are given, one for each author.

    It says who is there and who takes it for whom, with a place to sign.

    `known`: by the code of a certificate what is known of it already.
    """
    given = [each for _level, turn in handed_out(edition) for each in turn]
    beside = {grouped(code): words for code, words in (known or {}).items()}
    columns = (
        Column(_("STT"), 5, "center"),
        Column(_("Người nhận giấy chứng nhận"), 24),
        Column(_("Tác phẩm, thành tích"), 34),
        Column(_("Kết quả"), 13),
        Column(_("Có mặt"), 7, "center"),
        Column(_("Người nhận thay"), 15),
        Column(_("Ký nhận"), 14),
    )
    rows = tuple(
        (dates.number(n), each.recipient, each.work, each.prize, *beside.get(grouped(each.code), Beside()))
        for n, each in enumerate(given, start=1)
    )
    count = _("Danh sách có %(n)s giấy chứng nhận.", n=dates.number(len(rows)))
    subject = _("ký nhận giấy chứng nhận, %(award)s", award=edition.name)
    body: list[Block] = [Table(columns, rows), Paragraph(count)]
    return letterhead(edition, "ceremony").paper(_("Danh sách"), subject, body, landscape=True)


def invitation(edition: Edition) -> Paper:
    """Giấy mời: to the ceremony at its planned hour and place, with room for who is invited."""
    head, planned = letterhead(edition, "invitation"), calendars.planned(edition.id).get("ceremony")
    at = dates.deadline_moment(planned.at) if planned else DOTS
    place = (planned.place if planned else "") or DOTS
    guest = _("đồng chí (ông/bà)") if head.form == "nd30" else _("đồng chí")
    body: list[Block] = [
        Paragraph(_("%(issuer)s trân trọng kính mời: %(dots)s", issuer=head.issuer, dots=DOTS)),
        Paragraph(_("Đến dự: Lễ trao %(award)s.", award=edition.name)),
        Paragraph(_("Thời gian: %(at)s.", at=at)),
        Paragraph(_("Địa điểm: %(place)s.", place=place)),
        Paragraph(_("Sự có mặt của %(guest)s góp phần vào thành công của buổi lễ.", guest=guest)),
    ]
    return head.paper(_("Giấy mời"), _("dự Lễ trao %(award)s", award=edition.name), body)


def index(edition: Edition) -> Paper:
    """Every paper that bears a number, in the order of their days, with what it was replaced or taken back."""
    columns = (
        Column(_("STT"), 5, "center"),
        Column(_("Số, ký hiệu"), 18),
        Column(_("Ngày"), 12, "center"),
        Column(_("Tên loại và trích yếu"), 46),
        Column(_("Cơ quan ban hành"), 22),
        Column(_("Ghi chú"), 14),
    )
    rows = tuple(
        (
            dates.number(n),
            each.number,
            dates.day(each.day),
            each.title,
            each.body,
            _("Đã thay thế") if each.taken_back_at else "",
        )
        for n, each in enumerate(kept_papers(edition.id), start=1)
    )
    count = _("Mục lục có %(n)s văn bản.", n=dates.number(len(rows)))
    subject = _("hồ sơ %(award)s", award=edition.name)
    body: list[Block] = [Table(columns, rows), Paragraph(count)]
    return letterhead(edition, "index").paper(pgettext("paper", "Mục lục"), subject, body, landscape=True)
