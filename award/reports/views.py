"""The doors of the statistics: the page, its workbook, each of its tables."""

from datetime import date

from flask import Blueprint, Response, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.dates import local
from award.documents.answers import file_asked
from award.documents.tables import csv, xlsx
from award.doors import found
from award.editions.deadlines import organs_named_on
from award.editions.models import Edition
from award.editions.queries import capacity, edition_by_slug
from award.languages import OWN
from award.nominations.news import tally_of
from award.people.signin import current_person
from award.reports import charts, permissions, queries
from award.reports.papers import Report, sheets
from award.reports.statistics import Line, most_first, statistics
from award.reports.weekly import weekly
from award.results.queries import is_public

blueprint = Blueprint("reports", __name__)

Answer = str | BaseResponse | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _readable(slug: str) -> Edition | None:
    """The edition when the visitor may read its figures, None while the results are not public. A draft is 404."""
    edition = found(edition_by_slug(slug))
    found(edition if edition.state != "draft" else None)
    by = capacity(current_person(), edition)
    return edition if permissions.can_read(by, edition) or is_public(edition, now()) else None


def _report(edition: Edition) -> Report:
    """What the visitor may read of it."""
    frame, today = queries.frame(edition), local(now()).date()
    staff = permissions.can_read(capacity(current_person(), edition), edition)
    return Report(
        edition, frame, statistics(frame, queries.counts(edition, today)), _units(edition, today) if staff else None
    )


def _units(edition: Edition, today: date) -> tuple[Line, ...]:
    counted = queries.units([edition.id], organs_named_on(edition, today))
    return most_first(
        Line(each.name or _("Không ghi cơ quan"), each.received, each.eligible, each.prizes) for each in counted
    )


@blueprint.get("/<slug>/thong-ke")
def page(slug: str) -> Answer:
    edition = _readable(slug)
    if edition is None:
        return render_template("results/not_yet.html"), 404
    report = _report(edition)
    spans, staff = report.figures.spans, report.units is not None
    return render_template(
        "reports/statistics.html",
        report=report,
        shown=charts.rows(report.figures, report.units or ()),
        columns=list(zip(spans, charts.bars([span.works for span in spans]), strict=True)),
        busiest=charts.busiest(spans),
        sent=tally_of(edition.id) if staff else (),
        staff=staff,
        drawing=(charts.WIDTH, charts.HEIGHT),
    )


@blueprint.get("/<slug>/thong-ke.xlsx")
def workbook(slug: str) -> Answer:
    edition = found(_readable(slug))
    with force_locale(OWN):
        book = xlsx(list(sheets(_report(edition)).values()))
    return _file(book, XLSX, f"thong-ke-{slug}.xlsx")


@blueprint.get("/<slug>/thong-ke/<table>.csv")
def table(slug: str, table: str) -> Answer:
    edition = found(_readable(slug))
    with force_locale(OWN):
        taken = csv(found(sheets(_report(edition)).get(table)))
    return _file(taken, "text/csv; charset=utf-8", f"{table}-{slug}.csv")


@blueprint.get("/<slug>/thong-ke/bao-cao-nhanh.<ending>")
def weekly_page(slug: str, ending: str) -> Answer:
    """The week on one page, for those who run, head or audit the edition."""
    edition = found(edition_by_slug(slug))
    found(edition if permissions.can_read(capacity(current_person(), edition), edition) else None)
    today, frame = local(now()).date(), queries.frame(edition)
    counts = queries.counts(edition, today)
    report = Report(edition, frame, statistics(frame, counts))
    return file_asked(f"bao-cao-nhanh-{slug}", ending, paper=lambda: weekly(report, counts.days, today))


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=kind, headers=headers)
