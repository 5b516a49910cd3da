"""The main navigation of the staff: one line on a desktop, groups that open and close, a menu on a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import session, unit_of_work
from award.people.models import Person
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.db]


@pytest.fixture
def desk(app: Flask, page: Page, sign_in: Callable[[Page, Person], None]) -> Page:
    """The set-up page of an edition that is judged, before its organiser."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="judging")
        factories.judging_round(edition, state="open")
        organiser = factories.person()
        factories.appointment(edition, organiser, "organiser")
    with app.app_context():
        sign_in(page, session.merge(organiser))
    page.goto("/iii-2023/thiet-lap")
    return page


def test_on_a_desktop_it_is_one_line_whose_groups_open_and_close(desk: Page, faults: list[str]) -> None:
    desk.set_viewport_size({"width": 1280, "height": 800})
    bar = desk.locator(".masthead .nav--long")
    heights = bar.locator("> ul > li").evaluate_all("items => items.map(item => item.getBoundingClientRect().top)")
    assert max(heights) - min(heights) < 10
    group = bar.locator(".nav__group", has_text="Chấm giải")
    progress = group.get_by_role("link", name="Tiến độ chấm")
    expect(progress).to_be_hidden()
    group.locator("summary").click()
    expect(progress).to_be_visible()
    desk.keyboard.press("Escape")
    expect(progress).to_be_hidden()
    expect(group.locator("summary")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(progress).to_be_visible()
    desk.locator("h1").click()
    expect(progress).to_be_hidden()
    group.locator("summary").click()
    progress.click()
    expect(desk.locator(".nav__here").first).to_have_text("Chấm giải")
    assert faults == []


def test_on_a_phone_the_menu_shows_the_groups_open(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    menu = desk.locator(".menu")
    expect(menu.get_by_role("link", name="Tiến độ chấm")).to_be_hidden()
    menu.locator("> summary").click()
    expect(menu.get_by_text("Chấm giải", exact=True)).to_be_visible()
    expect(menu.get_by_role("link", name="Tiến độ chấm")).to_be_visible()
    assert not desk.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
