"""Background work on the same PostgreSQL, asked for in the caller's own transaction."""

import functools
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import procrastinate
from flask import Flask
from procrastinate import exceptions
from procrastinate.jobs import DEFAULT_QUEUE, Status
from sqlalchemy import text
from sqlalchemy.engine import make_url

from award.clock import now
from award.db import session

app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

# The library's own way of deferring fails where such a job waits, and with it all that its transaction did before; to
# put a point to go back to around it costs two more statements. This is the row it writes, or none.
_DEFERRED = text(
    "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at) VALUES"
    " (:queue, :name, :one_by_one, :at_most_one, CAST(:arguments AS jsonb), CAST(:at AS timestamptz))"
    " ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING"
)
_web: list[Flask] = []

_RETRY = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=3)


def install(web: Flask) -> None:
    """Tasks run inside the application context of `web` from now on."""
    _web[:] = [web]


def task(name: str, *, every: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The decorated function is the job `name`: it runs in an application context, five times at most, with pauses.

    `every` is a cron line for work that comes back by itself.
    """

    def register(work: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(work)
        def run(**arguments: Any) -> None:
            arguments.pop("timestamp", None)
            with _web[0].app_context():
                work(**arguments)

        registered: Any = app.task(name=name, retry=_RETRY)(run)
        if every:
            app.periodic(cron=every)(registered)
        return work

    return register


def defer(
    name: str,
    *,
    at_most_one: str | None = None,
    one_by_one: str | None = None,
    after: timedelta | None = None,
    **arguments: Any,
) -> None:
    """The job `name` runs once the present transaction commits, and never if it does not.

    While a job with the same `at_most_one` key waits, a second is not added. Jobs with the same `one_by_one` key never
    run at the same time. `after` delays it.
    """
    asked = {
        "queue": DEFAULT_QUEUE,
        "name": name,
        "at_most_one": at_most_one,
        "one_by_one": one_by_one,
        "arguments": json.dumps(arguments),
        "at": None if after is None else now() + after,
    }
    session.execute(_DEFERRED, asked)


def unfinished(name: str) -> list[Mapping[str, Any]]:
    """What the jobs of this name that wait or run were asked with, in the order of asking."""
    asked = text(
        "SELECT args FROM procrastinate_jobs WHERE task_name = :name AND status IN ('todo', 'doing') ORDER BY id"
    )
    return list(session.scalars(asked, {"name": name}))


def under_way(name: str) -> int:
    """How many jobs of this name workers have in their hands now."""
    counted = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name AND status = 'doing'")
    return session.scalar(counted, {"name": name}) or 0


def work(database_url: str, *, wait: bool) -> None:
    """Runs waiting jobs; with `wait` until stopped by a signal, otherwise until none is due."""
    connector = procrastinate.PsycopgConnector(conninfo=conninfo(database_url))
    with app.replace_connector(connector):
        app.run_worker(
            wait=wait,
            concurrency=2 if wait else 1,
            listen_notify=wait,
            install_signal_handlers=wait,
            delete_jobs="successful",
            shutdown_graceful_timeout=20,
            fetch_job_polling_interval=5,
        )


def conninfo(database_url: str) -> str:
    """The libpq form of a SQLAlchemy address."""
    return make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


@app.periodic(cron="* * * * * */30")
@app.task(name="jobs.retry_stalled", pass_context=True, queueing_lock="jobs.retry_stalled")
async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Jobs whose worker died run again on another: it is taken for dead after half a minute without a word."""
    kept = context.app.job_manager
    for job in await kept.get_stalled_jobs():
        try:
            await kept.retry_job(job)
        except exceptions.UniqueViolation:  # a sweep asked for the same again: that job waits for the lock of this
            await kept.finish_job(job, status=Status.FAILED, delete_job=True)
