"""Machines of the hall: codes printed for a sitting, a member who comes in by one, and nothing else opened by it."""

from flask import current_app, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response

from award.db import unit_of_work
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.queries import edition_by_slug
from award.people.letters import address
from award.people.signin import CONFINED, current_person, enter_confined, sign_in_required
from award.people.throttle import Try, of_address
from award.verdicts import Refused, Verdict, require
from judging.sittings import permissions, queries, seeing
from judging.sittings.operations import hall_codes
from judging.sittings.stacks import in_halves
from judging.sittings.views import Answer, blueprint, place, running

HERE = "/<slug>/phien-hop/vao-bang-ma"
_DOORS = ("room", "table", "now_shown", "screen", "screen_shown", "item", "cast", "enter_by_code")
MEMBER = frozenset(f"sittings.{door}" for door in _DOORS)
"""What a member does in the room. Who leads it, or keeps its record, signs in with their own factors."""
SHOWN = frozenset({"files.read", "files.page", "files.rendition"})
"""How works of the agenda are read, heard and watched; no other file is opened by a code."""
ALWAYS = frozenset({"static", "security.logout"})


@blueprint.before_app_request
def only_the_room() -> Response | None:
    """Who came in by a code is in that sitting and nowhere else, until it ends."""
    if request.endpoint in ALWAYS or CONFINED not in browser:
        return None
    slug = queries.held_in(browser[CONFINED])
    if slug is None:
        logout_user()
        browser.clear()
        return redirect(url_for("security.login"), code=303)
    if request.endpoint in MEMBER and (request.view_args or {}).get("slug") == slug:
        return None
    if request.endpoint in SHOWN and seeing.on_agenda(browser[CONFINED], (request.view_args or {})["file_id"]):
        return None
    return redirect(url_for("sittings.room", slug=slug), code=303)


@blueprint.post("/<slug>/phien-hop/ma-vao-phong")
@sign_in_required
def print_codes(slug: str) -> Answer:
    edition, _last, by = place(slug)
    sitting = running(edition)
    require(permissions.can_print_codes(by, sitting))
    with deed() as done:
        printed = hall_codes.print_codes(by=by, edition=edition, sitting=sitting)
        done(url_for("sittings.preparation", slug=slug))
    codes = [(name, in_halves(code)) for name, code in printed]
    return render_template(
        "sittings/codes.html",
        edition=edition,
        sitting=sitting,
        codes=codes,
        here=address("sittings.code_page", slug=slug),
    )


@blueprint.get(HERE)
def code_page(slug: str) -> Answer:
    edition = found(edition_by_slug(slug))
    found(queries.running(edition.id))
    if current_person() is not None:
        return redirect(url_for("sittings.room", slug=slug), code=303)
    return _entrance(edition)


@blueprint.post(HERE)
def enter_by_code(slug: str) -> Answer:
    edition = found(edition_by_slug(slug))
    found(queries.running(edition.id))
    if current_person() is not None:
        return redirect(url_for("sittings.room", slug=slug), code=303)
    from_where = of_address(request.remote_addr)
    tried = Try(current_app.extensions["engine"], [from_where] if from_where else [])
    try:
        if not tried.begin():
            raise Refused(Verdict("pause", _("Nhập sai nhiều lần. Đề nghị chờ ít phút rồi nhập lại.")))
        with unit_of_work():
            sitting, user = hall_codes.come_in(edition=edition, typed=request.form.get("code", ""))
            held = sitting.public_id
        tried.succeeded()
    except Refused as refused:
        return _entrance(edition, refused.verdict.sentence), 422
    enter_confined(user, held)
    return redirect(url_for("sittings.room", slug=slug), code=303)


def _entrance(edition: Edition, fault: str = "") -> str:
    return render_template("sittings/entrance.html", edition=edition, fault=fault)
