"""Who stands at the door: the account library set up for this house, and the person of the present request."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import (
    Flask,
    Response,
    after_this_request,
    current_app,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_login import login_user as begin_session
from flask_login import user_logged_out
from flask_security import (
    Security,
    SQLAlchemySessionUserDatastore,
    current_user,
    login_user,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    uia_email_mapper,
    user_authenticated,
)
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from award import db
from award.clock import now
from award.doors import wants_json
from award.languages import OWN
from award.log.operations import record
from award.people import operations, queries
from award.people.codes import OneTimeCodes, RecoveryCodes
from award.people.devices import remember_device
from award.people.forms import LIBRARY_FORMS
from award.people.letters import OutboxMail, rendered
from award.people.library_settings import MESSAGES, SETTINGS
from award.people.models import Passkey, Person, User
from award.people.passwords import HousePasswords

P = ParamSpec("P")
R = TypeVar("R")


SHARED = "shared"
"""In the form of the sign-in page and in the session it begins: others use this machine too."""


CONFINED = "confined"
"""In a session that was begun without the account's own secrets: the one place it opens, which that place guards."""


class Accounts(SQLAlchemySessionUserDatastore):
    """Accounts in our tables. Its commits are those of the house: letters and events go in with them."""

    def commit(self) -> None:
        db.commit()

    def find_user(self, case_insensitive: bool = False, **named: Any) -> Any:
        """The account that came with the session of this request is not looked up again."""
        account = getattr(session, "account", None) if has_request_context() else None
        if account is not None and named == {"fs_uniquifier": account.fs_uniquifier} and account in db.session:
            return account
        return super().find_user(case_insensitive, **named)


class Words:
    """Turns what the library says into text: its sentences are ours already, so nothing is looked up."""

    def gettext(self, words: object, **values: object) -> str:
        return str(words) % values if values else str(words)


def install(app: Flask) -> Security:
    """Sign-in works on `app`: the library's views stand on our tables, sessions, pages, letters and words."""
    for key, value in SETTINGS.items():
        app.config.setdefault(f"SECURITY_{key}", value)
    for key, sentence in MESSAGES.items():
        app.config[f"SECURITY_MSG_{key}"] = sentence
    app.config["SECURITY_USER_IDENTITY_ATTRIBUTES"] = [{"email": {"mapper": uia_email_mapper}}]
    app.extensions.setdefault("needs_second_factor", lambda person_id: False)  # noqa: ARG005
    security = Security(
        app,
        Accounts(cast("Any", db.session), User, cast("Any", None), Passkey),
        mail_util_cls=OutboxMail,
        password_util_cls=HousePasswords,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
        render_template=_page,
        **LIBRARY_FORMS,
    )
    security.i18n_domain = cast("Any", Words())
    security.datetime_factory = now
    security.want_json(_never)
    security.login_manager.request_loader(_nobody)

    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_reset, app)
    tf_profile_changed.connect(_factor_set, app)
    tf_disabled.connect(_factor_off, app)
    app.before_request_funcs.setdefault("security", []).append(_no_code_is_asked_of_who_is_inside)
    app.after_request_funcs.setdefault("security", []).append(_commit_what_its_views_left)
    app.after_request_funcs["security"].append(_whose_machine)
    return security


def _page(template: str, **words: Any) -> Any:
    """A page of the library as the house answers: its form is also `form`, and a fault in it is 422."""
    if template.endswith(".txt"):
        with force_locale(OWN):
            return rendered(template, **words)
    forms = [value for value in words.values() if isinstance(value, FlaskForm)]
    faulty = next((form for form in forms if form.errors), None)
    form = faulty or (forms[0] if forms else None)
    words["demonstration_accounts"] = current_app.extensions["demonstration_accounts"]
    return make_response(render_template(template, form=form, **words), 422 if faulty else 200)


def _never(_: object) -> bool:
    """The library's second, JSON face is not offered: what it hands out would stand beside our sessions."""
    return False


def _nobody(_: object) -> None:
    """A session is the only way to be somebody: no token in a header or an address signs anybody in."""


def _signed_in(_: Flask, user: User, **__: Any) -> None:
    session.renew()  # type: ignore[attr-defined]
    remember_device(user.email)


def _signed_out(_: Flask, **__: Any) -> None:
    session.pop(SHARED, None)
    session.pop(CONFINED, None)
    session.renew()  # type: ignore[attr-defined]
    after_this_request(_nothing_stays)


def _nothing_stays(response: Response) -> Response:
    """The browser empties what it kept of our pages itself, whether their scripts had come or not; cookies stay."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _whose_machine(response: Response) -> Response:
    """What was ticked beside the password holds for the session that it begins."""
    if request.endpoint == "security.login" and request.method == "POST":
        if request.form.get(SHARED):
            session[SHARED] = True
        else:
            session.pop(SHARED, None)
    return response


def _password_changed(_: Flask, user: User, **__: Any) -> None:
    operations.end_sessions(user.person_id)
    record("account.password_changed", actor_id=user.person_id, award_id=None, subject=user)


def _password_reset(_: Flask, user: User, **__: Any) -> None:
    """Who resets a password reads the mailbox: the address is theirs, and this device is known."""
    user.confirmed_at = user.confirmed_at or now()
    operations.end_sessions(user.person_id)
    remember_device(user.email)
    record("account.password_reset", actor_id=user.person_id, award_id=None, subject=user)


def _factor_set(_: Flask, user: User, **__: Any) -> None:
    _only_this_session(user)
    record("account.second_factor_set", actor_id=user.person_id, award_id=None, subject=user)


def _factor_off(_: Flask, user: User, **__: Any) -> None:
    _only_this_session(user)
    record("account.second_factor_off", actor_id=user.person_id, award_id=None, subject=user)


def _only_this_session(user: User) -> None:
    """The account is signed out everywhere; the present browser goes on under a new token."""
    operations.end_sessions(user.person_id)
    session.renew()  # type: ignore[attr-defined]


def _no_code_is_asked_of_who_is_inside() -> BaseResponse | None:
    """Going back to the page of the code after signing in: the library would take it for an attack and sign out."""
    if request.endpoint != "security.two_factor_token_validation" or not current_user.is_authenticated:
        return None
    if session.get("tf_state") == "validating_profile":
        return None
    return redirect(current_app.config["SECURITY_POST_LOGIN_VIEW"])


def _commit_what_its_views_left(response: Response) -> Response:
    """Some of the library's views change rows and end; without this their change and its letter would be lost."""
    if response.status_code < 500 and request.method == "POST":
        db.commit()
    return response


def enter(user: User, *, via: str, address: str) -> BaseResponse:
    """The way in for somebody who proved who they are otherwise than on the sign-in page: second factor first."""
    security = current_app.extensions["security"]
    asked = security.two_factor_plugins.tf_enter(user, False, via, next_loc=None)
    if asked is not None:
        return cast("BaseResponse", asked)
    login_user(user, authn_via=[via])
    return redirect(address, code=303)


def enter_confined(user: User, place: str) -> None:
    """The account is in `place` and nowhere else, on a machine that others use: no secret of its own was asked for, so
    it counts as never fresh, and the machine is not known to it. The room that `place` names turns all else away."""
    session.clear()
    begin_session(user)
    session[SHARED], session[CONFINED] = True, place
    session.renew()  # type: ignore[attr-defined]


def is_confined() -> bool:
    """Whether the browser is where its session was confined to, and holds nothing of what its account may elsewhere."""
    return CONFINED in session


def current_person() -> Person | None:
    """The person signed in, or None."""
    user = current_user
    return user.person if user.is_authenticated else None


def type_size() -> str:
    """Large, or nothing: as the account was told, wherever it signs in; otherwise as this device was."""
    chosen = current_user.large_type if current_user.is_authenticated else None
    if chosen is None:
        return "large" if request.cookies.get("size") == "large" else ""
    return "large" if chosen else ""


def on_shared_machine() -> bool:
    """Whether who signed in said that others use this machine too: then its browser keeps nothing of our pages."""
    return bool(session.get(SHARED))


def session_ends() -> datetime:
    """When the present session ends at the latest. Only behind `@sign_in_required`."""
    ends = queries.session_ends_at(session.token)  # type: ignore[attr-defined]
    assert ends is not None
    return ends


def session_called() -> str:
    """The name of the present session, by which its browser may ask whether it was ended. Only when signed in."""
    name = queries.session_name(session.token)  # type: ignore[attr-defined]
    assert name is not None
    return name


def administers() -> bool:
    """Whether an administrator of the house is signed in."""
    user = current_user
    return bool(user.is_authenticated and user.administrator)


def signed_in() -> Person:
    """The person signed in. Only behind `@sign_in_required`."""
    person = current_person()
    assert person is not None
    return person


def sign_in_required(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Nobody reaches the view without signing in first; afterwards the browser comes back here."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        if current_person() is not None:
            return view(*args, **kwargs)
        if wants_json():
            return make_response({"status": 401}, 401)
        if request.method != "GET":
            return redirect(url_for("security.login"), code=303)
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))

    return guarded


def person_of_account(email: str) -> Person | None:
    """The person whose account has this address."""
    return db.session.scalar(select(Person).join(User).where(User.email == email.strip().lower()))
