"""An archive that was unpacked, opened by a browser from the disk, with no house behind it."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.award.archive.conftest import built, unpacked
from tests.award.archive.conftest import made as made
from tests.award.results.rows import Outcome

pytestmark = pytest.mark.browser


def test_it_opens_from_the_disk_without_a_house(app: Flask, made: Outcome, tmp_path: Path, browser: Browser) -> None:
    with app.app_context():
        folder = unpacked(built(made, "public", "none"), tmp_path)
    page = browser.new_page()
    try:
        page.goto((folder / "index.html").as_uri())
        page.locator("#trang").get_by_role("link", name="Kết quả", exact=True).click()
        expect(page.get_by_text("Khi bí thư chi bộ xuống ruộng").first).to_be_visible()
        assert page.url.endswith("/trang/ket-qua.html")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
        assert page.evaluate("document.fonts.ready.then(all => [...all].some(face => face.status === 'loaded'))")
    finally:
        page.close()
