"""What is longer in English, or differs from row to row, has its room: on a phone, and beside each other."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import session, unit_of_work
from award.languages import COOKIE
from award.people.models import Person
from tests import factories
from tests.browser.looking import look
from tests.budget.test_ranking import Award, award

pytestmark = [pytest.mark.browser, pytest.mark.db]

SignIn = Callable[[Page, Person], None]
RANKING, QUEUE, PROGRESS = "/iii-2023/vong/1/xep-hang", "/iii-2023/kiem-tra", "/iii-2023/vong/1/tien-do"
CUT = """boxes => boxes.filter(box => {
  const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const words = pen.measureText(box.selectedOptions[0].text).width;
  return words + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight) + 20 > box.clientWidth;
}).map(box => box.id)"""
"""The lists whose chosen words, with the arrow beside them, are longer than their box."""
SCALES = "all => all.map(one => { const { left, right } = one.getBoundingClientRect(); return `${left} ${right}`; })"


@pytest.fixture
def made(app: Flask) -> Award:
    """A closed round of nine works, and newsrooms of long and short names to choose among."""
    with app.app_context(), unit_of_work():
        session.add_all([factories.newsroom("Đài Phát thanh và Truyền hình Biển Xanh"), factories.newsroom("Báo Núi")])
        return award(9, state="closed")


def test_pages_fit_a_phone_in_english(page: Page, made: Award, sign_in: SignIn, live_server: str) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": "en", "url": live_server}])
    for person, addresses in ((made.chair, (RANKING, PROGRESS)), (made.secretary, ("/ban-lam-viec", QUEUE))):
        sign_in(page, person)
        for address in addresses:
            page.goto(address)
            expect(page.locator("html")).to_have_attribute("lang", "en")
            look(page, f"english{address.replace('/', '-')}", widths=(360,))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_filter_of_the_queue_is_cut(
    page: Page, made: Award, sign_in: SignIn, live_server: str, language: str
) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": language, "url": live_server}])
    sign_in(page, made.secretary)
    page.goto(QUEUE)
    page.evaluate("document.fonts.ready")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".filter-bar select").evaluate_all(CUT) == [], width


def test_the_ranges_of_a_ranking_share_one_scale(page: Page, made: Award, sign_in: SignIn) -> None:
    """Also where one row says more beside its range than another."""
    sign_in(page, made.chair)
    page.goto(RANKING)
    page.locator(".ranking .fold > summary").first.evaluate("one => one.append(' và có phiếu vượt mức quy định')")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        scales = page.locator(".ranking .whisker").evaluate_all(SCALES)
        assert len(scales) == 9
        assert len(set(scales)) == 1, (width, scales)
