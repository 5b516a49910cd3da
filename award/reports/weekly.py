"""Báo cáo nhanh: one page a week for leaders, with what came, what is missing and what nobody wrote about."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from award import dates
from award.documents.paper import Block, Column, Heading, Paper, Paragraph, Table
from award.editions.papers import letterhead
from award.reports.papers import Report
from award.reports.statistics import Counted, Line

WEEK = timedelta(days=7)
MOST_CONTENTS = 6
"""So many contents are named; of more the rest is counted, so that the page stays one."""
MOST_NAME = 70


def weekly(report: Report, days: Sequence[Counted], today: date) -> Paper:
    """The page of the seven days that end with `today`; every figure is counted."""
    figures, edition = report.figures, report.edition
    came = sum(each.received for each in days if isinstance(each.key, date) and today - WEEK < each.key <= today)
    told = {
        "first": dates.day(today - WEEK + timedelta(days=1)),
        "last": dates.day(today),
        "came": dates.number(came),
        "received": dates.number(figures.received),
        "authors": dates.number(figures.authors),
        "eligible": dates.number(figures.eligible),
        "ineligible": dates.number(figures.ineligible),
        "undecided": dates.number(figures.undecided),
    }
    body: list[Block] = [
        Heading(_("1. Đã nhận"), 2),
        Paragraph(
            _(
                "Từ ngày %(first)s đến ngày %(last)s nhận %(came)s tác phẩm; tính chung đã nhận %(received)s tác phẩm "
                "của %(authors)s tác giả, nhóm tác giả.",
                **told,
            )
        ),
        _by_category(figures.categories),
        Heading(_("2. Kiểm tra điều kiện dự Giải"), 2),
        Paragraph(
            _("%(eligible)s đủ điều kiện, %(ineligible)s không đủ điều kiện, %(undecided)s chưa kết luận.", **told)
        ),
        Heading(_("3. Còn thiếu"), 2),
        *_missing(figures.categories, figures.silent),
    ]
    return letterhead(edition, "weekly", day=today).paper(
        _("Báo cáo nhanh"), _("tình hình tác phẩm dự %(award)s", award=edition.name), body
    )


def _by_category(lines: Sequence[Line]) -> Table:
    columns = (
        Column(_("Loại hình"), 40),
        Column(_("Đã nhận"), 20, "center"),
        Column(_("Đủ điều kiện"), 20, "center"),
    )
    return Table(
        columns, tuple((line.name, dates.number(line.received), dates.number(line.eligible)) for line in lines)
    )


def _missing(categories: Sequence[Line], silent: Sequence[Line]) -> list[Paragraph]:
    """Kinds without a work, then contents of the plan that nobody wrote about; a sentence where there is neither."""
    empty = [line.name.lower() for line in categories if not line.received]
    told = [Paragraph(_("Loại hình chưa có tác phẩm: %(kinds)s.", kinds=", ".join(empty)))] if empty else []
    if silent:
        named = "; ".join(_short(line.name) for line in silent[:MOST_CONTENTS])
        if (more := len(silent) - MOST_CONTENTS) > 0:
            named = _("%(some)s và %(n)s nội dung khác", some=named, n=dates.number(more))
        words = _("Nội dung chưa có tác phẩm (%(n)s): %(named)s.", n=dates.number(len(silent)), named=named)
        told.append(Paragraph(words))
    return told or [Paragraph(_("Mọi loại hình và nội dung đều đã có tác phẩm."))]


def _short(name: str) -> str:
    return name.rstrip(" .") if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1].rsplit(' ', 1)[0]}…"
