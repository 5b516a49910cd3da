"""Each kind judged as it asks to be: pages beside text, sound and film played and sought in, photos at full size."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from demonstration.media import PHOTO_SIZE, web_address
from tests.browser.actors import Actor
from tests.browser.kinds.made import PHOTOS, SECONDS, Kind
from tests.browser.looking import look

PATIENT = 60_000
MARKS = ("3,5", "2,5", "2")


def judges(who: Actor, kind: Kind, queue: str) -> None:
    """The work is found in the list, read to its end, marked, and its sheet sent."""
    page = who.page
    who.opens(queue)
    page.locator("main").get_by_role("link", name=kind.work.title, exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    expect(page.locator(".material")).to_contain_text(kind.work.title)
    _READ[kind.medium](page, kind)
    look(page, f"{kind.medium}-8-cham")
    for field, points in zip(page.locator(".score__value").all(), MARKS, strict=True):
        field.fill(points)
        field.blur()
    expect(page.locator("[data-score-total] output").first).to_have_text("8,00")
    expect(page.locator('.queue [aria-current="true"]')).to_contain_text("Đã chấm, 8,00")
    who.presses("Gửi phiếu chấm")
    who.sees("Đã gửi phiếu chấm lúc")


def _reads_five_parts(page: Page, kind: Kind) -> None:
    """From part to part by the links above; each shows its page, and beside it the words of that page."""
    for number, part in enumerate(kind.work.parts, start=1):
        page.locator(".parts").get_by_role("link", name=f"Kỳ {number}").click()
        shown = page.locator(f"#ky-{number}")
        expect(shown.get_by_role("heading", level=3)).to_be_in_viewport()
        _reads_a_page(page, shown, part.paragraphs[0], part.paragraphs[-1])


def _reads_a_page(page: Page, shown: Locator, *words: str) -> None:
    """The image of a page, its text, and the image at its full size over the page, with the way back."""
    image = shown.locator("img.reader__page").first
    image.scroll_into_view_if_needed()
    _until(page, image, "image => image.complete && image.naturalWidth > 800")
    for each in words:
        expect(shown.locator(".article")).to_contain_text(each)
    image.click()
    viewer = page.locator(".viewer")
    _until(page, viewer.locator(".viewer__pane img"), "image => image.complete && image.naturalWidth > 800")
    viewer.get_by_role("button", name="Đóng").click()
    expect(viewer).to_be_hidden()


def _reads_an_online_article(page: Page, kind: Kind) -> None:
    """The stored copy is read here; the link leads to where the article stood, in a window of its own."""
    (part,) = kind.work.parts
    link = page.locator(".material").get_by_role("link", name="Mở bài đã đăng")
    there = page.request.get(link.get_attribute("href") or "", max_redirects=0)
    assert (there.status, there.headers["location"]) == (303, web_address(kind.work, part))
    expect(link).to_have_attribute("target", "_blank")
    _reads_a_page(page, page.locator("#ky-1"), kind.work.summary, part.paragraphs[-1])


def _plays(page: Page, kind: Kind) -> None:
    """It plays from its beginning, then from the last third; what is spoken stands below as text."""
    player = page.locator(".player")
    media = player.locator(".player__media")
    expect(player.locator("[data-all]")).to_have_text(re.compile(rf"^0:{SECONDS}$"), timeout=PATIENT)
    player.get_by_role("button", name="Phát", exact=True).click()
    _until(page, media, "media => media.currentTime > 0.2 && !media.paused")
    player.get_by_role("button", name="Tới 10 giây").click()
    _until(page, media, "media => !media.seeking && media.currentTime > 10 && media.readyState > 2")
    player.get_by_role("button", name="Dừng").click()
    player.locator(".player__seek").focus()
    page.keyboard.press("Home")
    expect(player.locator("[data-at]")).to_have_text("0:00")
    page.keyboard.press("ArrowRight")
    expect(player.locator("[data-at]")).to_have_text("0:10")
    if kind.medium == "television":
        _until(page, media, "media => media.videoWidth === 640 && media.readyState > 1")
    expect(page.locator(".material .article")).to_contain_text(kind.work.parts[0].paragraphs[-1])


def _steps_through_photos(page: Page, kind: Kind) -> None:
    """Every photo over the whole window, in the size it was taken in, with what stands below it."""
    links = page.locator("[data-photo]")
    expect(links.first).to_be_visible()
    links.first.click()
    viewer = page.locator(".viewer")
    for number, words in enumerate(kind.captions()):
        expect(viewer.locator(".viewer__bar p")).to_contain_text(f"Ảnh {number + 1}/{PHOTOS}: {words}")
        upright = number % 3 == 2
        width, height = reversed(PHOTO_SIZE) if upright else PHOTO_SIZE
        image = viewer.locator(".viewer__pane img")
        _until(page, image, f"image => image.naturalWidth === {width} && image.naturalHeight === {height}")
        look(page, f"photo-8-anh-{number + 1}") if number == 0 else None
        page.keyboard.press("PageDown")
    viewer.get_by_role("button", name="Phóng to").click()
    expect(viewer).to_have_attribute("data-zoomed", "")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


_READ: dict[str, Callable[[Page, Kind], None]] = {
    "print": _reads_five_parts,
    "online": _reads_an_online_article,
    "radio": _plays,
    "television": _plays,
    "photo": _steps_through_photos,
}


def _until(page: Page, one: Locator, holds: str) -> None:
    """Returns once this is true of the element, asked from outside: the page's policy forbids evaluating in it."""
    for _ in range(PATIENT // 100):
        if one.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {holds}")
