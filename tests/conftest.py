"""One PostgreSQL, one store and one application for a test run; every test that touches rows leaves empty tables."""

import gc
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine, create_engine, event, text

import config
import migrations
from award import db, jobs
from award.files.resting import REST
from award.local import Postgres, start_postgres
from tests.delivered import delivered
from tests.visitor import Visitor
from uploads.local import EmbeddedStore
from wsgi import create_app

# Properties are held for as long as they take: a machine's speed is no fault of theirs.
UNHURRIED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("in every run", UNHURRIED, max_examples=40)
hypothesis.settings.register_profile("long", UNHURRIED, max_examples=300)
hypothesis.settings.load_profile("in every run")

STORE_KEY, STORE_SECRET = "test-access", secrets.token_hex(16)


NOT_QUICK = ("tests/award/local/", "tests/demonstration/", "tests/uploads/", "tests/deploy/", "tests/test_dev.py")
"""Where programs are started and media are made."""


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        hypothesis.settings.load_profile("long")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="with the large sizes, and what is marked long")
    parser.addoption("--golden", action="store_true", help="golden files are written anew, to be read before they stay")


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever stands on the database bears the mark `db`: it is run on the oldest PostgreSQL too. What bears the mark
    `long` is run with --long. Whole seasons come first, so that no process is left alone with one at the end. `quick`
    is what only computes: it needs no database, no browser, no machine of its own, and no film."""
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker("db")
        heavy = item.get_closest_marker("db") or item.get_closest_marker("browser")
        if not heavy and not item.nodeid.startswith(NOT_QUICK):
            item.add_marker("quick")
    if not config.getoption("--long"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    items.sort(key=lambda item: not _is_a_season(item))


def _is_a_season(item: pytest.Item) -> bool:
    patience = item.get_closest_marker("timeout")
    return patience is not None and patience.args[0] >= 3600


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="giai-test-", ignore_cleanup_errors=True) as folder:
        server = start_postgres(Path(folder) / "postgres", fast=True)
        yield server
        server.stop()


@pytest.fixture(scope="session")
def object_store() -> Iterator[EmbeddedStore]:
    with tempfile.TemporaryDirectory(prefix="giai-store-", ignore_cleanup_errors=True) as folder:
        store = EmbeddedStore(Path(folder), "giai", STORE_KEY, STORE_SECRET)
        yield store
        store.stop()


@pytest.fixture(scope="session")
def files_host(object_store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where browsers read files, as on a single machine."""
    with delivered(object_store.endpoint, tmp_path_factory.mktemp("delivery") / "log") as host:
        yield host


@pytest.fixture(scope="session")
def environment(
    postgres: Postgres, object_store: EmbeddedStore, files_host: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What the application is told of its surroundings, in this process and in others."""
    return {
        "DATABASE_URL": postgres.app_url,
        "DATABASE_OWNER_URL": postgres.owner_url,
        "S3_ENDPOINT": object_store.endpoint,
        "S3_PUBLIC_ENDPOINT": object_store.endpoint.replace("127.0.0.1", "localhost"),
        "S3_READ_ENDPOINT": files_host,
        "S3_ACCESS_KEY": STORE_KEY,
        "S3_SECRET_KEY": STORE_SECRET,
        "S3_BUCKET": "giai",
        "S3_SECURE": "false",
        "SECRET_KEY": secrets.token_hex(32),
        "BASE_URL": "http://127.0.0.1:8000",
        "TRUSTED_HOSTS": "127.0.0.1,localhost",
        "DATA_DIR": str(tmp_path_factory.mktemp("data")),
    }


@pytest.fixture(scope="session")
def settings(environment: dict[str, str]) -> config.Settings:
    return config.read(environment)


@pytest.fixture(scope="session")
def house(settings: config.Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a migrated database, once for the whole run."""
    migrations.upgrade(settings.database_owner_url)
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _pages_of_this_run(tmp_path_factory)
    app.config["TESTING"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    event.listen(app.extensions["engine"], "before_cursor_execute", _no_rows_are_counted_off)
    _what_stands_is_no_garbage()
    return app


def _pages_of_this_run(places: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """What one process has compiled of the templates, the others of the run read: all of them take five seconds."""
    own = places.getbasetemp()
    compiled = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    compiled.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(compiled))


def _what_stands_is_no_garbage() -> None:
    """What was loaded so far stays for the whole run: nobody looks it through again and again for what is unused."""
    gc.collect()
    gc.freeze()


def _no_rows_are_counted_off(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    """Whatever a test asks for: a list that skips rows gets slower page by page, and shows rows twice or never."""
    assert " OFFSET " not in statement, f"lists go on by key (award.paging): {statement}"


@cache
def _engine(url: str) -> Engine:
    return create_engine(url)


@cache
def _unheld(url: str) -> Engine:
    return create_engine(url, connect_args={"options": "-c session_replication_role=replica"})


def owner_of(house: Flask) -> Engine:
    """The database as its owner, who may do to tables what the application may not."""
    return _engine(house.extensions["settings"].database_owner_url)


def unheld(house: Flask) -> Engine:
    """Its owner, whom no key and no trigger holds back. That it is so from the first moment of a session, and for all
    of it, lets PostgreSQL keep what it has planned."""
    return _unheld(house.extensions["settings"].database_owner_url)


def tables_of(connection: Connection) -> Sequence[str]:
    listed = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
    return connection.execute(listed).scalars().all()


def empty_tables(house: Flask) -> None:
    """Every row is gone. Deleting from small tables is many times faster than truncating them."""
    with unheld(house).begin() as connection:
        if connection.exec_driver_sql("SELECT to_regprocedure('pg_temp.empty()')").scalar() is None:
            deletions = [f'DELETE FROM public."{name}"' for name in tables_of(connection)]
            connection.exec_driver_sql(planned_once("pg_temp.empty", deletions))
        connection.exec_driver_sql("SELECT pg_temp.empty()")


def planned_once(name: str, statements: Sequence[str]) -> str:
    """Makes a function of statements that a session reads and plans at its first call alone."""
    return f"CREATE FUNCTION {name}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {'; '.join(statements)}; END $$"


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The application; afterwards every table is empty again."""
    REST.over()
    yield house
    empty_tables(house)


@pytest.fixture
def trial(app: Flask) -> Iterator[Flask]:
    """A second application on the same tables, set up as a demonstration."""
    second = create_app(replace(app.extensions["settings"], demonstration=True))
    second.jinja_env.bytecode_cache = app.jinja_env.bytecode_cache
    yield second
    db._sessions.configure(bind=app.extensions["engine"])
    jobs.install(app)


@pytest.fixture
def ctx(app: Flask) -> Iterator[Flask]:
    """An application context, for tests that call operations and queries themselves."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], None]:
    """Call it to let a worker do everything that is due now."""

    def run() -> None:
        REST.over()  # so much time has passed
        jobs.work(app.extensions["settings"].database_url, wait=False)

    return run
