"""F-35: what comes back by itself is asked for by every worker and done once."""

import asyncio

import procrastinate
from flask import Flask
from sqlalchemy import text

from award import jobs
from award.db import session

WORKERS, HOUR = 4, 1_700_000_000


def test_workers_that_come_to_the_same_hour_ask_once(app: Flask) -> None:
    line = jobs.conninfo(app.extensions["settings"].database_url)
    made: list[int | None] = []

    async def asks() -> None:
        async with procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=line)).open_async() as worker:
            job = procrastinate.jobs.Job(
                id=None,
                queue="default",
                lock=None,
                queueing_lock=None,
                task_name="files.repair",
                task_kwargs={"timestamp": HOUR},
            )
            made.append(await worker.job_manager.defer_periodic_job(job, periodic_id="", defer_timestamp=HOUR))

    async def together() -> None:
        await asyncio.gather(*(asks() for _ in range(WORKERS)))

    asyncio.run(together())
    assert [number is None for number in made].count(False) == 1
    with app.app_context():
        asked = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.repair'")
        assert session.scalar(asked) == 1
