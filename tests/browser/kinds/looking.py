"""What the pages of the story look like: nothing sticks out or is cut, and who asks for pictures gets them."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.actors import PICTURES

REACH = (Path(__file__).parent.parent / "reach.js").read_text(encoding="utf-8")
WIDTHS = (360, 768, 1280)


def look(page: Page, name: str) -> None:
    """At every width all can be reached and read whole; with PICTURES in the environment it is photographed there.

    The page has the window it had before.
    """
    before = page.viewport_size
    assert before is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if "PICTURES" in os.environ:
            _photographed(page, f"{name}-{width}")
        found = page.evaluate(REACH)
        assert found == {"small": [], "cut": [], "tight": [], "wide": []}, f"{name} at {width}: {found}"
    page.set_viewport_size(before)


def _photographed(page: Page, name: str) -> None:
    folder = PICTURES / "kinds"
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.screenshot(path=folder / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
