"""A program at the doors: it brings a key of somebody's, or none, and never a cookie."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award.db import unit_of_work
from award.people.models import Person
from award.people.tokens import SCOPES, issue
from tests.award.newsrooms.conftest import Press, press  # noqa: F401 - the fixture
from tests.visitor import Visitor


@dataclass
class Program:
    """`get` and `post` under /api/v1 with the key, in the language asked for."""

    app: Flask
    key: str = ""

    def get(self, address: str, **headers: str) -> TestResponse:
        return self._ask("GET", address, headers, {})

    def post(self, address: str, body: object, **headers: str) -> TestResponse:
        return self._ask("POST", address, headers, {"json": body})

    def _ask(self, method: str, address: str, named: dict[str, str], more: dict[str, Any]) -> TestResponse:
        headers = {name.replace("_", "-"): value for name, value in named.items()}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        address = address if address.startswith("/api/") else f"/api/v1{address}"
        return self.app.test_client().open(address, method=method, base_url=Visitor.origin, headers=headers, **more)


def program_of(app: Flask, person: Person, *scopes: str) -> Program:
    """A program with a fresh key of the person's for these scopes, or for all."""
    assert person.user is not None
    with app.app_context(), unit_of_work():
        _token, secret = issue(user=person.user, name="Phần mềm tòa soạn", scopes=scopes or SCOPES, days=30)
    return Program(app, secret)


@pytest.fixture
def anybody(app: Flask) -> Program:
    return Program(app)
