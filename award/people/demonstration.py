"""Signing in without a password, as one of the people of a demonstration. Registered nowhere else."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, current_app, request, url_for
from flask_security import login_user, logout_user
from flask_security.utils import validate_redirect_url
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from award.doors import found
from award.people.queries import user_by_email

blueprint = Blueprint("demonstration", __name__)


class Account(NamedTuple):
    """One that the sign-in page of a demonstration lists; `does` says what can be tried with it."""

    label: Any
    email: str
    does: Any = ""


@blueprint.post("/dang-nhap/minh-hoa")
def sign_in() -> Response:
    """The visitor is one of the listed accounts, without a second factor: there is nothing here to protect.

    The browser goes on to the page it had asked for, if that is one of this house.
    """
    email = request.form.get("email", "")
    if email not in {listed.email for listed in current_app.extensions["demonstration_accounts"]()}:
        abort(404)
    user = found(user_by_email(email))
    logout_user()
    login_user(user, authn_via=["demonstration"])
    there = request.form.get("next", "")
    return redirect(there if there and validate_redirect_url(there) else url_for("desk.home"), code=303)
