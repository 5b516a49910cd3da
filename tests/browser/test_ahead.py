"""While a judge marks one work the pictures of the next come and are used there; none where little is to be fetched."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import CDPSession, Page, expect

from award.db import session, unit_of_work
from award.files.store import storage
from award.people.models import Person
from tests.browser.test_media import until
from tests.browser.test_scoring_page import Judge, opened, saved
from tests.judging.rows import Bench, bench, file_of

pytestmark = [pytest.mark.browser, pytest.mark.db]
SHOWN = "document.querySelector('.reader__page').decode().then(() => true)"


class Wire:
    """What the browser asked of the store, and which of it came over the wire."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.fetched: list[str] = []
        self._page = page
        self._line: CDPSession = page.context.new_cdp_session(page)
        self._line.send("Network.enable")
        self._line.on("Network.responseReceived", self._heard)

    def settle(self) -> None:
        """Everything that has been answered until now has been heard."""
        self._page.wait_for_timeout(200)
        self._line.send("Network.enable")

    def _heard(self, told: dict[str, Any]) -> None:
        answer = told["response"]
        if "X-Amz-Signature" in answer["url"]:
            self.asked.append(answer["url"])
            if not answer.get("fromDiskCache") and not answer.get("fromPrefetchCache"):
                self.fetched.append(answer["url"])


def with_pages(of: Bench) -> None:
    """Every work has a page to look at."""
    for work in of.works:
        file = file_of(work, of.category.slots[0], work.parts[0])
        page = next(each for each in file.renditions if each.kind == "page")
        picture = io.BytesIO()
        Image.new("L", (800, 1100), 200).save(picture, "WEBP")
        storage().put_small(page.key or "", picture.getvalue(), page.content_type)


@pytest.fixture
def judge(app: Flask, page: Page, sign_in: Callable[[Page, Person], None]) -> Judge:
    with app.app_context(), unit_of_work():
        of = bench(works=3, judges=1)
        with_pages(of)
        of.open()
    with app.app_context():
        sign_in(page, session.merge(of.judges[0]))
    return Judge(app, of)


def marked(page: Page, judge: Judge) -> None:
    page.fill(judge.field(0), "2")
    page.press(judge.field(0), "Tab")
    saved(page)


def test_the_next_pages_are_fetched_once_and_only_where_much_may_be(page: Page, judge: Judge, live_server: str) -> None:
    page.context.add_cookies([{"name": "network", "value": "slow", "url": live_server}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, judge)
    marked(page, judge)
    page.wait_for_timeout(1000)
    assert not any(judge.address(1) in url or "/trang/" in url for url in asked)
    page.context.clear_cookies(name="network")
    for number in (0, 1):  # an address changes every four minutes: what falls between two comes anew, the next not
        wire = Wire(page)
        page.goto(judge.address(number))
        expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
        until(page, SHOWN)
        page.fill(judge.field(0), "")
        wire.settle()
        own = set(wire.asked)
        with page.expect_response(lambda answer: "X-Amz-Signature" in answer.url and answer.url not in own) as coming:  # noqa: B023
            marked(page, judge)
        ahead = coming.value.url
        page.goto(judge.address(number + 1))
        until(page, SHOWN)
        wire.settle()
        if set(wire.asked) == own | {ahead}:
            break
    assert wire.fetched.count(ahead) == 1
    assert set(wire.fetched) <= own | {ahead}
