"""People with real passwords, their letters, and a second application set up as a demonstration."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy import select

from award import db, jobs
from award.db import session, unit_of_work
from award.messages.models import Message
from award.people.models import Person
from tests import factories
from tests.visitor import Visitor
from wsgi import create_app

PASSWORD = "sóng biển rì rào"
ORIGIN = "http://127.0.0.1:8000"


def member(app: Flask, email: str = "van@example.vn", **fields: object) -> Person:
    """A person whose account opens with PASSWORD."""
    with app.app_context(), unit_of_work():
        person = factories.person(email=email, **fields)  # type: ignore[arg-type]
        assert person.user is not None
        person.user.password = hash_password(PASSWORD)
    return person


def sign_in(visitor: Visitor, email: str = "van@example.vn", password: str = PASSWORD, **fields: str) -> str:
    """Where the sign-in page sends the visitor; asserts that it does."""
    response = visitor.post("/dang-nhap", {"email": email, "password": password, **fields})
    assert response.status_code == 302, response.text
    return str(response.location)


def is_inside(visitor: Visitor) -> bool:
    return visitor.get("/tai-khoan").status_code == 200


def letters(app: Flask, kind: str | None = None) -> list[Message]:
    with app.app_context():
        found = session.scalars(select(Message).order_by(Message.id)).all()
    return [letter for letter in found if kind is None or letter.kind == kind]


def link_in(letter: Message, part: str = "/") -> str:
    """The path of the first address in the letter that contains `part`."""
    return next(path for path in re.findall(re.escape(ORIGIN) + r"(\S+)", letter.body) if part in path)


@pytest.fixture
def needs_factor(app: Flask, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Person ids that must have a second factor."""
    needing: set[int] = set()
    monkeypatch.setitem(app.extensions, "needs_second_factor", needing.__contains__)
    return needing


@pytest.fixture
def another(app: Flask) -> Iterator[Callable[..., Flask]]:
    """Makes another application on the same database with other settings."""

    def make(**settings: object) -> Flask:
        return create_app(replace(app.extensions["settings"], **settings))  # type: ignore[arg-type]

    yield make
    db._sessions.configure(bind=app.extensions["engine"])
    jobs.install(app)
