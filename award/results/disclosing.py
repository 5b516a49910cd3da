"""The doors of openness: how the works were judged, for everybody with the results; what of it, for the organiser."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.documents.answers import list_asked
from award.documents.tables import Column, Sheet
from award.doors import deed, found
from award.editions.models import Edition
from award.features import Openly, openly_of
from award.people.models import Person
from award.people.signin import sign_in_required
from award.results import disclosure, permissions, queries
from award.results.forms import DisclosureForm
from award.results.models import Publication
from award.results.remembered import Answer, cached, drawn_once
from award.results.views import blueprint, not_yet, staff_of
from award.verdicts import require


@blueprint.get("/<slug>/cong-khai")
@drawn_once
def openly(slug: str) -> Answer:
    """Nothing of it is there before the results are, whatever was decided."""
    told = found(queries.told(slug, now()))
    if told.publication is None:
        return not_yet(told.edition)
    decided = disclosure.standing(told.edition.id)
    tables = openly_of(told.edition.id, disclosure.parts(decided))
    taken = list_asked(f"cong-khai-{slug}", lambda: _sheet(told.edition, tables))
    return taken or cached(
        render_template("results/openly.html", figures=_figures(told.publication), tables=tables, decided=decided)
    )


@blueprint.route("/<slug>/cong-khai/quyet-dinh", methods=["GET", "POST"])
@sign_in_required
def disclose(slug: str) -> Answer:
    """The organiser's own page: what there would be to read, and what of it may be."""
    edition, by = staff_of(slug)
    require(permissions.can_disclose(by, queries.decision(edition.id)))
    kept = disclosure.standing(edition.id)
    form = DisclosureForm.of(request.form if request.method == "POST" else None, kept)
    if request.method == "GET" or not form.validate():
        by_name = session.get_one(Person, kept.decided_by_id).legal_name if kept else ""
        tables = openly_of(edition.id, disclosure.PARTS)
        page = render_template("results/disclose.html", form=form, kept=kept, by_name=by_name, tables=tables)
        return (page, 422) if request.method == "POST" else page
    with deed() as done:
        disclosure.decide(by=by, edition=edition, shown=form.parts.data or (), ground=form.ground.data or "")
        done.after(lambda: flash(_("Đã ghi việc công khai."), "ok"))
        return done(url_for("results.disclose", slug=slug))


def _figures(since: Publication) -> list[tuple[str, int]]:
    """As they were counted for the publication."""
    told = since.figures
    return [
        (_("Tác phẩm đã nhận"), told.get("received", 0)),
        (_("Đủ điều kiện dự Giải"), told.get("eligible", 0)),
        (_("Tác phẩm đoạt giải"), told.get("prizes", 0)),
    ]


def _sheet(edition: Edition, tables: list[Openly]) -> Sheet:
    """Every table line by line: what it is, of what, how much."""
    columns = [Column(_("Nội dung"), width=36), Column(_("Của"), width=40), Column(_("Chỉ tiêu"), width=36)]
    rows = [
        (table.title, ", ".join(str(cell) for cell in row[:2]), head, cell)
        for table in tables
        for row in table.rows
        for head, cell in zip(table.columns[2:], row[2:], strict=True)
    ]
    return Sheet(_("Công khai việc xét giải"), [*columns, Column(_("Giá trị"), width=16)], rows, edition.name)
