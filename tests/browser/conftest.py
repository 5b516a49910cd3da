"""The application behind a real socket, and Chromium in front of it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from award.files.store import prepare, storage
from award.people.models import Person
from tests.visitor import Visitor

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def served(house: Flask) -> Iterator[str]:
    """The address of the application on a port of this machine, answered by threads of this process."""
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def live_server(app: Flask, served: str) -> str:
    """The address; the store takes files from its pages. Tables are empty again after the test."""
    with app.app_context():
        prepare()  # what the first upload asks for once: afterwards nobody undoes the next line
        storage().prepare_bucket(served)
    return served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of `page` complained of: errors of scripts and whatever the content policy refused."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: str, faults: list[str]) -> Iterator[Page]:
    """An empty page of a browser without cookies; `page.goto("/…")` leads to the application."""
    context = browser.new_context(base_url=live_server, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def sign_in(app: Flask, live_server: str) -> Callable[[Page, Person], None]:
    """`sign_in(page, person)`: the browser of the page has a session of this person."""

    def sign(page: Page, person: Person) -> None:
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = Visitor(app, person).client.get_cookie(name, domain="127.0.0.1")
        assert cookie is not None
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": live_server}])

    return sign


@pytest.fixture
def worker(run_jobs: Callable[[], None]) -> Callable[[], None]:
    """`worker()` does every job that is due, beside the loop the browser is driven by."""

    def work() -> None:
        thread = threading.Thread(target=run_jobs)
        thread.start()
        thread.join()

    return work
