"""A person at the HTTP doors: a test client that carries forms' hidden fields as a browser would."""

import secrets
import time
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from award.people.models import Person


class Visitor:
    """`get` and `post` as a browser with one session. `post` brings the CSRF token and a fresh deed key along."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.person = person
        self.token: tuple[str | None, str] | None = None
        if person is not None:
            assert person.user is not None, "only people with an account sign in"
            with self.client.session_transaction(base_url=self.origin) as session:
                session["_user_id"] = person.user.fs_uniquifier
                session["_fresh"] = True
                session["fs_paa"] = time.time()

    origin = "http://127.0.0.1:8000"

    def csrf_token(self) -> str:
        """The token that goes with the session: of somebody signed in it is asked for again when that changes."""
        if self.person is None or self.token is None or self.token[0] != self._session():
            token = self._new_token()
            self.token = self._session(), token
        return self.token[1]

    def _session(self) -> str | None:
        kept = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"], domain="127.0.0.1")
        return kept and kept.value

    def _new_token(self) -> str:
        with self.client.session_transaction(base_url=self.origin) as session, self.app.test_request_context():
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
            from flask import session as request_session

            request_session["csrf_token"] = raw
            g.pop("csrf_token", None)  # in a context that stood before, the token of whoever asked there
            return str(generate_csrf())

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, base_url=self.origin, **options)

    def post(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        form = {"csrf_token": self.csrf_token(), "deed_key": secrets.token_urlsafe(12), **(data or {})}
        return self.client.post(address, data=form, base_url=self.origin, **options)

    def post_json(self, address: str, json: object, **options: Any) -> TestResponse:
        headers = {"X-CSRFToken": self.csrf_token(), "Accept": "application/json"}
        return self.client.post(address, json=json, headers=headers, base_url=self.origin, **options)
