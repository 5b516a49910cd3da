"""A connection that died while it rested is made anew before anybody is given it; one in use is not asked each time."""

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from award import db

PID = text("SELECT pg_backend_pid()")


@pytest.fixture
def engine(app: Flask) -> Engine:
    made: Engine = app.extensions["engine"]
    made.dispose()
    return made


def ask(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(PID) or 0)


def kill(engine: Engine, process: int) -> None:
    other = create_engine(engine.url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    other.dispose()


def test_one_that_died_at_rest_is_replaced_without_anybody_noticing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "RESTED_SECONDS", 0.0)
    first = ask(engine)
    assert ask(engine) == first
    kill(engine, first)
    assert ask(engine) != first


def test_one_in_use_is_not_asked_first(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    ask(engine)
    ask(engine)
    assert asked == []
    monkeypatch.setattr(db, "RESTED_SECONDS", 0.0)
    ask(engine)
    assert len(asked) == 1
