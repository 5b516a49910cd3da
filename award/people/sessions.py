"""Browser sessions kept on the server: a random token in the cookie, its hash and the data in a table.

A session ends when its row goes: at sign-out, when its owner ends it from another place, when it idles, when it is
old. Nothing in the browser can bring it back.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Connection, Engine, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import CallbackDict

from award import db
from award.clock import now
from award.db import new_public_id
from award.languages import for_programs
from award.people.browsers import browser_words
from award.people.models import User, WebSession

SEEN_EVERY = timedelta(minutes=1)
"""How often a visit is written down: not at each request."""
AT_ONCE = 5
"""Signed-in sessions of one account; a sixth ends the one seen longest ago."""
UNATTENDED = "X-Unattended"
"""Header of what a page asks for by itself while nobody touches it. That is no visit: the session goes on idling."""


@dataclass(frozen=True)
class Lifetime:
    """`idle` counts from the last visit, `absolute` from signing in."""

    idle: timedelta
    absolute: timedelta


NOBODY = Lifetime(idle=timedelta(hours=12), absolute=timedelta(days=1))
ENTRANT = Lifetime(idle=timedelta(hours=2), absolute=timedelta(days=7))
APPOINTED = Lifetime(idle=timedelta(minutes=60), absolute=timedelta(hours=12))


class KeptSession(CallbackDict[str, Any], SessionMixin):
    """The session of one request. `token` is None until something is stored.

    `account` is the one its data names, as it stood when the session was looked up, `person_id` whose it is.
    """

    def __init__(self, data: dict[str, Any], token: str | None, account: User | None = None) -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__(data, changed)
        self.token, self.account = token, account
        self.person_id = None if account is None else account.person_id
        self.modified = False
        self.new = token is None
        self.renewed = False
        self.fault: SQLAlchemyError | None = None
        """Why it could not be read: the page that says so is drawn for nobody, and nothing of it is kept."""

    @property  # type: ignore[misc]
    def permanent(self) -> bool:
        """The server decides how long a session lasts; nothing about it is written into the session."""
        return True

    def renew(self) -> None:
        """The answer of this request carries another token, and the present one is dead."""
        self.renewed = self.modified = True


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


_STANDING = (
    select(WebSession.data, WebSession.seen_at, User)
    .outerjoin(User, User.fs_uniquifier == WebSession.data["_user_id"].as_string())
    .options(joinedload(User.person, innerjoin=False))
    .where(
        WebSession.token_hash == bindparam("token_hash"),
        WebSession.expires_at > bindparam("instant"),
        WebSession.idle_until > bindparam("instant"),
    )
)
"""Asked at every request, so put together once, and who is signed in comes with it."""


def refuse_unread() -> None:
    """Nobody is taken for a visitor without an account because the database could not be asked who it is."""
    fault = getattr(flask_session, "fault", None)
    if fault is not None:
        raise fault


class ServerSessions(SessionInterface):
    """Reads with one query; writes in a transaction of its own, after the request's work has been committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_session(self, app: Flask, request: Request) -> KeptSession:
        """The session of the cookie as it stands. Styles and scripts are everybody's: for them none is looked up.

        Nor is one for what programs read: no page elsewhere acts there with the cookie of who opened it.
        """
        token = request.cookies.get(self.get_cookie_name(app))
        if not token or request.path.startswith(f"{app.static_url_path}/") or for_programs(request.path):
            return KeptSession({}, None)
        instant, hashed = now(), token_hash(token)
        try:
            row = db.session.execute(_STANDING, {"token_hash": hashed, "instant": instant}).first()
            if row is None:
                return KeptSession({}, None)
            if row.seen_at < instant - SEEN_EVERY and UNATTENDED not in request.headers:
                self._note_visit(hashed, instant)
        except (OperationalError, PoolTimeout) as fault:
            unread = KeptSession({}, None)
            unread.fault = fault
            return unread
        return KeptSession(dict(row.data), token, row.User)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, KeptSession)
        if session.fault is not None or not session.modified:
            return
        with self._engine.begin() as connection:
            if session.token and (session.renewed or not session):
                connection.execute(delete(WebSession).where(WebSession.token_hash == token_hash(session.token)))
                token = self._begin(connection, app, session)
            elif session.token:
                token = self._keep(connection, session)
            else:
                token = self._begin(connection, app, session)
        self._tell(app, response, session.token, token)

    def _note_visit(self, hashed: bytes, instant: datetime) -> None:
        """Written down for itself, whatever becomes of the request."""
        idle_until = instant + (WebSession.idle_until - WebSession.seen_at)
        seen = update(WebSession).where(WebSession.token_hash == hashed).values(seen_at=instant, idle_until=idle_until)
        with self._engine.begin() as connection:
            connection.execute(seen)

    def _begin(self, connection: Connection, app: Flask, session: KeptSession) -> str | None:
        """The new token of a session that holds something."""
        if not session:
            return None
        token, instant = secrets.token_urlsafe(32), now()
        user = connection.execute(
            select(User.id, User.person_id, User.administrator).where(User.fs_uniquifier == session.get("_user_id", ""))
        ).first()
        life = NOBODY
        if user is not None:
            appointed = user.administrator or app.extensions["needs_second_factor"](user.person_id)
            life = APPOINTED if appointed else ENTRANT
        connection.execute(
            insert(WebSession).values(
                token_hash=token_hash(token),
                public_id=new_public_id(),
                user_id=user and user.id,
                data=dict(session),
                created_at=instant,
                seen_at=instant,
                idle_until=instant + life.idle,
                expires_at=instant + life.absolute,
                browser=browser_words(request.user_agent.string) if request else "",
            )
        )
        if user is not None:
            newest = select(WebSession.token_hash).where(WebSession.user_id == user.id)
            newest = newest.order_by(WebSession.seen_at.desc(), WebSession.created_at.desc()).limit(AT_ONCE)
            surplus = delete(WebSession).where(WebSession.user_id == user.id, WebSession.token_hash.not_in(newest))
            connection.execute(surplus)
        return token

    def _keep(self, connection: Connection, session: KeptSession) -> str | None:
        """The same token, unless the session was ended from another place while this request ran: it stays ended."""
        assert session.token is not None
        this = WebSession.token_hash == token_hash(session.token)
        kept = connection.execute(update(WebSession).where(this).values(data=dict(session)))
        return session.token if kept.rowcount else None

    def _tell(self, app: Flask, response: Response, old: str | None, new: str | None) -> None:
        name, secure = self.get_cookie_name(app), self.get_cookie_secure(app)
        if new is None and old is not None:
            response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
        elif new is not None and new != old:
            response.set_cookie(name, new, path="/", secure=secure, httponly=True, samesite="Lax")
        response.vary.add("Cookie")
