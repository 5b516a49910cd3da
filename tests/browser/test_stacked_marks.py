"""Marks above and below letters never touch the line beside them, wherever words stand: told by pixels."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parent.parent.parent / "award" / "static" / "styles"
SHEETS = ("tokens", "base", "components", "reading")
LINES = "<i class='upper'>Ỵ Ẳ ỵ Ẵ</i><br><i class='lower'>Ẳ Ỵ Ỗ ỵ</i>"
PLACES = (
    *(f"<{name}>{LINES}</{name}>" for name in ("h1", "h2", "h3", "h4", "p", "li")),
    *(f"<p class='{name}'>{LINES}</p>" for name in ("lead", "small", "kicker", "empty__title", "nameplate__name")),
    f"<table class='table'><thead><tr><th>{LINES}</th></tr></thead><tr><th>{LINES}</th><td>{LINES}</td></tr></table>",
    f"<button class='button'>{LINES}</button>",
    f"<span class='state'><span>{LINES}</span></span>",
    f"<label class='field__label'>{LINES}</label>",
    f"<div class='note'>{LINES}</div>",
    f"<div class='article'><p>{LINES}</p><h3>{LINES}</h3></div>",
)


def test_no_mark_touches_the_line_beside_it(browser: Browser, tmp_path: Path) -> None:
    links = "".join(f"<link rel=stylesheet href='{(STYLES / f'{name}.css').as_uri()}'>" for name in SHEETS)
    places = "".join(f"<div>{place}</div>" for place in PLACES)
    file = tmp_path / "marks.html"
    head = f"<!doctype html><html lang=vi><meta charset=utf-8>{links}"
    file.write_text(f"{head}<style>i {{ font-style: normal }}</style><main>{places}</main>", encoding="utf-8")
    page = browser.new_page(viewport={"width": 900, "height": 600}, device_scale_factor=2)
    page.goto(file.as_uri())
    page.evaluate("() => document.fonts.ready")
    nothing, upper, lower = (shades(page, hidden) for hidden in (".upper, .lower", ".lower", ".upper"))
    page.close()
    first, second = (np.abs(each - nothing) > 96 for each in (upper, lower))
    assert first.sum() > 1000
    assert second.sum() > 1000
    assert not (first & second).any(), f"they meet {np.argwhere(first & second)[0] / 2} pixels from the corner"


def shades(page: Page, hidden: str) -> "np.ndarray[tuple[int, int], np.dtype[np.int16]]":
    """The page in grey, as it stands without the letters that are hidden."""
    style = page.add_style_tag(content=f":is({hidden}) {{ color: transparent !important }}")
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as picture:
        grey = np.asarray(picture.convert("L"), dtype=np.int16)
    style.evaluate("(one) => one.remove()")
    return grey


def test_a_field_shows_the_whole_of_every_letter(browser: Browser, tmp_path: Path) -> None:
    """What a field shows of its line is what the same line shows where there is room for more."""
    links = "".join(f"<link rel=stylesheet href='{(STYLES / f'{name}.css').as_uri()}'>" for name in SHEETS)
    file = tmp_path / "fields.html"
    field = "<input class='field__input' value='ẲỴ Ỗỵ'>"
    head = f"<!doctype html><html lang=vi><meta charset=utf-8>{links}<style>input {{ border: 0 !important }}</style>"
    file.write_text(f"{head}<main>{field}</main>", encoding="utf-8")
    page = browser.new_page(viewport={"width": 400, "height": 200}, device_scale_factor=2)
    page.goto(file.as_uri())
    page.evaluate("() => document.fonts.ready")
    close = ink(page)
    page.add_style_tag(content="input { padding-block: 3em !important; height: auto !important }")
    assert close == ink(page)
    assert close > 20
    page.close()


def ink(page: Page) -> int:
    """How many rows of pixels have ink in them, in the field."""
    with Image.open(io.BytesIO(page.locator("input").screenshot())) as picture:
        grey = np.asarray(picture.convert("L"), dtype=np.int16)
    return int((grey.max(axis=1) - grey.min(axis=1) > 96).sum())
