"""A connection that died while it rested is made anew before anybody is given it; one in use is not asked each time."""

from contextlib import ExitStack

import pytest
from flask import Flask
from psycopg import _queries
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneLeft

from award import db
from award.db import unit_of_work
from tests.judging.rows import bench
from tests.visitor import Visitor

PID = text("SELECT pg_backend_pid()")

PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


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


def prepared_after(engine: Engine, *, faulty: bool) -> int:
    """How many statements the server has ready after one was asked ten times, each time in vain."""
    with engine.connect() as connection:
        for _ in range(10):
            connection.scalar(PID)
            connection.rollback()
        if faulty:
            with pytest.raises(DBAPIError):
                connection.execute(text("SELECT 1 / 0"))
            connection.rollback()
        return int(connection.scalar(PREPARED) or 0)


def test_what_is_asked_often_stays_ready_after_a_rollback_and_not_after_a_fault(engine: Engine) -> None:
    assert prepared_after(engine, faulty=False) == 1
    assert prepared_after(engine, faulty=True) == 0


def test_what_was_written_before_a_rollback_is_gone(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL application_name = 'in vain'"))
        connection.rollback()
        assert connection.scalar(text("SHOW application_name")) != "in vain"


def test_a_rollback_on_a_dead_connection_is_a_fault(engine: Engine) -> None:
    with pytest.raises(OperationalError), engine.connect() as connection:
        kill(engine, int(connection.scalar(PID) or 0))
        connection.rollback()


def test_while_a_crowd_holds_all_it_may_a_judge_saves_marks(
    app: Flask, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), unit_of_work():
        of = bench(works=1, judges=1)
        of.open()
        mark = {f"c{of.round.criteria[0].id}": "3,5", "version": "0", "note": ""}
    with app.app_context():
        judge = Visitor(app, of.judges[0])
        sheet = f"/iii-2023/vong/1/cham/{of.assignments(of.judges[0])[0].public_id}"
    judge.csrf_token()
    monkeypatch.setattr(engine.pool, "_timeout", 0.01)
    with ExitStack() as crowd:
        with pytest.raises(NoneLeft):
            while True:
                crowd.enter_context(engine.connect())
        answer = Visitor(app).get("/")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
        assert judge.post(sheet, mark, headers={"Accept": "application/json"}).status_code == 200
        assert judge.get(sheet).status_code == 200
    assert Visitor(app).get("/").status_code == 302, "what the crowd gave back is everybody's"


def test_a_long_statement_with_many_values_is_read_once(engine: Engine) -> None:
    """The library's own bounds are set by names of its own: this fails on the day that it calls them otherwise."""
    sums = " + ".join(f"CAST(:v{number} AS int)" for number in range(300))
    asked, values = text(f"SELECT {sums}"), {f"v{number}": number for number in range(300)}
    with engine.connect() as connection:
        assert connection.scalar(asked, values) == sum(range(300))
        read = _queries._query2pg.cache_info().hits  # type: ignore[attr-defined]
        assert connection.scalar(asked, values) == sum(range(300))
        assert _queries._query2pg.cache_info().hits == read + 1  # type: ignore[attr-defined]
