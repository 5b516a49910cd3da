"""The same tables under an application that is set up as a demonstration."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from award import db, jobs
from wsgi import create_app


@pytest.fixture
def trial(app: Flask) -> Iterator[Flask]:
    yield create_app(replace(app.extensions["settings"], demonstration=True))
    db._sessions.configure(bind=app.extensions["engine"])
    jobs.install(app)
