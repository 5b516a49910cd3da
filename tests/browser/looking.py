"""What pages of stories look like: nothing sticks out or is cut, and who asks for pictures gets them."""

import os
from collections.abc import Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).parent.parent / "output" / "pictures"
WIDTHS = (360, 768, 1280)

_STYLED = "() => [...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"
"""What a page holds is there before its styles are, for a moment after it was opened."""
_REACH = (Path(__file__).parent / "reach.js").read_text(encoding="utf-8")


def look(page: Page, name: str, widths: Sequence[int] = WIDTHS) -> None:
    """At every width all can be reached and read whole; with PICTURES in the environment it is photographed there.

    The page has the window it had before.
    """
    before = page.viewport_size
    assert before is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if "PICTURES" in os.environ:
            _photographed(page, f"{name}-{width}")
        found = out_of_reach(page)
        assert found == {"small": [], "cut": [], "tight": [], "wide": []}, f"{name} at {width}: {found}"
    page.set_viewport_size(before)


def fits(page: Page, address: str) -> None:
    """The page at the address fits every width, and axe finds nothing in it in either light.

    It is opened once: what a narrower window and the other light change is drawn anew without asking the server.
    """
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.querySelector('.footer').remove()")  # the layout's own, looked at with the layout
    look(page, address.strip("/").replace("/", "-"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert faults_of_access(page) == [], f"{address} {scheme}"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def faults_of_access(page: Page) -> list[tuple[str, str]]:
    """What axe finds: the rule, and the first element that breaks it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def out_of_reach(page: Page) -> dict[str, list[str]]:
    """What is too small for a finger, cut, set too tight, or wider than the window, as the page stands."""
    page.wait_for_function(_STYLED)
    found: dict[str, list[str]] = page.evaluate(_REACH)
    return found


def _photographed(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
