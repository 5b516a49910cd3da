"""Every component as a browser sees it: no rule of accessibility broken, nothing too wide, cut off or out of reach."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import faults_of_access, look, out_of_reach

ADDRESS = "/thanh-phan"
pytestmark = [pytest.mark.browser, pytest.mark.db]

PAGES = ("", "?trang=cham", "?trang=trang-dau", "?trang=xac-nhan")

HIDDEN = (Path(__file__).parent / "focus.js").read_text(encoding="utf-8")

SPACED = """
*, *::before { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


@pytest.mark.parametrize("sample", PAGES)
def test_everything_fits_and_can_be_reached_and_axe_finds_nothing(page: Page, faults: list[str], sample: str) -> None:
    page.goto(ADDRESS + sample, wait_until="networkidle")
    look(page, "mau", widths=(320, 768, 1280))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert faults_of_access(page) == [], scheme
    assert faults == []


def test_wider_spacing_loses_no_word(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, bypass_csp=True, viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.goto(ADDRESS, wait_until="networkidle")
    page.add_style_tag(content=SPACED)
    found = out_of_reach(page)
    assert (found["cut"], found["wide"]) == ([], [])
    context.close()


def test_every_vietnamese_letter_is_drawn_by_our_faces(page: Page) -> None:
    page.goto(ADDRESS, wait_until="networkidle")
    drawn = page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)")
    assert {name.replace('"', "") for name in drawn} >= {"Be Vietnam Pro", "Source Serif 4"}


def test_the_focus_is_always_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(ADDRESS, wait_until="networkidle")
    assert page.evaluate(HIDDEN) == []


def test_a_grave_act_opens_a_dialog_whose_safe_answer_comes_first(page: Page) -> None:
    page.goto(ADDRESS, wait_until="networkidle")
    opener = page.locator('[data-opens="close-round"]')
    opener.click()
    dialog = page.locator("dialog#close-round")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-closes]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    dialog.locator("[data-closes]").click()
    expect(dialog).to_be_hidden()


def test_a_mark_is_typed_stepped_or_slid_and_the_sum_follows(page: Page) -> None:
    page.goto(ADDRESS + "?trang=cham", wait_until="networkidle")
    third = page.locator('[data-field="m3"]')
    total = page.locator(".score-total output")
    missing = page.locator(".score-total__missing")
    expect(total).to_have_text("6,25")
    expect(missing).to_have_text("còn 1 tiêu chí")
    third.locator(".score__value").fill("2.5")
    expect(total).to_have_text("8,75")
    expect(missing).to_have_text("")
    third.locator('[data-by="-1"]').click()
    expect(third.locator(".score__value")).to_have_value("2,25")
    third.locator(".score__range").press("ArrowRight")
    expect(third.locator(".score__value")).to_have_value("2,50")
    third.locator(".score__value").fill("4,5")
    third.locator(".score__value").blur()
    expect(third.locator(".field__error")).to_have_text("Tiêu chí này tối đa 3 điểm, bước 0,25. Điểm vừa nhập: 4,5.")
    expect(total).to_have_text("6,25")


def test_the_sheet_is_widened_from_the_keyboard_and_stays_so(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(ADDRESS + "?trang=cham", wait_until="networkidle")
    sheet = page.locator(".sheet")
    before = (sheet.bounding_box() or {})["width"]
    page.locator('[data-splits="sheet"]').focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert (sheet.bounding_box() or {})["width"] == pytest.approx(before + 32, abs=1)
    page.reload(wait_until="networkidle")
    assert (sheet.bounding_box() or {})["width"] == pytest.approx(before + 32, abs=1)


def test_a_phone_shows_one_pane_and_always_the_sum(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(ADDRESS + "?trang=cham", wait_until="networkidle")
    expect(page.locator(".material")).to_be_visible()
    expect(page.locator(".sheet")).to_be_hidden()
    page.locator('[data-pane="sheet"]').click()
    expect(page.locator(".material")).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator(".bench-tabs output")).to_have_text("6,25")


def test_looks_are_remembered(page: Page) -> None:
    page.goto(ADDRESS, wait_until="networkidle")
    page.get_by_role("radio", name="Tối").check()
    page.get_by_role("radio", name="Lớn").check()
    page.reload(wait_until="networkidle")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.get_by_role("radio", name="Tối")).to_be_checked()


def test_without_scripts_every_word_and_field_is_there(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(ADDRESS + "?trang=cham")
    for part in (".queue", ".material", ".sheet"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator('[name="m1"]')).to_have_value("3,50")
    page.goto(ADDRESS)
    page.locator('[data-opens="close-round"]').click()
    expect(page.get_by_role("heading", name="Kết thúc vòng sơ khảo?")).to_be_visible()
    context.close()


def test_paper_is_black_on_white_even_from_a_dark_screen(page: Page) -> None:
    page.goto(ADDRESS, wait_until="networkidle")
    page.emulate_media(media="print", color_scheme="dark")
    root = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"[{root}.color, {root}.backgroundColor]") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(page.locator(".footer")).to_be_hidden()
    expect(page.locator(".masthead .nav").first).to_be_hidden()


CONTROLS = (
    '[type="button"].button--primary:not([aria-busy])',
    ".button--quiet",
    ".button--grave",
    ".chips a:not([aria-current])",
    ".acts a",
    "thead th:not([aria-sort]) a",
)
LOOK = """(one) => {
  const { backgroundColor, borderColor, color, textDecoration } = getComputedStyle(one);
  return [backgroundColor, borderColor, color, textDecoration].join(" ");
}"""
RING = """(one) => [null, "::before", "::after"].some((part) => getComputedStyle(one, part).outlineStyle === "solid")"""


def test_the_pointer_and_the_focus_are_seen_on_every_kind_of_control(page: Page) -> None:
    page.goto(ADDRESS, wait_until="networkidle")
    page.emulate_media(reduced_motion="reduce")
    for name in CONTROLS:
        control = page.locator(f"{name} >> visible=true").first
        rest = control.evaluate(LOOK)
        control.hover()
        assert control.evaluate(LOOK) != rest, f"{name} under the pointer"
        page.mouse.move(0, 0)
        page.keyboard.press("Shift")  # from now on the focus is the keyboard's
        control.focus()
        assert control.evaluate(RING), f"{name} in focus"


def test_forced_colours_leave_every_state_to_be_seen(page: Page) -> None:
    """Where the system chooses the colours, what is chosen, current, wrong or half done is told by more than ours."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(ADDRESS + "?trang=cham", wait_until="networkidle")
    edge = "(one) => getComputedStyle(one).borderLeftColor"
    current, other = page.locator(".queue a[aria-current]"), page.locator(".queue a:not([aria-current])").first
    assert current.evaluate(edge) != other.evaluate(edge)
    page.goto(ADDRESS, wait_until="networkidle")
    for name in (".button--primary", ".input", ".field--bad .input, .input[aria-invalid]", ".upload", "progress"):
        box = page.locator(name).first
        told = "(one) => ['Width', 'Style'].map((each) => getComputedStyle(one)[`borderBottom${each}`])"
        assert box.evaluate(told) != ["0px", "none"], name
