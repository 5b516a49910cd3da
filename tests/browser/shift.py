"""Two workers that do what is due when a line comes in, and say so when nothing is left to either."""

import os
import sys

import config
from award import jobs
from tests.browser.site import create_app


def second(asked: int, said: int, database: str) -> None:
    """Works as often as a byte comes in, until nobody is there any more who could send one."""
    while os.read(asked, 1):
        jobs.work(database, wait=False)
        os.write(said, b".")


if __name__ == "__main__":
    settings = config.read(os.environ)
    create_app()  # once for both
    asked, ask = os.pipe()
    answer, said = os.pipe()
    if os.fork() == 0:
        os.close(ask)
        second(asked, said, settings.database_url)
        os._exit(0)
    os.close(said)
    for _line in sys.stdin:
        os.write(ask, b".")
        jobs.work(settings.database_url, wait=False)
        assert os.read(answer, 1), "the second worker has died"
        print("done", flush=True)  # noqa: T201
