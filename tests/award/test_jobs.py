"""A job is asked for in the transaction of its deed, as the library would ask, and once where once is enough."""

from datetime import timedelta
from typing import Any

from flask import Flask
from procrastinate import SyncPsycopgConnector, manager, tasks
from sqlalchemy import text

from award.db import session, unit_of_work
from award.jobs import defer, unfinished

LATER = timedelta(hours=1)


def rows() -> list[Any]:
    asked = text(
        "SELECT queue_name, task_name, priority, lock, queueing_lock, args, status, attempts, scheduled_at IS NULL,"
        " (SELECT array_agg(type::text) FROM procrastinate_events AS event WHERE event.job_id = job.id)"
        " FROM procrastinate_jobs AS job ORDER BY id"
    )
    return [tuple(row) for row in session.execute(asked)]


def test_a_job_stands_as_the_library_writes_it(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            driver = session.connection().connection.driver_connection
            theirs: dict[str, Any] = {"job_manager": manager.JobManager(SyncPsycopgConnector()), "connection": driver}
            tasks.configure_task(name="plain", **theirs).defer(of="việc", numbers=[1])
            tasks.configure_task(name="locked", lock="in turn", queueing_lock="theirs", **theirs).defer()
        library = rows()
        with unit_of_work():
            defer("plain", of="việc", numbers=[1])
            defer("locked", one_by_one="in turn", at_most_one="ours")
            defer("late", after=LATER)
        ours = rows()[2:]
    assert ours[0] == library[0]
    assert [*ours[1][:4], *ours[1][5:]] == [*library[1][:4], *library[1][5:]]
    assert ours[1][4] == "ours"
    assert [row[8] for row in ours] == [True, True, False]


def test_a_second_of_the_same_is_not_added_and_spoils_nothing(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            defer("once", at_most_one="key", n=1)
            defer("once", at_most_one="key", n=2)
            defer("beside")
        with unit_of_work():
            defer("once", at_most_one="key", n=3)
        assert unfinished("once") == [{"n": 1}]
        assert len(unfinished("beside")) == 1
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        session.commit()
        with unit_of_work():
            defer("once", at_most_one="key", n=4)
        assert unfinished("once") == [{"n": 1}, {"n": 4}]
