"""Files opened by their address in Chromium: nothing of the hostile corpus is a page, names arrive whole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from award.db import session, unit_of_work
from award.files.models import File
from award.files.store import of_settings, prepare, storage
from award.people.models import Person
from tests import factories
from tests.award.files.conftest import Sender, pdf_of, photo
from tests.uploads.hostile import CORPUS, RUNS, Specimen
from uploads import serve
from uploads.kinds import BY_CODE, kind_of_name
from uploads.storage import new_key

pytestmark = [pytest.mark.browser, pytest.mark.db]
SHOWN = ("image/", "audio/", "video/")


class Watched:
    """A page that remembers what it was made to do."""

    def __init__(self, page: Page) -> None:
        self.page, self.asked, self.dialogs, self.saved = page, [], [], []  # type: ignore[var-annotated]
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("download", lambda download: self.saved.append(download.suggested_filename))

    def opens(self, address: str) -> str:
        """ "saved", or the type of the document that stands there now."""
        self.page.goto("about:blank")
        self.asked.clear()
        try:
            self.page.goto(address, wait_until="load")
        except BrowserError as fault:
            assert "Download is starting" in str(fault), fault
            return "saved"
        kind: str = self.page.evaluate("document.contentType")
        return kind

    def strayed(self, address: str) -> list[str]:
        return [url for url in self.asked if url.split("?")[0] != address.split("?", maxsplit=1)[0]]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="vi-VN")
    yield Watched(context.new_page())
    context.close()


def stored(data: bytes, mime: str) -> str:
    """As the browser may have sent it, whatever it is."""
    prepare()
    key = new_key("tests")
    storage().put_small(key, data, mime)
    return key


@pytest.mark.parametrize("verified", [True, False], ids=["taken for what it claims", "not verified"])
def test_nothing_of_the_corpus_renders_or_runs(ctx: Flask, watched: Watched, verified: bool) -> None:
    wrong: dict[str, object] = {}
    for each in CORPUS:
        outcome = _opened(each, watched, verified)
        if outcome:
            wrong[each.what] = outcome
    assert wrong == {}


def _opened(each: Specimen, watched: Watched, verified: bool) -> object:
    """What went wrong when the file was opened as if it had passed: the worst that a mistake of ours could do."""
    kind = kind_of_name(each.name)
    mime = kind.mime if kind else "text/html"
    address = serve.address(storage(), stored(each.data, "text/html"), mime=mime, name=each.name, verified=verified)
    became = watched.opens(address)
    harmless = became == "saved" or (verified and became.startswith(SHOWN))
    strayed = watched.strayed(address)
    return None if harmless and not strayed and not watched.dialogs else (became, strayed, watched.dialogs)


def test_the_same_page_served_as_a_page_would_run(ctx: Flask, watched: Watched) -> None:
    """The corpus has teeth: without our types, dispositions and headers this very file runs in this very browser."""
    settings = replace(ctx.extensions["settings"], s3_read_endpoint="")
    with_types = storage().address(stored(RUNS, "text/html"), content_type="text/html", disposition="inline")
    assert watched.opens(with_types) == "text/html"
    assert (watched.page.title(), watched.dialogs) == ("still", []), "nobody's page, even with a type that is wrong"
    key = urlsplit(with_types).path.split("/", 2)[2]
    address = of_settings(settings).address(key, content_type="text/html", disposition="inline")
    assert watched.opens(address) == "text/html"
    watched.page.wait_for_function("document.title === 'ran'")
    assert watched.dialogs == ["1"]


@pytest.fixture
def sender(app: Flask) -> Sender:
    with app.app_context(), unit_of_work():
        return Sender(app, factories.person())


def ready(app: Flask, sender: Sender, data: bytes, name: str, kind: str, worker: Callable[[], None]) -> str:
    file = sender.stored(data, name, (kind,))
    worker()
    with app.app_context():
        kept = session.get_one(File, file.id)
        assert kept.state == "ready"
        return f"/tep/{kept.public_id}"


@pytest.fixture
def own_page(page: Page, sender: Sender, sign_in: Callable[[Page, Person], None]) -> Page:
    sign_in(page, sender.person)
    return page


def test_a_document_is_saved_under_its_vietnamese_name(
    app: Flask, own_page: Page, sender: Sender, worker: Callable[[], None], tmp_path: Path
) -> None:
    data = pdf_of("Trang 1")
    address = ready(app, sender, data, "Đường về bản - kỳ 1 (ảnh “Núi Chúa”).pdf", "pdf", worker)
    with own_page.expect_download() as download:
        with pytest.raises(BrowserError, match="Download is starting"):
            own_page.goto(address)
    assert download.value.suggested_filename == "Đường về bản - kỳ 1 (ảnh “Núi Chúa”).pdf"
    download.value.save_as(tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes() == data


def test_a_photo_opens_on_the_host_of_the_files_and_no_cookie_of_ours_goes_there(
    app: Flask, own_page: Page, sender: Sender, worker: Callable[[], None]
) -> None:
    address = ready(app, sender, photo(800, 600), "ảnh.jpg", "jpeg", worker)
    own_page.goto("/")
    own_page.goto(address)
    assert own_page.evaluate("document.contentType") == "image/jpeg"
    assert own_page.url.startswith(f"http://{app.extensions['settings'].s3_read_endpoint}/")
    assert "X-Amz-Expires=300" in own_page.url
    assert own_page.evaluate("document.cookie") == ""
    assert own_page.context.cookies(own_page.url) == []


def test_what_was_rejected_nobody_gets(app: Flask, own_page: Page, sender: Sender, worker: Callable[[], None]) -> None:
    file = sender.stored(RUNS, "bai.pdf", ("pdf",))
    worker()
    answer = own_page.goto(f"/tep/{file.public_id}")
    assert answer is not None
    assert answer.status == 404


def test_every_kind_is_shown_or_saved_as_the_rule_says() -> None:
    shown = {code for code, kind in BY_CODE.items() if kind.mime in serve.INLINE}
    assert {code for code in BY_CODE if re.match("pdf|docx|odt|zip", code)} == set(BY_CODE) - shown
