"""The colours of tokens.css: text is legible on every ground, marks and edges can be seen, in light and in dark."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "award" / "static" / "styles"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")

GROUNDS = ("paper", "sheet", "wash")
WASHES = ("ok-wash", "warn-wash", "bad-wash", "info-wash")
TEXT = ("ink", "muted", "link", "red-ink", "gold-ink", "ok", "warn", "bad")
MARKS = ("ok", "warn", "bad", "info", "edge", "focus", "red-mark", "red-rule")

TEXT_PAIRS = [
    *((text, ground) for text in TEXT for ground in GROUNDS),
    *((text, wash) for text in ("ink", "muted") for wash in WASHES),
    *((text, f"{text}-wash") for text in ("ok", "warn", "bad")),
    ("on-red", "red-fill"),
    ("on-red", "red-deep"),
    ("paper", "ink"),
    ("paper", "muted"),
]
MARK_PAIRS = [(mark, ground) for mark in MARKS for ground in GROUNDS] + [
    (state, f"{state}-wash") for state in ("ok", "warn", "bad", "info")
]


def block(opening: str) -> dict[str, str]:
    """The custom properties declared in the rule that begins with `opening`."""
    start = TOKENS.index(opening) + len(opening)
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS[start : TOKENS.index("}", start)]))


LIGHT = block(":root {")
DARK_DEVICE = block(':root:not([data-theme="light"]) {')
DARK_CHOSEN = block(':root[data-theme="dark"] {')


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_wcag_computes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, LIGHT | DARK_DEVICE], ids=["light", "dark"])
def test_text_is_legible(theme: dict[str, str]) -> None:
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, LIGHT | DARK_DEVICE], ids=["light", "dark"])
def test_marks_and_edges_can_be_seen(theme: dict[str, str]) -> None:
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in MARK_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_dark_is_the_same_by_device_and_by_choice() -> None:
    assert DARK_DEVICE == DARK_CHOSEN
    assert set(DARK_DEVICE) <= set(LIGHT)


def test_gold_is_metal_and_never_text() -> None:
    rules = "\n".join(sheet.read_text(encoding="utf-8") for sheet in STYLES.glob("*.css"))
    assert not re.search(r"(?<![-\w])(color|fill):\s*var\(--gold\)", rules)


def test_every_text_colour_is_in_the_table() -> None:
    known = {pair[0] for pair in TEXT_PAIRS} | set(MARKS)
    for sheet in STYLES.glob("*.css"):
        used = set(re.findall(r"(?<![-\w])color:\s*var\(--([\w-]+)\)", sheet.read_text(encoding="utf-8")))
        assert used <= known, sheet.name


def test_every_property_used_is_declared() -> None:
    for sheet in STYLES.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        own = set(re.findall(r"(?<!var\()--([\w-]+):", text))
        with_fallback = set(re.findall(r"var\(--([\w-]+),", text))
        used = set(re.findall(r"var\(--([\w-]+)", text))
        assert used - with_fallback <= set(LIGHT) | own, sheet.name
