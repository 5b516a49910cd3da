"""The host of the files in Chromium, with the headers that deploy/nginx/files-host.conf has too: a page that is
served all the same stays still, media still show."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.award.files.conftest import photo
from tests.delivered import delivered
from tests.uploads import recordings
from tests.uploads.hostile import RUNS, SVG_RUNS

pytestmark = pytest.mark.browser
FILES = {
    "/page": ("text/html", lambda: RUNS),
    "/drawing": ("image/svg+xml", lambda: SVG_RUNS),
    "/photo": ("image/jpeg", lambda: photo(640, 480)),
    "/sound": ("audio/mpeg", lambda: recordings.mp3()),
    "/film": ("video/webm", lambda: recordings.webm()),
    "/page-as-photo": ("image/jpeg", lambda: RUNS),
    "/page-as-nothing": ("application/octet-stream", lambda: RUNS),
}


class Store(BaseHTTPRequestHandler):
    """One that says the worst of every file: to be shown."""

    def do_GET(self) -> None:
        kind, made = FILES.get(self.path, ("text/html", lambda: b"<!DOCTYPE html>"))
        body = made()
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing to the console."""


@pytest.fixture(scope="module")
def careless_store() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def files_host(careless_store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with delivered(careless_store, tmp_path_factory.mktemp("delivery") / "log") as host:
        yield f"http://{host}"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/page", "/drawing", "/page-as-photo"])
def test_nothing_that_is_served_by_mistake_runs(visit: Page, files_host: str, path: str) -> None:
    asked: list[str] = []
    visit.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    visit.on("response", lambda response: asked.append(response.url))
    visit.goto(files_host + path, wait_until="load")
    pictures = {files_host + "/ran-1"}  # of the same host, by the line that lets a photo be shown: no script asked
    assert set(asked) - pictures == {files_host + path}
    assert visit.title() != "ran"


def test_a_page_without_a_type_is_saved_and_not_guessed(visit: Page, files_host: str) -> None:
    with visit.expect_download():
        visit.evaluate("address => { location.href = address }", f"{files_host}/page-as-nothing")


def test_a_photo_still_shows(visit: Page, files_host: str) -> None:
    visit.goto(f"{files_host}/photo")
    assert visit.evaluate("document.images[0].naturalWidth") == 640


@pytest.mark.parametrize("path", ["/sound", "/film"])
def test_a_recording_still_plays_in_its_own_window(visit: Page, files_host: str, path: str) -> None:
    visit.goto(files_host + path)
    visit.wait_for_function("document.querySelector('video, audio').readyState >= 2")


def test_pages_of_the_site_may_show_what_stands_here(visit: Page, files_host: str, careless_store: str) -> None:
    """From another origin, as the site is."""
    visit.goto(f"http://{careless_store}/site")
    shown = """async (address) => {
      const one = Object.assign(new Image(), { src: address });
      await one.decode();
      return one.naturalWidth;
    }"""
    assert visit.evaluate(shown, f"{files_host}/photo") == 640
