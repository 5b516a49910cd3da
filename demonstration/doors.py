"""The door to starting over. Registered in a demonstration and nowhere else."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from award.doors import deed
from award.people.signin import current_person
from award.verdicts import require
from demonstration import anew

blueprint = Blueprint("trial", __name__)


@blueprint.get("/minh-hoa/lam-lai")
def start_over() -> str:
    require(anew.allowed())
    return render_template("demonstration/start_over.html", goes=anew.what_goes(), waiting=anew.is_waiting())


@blueprint.post("/minh-hoa/lam-lai")
def ask_to_start_over() -> Response:
    """Everybody may: whoever can look at a demonstration can sign in as its administrator."""
    person = current_person()
    with deed() as done:
        anew.ask(person.id if person else None)
        return done(url_for("trial.start_over"))
