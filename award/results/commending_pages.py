"""The doors to the paper by which bodies and persons are commended, where that is one of its own."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.features import number_remark, suggested_number
from award.people.signin import sign_in_required
from award.results import commending, numbering, permissions, queries
from award.results.forms import DecisionForm
from award.results.remembered import Answer
from award.results.views import blueprint, staff_of
from award.verdicts import require


def _page(edition: Edition, by: Capacity, form: DecisionForm) -> str:
    known, publication = queries.commendation(edition.id), queries.publication(edition.id)
    return render_template(
        "results/commend.html",
        honours=queries.honours(edition.id, "proposed", "decided"),
        commendation=known,
        may_choose=bool(permissions.can_commend_apart(by, edition, queries.decision(edition.id), known)),
        may_commend=bool(permissions.can_commend(by, edition, known, publication)),
        next_number=suggested_number(edition.id, "commendation"),
        form=form,
    )


@blueprint.get("/<slug>/quyet-dinh/khen-thuong")
@sign_in_required
def commendation(slug: str) -> Answer:
    """With the data of the paper in the address, the question stands in the place of the page."""
    edition, by = staff_of(slug)
    form, ask = DecisionForm.of_address()
    known, publication = queries.commendation(edition.id), queries.publication(edition.id)
    if not ask or not permissions.can_commend(by, edition, known, publication):
        return _page(edition, by, form)
    if not form.validate():
        return _page(edition, by, form), 422
    return numbering.ask_commendation(edition, form)


@blueprint.post("/<slug>/quyet-dinh/khen-thuong/rieng")
@sign_in_required
def choose_apart(slug: str) -> Answer:
    edition, by = staff_of(slug)
    with deed() as done:
        commending.put_apart(by=by, edition=edition, apart=request.form.get("apart") == "1")
        return done(url_for("results.commendation", slug=slug))


@blueprint.post("/<slug>/quyet-dinh/khen-thuong")
@sign_in_required
def record_commendation(slug: str) -> Answer:
    edition, by = staff_of(slug)
    known, publication = queries.commendation(edition.id), queries.publication(edition.id)
    require(permissions.can_commend(by, edition, known, publication))
    form = DecisionForm()
    if not form.validate():
        return _page(edition, by, form), 422
    with deed() as done:
        commending.commend(by=by, edition=edition, **form.paper)
        done.after(lambda: flash(_("Đã ghi quyết định khen thưởng."), "ok"))
        if told := number_remark(edition.id, "commendation"):
            done.after(lambda: flash(told, "warn"))
        return done(url_for("results.commendation", slug=slug))
