"""A machine for measurements: database, store, web processes, and one person with a draft that takes films."""

import http.client
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import config
import migrations
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries.models import Entry, Part
from award.local import start_postgres
from award.local.children import Service, spawn
from award.local.delivery import listen, start_delivery
from tests import factories
from tests.visitor import Visitor
from uploads.local import EmbeddedStore
from uploads.storage import Storage
from wsgi import create_app

WORKERS, THREADS = 2, 8
GB = 10**9


@dataclass
class Machine:
    storage: Storage
    origin: str
    cookie: str
    csrf: str
    begin_url: str
    web: Service


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Everything runs until the end of the block."""
    folder.chmod(0o711)  # the database runs as somebody else, who must pass through
    postgres = start_postgres(folder / "postgres", fast=True)
    key, secret = secrets.token_hex(10), secrets.token_urlsafe(32)
    store = EmbeddedStore(folder / "store", "giai", key, secret)
    seen = store.endpoint.replace("127.0.0.1", "localhost")  # another host than the pages have
    with_port = free_port()
    listening = listen(None)
    read_from = f"localhost:{listening.getsockname()[1]}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PG", "S3_", "DATABASE_"))},
        "DATABASE_URL": postgres.app_url,
        "DATABASE_OWNER_URL": postgres.owner_url,
        "S3_ENDPOINT": store.endpoint,
        "S3_PUBLIC_ENDPOINT": seen,
        "S3_READ_ENDPOINT": read_from,
        "S3_ACCESS_KEY": key,
        "S3_SECRET_KEY": secret,
        "S3_SECURE": "0",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "BASE_URL": f"http://127.0.0.1:{with_port}",
        "DATA_DIR": str(folder),
    }
    delivery = start_delivery(listening, store.endpoint, log=folder / "delivery.log")
    try:
        migrations.upgrade(postgres.owner_url)
        settings = config.read(environment)
        cookie, csrf, begin_url = somebody(settings)
        command = [sys.executable, "-m", "gunicorn", "wsgi:create_app()", "--bind", f"127.0.0.1:{with_port}"]
        command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
        command += ["--no-control-socket"]
        web = Service(spawn(command, log=folder / "web.log", environment=environment, folder=config.ROOT))
        try:
            wait_for(with_port)
            storage = Storage(store.endpoint, "giai", key, secret, public_endpoint=seen, secure=False)
            yield Machine(storage, settings.base_url, cookie, csrf, begin_url, web)
        finally:
            web.stop()
    finally:
        delivery.stop()
        listening.close()
        store.stop()
        postgres.stop()


def somebody(settings: config.Settings) -> tuple[str, str, str]:
    """The session, the token for forms and the address where files of a draft begin."""
    app = create_app(settings)
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        category = factories.category(edition)
        kinds = ["mp4"]
        category.slots = [
            FileSlot(ordinal=1, code="film", label="Tệp", kinds=kinds, at_most=9999, max_bytes=20 * GB, per_part=False)
        ]
        person = factories.person()
        entry = Entry(edition_id=edition.id, category_id=category.id, owner_id=person.id, changed_at=now(), declared={})
        entry.parts = [Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2))]
        session.add(entry)
        session.flush()
        begin_url = f"/{edition.slug}/tac-pham/{entry.public_id}/tep/bat-dau"
    visitor = Visitor(app, person)
    csrf = visitor.csrf_token()
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name, domain="127.0.0.1")
    assert cookie is not None
    app.extensions["engine"].dispose()
    return f"{name}={cookie.value}", csrf, begin_url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        finally:
            connection.close()
