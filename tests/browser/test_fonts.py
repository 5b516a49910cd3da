"""Every Vietnamese letter, and the sign of đồng, is drawn by the fonts of the house: by no other font, as no box."""

import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parent.parent.parent / "award" / "static" / "styles" / "tokens.css"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LETTERS = [*SMALL, *"bcdđghklmnpqrstvx"]
ALL = "".join(LETTERS + [letter.upper() for letter in LETTERS])
FACES = {"Be Vietnam Pro": (400,), "Source Serif 4": (400, 600)}


def test_the_alphabet_is_whole() -> None:
    assert len(ALL) == len(set(ALL)) == 178
    assert sum(ord(letter) > 127 for letter in ALL) == 134
    assert unicodedata.is_normalized("NFC", ALL)


def test_no_letter_is_drawn_by_another_font(browser: Browser, tmp_path: Path) -> None:
    drawn = "".join(
        f"<p id='f{n}' style=\"font-family: '{family}'; font-weight: {weight}\">{ALL}₫</p>"
        for n, (family, weight) in enumerate((family, w) for family, weights in FACES.items() for w in weights)
    )
    sheet = tmp_path / "letters.html"
    sheet.write_text(f"<meta charset=utf-8><link rel=stylesheet href='{STYLES.as_uri()}'>{drawn}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(sheet.as_uri())
    page.evaluate("() => document.fonts.ready")
    asked = context.new_cdp_session(page)
    for method in ("DOM.enable", "CSS.enable"):
        asked.send(method)
    root = asked.send("DOM.getDocument")["root"]["nodeId"]
    for n, family in enumerate(family for family, weights in FACES.items() for _w in weights):
        node = asked.send("DOM.querySelector", {"nodeId": root, "selector": f"#f{n}"})["nodeId"]
        used = asked.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert {font["familyName"].removesuffix(" SemiBold") for font in used} == {family}
        assert all(font["isCustomFont"] for font in used)
        assert sum(font["glyphCount"] for font in used) == len(ALL) + 1
    context.close()
