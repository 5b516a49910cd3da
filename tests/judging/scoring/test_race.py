"""Freezing and saving at the same instant, and two tabs that save first."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from werkzeug.test import TestResponse

from award.db import session, unit_of_work
from judging.scoring.models import ScoreSheet
from tests.judging.rows import bench
from tests.visitor import Visitor

Save = Callable[[str], TestResponse]


@pytest.fixture
def save(app: Flask) -> Save:
    """`save("3,5")` sends a first mark from a tab of its own."""
    with app.app_context(), unit_of_work():
        of = bench(works=1, judges=1)
        of.open()
        address = f"/iii-2023/vong/1/cham/{of.assignments(of.judges[0])[0].public_id}"
        field = f"c{of.round.criteria[0].id}"
        assert of.judges[0].user is not None

    def send(mark: str) -> TestResponse:
        with app.app_context():
            visitor = Visitor(app, session.merge(of.judges[0]))
        return visitor.post(address, {field: mark, "version": "0", "note": ""}, headers={"Accept": "application/json"})

    return send


def wait_until_somebody_waits(app: Flask) -> None:
    """Returns once a session of the database waits for another's lock."""
    owner = create_engine(app.extensions["settings"].database_owner_url)
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(2000):
        with owner.connect() as connection:
            if connection.scalar(waiting):
                owner.dispose()
                return
    pytest.fail("nobody waited")


def test_a_save_that_meets_the_freeze_waits_and_is_refused(app: Flask, save: Save) -> None:
    engine = app.extensions["engine"]
    answers: list[TestResponse] = []
    with engine.connect() as freezing:
        freezing.execute(text("UPDATE round SET state = 'frozen', version = version + 1"))
        tab = threading.Thread(target=lambda: answers.append(save("3,5")))
        tab.start()
        wait_until_somebody_waits(app)
        freezing.commit()
    tab.join()
    assert [answer.status_code for answer in answers] == [403]
    with app.app_context():
        assert session.scalars(select(ScoreSheet)).all() == []


def test_of_two_first_saves_one_stands_and_the_other_is_told(app: Flask, save: Save) -> None:
    start = threading.Barrier(2)
    answers: list[TestResponse] = []

    def tab(mark: str) -> None:
        start.wait()
        answers.append(save(mark))

    tabs = [threading.Thread(target=tab, args=(mark,)) for mark in ("3,5", "2")]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    with app.app_context():
        assert len(session.scalars(select(ScoreSheet)).all()) == 1
