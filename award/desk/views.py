"""The front door, each role's home, the page of components, and whether the house stands."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response

from award.db import session
from award.desk.queries import desks, editions_open_to_all
from award.editions.calendar import state_words
from award.editions.permissions import ROLE_WORDS
from award.editions.queries import current_edition
from award.features import installed
from award.people.signin import sign_in_required, signed_in

blueprint = Blueprint("desk", __name__)

YEAR = 365 * 24 * 3600


@blueprint.get("/")
def front() -> str | Response:
    edition = current_edition()
    if edition is not None:
        return redirect(url_for("editions.home", slug=edition.slug))
    return render_template("desk/front.html")


@blueprint.get("/cac-lan")
def editions() -> str:
    return render_template("desk/editions.html", editions=editions_open_to_all(), state_words=state_words)


@blueprint.get("/ban-lam-viec")
@sign_in_required
def home() -> str:
    person = signed_in()
    return render_template(
        "desk/home.html",
        desks=desks(person, installed()),
        editions=editions_open_to_all(),
        role_words=ROLE_WORDS,
        administrator=person.user is not None and person.user.administrator,
    )


@blueprint.get("/thanh-phan")
def components() -> str:
    return render_template("desk/living.html")


@blueprint.get("/ngon-ngu/<code>")
def language(code: str) -> Response:
    """Remembers the language and goes back to the page it was asked on."""
    back = request.args.get("ve", "/")
    response = make_response(redirect(back if back.startswith("/") and back[1:2] not in {"/", "\\"} else "/"))
    response.set_cookie("ngon_ngu", "en" if code == "en" else "vi", max_age=YEAR, samesite="Lax", httponly=True)
    return response


@blueprint.get("/healthz")
def health() -> tuple[str, int, dict[str, str]]:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
def ready() -> tuple[str, int, dict[str, str]]:
    """200 once the database answers; an unreachable one is the house's 503."""
    session.execute(text("SELECT 1"))
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
