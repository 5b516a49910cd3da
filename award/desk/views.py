"""The front door, each role's home, the page of components, and whether the house stands."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from award.desk import clocks
from award.desk.metrics import TYPE, metrics
from award.desk.permissions import is_this_machine
from award.desk.queries import desks, editions_open_to_all, jobs_by_state, letters_by_state
from award.desk.readiness import readiness
from award.doors import found
from award.editions.calendar import state_words
from award.editions.permissions import ROLE_WORDS, STAFF, can_create
from award.editions.queries import current_edition
from award.features import installed
from award.forwarded import PASSED_ON
from award.languages import A_YEAR, COOKIE, LANGUAGES, way_back
from award.people.signin import sign_in_required, signed_in

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
def front() -> str | Response:
    edition = current_edition()
    if edition is not None:
        return redirect(url_for("editions.home", slug=edition.slug))
    return render_template("desk/front.html")


@blueprint.get("/cac-lan")
def editions() -> str:
    return render_template("desk/editions.html", editions=editions_open_to_all(), state_words=state_words)


@blueprint.get("/ngon-ngu/<code>")
def language(code: str) -> Response:
    """The page one came from, in this language; so will be every page that this browser asks for from now on."""
    found(LANGUAGES.get(code))
    answer = redirect(way_back(request.args.get("ve", "/")), code=303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, code, max_age=A_YEAR, path="/", secure=secure, httponly=True, samesite="Lax")
    return answer


@blueprint.get("/ban-lam-viec")
@sign_in_required
def home() -> str:
    person = signed_in()
    administrator = person.user is not None and person.user.administrator
    own = desks(person, installed())
    runs = administrator or any(desk.capacity.holds(*STAFF) for desk in own)
    return render_template(
        "desk/home.html",
        desks=own,
        editions=editions_open_to_all(),
        role_words=ROLE_WORDS,
        administrator=administrator,
        may_create=can_create(
            administrator=administrator, organises_award=any(desk.capacity.holds("organiser") for desk in own)
        ),
        clocks=clocks.words(clocks.drift()) if runs else "",
    )


@blueprint.get("/thanh-phan")
def components() -> str:
    return render_template("desk/living.html")


@blueprint.get("/healthz")
def health() -> tuple[str, int, dict[str, str]]:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
def ready() -> tuple[str, int, dict[str, str]]:
    """200 while people can work here, which takes the database; with `?tat-ca` only when nothing else is wrong either:
    without the store nobody should be sent away who came to write, and who watches should know."""
    stands = readiness()
    status = 200 if stands.complete or "tat-ca" not in request.args else 503
    return str(stands), status, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/metrics")
def figures() -> tuple[str, int, dict[str, str]]:
    """For a program that watches from this machine; nobody else learns that there is such a page."""
    found(is_this_machine(request.remote_addr, passed_on=request.environ[PASSED_ON]) or None)
    return metrics(readiness(), jobs_by_state(), letters_by_state()), 200, {"Content-Type": TYPE}
