"""The doors to a work of the list that lacks something: asking for it, and that it came."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.queries import national_edition
from award.nominations import completing, permissions, queries
from award.nominations.forms import CompletingForm
from award.nominations.views import Answer, blueprint, place
from award.people.signin import sign_in_required
from award.results.queries import title_of
from award.verdicts import require

DOOR = "/<slug>/gui-trung-uong/hoan-thien/<nomination_id>"


@blueprint.route(DOOR, methods=["GET", "POST"])
@sign_in_required
def complete(slug: str, nomination_id: str) -> Answer:
    edition, by = place(slug)
    chosen = found(queries.nomination(edition.id, nomination_id))
    require(permissions.can_complete(by, national_edition(edition.id), chosen.state))
    form = CompletingForm(request.form if request.method == "POST" else None)
    if request.method == "GET" or not form.validate():
        page = render_template("nominations/completing.html", title=title_of(chosen.entry_id), form=form)
        return (page, 422) if request.method == "POST" else page
    with deed() as done:
        assert form.until.data is not None
        what, until = form.what.data or "", form.until.data
        written = completing.ask(by=by, edition=edition, nomination=chosen, what=what, until=until)
        done.after(lambda: flash(_("Đã ghi, %(n)s thư sẽ được gửi.", n=written), "ok"))
        return done(url_for("nominations.list", slug=slug, _anchor="danh-sach"))


@blueprint.post(f"{DOOR}/xong")
@sign_in_required
def completed(slug: str, nomination_id: str) -> Answer:
    edition, by = place(slug)
    chosen = found(queries.nomination(edition.id, nomination_id))
    with deed() as done:
        completing.done(by=by, edition=edition, nomination=chosen)
        return done(url_for("nominations.list", slug=slug, _anchor="danh-sach"))
