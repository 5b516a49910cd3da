"""What the season's web and worker processes run: the application as it is, under the season's clock."""

import asyncio
from typing import Any

from award import jobs
from award.clock import now
from demonstration.season.moment import Lived, data_folder, lived


def application() -> Any:
    """The web application, for gunicorn: `demonstration.season.processes:application()`."""
    from wsgi import create_app

    app = create_app()
    _authenticators_follow(app)
    app.wsgi_app = Lived(app.wsgi_app, data_folder())  # type: ignore[method-assign]
    return app


def _authenticators_follow(app: Any) -> None:
    """Codes of second factors change with the season's clock: at the real one, every sign-in would wait for the next.

    Everybody signs in again at each stage, as sessions of months ago have ended; a code still opens once.
    """
    codes = app.extensions["security"].totp_factory
    codes._totp = codes._totp.using(now=lambda: now().timestamp())


FOLLOWED = "results.sweep"
"""The job that notices that an instant of publication has come."""
EVERY_FIVE_SECONDS = "* * * * * */5"


def work() -> None:
    """Runs jobs until stopped, each at the season's instant. When a job falls due, real time says.

    Days pass in seconds here, so what looks for an instant that has come looks more often.
    """
    from wsgi import create_app

    app = create_app()
    for task in jobs.app.tasks.values():
        if not asyncio.iscoroutinefunction(task.func):
            task.func = lived(task.func, data_folder())
    kept = jobs.app.periodic_registry.periodic_tasks
    for key, one in kept.items():
        if key[0] == FOLLOWED:
            kept[key] = type(one)(one.task, EVERY_FIVE_SECONDS, one.periodic_id, one.configure_kwargs)
    jobs.work(app.extensions["settings"].database_url, wait=True)


if __name__ == "__main__":
    work()
