"""Who stands at the door: the account library set up for this house, and the person of the present request."""

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_security import Security, SQLAlchemySessionUserDatastore, current_user, user_authenticated
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from award import db
from award.people.models import Passkey, Person, User

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Accounts(SQLAlchemySessionUserDatastore):
    """Accounts in our tables. Its commits are those of the house: letters and events go in with them."""

    def commit(self) -> None:
        db.commit()


SETTINGS: dict[str, Any] = {
    "SECURITY_LOGIN_URL": "/dang-nhap",
    "SECURITY_LOGOUT_URL": "/dang-xuat",
    "SECURITY_REGISTERABLE": False,
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_LOGIN_WITHOUT_CONFIRMATION": True,
    "SECURITY_CONFIRM_URL": "/xac-nhan-email",
    "SECURITY_POST_CONFIRM_VIEW": "/ban-lam-viec",
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_URL": "/quen-mat-khau",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/doi-mat-khau",
    "SECURITY_POST_LOGIN_VIEW": "/ban-lam-viec",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_SETUP_URL": "/ma-xac-nhan/thiet-lap",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/ma-xac-nhan",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/ma-xac-nhan/khong-nhan-duoc",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/ma-xac-nhan/chon",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/ma-du-phong",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/ma-du-phong/dang-nhap",
    "SECURITY_FRESHNESS": timedelta(minutes=15),
    "SECURITY_VERIFY_URL": "/xac-minh-lai",
    "SECURITY_PASSWORD_LENGTH_MIN": 8,
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFC",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_HASH_OPTIONS": {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1},
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
    "SECURITY_FLASH_MESSAGES": True,
    "SECURITY_TOTP_ISSUER": "Giải báo chí",
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
}


def install(app: Flask, *, mail_util: type[Any] | None = None) -> Security:
    """Sign-in works on `app`: the library's views stand on our tables and sessions."""
    for key, value in SETTINGS.items():
        app.config.setdefault(key, value)
    accounts = Accounts(cast("Any", db.session), User, cast("Any", None), Passkey)
    security = Security(app, accounts, **({} if mail_util is None else cast("Any", {"mail_util_cls": mail_util})))
    app.extensions["signed_in_user_id"] = _signed_in_user_id
    user_authenticated.connect(_renew_session, app)

    blueprint = app.blueprints["security"]
    app.after_request_funcs.setdefault(blueprint.name, []).append(_commit_what_its_views_left)
    return security


def _signed_in_user_id() -> int | None:
    user = getattr(g, "_login_user", None)
    return user.id if user is not None and user.is_authenticated else None


def _renew_session(app: Flask, **_: Any) -> None:  # noqa: ARG001
    from flask import session

    session["_renew"] = True


def _commit_what_its_views_left(response: Response) -> Response:
    """Some of the library's views change rows and end; without this their change and its letter would be lost."""
    if response.status_code < 500 and request.method == "POST":
        db.commit()
    return response


def current_person() -> Person | None:
    """The person signed in, or None."""
    user = current_user
    return user.person if user.is_authenticated else None


def signed_in() -> Person:
    """The person signed in. Only behind `@sign_in_required`."""
    person = current_person()
    assert person is not None
    return person


def sign_in_required(view: "Callable[P, R]") -> "Callable[P, R | BaseResponse]":
    """Nobody reaches the view without signing in first; afterwards the browser comes back here."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> "R | BaseResponse":
        if current_person() is None:
            if request.method != "GET":
                return redirect(url_for("security.login"))
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        return view(*args, **kwargs)

    return guarded


def person_of_account(email: str) -> Person | None:
    """The person whose account has this address."""
    normal = current_app.extensions["security"]._mail_util.normalize(email)
    return db.session.scalar(select(Person).join(User).where(User.email == normal))
