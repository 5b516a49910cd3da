"""What every door does alike: allow, find or 404, one answer for a deed sent twice."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from flask import Response, abort, current_app, make_response, redirect, request
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.db import After, Base, session, unit_of_work

T = TypeVar("T")


class DeedKey(Base):
    """The key a form carried when it was rendered, with the answer its deed got. A twin gets the same answer."""

    __tablename__ = "deed_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes]
    location: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=now)


class AlreadyDone(Exception):
    """The same form was sent before; `location` is where its deed led."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class KeyReused(Exception):
    """The key of one form came with another body."""


class Done:
    """Answers a deed: `done(url)` redirects there, and remembers it for a twin of the request."""

    def __init__(self, after: After, key: str | None) -> None:
        self.after = after
        self._key = key

    def __call__(self, url: str) -> BaseResponse:
        if self._key is not None:
            kept = session.get(DeedKey, self._key)
            assert kept is not None
            kept.location = url
        return redirect(url, code=303)


@contextmanager
def deed(key: str | None = None) -> Iterator[Done]:
    """A unit of work for an act that must happen once. The form's `deed_key` is claimed in the same transaction.

    A program brings its own: `key`, which no other program can have.

    A twin that arrives meanwhile waits for the first and raises AlreadyDone; the error page of the house turns that
    into the same answer. Raises KeyReused when the key comes with another body.
    """
    if key is None:
        key = (request.form.get("deed_key") or request.headers.get("Idempotency-Key") or "")[:64] or None
    with unit_of_work() as after:
        if key is not None:
            _claim(key)
        yield Done(after, key)


def _claim(key: str) -> None:
    fields = sorted((k, v) for k, v in request.form.items(multi=True) if k not in {"deed_key", "csrf_token"})
    said = (request.path, fields, request.get_data()) if request.is_json else (request.path, fields)
    digest = hashlib.sha256(repr(said).encode()).digest()
    claim = insert(DeedKey).values(key=key, request_hash=digest, at=func.now()).on_conflict_do_nothing()
    if session.scalar(claim.returning(DeedKey.key)) is not None:
        return
    kept = session.get(DeedKey, key)
    if kept is None or kept.request_hash != digest:
        raise KeyReused(key)
    raise AlreadyDone(kept.location or request.path)


def came_in(answer: BaseResponse, page: str) -> BaseResponse:
    """The same answer, telling the browser that this page has come in: what it kept of it for later, it may forget."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie("giai_den", page, max_age=600, path="/", secure=secure, samesite="Lax")
    return answer


def found(thing: T | None) -> T:
    """The thing itself; a missing or foreign one is 404, so that nobody learns that it exists."""
    if thing is None:
        abort(404)
    return thing


def wants_json() -> bool:
    """True when the caller is a script of ours and not a page load."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def living(print_: str, drawn: Callable[[], str]) -> BaseResponse:
    """A part of a page that devices ask for again and again: 304, and nothing drawn, while its print is the same."""
    response = make_response()
    response.set_etag(print_)
    if request.if_none_match.contains(print_):
        return response.make_conditional(request)
    response.set_data(drawn())
    return response


def no_store(response: Response) -> Response:
    """Signed-in pages stay out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response
