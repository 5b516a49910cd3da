"""A house for the measuring of pages: one durable PostgreSQL, databases filled as tests fill them, a web process each.

What is asked is asked over HTTP on one kept connection, of ours and of the control in turns.
"""

import http.client
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import event

import config
import migrations
from award.local import Postgres, start_postgres
from award.local.web import HOST, start_web, wait_for_an_answer
from award.people.models import Person
from benchmarks.machine import free_port
from demonstration.season.browser import Page
from tests.visitor import Visitor
from wsgi import create_app

NOWHERE = "127.0.0.1:9"
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Line:
    """One kept connection; `cookie` is that of who asks."""

    port: int
    cookie: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **more: str) -> tuple[float, int, bytes]:
        """Seconds until all of the answer was there, its status, its bytes as they came."""
        headers = {**BROWSER, **more} | ({"Cookie": self.cookie} if self.cookie else {})
        for _again in range(2):
            connection = self._connection or http.client.HTTPConnection(HOST, self.port, timeout=60)
            self._connection = connection
            begun = time.perf_counter()
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                content = answer.read()
            except (http.client.HTTPException, OSError):
                connection.close()
                self._connection = None
                continue
            return time.perf_counter() - begun, answer.status, content
        raise OSError(f"{path}: no answer")

    def page(self, path: str) -> Page:
        """The same as a page whose forms can be read."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {name: value for name, value in BROWSER.items() if name != "Accept-Encoding"}
        connection.request("GET", path, headers=headers | ({"Cookie": self.cookie} if self.cookie else {}))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return Page(answer.status, path, content.decode(), content, answer.headers)


@dataclass
class House:
    """One database with an application on it in this process, and a web process that answers for it."""

    app: Flask
    port: int
    environment: dict[str, str]

    def line(self, person: Person | None = None) -> Line:
        if person is None:
            return Line(self.port)
        name = self.app.config["SESSION_COOKIE_NAME"]
        kept = Visitor(self.app, person).client.get_cookie(name, domain="127.0.0.1")
        assert kept is not None
        return Line(self.port, f"{name}={kept.value}")

    def statements(self, person: Person | None, address: str) -> int:
        """How many the page asks, session and account included."""
        visitor, asked = Visitor(self.app, person), list[str]()
        engine = self.app.extensions["engine"]

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            asked.append(statement)

        visitor.get(address)
        event.listen(engine, "before_cursor_execute", note)
        try:
            visitor.get(address)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)


class Ground:
    """The database server, and the house that says hello."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres: Postgres = start_postgres(folder / "postgres", log=folder / "database.log")
        migrations.upgrade(self.postgres.owner_url)
        self.hello_port = free_port()

    @contextmanager
    def hello(self) -> Iterator[Line]:
        with self._web(self.hello_port, "benchmarks.hello:create_app()", dict(os.environ), "/"):
            yield Line(self.hello_port)

    @contextmanager
    def house(self, name: str, fill: Callable[[Flask], object]) -> Iterator[House]:
        """A database of its own, filled; what `fill` gives is not kept, so let it keep what it needs itself."""
        with psycopg.connect(self.postgres.owner_url_for("postgres").replace("+psycopg", ""), autocommit=True) as owner:
            owner.execute(f'CREATE DATABASE "{name}" TEMPLATE giai')
        port = free_port()
        environment = self._environment(name, port)
        app = create_app(config.read(environment))
        fill(app)
        try:
            with self._web(port, "wsgi:create_app()", environment, "/healthz"):
                yield House(app, port, environment)
        finally:
            app.extensions["engine"].dispose()

    def _environment(self, database: str, port: int) -> dict[str, str]:
        names = [each.upper() for each in config.Settings.__dataclass_fields__]
        told: Mapping[str, str] = {
            "DATABASE_URL": self.postgres.app_url_for(database),
            "DATABASE_OWNER_URL": self.postgres.owner_url_for(database),
            "S3_ENDPOINT": NOWHERE,
            "S3_PUBLIC_ENDPOINT": NOWHERE.replace("127.0.0.1", "localhost"),
            "S3_ACCESS_KEY": secrets.token_hex(10),
            "S3_SECRET_KEY": secrets.token_hex(16),
            "S3_SECURE": "0",
            "SECRET_KEY": secrets.token_hex(32),
            "BASE_URL": f"http://{HOST}:{port}",
            "DATA_DIR": str(self.folder),
        }
        return {name: value for name, value in os.environ.items() if name not in names} | dict(told)

    @contextmanager
    def _web(self, port: int, application: str, environment: dict[str, str], address: str) -> Iterator[None]:
        log = self.folder / "web.log"
        web = start_web(port, 1, environment=environment, log=log, application=application)
        try:
            wait_for_an_answer(web, port, log, address)
            yield
        finally:
            web.stop()


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    folder.chmod(0o711)  # the database runs as somebody else, who must pass through
    made = Ground(folder)
    try:
        yield made
    finally:
        made.postgres.stop()
