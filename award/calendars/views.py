"""The doors of calendars: an edition's dates for everybody, and one's own under an address that can be taken back."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.calendars import operations, queries
from award.calendars.forms import PlanForm
from award.calendars.permissions import can_plan
from award.calendars.tokens import public_id_of, token_of
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_see
from award.editions.queries import capacity, edition_by_slug
from award.icalendar import calendar
from award.languages import OWN
from award.people.letters import address
from award.people.signin import current_person, sign_in_required, signed_in
from award.verdicts import require

blueprint = Blueprint("calendars", __name__)

Answer = str | BaseResponse | tuple[str, int]


def _seen(slug: str) -> tuple[Edition, Capacity]:
    """A draft is 404 for all but its people."""
    edition = found(edition_by_slug(slug))
    by = capacity(current_person(), edition)
    found(can_see(by, edition) or None)
    return edition, by


def _page(edition: Edition, by: Capacity, form: PlanForm, *, overtaken: bool = False, began: str = "") -> str:
    return render_template(
        "calendars/edition.html",
        dates=queries.of_edition(edition),
        form=form,
        began=began or queries.print_of(queries.planned(edition.id)),
        overtaken=overtaken,
        standing=queries.of_plan(edition) if overtaken else (),
        may_plan=bool(can_plan(by, edition)),
        file=address("calendars.file", slug=edition.slug) if edition.state != "draft" else "",
    )


@blueprint.get("/<slug>/lich")
def edition(slug: str) -> Answer:
    shown, by = _seen(slug)
    return _page(shown, by, PlanForm.of(queries.planned(shown.id)))


@blueprint.post("/<slug>/lich")
@sign_in_required
def plan(slug: str) -> Answer:
    shown, by = _seen(slug)
    require(can_plan(by, shown))
    form = PlanForm(request.form)
    if not form.validate():
        return _page(shown, by, form, began=request.form.get("ban_dau", "")), 422
    with deed() as done:
        if operations.plan(by=by, edition=shown, days=form.days, on=request.form.get("ban_dau", "")):
            done.after(lambda: flash(_("Đã lưu lịch."), "ok"))
            return done(url_for("calendars.edition", slug=slug))
    return _page(shown, by, form, overtaken=True), 409


@blueprint.get("/<slug>/lich.ics")
def file(slug: str) -> Answer:
    """The same for everybody; nothing of a draft or of a trial."""
    shown = found(edition_by_slug(slug))
    found(shown if shown.state != "draft" and shown.trial_of_id is None else None)
    with force_locale(OWN):
        dates = queries.titled(shown, queries.of_edition(shown))
        name = _("%(edition)s (dữ liệu minh họa)", edition=shown.name) if shown.illustrative else shown.name
        words = calendar(name, dates, host=_host(), stamp=queries.changed(shown))
    answer = _file(words, f"lich-{slug}")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/lich/<token>.ics")
def own_file(token: str) -> Answer:
    """One person's dates for who holds the address; 404 once it was taken back."""
    public_id = public_id_of(token[:80], current_app.extensions["settings"].secret_key)
    given, person = found(queries.reader_of(public_id) if public_id else None)
    with force_locale(OWN):
        dates = queries.of_person(person)
        words = calendar(_("Lịch chấm giải"), dates, host=_host(), stamp=given.created_at)
    answer = _file(words, "lich")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/tai-khoan/lich")
@sign_in_required
def own() -> Answer:
    given = queries.own_address(signed_in().id)
    secret = current_app.extensions["settings"].secret_key
    there = address("calendars.own_file", token=token_of(given.public_id, secret)) if given else ""
    return render_template("calendars/own.html", address=there, dates=queries.of_person(signed_in()))


@blueprint.post("/tai-khoan/lich")
@sign_in_required
def open_own() -> Answer:
    with deed() as done:
        operations.open_address(person=signed_in())
        return done(url_for("calendars.own"))


@blueprint.post("/tai-khoan/lich/thu-hoi")
@sign_in_required
def close_own() -> Answer:
    with deed() as done:
        operations.close_address(person=signed_in())
        done.after(lambda: flash(_("Địa chỉ cũ không còn mở được."), "ok"))
        return done(url_for("calendars.own"))


def _host() -> str:
    return urlsplit(current_app.extensions["settings"].base_url).hostname or "localhost"


def _file(words: str, name: str) -> Response:
    answer = Response(words, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer
