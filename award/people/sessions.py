"""Browser sessions kept on the server: a random token in the cookie, its hash and the data in a table."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from werkzeug.datastructures import CallbackDict

from award.clock import now
from award.people.models import WebSession

ABSOLUTE = timedelta(days=7)
IDLE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""How often a visit is written down: not at each request."""


class KeptSession(CallbackDict[str, Any], SessionMixin):
    """The session of one request. `token` is None until something is stored."""

    def __init__(self, data: dict[str, Any], token: str | None) -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__(data, changed)
        self.token = token
        self.modified = False
        self.new = token is None
        self.permanent = True


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


class ServerSessions(SessionInterface):
    """Reads with one query; writes in a transaction of its own, after the request's work has been committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_session(self, app: Flask, request: Request) -> KeptSession:
        token = request.cookies.get(self.get_cookie_name(app))
        if not token:
            return KeptSession({}, None)
        instant = now()
        with self._engine.connect() as connection:
            row = connection.execute(
                select(WebSession.data, WebSession.seen_at).where(
                    WebSession.token_hash == token_hash(token),
                    WebSession.expires_at > instant,
                    WebSession.seen_at > instant - IDLE,
                )
            ).first()
            if row is None:
                return KeptSession({}, None)
            if row.seen_at < instant - SEEN_EVERY:
                seen = update(WebSession).where(WebSession.token_hash == token_hash(token))
                connection.execute(seen.values(seen_at=instant))
                connection.commit()
        return KeptSession(dict(row.data), token)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, KeptSession)
        name = self.get_cookie_name(app)
        cookie: dict[str, Any] = {
            "path": "/",
            "secure": self.get_cookie_secure(app),
            "samesite": "Lax",
        }
        if session.modified and not session:
            if session.token:
                self._forget(session.token)
                response.delete_cookie(name, httponly=True, **cookie)
            return
        if not session.modified:
            return
        renewed = session.pop("_renew", None)
        if session.token and renewed:
            self._forget(session.token)
            session.token = None
        token = session.token or secrets.token_urlsafe(32)
        self._write(token, dict(session), app)
        if token != session.token:
            response.set_cookie(name, token, httponly=True, max_age=int(ABSOLUTE.total_seconds()), **cookie)
        response.vary.add("Cookie")

    def _forget(self, token: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(WebSession).where(WebSession.token_hash == token_hash(token)))

    def _write(self, token: str, data: dict[str, Any], app: Flask) -> None:
        instant = now()
        row = {
            "token_hash": token_hash(token),
            "user_id": app.extensions["signed_in_user_id"](),
            "data": data,
            "created_at": instant,
            "seen_at": instant,
            "expires_at": instant + ABSOLUTE,
            "browser": "",
        }
        kept = insert(WebSession).values(row)
        with self._engine.begin() as connection:
            connection.execute(
                kept.on_conflict_do_update(
                    index_elements=["token_hash"],
                    set_={"data": data, "seen_at": instant, "user_id": kept.excluded.user_id},
                )
            )
