"""The list of works not eligible and the minutes it belongs to; the queue and that list as tables."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, Annex, Block, Heading, Paper, Paragraph, Table
from award.documents.paper import Column as PaperColumn
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import Letterhead, invented, letterhead, meeting, meeting_ends
from award.screening import refusals
from award.screening.columns import QueueColumn
from award.screening.filters import STATES
from award.screening.refusals import NotEligible, Tally
from award.screening.showing import QueueLine


def received(edition: Edition, lines: Sequence[QueueLine], columns: Sequence[QueueColumn]) -> Sheet:
    """The list of works received: exactly what is seen, with the columns of the page, as filtered and ordered there."""
    headings = [Column(str(column.label), column.kind, column.width) for column in columns]
    rows = [(number, *(column.said(line) for column in columns)) for number, line in enumerate(lines, start=1)]
    return Sheet(_("Danh sách tác phẩm"), [Column(_("STT"), "int", 6), *headings], rows, _note(edition))


def refused(edition: Edition, lines: Sequence[NotEligible]) -> Sheet:
    """The works not eligible, each with its reason and the clause it rests on."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã hồ sơ"), width=12),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Tác giả"), width=36),
        Column(_("Lý do"), width=50),
        Column(_("Căn cứ"), width=24),
        Column(_("Người kiểm tra"), width=24),
        Column(_("Ngày kiểm tra"), "date", 14),
    ]
    rows = [
        (number, each.code, each.title, each.authors, each.reason, each.clause, each.decided_by, each.decided_at)
        for number, each in enumerate(lines, start=1)
    ]
    return Sheet(_("Danh sách không đủ điều kiện"), columns, rows, _note(edition))


def taken(edition: Edition, lines: Sequence[QueueLine], *, eligible: bool) -> Paper:
    """The works received, each with what the check found, or those that are eligible."""
    columns = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Mã hồ sơ"), 24),
        PaperColumn(_("Tên tác phẩm"), 56),
        PaperColumn(_("Tác giả (bút danh)"), 44),
        PaperColumn(_("Cơ quan đăng, phát"), 34),
        PaperColumn(_("Loại hình, thể loại"), 30),
        PaperColumn(_("Ngày đăng, phát"), 26),
        PaperColumn(_("Số kỳ"), 12, "center"),
        PaperColumn(_("Kết quả kiểm tra"), 34),
    )
    rows = tuple(
        (
            dates.number(number),
            line.code,
            line.title,
            line.signed,
            line.publisher,
            ", ".join(word for word in (line.category, line.genre) if word),
            line.published,
            dates.number(line.parts),
            str(STATES[line.state][1]) + (f": {line.reason}" if line.reason else ""),
        )
        for number, line in enumerate(lines, start=1)
    )
    shown = tuple(row[:-1] for row in rows) if eligible else rows
    table = Table(columns[:-1] if eligible else columns, shown)
    words = {"award": edition.name}
    subject = (
        _("tác phẩm đủ điều kiện dự %(award)s", **words) if eligible else _("tác phẩm đã tiếp nhận, %(award)s", **words)
    )
    end = Paragraph(_("Danh sách có %(n)s tác phẩm.", n=dates.number(len(rows))))
    return letterhead(edition, "received").paper(_("Danh sách"), subject, [table, end], landscape=True)


def ineligible(edition: Edition) -> Paper:
    """The list of works not eligible, as the organisers approve it."""
    lines = refusals.not_eligible(edition.id)
    body: list[Block] = [_table(lines), Paragraph(_("Danh sách có %(n)s tác phẩm.", n=dates.number(len(lines))))]
    return letterhead(edition, "ineligible").paper(_("Danh sách"), _subject(edition), body, landscape=True)


def minutes(edition: Edition) -> Paper:
    """What the check of all dossiers came to, with the list of works not eligible."""
    head, lines = letterhead(edition, "screening"), refusals.not_eligible(edition.id)
    tallies = refusals.tallies(edition.id)
    annex = Annex(
        title=_("Danh sách"),
        subject=_subject(edition),
        note=_("Kèm theo Biên bản kiểm tra điều kiện dự Giải"),
        body=(_table(lines),),
        landscape=True,
    )
    told = {"received": _sum(tallies, "received"), "eligible": _sum(tallies, "eligible"), "n": dates.number(len(lines))}
    body: list[Block] = [
        Paragraph(_opening(head, edition)),
        Heading(_("I. Thành phần")),
        Paragraph(_("- Chủ trì: %(name)s.", name=head.signer or DOTS)),
        Paragraph(_("- Ghi biên bản: %(name)s.", name=head.writer or DOTS)),
        Paragraph(_("- Thành viên: %(dots)s.", dots=DOTS)),
        Heading(_("II. Kết quả")),
        Paragraph(
            _(
                "Đã kiểm tra %(received)s hồ sơ; %(eligible)s tác phẩm đủ điều kiện dự Giải, %(n)s tác phẩm không đủ "
                "điều kiện (có Danh sách kèm theo), cụ thể theo loại hình:",
                **told,
            )
        ),
        _by_category(tallies),
        *_undecided(tallies),
        Paragraph(meeting_ends()),
    ]
    subject = _("kiểm tra điều kiện dự Giải, %(award)s", award=edition.name)
    return head.paper(_("Biên bản"), subject, body, signatures=head.minuted, annexes=[annex] if lines else [])


def _opening(head: Letterhead, edition: Edition) -> str:
    told = {"met": meeting(head.name or edition.secretariat_name), "award": edition.name}
    return str(_("%(met)s kiểm tra điều kiện dự Giải của các tác phẩm gửi tham dự %(award)s.", **told))


def _subject(edition: Edition) -> str:
    return str(_("tác phẩm không đủ điều kiện dự %(award)s", award=edition.name))


def _table(lines: Sequence[NotEligible]) -> Table:
    columns = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Mã hồ sơ"), 24),
        PaperColumn(_("Tên tác phẩm"), 60),
        PaperColumn(_("Tác giả"), 44),
        PaperColumn(_("Lý do"), 56),
        PaperColumn(_("Căn cứ"), 26),
        PaperColumn(_("Người kiểm tra, ngày"), 30),
    )
    rows = [
        (dates.number(number), each.code, each.title, each.authors, each.reason, each.clause, _decided(each))
        for number, each in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows))


def _decided(each: NotEligible) -> str:
    day = dates.day(each.decided_at) if each.decided_at else ""
    return "\n".join(word for word in (each.decided_by, day) if word)


def _by_category(tallies: Sequence[Tally]) -> Table:
    heads = (_("Loại hình"), _("Đã kiểm tra"), _("Đủ điều kiện"), _("Không đủ điều kiện"), _("Chưa kết luận"))
    first, *others = heads
    columns = (PaperColumn(first, 20), *(PaperColumn(head, 12, "center") for head in others))
    rows = [
        (each.category, *(dates.number(n) for n in (each.received, each.eligible, each.ineligible, each.open)))
        for each in tallies
    ]
    total = [_sum(tallies, name) for name in ("received", "eligible", "ineligible", "open")]
    return Table(columns, (*rows, (_("Tổng cộng"), *total)))


def _undecided(tallies: Sequence[Tally]) -> list[Paragraph]:
    still = sum(each.open for each in tallies)
    if not still:
        return []
    return [Paragraph(_("Còn %(n)s hồ sơ chưa kết luận hoặc đang chờ bổ sung.", n=dates.number(still)))]


def _sum(tallies: Sequence[Tally], name: str) -> str:
    return dates.number(sum(getattr(each, name) for each in tallies))


def _note(edition: Edition) -> str:
    return f"{edition.name}. {invented(edition)}" if invented(edition) else edition.name
