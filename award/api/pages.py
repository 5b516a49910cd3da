"""Pages for people around the doors for programs: keys of one's own account, and what the doors are."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.api.described import DOORS
from award.api.forms import TokenForm
from award.db import unit_of_work
from award.doors import deed, found
from award.people import tokens
from award.people.freshness import step_up
from award.people.models import User
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused

blueprint = Blueprint("programs", __name__)

Answer = str | BaseResponse | tuple[str, int]


@blueprint.get("/api")
def described() -> Answer:
    """The doors for programs, to be read by who writes one."""
    return render_template("api/doors.html", doors=DOORS, base=current_app.extensions["settings"].base_url)


def _account() -> User:
    user = signed_in().user
    assert user is not None
    return user


def _page(form: TokenForm, *, secret: str = "", made: str = "") -> str:
    shown = tokens.tokens_of(_account().id)
    return render_template("api/tokens.html", form=form, tokens=shown, scopes=tokens.SCOPES, secret=secret, made=made)


@blueprint.get("/tai-khoan/khoa")
@sign_in_required
@step_up
def keys() -> Answer:
    """The password is asked for before anything is typed, so that nothing typed is lost."""
    return _page(TokenForm(None))


@blueprint.post("/tai-khoan/khoa/moi")
@sign_in_required
@step_up
def make_key() -> Answer:
    """The one page on which the secret stands; who sends the form again comes to the list."""
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    name, scopes, days = form.name.data or "", form.scopes.data or [], int(form.days.data)
    try:
        with deed() as done:
            token, secret = tokens.issue(user=_account(), name=name, scopes=scopes, days=days)
            done(url_for("programs.keys"))
    except Refused as refused:
        form.name.errors = [refused.verdict.sentence]
        return _page(form), 422
    return _page(TokenForm(None), secret=secret, made=token.name)


@blueprint.post("/tai-khoan/khoa/<token_id>/thu-hoi")
@sign_in_required
def end_key(token_id: str) -> Answer:
    token = found(tokens.token_of(_account().id, token_id))
    with unit_of_work():
        tokens.end(by=signed_in(), token=token)
    flash(_("Đã thu hồi khóa."), "ok")
    return redirect(url_for("programs.keys"), code=303)
