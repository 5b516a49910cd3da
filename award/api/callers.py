"""Who calls: the owner of the key that a program brings, and what the key is for."""

from flask import current_app, g, request

from award.api.problems import Problem
from award.clock import now
from award.people import tokens
from award.people.models import Person


def admit(scope: str) -> None:
    """The key of the present request is good, and for this; otherwise the request ends. An empty scope is any key."""
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    known = tokens.bearer(secret.strip(), now()) if kind.lower() == "bearer" and secret else None
    if known is None:
        raise Problem(401)
    token, user = known
    tokens.note_use(current_app.extensions["engine"], token, now())
    if scope and scope not in token.scopes:
        raise Problem(403, "scope", sentence=str(tokens.SCOPES[scope]))
    g.api_token, g.api_person = token, user.person


def caller() -> Person:
    """Whose key opened the present request."""
    person: Person = g.api_person
    return person


def key_of_deed(typed: str) -> str | None:
    """The program's own key of a deed, apart from the keys of all others; None when it brought none."""
    return f"{g.api_token.public_id}:{typed}"[:64] if typed else None
