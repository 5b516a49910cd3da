"""The application as it runs, two web processes and two workers, and Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page, expect, sync_playwright

import config
from award.files.store import prepare, storage
from award.local.web import start_web, wait_for_an_answer
from award.people.models import Person
from tests.browser.site import COMPILED, create_app
from tests.visitor import Visitor

LOGS = Path(__file__).parent.parent / "output"
# What Playwright itself switches off, said again because the last list is the one that counts; then the suggestions
# below the address bar, two pages of scripts that every new window loads and no test ever sees.
SWITCHED_OFF = (
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    f"--disable-features={','.join(SWITCHED_OFF)}",
)

expect.set_options(timeout=30_000)  # four processes share the machine: what comes late is no fault


@pytest.fixture(scope="session")
def elsewhere(house: Flask, environment: dict[str, str]) -> dict[str, str]:
    """The environment of other processes of the same application, on the database that `house` has prepared."""
    names = [field.upper() for field in config.Settings.__dataclass_fields__]
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    compiled = house.jinja_env.bytecode_cache
    assert isinstance(compiled, FileSystemBytecodeCache)
    return inherited | environment | {"BASE_URL": f"http://127.0.0.1:{port}", COMPILED: compiled.directory}


@pytest.fixture(scope="session")
def served(elsewhere: dict[str, str]) -> Iterator[str]:
    """The address of the application, answered by two web processes."""
    LOGS.mkdir(exist_ok=True)
    port = int(elsewhere["BASE_URL"].rpartition(":")[2])
    log = LOGS / f"web-{port}.log"
    application = f"{create_app.__module__}:{create_app.__name__}()"
    web = start_web(port, 2, environment=elsewhere, log=log, application=application, threads=4)
    try:
        wait_for_an_answer(web, port, log, "/healthz")
        yield elsewhere["BASE_URL"]
    finally:
        web.stop()


@pytest.fixture
def live_server(app: Flask, served: str) -> Iterator[str]:
    """The address; the store takes files from its pages. Tables are empty again after the test, and the store takes
    files from the pages it is set for, since later tests of this process are those pages' visitors."""
    with app.app_context():
        prepare()  # what the first upload asks for once: afterwards nobody undoes the next line
        storage().prepare_bucket(served)
    yield served
    with app.app_context():
        storage().prepare_bucket(app.extensions["settings"].base_url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        program = shutil.which("chromium-headless-shell")
        chromium = playwright.chromium.launch(executable_path=program, args=[*QUIET, *root])
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


@pytest.fixture(scope="session")
def workers(elsewhere: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Two workers that do background work when they are told to."""
    command = [sys.executable, "-m", "tests.browser.shift"]
    with subprocess.Popen(
        command, cwd=config.ROOT, env=elsewhere, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as both:
        yield both  # at the end nothing more comes in, and they leave


@pytest.fixture
def worker(workers: "subprocess.Popen[str]") -> Callable[[], None]:
    """`worker()` does every job that is due: two workers share them out, and it waits for both."""

    def work() -> None:
        assert workers.stdin is not None
        assert workers.stdout is not None
        workers.stdin.write("go\n")
        workers.stdin.flush()
        assert workers.stdout.readline() == "done\n"

    return work
