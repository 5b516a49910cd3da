"""The doors to editions beside each other, to a newsroom's own figures, and to how an edition comes along."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flask import render_template, request
from flask_babel import gettext as _

from award.clock import now
from award.dates import local
from award.documents.answers import PART, list_asked
from award.documents.tables import Column, Kind, Sheet
from award.doors import found
from award.editions.models import Edition
from award.editions.queries import capacity, edition_by_slug
from award.features import OPENLY, Openly, openly_of
from award.newsrooms import queries as newsrooms
from award.newsrooms.permissions import Standing, can_see_desk
from award.people.signin import current_person, sign_in_required, signed_in
from award.reports import charts, permissions, queries
from award.reports.comparison import DAYS, AcrossLine, EditionRow, Tally, across, by_law, run_in
from award.reports.views import Answer, blueprint
from award.results.queries import is_public
from award.verdicts import require


@blueprint.get("/<slug>/thong-ke/cac-lan")
def compared(slug: str) -> Answer:
    """Of the editions whose results everybody may read; for the staff with the one that runs."""
    edition = found(edition_by_slug(slug))
    found(edition if edition.state != "draft" else None)
    staff = bool(permissions.can_read(capacity(current_person(), edition), edition))
    if not staff and not is_public(edition, now()):
        return render_template("results/not_yet.html"), 404
    shown = queries.beside(edition, now(), staff=staff)
    units = queries.units([each.id for each in shown], local(now()).date()) if staff else []
    return _beside(edition, shown, _("So sánh các lần tổ chức"), None, units)


@blueprint.get("/<slug>/thong-ke/co-quan/<newsroom_id>")
@sign_in_required
def newsroom(slug: str, newsroom_id: str) -> Answer:
    """What a newsroom has entered, edition by edition, with what became part of it; its prizes once they are public."""
    edition, person = found(edition_by_slug(slug)), signed_in()
    organ, roles = found(newsrooms.at_desk(newsroom_id, person.id))
    found(can_see_desk(Standing(capacity(person, edition), roles)) or None)
    shown = queries.beside(edition, now(), staff=edition.state != "draft")
    return _beside(edition, shown, organ.newsroom.name_on(local(now()).date()), organ.family)


def _beside(
    edition: Edition,
    editions: list[EditionRow],
    title: str,
    family: tuple[int, ...] | None,
    units: Sequence[Tally] = (),
) -> Answer:
    numbers, today = [each.id for each in editions], local(now()).date()
    whole, organs, categories = queries.works_across(numbers, today, family)
    told = {each.id for each in editions if each.public or family is None}
    given = [row for row in queries.prizes_across(numbers, today, family) if row[0] in told]
    if family is not None:  # what was found of works is told by letter, not by a figure before it
        whole, organs, categories = ([_until_told(each, told) for each in rows] for rows in (whole, organs, categories))
    lines = across(editions, whole, [Tally(row[0], "", prizes=row[3]) for row in given])
    tables = [
        (_("Loại hình"), across(editions, categories, [Tally(row[0], row[2], prizes=row[3]) for row in given])),
        (_("Cơ quan đăng, phát"), across(editions, organs, [Tally(row[0], row[1], prizes=row[3]) for row in given])),
    ]
    if units:
        tables.append((_("Cơ quan công tác"), across(editions, units, units)))
    taken = list_asked(
        f"cac-lan-{edition.slug}", lambda: _sheet(edition, title, editions, [(_("Tất cả"), lines), *tables])
    )
    return taken or render_template(
        "reports/beside.html",
        title=title,
        editions=editions,
        whole=lines,
        tables=tables,
        told=told,
        prized=charts.prized(tables[1][1]) if family is None else [],
    )


def _until_told(tally: Tally, told: set[int]) -> Tally:
    return tally if tally.edition_id in told else Tally(tally.edition_id, tally.name, tally.received)


def _sheet(
    edition: Edition, title: str, editions: list[EditionRow], tables: list[tuple[str, list[AcrossLine]]]
) -> Sheet:
    columns = [
        Column(_("Bảng"), width=20),
        Column(_("Tên"), width=44),
        Column(_("Lần"), width=10),
        Column(_("Năm"), "year", 8),
        *(Column(heading, "int", 14) for heading in (_("Đã nhận"), _("Đủ điều kiện"), _("Đoạt giải"))),
    ]
    rows = [
        (name, line.name or name, each.ordinal, each.year, cell.received, cell.eligible, cell.prizes)
        for name, lines in tables
        for line in lines
        for each, cell in zip(editions, line.cells, strict=True)
    ]
    said = edition.name
    if edition.illustrative:
        said = f"{said}. {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    return Sheet(title[:31], columns, rows, said)


@blueprint.get("/<slug>/thong-ke/tien-do")
@sign_in_required
def progress(slug: str) -> Answer:
    """For who runs or heads the edition: works by the days left beside last time, screening, how the judging went."""
    edition = found(edition_by_slug(slug))
    require(permissions.can_read(capacity(signed_in(), edition), edition))
    last = queries.before(edition)
    ours = run_in(queries.came(edition.id), edition.deadline_day)
    theirs = run_in(queries.came(last.id), last.deadline_day) if last else []
    law = by_law(ours if _is_over(edition) else theirs)
    left = [
        Left(DAYS - n, count, theirs[n] if theirs else None, law[n] if law else None) for n, count in enumerate(ours)
    ]
    days, tables = queries.screened(edition.id), openly_of(edition.id, OPENLY)
    part = request.args.get(PART, "nhan")
    taken = list_asked(f"tien-do-{part}-{slug}", lambda: found(_progress_sheet(edition, part, left, days, tables)))
    return taken or render_template(
        "reports/progress.html",
        left=left,
        last=last,
        curves=[charts.curve(each, max([*ours, *theirs, *law, 1])) for each in (ours, theirs, law)],
        days=days,
        columns=charts.bars([count for _day, count, _eligible in days]),
        drawing=(charts.WIDTH, charts.HEIGHT),
        tables=tables,
    )


class Left(NamedTuple):
    """Days left, works that had come by then, as many in the edition before, and by the law of deadlines."""

    days: int
    came: int
    before: int | None
    law: int | None


def _is_over(edition: Edition) -> bool:
    """Its own number of works is known; until then the law is told with that of the edition before."""
    return edition.deadline_day is not None and edition.deadline_day < local(now()).date()


def _progress_sheet(
    edition: Edition,
    part: str,
    left: list[Left],
    days: Sequence[tuple[date, int, int]],
    tables: Sequence[Openly],
) -> Sheet | None:
    """The table beside one of the charts, or one of those of the judging; None where the page has no such part."""
    if part == "nhan":
        headings = (_("Còn lại (ngày)"), _("Đã nhận, cộng dồn"), _("Lần trước, cộng dồn"), _("Theo quy luật hạn chót"))
        return Sheet(_("Tiến độ nhận tác phẩm"), [Column(each, "int", 22) for each in headings], left, edition.name)
    if part == "kiem-tra":
        counted = [Column(each, "int", 16) for each in (_("Đã kết luận"), _("Đủ điều kiện"))]
        return Sheet(_("Kết luận điều kiện theo ngày"), [Column(_("Ngày"), "date", 14), *counted], days, edition.name)
    told = next((each for each in tables if each.part == part), None)
    if told is None or not told.rows:
        return None
    columns = [Column(head, _kind(value), 24) for head, value in zip(told.columns, told.rows[0], strict=True)]
    return Sheet(told.title[:31], columns, told.rows, edition.name)


def _kind(value: str | int | Decimal) -> Kind:
    if isinstance(value, Decimal):
        return "decimal"
    return "int" if isinstance(value, int) else "text"
