"""A device remembers, signed by us, which accounts have signed in on it: their owners' tries are counted apart."""

import hashlib
import secrets
from typing import Any

from flask import Flask, Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

LASTS = 180 * 24 * 3600
ACCOUNTS = 5


def known_device(email: str) -> str | None:
    """The name of this device when `email` has signed in on it before."""
    kept = _kept()
    return str(kept["device"]) if _mark(email) in kept.get("accounts", ()) else None


def remember_device(email: str) -> None:
    """The answer of this request makes the device known to the account."""
    kept = _kept()
    accounts = [_mark(email), *(mark for mark in kept.get("accounts", ()) if mark != _mark(email))][:ACCOUNTS]
    value = _signer(current_app).dumps(
        {"device": kept.get("device") or secrets.token_urlsafe(12), "accounts": accounts}
    )

    @after_this_request
    def _set(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(_name(), value, max_age=LASTS, path="/", secure=secure, httponly=True, samesite="Lax")
        return response


def _mark(email: str) -> str:
    return hashlib.sha256(f"device|{email}".encode()).hexdigest()[:16]


def _name() -> str:
    return "__Host-giai_may" if current_app.config["SESSION_COOKIE_SECURE"] else "giai_may"


def _signer(app: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(app.config["SECRET_KEY"]), salt="known-device")


def _kept() -> dict[str, Any]:
    try:
        kept = _signer(current_app).loads(request.cookies.get(_name(), ""), max_age=LASTS)
    except BadSignature:
        return {}
    return dict(kept)
