"""A dossier comes in through the uploader, is looked through and taken in; its pages fit and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import unit_of_work
from award.people.models import Person
from tests import factories
from tests.award.nominations.conftest import ranked  # noqa: F401 - the sender
from tests.award.nominations.test_two_houses import sent
from tests.award.results.rows import Outcome
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

DOORS = "/viii-2023/ho-so-gui-den"


def test_a_dossier_is_sent_looked_through_and_taken_in(
    app: Flask,
    page: Page,
    faults: list[str],
    ranked: Outcome,  # noqa: F811
    sign_in: Callable[[Page, Person], None],
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    """Here both editions are of one house: what is taken in stands beside what was sent."""
    archive = tmp_path / "ho-so-gui-du-iii-2023.zip"
    archive.write_bytes(sent(app, ranked).content)
    with app.app_context(), unit_of_work():
        edition = factories.edition(slug="viii-2023", ordinal=8, state="open", name="Giải báo chí toàn quốc")
        factories.category(edition, name="Báo in")
        secretary = factories.person("Trần Thị Thư Ký")
        factories.appointment(edition, secretary, "secretary")
    sign_in(page, secretary)
    page.goto(DOORS)
    page.locator("input[type=file]").set_input_files(archive)
    expect(page.get_by_text("Đã tải đủ, đang kiểm tra")).to_be_visible()
    worker()
    page.goto(DOORS)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_text("2 tác phẩm mới, 3 tệp")).to_be_visible()
    address = urlsplit(page.url).path
    for each in (DOORS, address):
        fits(page, each)
    page.get_by_label("Đã so mã đối chiếu").check()
    page.get_by_role("button", name="Nạp 2 tác phẩm").click()
    expect(page.get_by_text("Đang nạp tác phẩm và tệp.")).to_be_visible()
    worker()
    expect(page.get_by_role("heading", name="Tác phẩm đã nạp")).to_be_visible(timeout=15_000)
    fits(page, address)
    assert faults == []
