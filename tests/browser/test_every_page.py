"""Every answer of every door before axe, in either light; and what a screen reader is told of the main pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from tests.browser.census import looked_through, shown_to
from tests.doors.test_doors import ROOMS, Stage, rows, staged
from tests.doors.world import WORLDS

pytestmark = [pytest.mark.browser, pytest.mark.db, pytest.mark.long]

MAIN = {
    "open": {
        "front": ("anonymous", "/{slug}/"),
        "register": ("anonymous", "/dang-ky"),
        "tasks": ("entrant", "/{slug}/tac-pham/{draft}"),
        "work": ("entrant", "/{slug}/tac-pham/{draft}/khai"),
        "desk": ("secretary", "/ban-lam-viec"),
        "screening": ("secretary", "/{slug}/kiem-tra/{entry}"),
    },
    "sitting": {
        "scoring": ("judge", "/{slug}/vong/1/cham/{assignment}"),
        "standings": ("chair", "/{slug}/vong/2/xep-hang"),
        "council": ("chair", "/{slug}/de-nghi-giai"),
        "sitting": ("chair", "/{slug}/phien-hop"),
    },
}
TREES = Path(__file__).parent / "trees"
SEEN = Path(__file__).parent.parent / "output" / "trees"
DAY = re.compile(r"(?i)thứ (hai|ba|tư|năm|sáu|bảy)|chủ nhật")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Of both the tests of a world come together, so that it is made once."""
    kinds = MAIN if "tell" in metafunc.function.__name__ else WORLDS
    metafunc.parametrize("stage", list(kinds), indirect=True, scope="module")


@pytest.fixture(scope="module")
def stage(house: Flask, request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(house, request.param) as found:
        yield found


@pytest.fixture
def context(browser: Browser, served: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=served, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    yield context
    context.close()


@pytest.mark.timeout(3600)
def test_axe_finds_nothing_in_any_answer(stage: Stage, context: BrowserContext, served: str) -> None:
    tried = [row for room in ROOMS for row in rows(room) if row.world == stage.kind]
    count, wrong = looked_through(context, stage, tried, served)
    assert count
    assert wrong == {}


def test_main_pages_tell_a_screen_reader_what_was_agreed(stage: Stage, context: BrowserContext, served: str) -> None:
    """Who changes a page on purpose looks at its tree in tests/output/trees and copies it to tests/browser/trees."""
    stage.before.put_back()
    SEEN.mkdir(parents=True, exist_ok=True)
    changed = []
    page = context.new_page()
    for name, (actor, address) in MAIN[stage.kind].items():
        shown_to(context, stage.people, actor, served)
        answer = page.goto(address.format_map(stage.world.names), wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, name
        told = without_days(page.locator("body").aria_snapshot())
        (SEEN / f"{name}.txt").write_text(told, encoding="utf-8")
        known = TREES / f"{name}.txt"
        if not known.exists() or known.read_text(encoding="utf-8") != told:
            changed.append(name)
    assert changed == []


def without_days(tree: str) -> str:
    """The tree without addresses and levels of headings, which axe follows; each number and day of the week alike."""
    lines = (line for line in tree.splitlines() if not line.lstrip().startswith("- /url:"))
    told = re.sub(r" \[level=\d\]", "", "\n".join(lines))
    return DAY.sub("Thứ", re.sub(r"\d+", "0", told)) + "\n"
