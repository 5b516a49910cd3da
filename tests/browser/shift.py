"""A worker that does what is due when a line comes in, and says so when nothing is left."""

import os
import sys

import config
from award import jobs
from wsgi import create_app

if __name__ == "__main__":
    settings = config.read(os.environ)
    create_app(settings)
    for _line in sys.stdin:
        jobs.work(settings.database_url, wait=False)
        print("done", flush=True)  # noqa: T201
