"""A second house for tests: another database, another bucket, another secret. One is lived in at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import text

import migrations
from award import db, jobs
from award.local import Postgres
from award.log import checkpoints
from tests.conftest import owner_of
from wsgi import create_app

NAME, BUCKET = "giai_two", "giai-two"


def build(house: Flask, postgres: Postgres) -> Flask:
    """The second house, with its tables. The first is lived in again afterwards."""
    with owner_of(house).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": NAME}) is None:
            connection.execute(text(f"CREATE DATABASE {NAME}"))
    owner = postgres.owner_url_for(NAME)
    migrations.upgrade(owner)
    settings = replace(
        house.extensions["settings"],
        database_url=postgres.app_url_for(NAME),
        database_owner_url=owner,
        s3_bucket=BUCKET,
        secret_key="another secret of forty characters: 0123456789",
    )
    other = create_app(settings)
    move_into(house)
    return other


def move_into(house: Flask) -> None:
    """Sessions, jobs and checkpoints are those of this house from now on."""
    settings = house.extensions["settings"]
    db._sessions.configure(bind=house.extensions["engine"])
    jobs.install(house)
    checkpoints.install(urlsplit(settings.base_url).hostname or "", settings.secret_key)


@contextmanager
def living_in(other: Flask, home: Flask) -> Iterator[Flask]:
    """The other house is lived in meanwhile."""
    move_into(other)
    try:
        yield other
    finally:
        move_into(home)


def work(house: Flask) -> None:
    """A worker of the house does everything that is due now."""
    jobs.work(house.extensions["settings"].database_url, wait=False)
