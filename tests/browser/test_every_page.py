"""axe finds nothing in any page, in either light: every answer of every door to everybody, built one way or another."""

import pytest
from playwright.sync_api import Browser

from tests.browser.census import looked_through
from tests.doors.test_doors import ROOMS, Stage, rows, stage
from tests.doors.world import WORLDS

__all__ = ["stage"]

pytestmark = [pytest.mark.browser, pytest.mark.db]

SAMPLE = {"frozen": ("ranking",)}
"""The rooms that every run looks through; with --long it is all of them."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    kinds = WORLDS if metafunc.config.getoption("--long") else SAMPLE
    metafunc.parametrize("stage", list(kinds), indirect=True)


@pytest.mark.timeout(3600)
def test_axe_finds_nothing_in_any_answer(
    stage: Stage, browser: Browser, served: str, request: pytest.FixtureRequest
) -> None:
    rooms = ROOMS if request.config.getoption("--long") else SAMPLE[stage.kind]
    tried = [row for room in rooms for row in rows(room) if row.world == stage.kind]
    context = browser.new_context(base_url=served, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    count, wrong = looked_through(context, stage, tried, served)
    context.close()
    assert count
    assert wrong == {}
