"""Codes as a scanner sees them: every version and level, turned, noisy, yellowed, damaged; and pages without a code."""

import io
from typing import Any

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from uploads import qr
from uploads.reed_solomon import corrected

ADDRESS = "https://giai.example.vn/iii-2023/toa-soan/k7m2p4q6r8s9/danh-sach-ky/a2b3c4d5e6f7"


def modules(text: str, **how: Any) -> Any:
    return np.array([list(row) for row in segno.make(text, micro=False, boost_error=False, **how).matrix], dtype=bool)


def page(text: str = ADDRESS, *, scale: int = 5, angle: float = 0.0, at: tuple[int, int] = (900, 120)) -> Image.Image:
    """An A4 page at 150 dots an inch with lines of text and the code in a corner."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=scale, border=4)
    sheet = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(sheet)
    for line in range(420, 1600, 34):
        pen.text((90, line), "Danh sách tác phẩm dự Giải do cơ quan đăng, phát   " * 3, fill=20)
        pen.line((80, line + 24, 1160, line + 24), fill=60)
    sheet.paste(Image.open(drawn).convert("L"), at)
    return sheet.rotate(angle, fillcolor=250, resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("version", range(1, 11))
@pytest.mark.parametrize("level", "lmqh")
def test_every_version_and_level_is_read(version: int, level: str) -> None:
    text = "a" * {"l": 12, "m": 10, "q": 8, "h": 5}[level] * version
    assert qr.decoded(modules(text, version=version, error=level, mode="byte")) == text


@pytest.mark.parametrize("mask", range(8))
def test_every_mask_is_taken_off(mask: int) -> None:
    assert qr.decoded(modules(ADDRESS, error="m", mask=mask)) == ADDRESS


@pytest.mark.parametrize("angle", [0, 1.5, -3, 7, 45, 90, 180, 271])
def test_a_page_lies_on_the_glass_as_it_lies(angle: float) -> None:
    assert qr.read(np.asarray(page(angle=angle, at=(500, 700)))) == [ADDRESS]


@pytest.mark.parametrize("scale", [3, 4, 9])
def test_large_and_small(scale: int) -> None:
    assert qr.read(np.asarray(page(scale=scale, at=(300, 120)))) == [ADDRESS]


def test_dust_shadow_and_a_poor_copy() -> None:
    rng = np.random.default_rng(3)
    seen = np.asarray(page(angle=2)).astype(float)
    seen = seen * np.linspace(1.0, 0.35, seen.shape[1])  # the lid was open
    seen += rng.normal(0, 12, seen.shape)
    poor = io.BytesIO()
    Image.fromarray(seen.clip(0, 255).astype(np.uint8)).save(poor, "JPEG", quality=35)
    assert qr.read(np.asarray(Image.open(poor).convert("L"))) == [ADDRESS]


def test_a_stamp_over_a_corner_of_the_data() -> None:
    sheet = page()
    ImageDraw.Draw(sheet).ellipse((1050, 290, 1095, 335), fill=40)
    assert qr.read(np.asarray(sheet)) == [ADDRESS]


def test_a_page_without_a_code_says_nothing() -> None:
    assert qr.read(np.full((600, 400), 255, dtype=np.uint8)) == []
    assert qr.read(np.asarray(page())[400:]) == []


def test_two_codes_on_one_page() -> None:
    sheet, other = page(at=(800, 60)), page("hai", at=(100, 60))
    both = np.minimum(np.asarray(sheet), np.asarray(other))
    assert sorted(qr.read(both)) == sorted([ADDRESS, "hai"])


def test_a_code_too_damaged_to_rely_on_says_nothing() -> None:
    broken = modules(ADDRESS, error="l")
    broken[12:30, 12:30] = True
    assert qr.decoded(broken) is None


@given(st.data())
@settings(max_examples=150)
def test_any_half_of_the_correction_mends_and_nothing_wrong_is_taken_for_right(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.integers(0, 255), min_size=4, max_size=40))
    code = _encoded(words, 16)
    wrong = data.draw(st.lists(st.integers(0, len(code) - 1), unique=True, max_size=8))
    seen = list(code)
    for at in wrong:
        seen[at] ^= data.draw(st.integers(1, 255))
    assert corrected(seen, 16) == code


def _encoded(words: list[int], correction: int) -> list[int]:
    """The words with their correction, by dividing as the standard does."""
    from uploads.reed_solomon import _POWERS, _times

    generator = [1]
    for n in range(correction):
        longer = [*generator, 0]
        for at, coefficient in enumerate(generator):
            longer[at + 1] ^= _times(coefficient, _POWERS[n])
        generator = longer
    left = [*words, *[0] * correction]
    for at in range(len(words)):
        if factor := left[at]:
            for n, coefficient in enumerate(generator):
                left[at + n] ^= _times(coefficient, factor)
    return [*words, *left[-correction:]]
