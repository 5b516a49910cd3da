"""Sound, film and photos before a judge in Chromium: seeking in the store, keys, the viewer, and no script at all."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries.models import EntryFile
from award.people.models import Person
from demonstration import media
from tests.award.files.conftest import Sender
from tests.browser.looking import look
from tests.judging.rows import Bench, bench
from tests.uploads import recordings

pytestmark = [pytest.mark.browser, pytest.mark.db]

PATIENT = 60_000
AT = "document.querySelector('.player__media').currentTime"
WORDS = "Khi bí thư chi bộ xuống ruộng. Mỗi lời hứa với dân đều có người nhận, có ngày trả lời và có chữ ký."


def until(page: Page, holds: str, timeout: int = 10_000) -> None:
    """Returns once the expression is true in the page, asked from outside: its policy forbids evaluating in it."""
    for _ in range(timeout // 100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {holds}")


@dataclass
class Shown:
    """A work with these files before the judge, who is signed in; `address` is the scoring page."""

    of: Bench
    address: str
    files: list[str]


def at_work(page: Page, shown: Shown) -> None:
    """The scoring page, with its scripts at work."""
    page.goto(shown.address)
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")


@pytest.fixture
def show(
    app: Flask, page: Page, sign_in: Callable[[Page, Person], None], worker: Callable[[], None]
) -> Callable[..., Shown]:
    """`show(("phim.mp4", data), blind=False)`: sent, verified and made light as files of one work in an open round."""

    def built(*files: tuple[str, bytes], blind: bool = False) -> Shown:
        with app.app_context(), unit_of_work():
            of = bench(works=1, judges=1, blind=blind)
            kinds = ["mp3", "mp4", "mov", "jpeg"]
            slot = FileSlot(
                category_id=of.category.id, ordinal=2, code="media", label="Tệp dự Giải", kinds=kinds,
                max_bytes=10**9, at_most=9, captions=True,
            )  # fmt: skip
            of.category.slots.append(slot)
            session.flush()
            owner, slot_id = session.get_one(Person, of.works[0].owner_id), slot.id
        sent = [Sender(app, owner).stored(data, name, kinds) for name, data in files]
        worker()
        with app.app_context(), unit_of_work():
            entry = session.merge(of.works[0])
            for number, file in enumerate(sent):
                entry.files.append(
                    EntryFile(
                        slot_id=slot_id, part_id=entry.parts[0].id, file_id=file.id, ordinal=number,
                        caption=f"Chú thích ảnh số {number + 1}." if file.kind == "jpeg" else "",
                    )
                )  # fmt: skip
            session.flush()
            of.open()
        with app.app_context():
            judge = session.merge(of.judges[0])
            sign_in(page, judge)
            address = f"/iii-2023/vong/1/cham/{of.assignments(judge)[0].public_id}"
        return Shown(of, address, [file.public_id for file in sent])

    return built


def test_a_film_is_sought_by_range_straight_from_the_store(
    page: Page, show: Callable[..., Shown], faults: list[str]
) -> None:
    shown = show(("phim.mp4", recordings.mp4(20)))
    ranges: list[tuple[int, str]] = []
    page.on("response", lambda answer: ranges.append((answer.status, answer.request.headers.get("range", ""))))
    at_work(page, shown)
    player = page.locator(".player")
    expect(player.locator("[data-all]")).to_have_text("0:20", timeout=PATIENT)
    assert [asked for status, asked in ranges if status == 206], "the store was asked for no range"

    player.get_by_role("button", name="Phát").click()
    until(page, f"{AT} > 0.3", timeout=PATIENT)
    player.get_by_role("button", name="Dừng").click()
    page.evaluate("document.querySelector('.player__media').currentTime = 3")
    player.locator(".player__seek").focus()
    page.keyboard.press("ArrowRight")
    expect(player.locator("[data-at]")).to_have_text("0:13")
    expect(player.locator(".player__seek")).to_have_attribute("aria-valuetext", "0:13, trong 0:20")
    page.keyboard.press("j")
    expect(player.locator("[data-at]")).to_have_text("0:03")
    player.get_by_role("button", name="Tới 10 giây").click()
    expect(player.locator("[data-at]")).to_have_text("0:13")
    until(page, f"!document.querySelector('.player__media').seeking && Math.abs({AT} - 13) < 0.5")
    page.locator("[data-speed]").select_option("1.5")
    assert page.evaluate("document.querySelector('.player__media').playbackRate") == 1.5

    page.reload()
    expect(player.locator("[data-at]")).to_have_text("0:13", timeout=PATIENT)
    assert faults == []


def test_keys_of_the_player_do_not_reach_the_page_and_a_note_leads_back_to_its_time(
    page: Page, show: Callable[..., Shown]
) -> None:
    shown = show(("tieng.mp3", media.recording(WORDS, 12)))
    at_work(page, shown)
    player = page.locator(".player")
    expect(player.locator("[data-all]")).to_have_text("0:12", timeout=PATIENT)
    player.locator(".player__seek").focus()
    page.keyboard.press("5")
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(re.escape(shown.address)))
    expect(page.locator(".score__value").first).to_have_value("")
    page.keyboard.press("Space")
    expect(player.locator("[data-play]")).to_have_text("Dừng")
    page.keyboard.press("k")
    expect(player.locator("[data-play]")).to_have_text("Phát")
    page.keyboard.press(">")
    assert page.evaluate("document.querySelector('.player__media').playbackRate") == 1.25
    page.locator(".material").focus()
    for word in ("Dừng", "Phát"):
        page.keyboard.press("k")
        expect(player.locator("[data-play]")).to_have_text(word)
    page.evaluate("document.querySelector('.player__media').currentTime = 3")
    heard = player.locator(".player__wave clipPath rect")
    expect(heard).to_have_attribute("width", "125")
    page.keyboard.press("g")
    page.keyboard.type("giọng rõ")
    note = page.locator("textarea[name=note]")
    expect(note).to_have_value("0:03 giọng rõ")
    page.keyboard.press("Alt+l")
    until(page, f"{AT} > 10")
    expect(note).to_have_value("0:03 giọng rõ")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    page.reload()
    page.locator(".moments").get_by_role("button", name="0:03").click(timeout=PATIENT)
    until(page, f"Math.abs({AT} - 3) < 0.5", timeout=PATIENT)
    expect(player.locator(".player__seek")).to_be_focused()


def test_a_new_address_is_fetched_when_the_old_one_has_run_out(page: Page, show: Callable[..., Shown]) -> None:
    shown = show(("tieng.mp3", media.recording(WORDS, 20)))
    at_work(page, shown)
    expect(page.locator("[data-all]")).to_have_text("0:20", timeout=PATIENT)
    page.evaluate("document.querySelector('.player__media').currentTime = 9")
    until(page, f"Math.abs({AT} - 9) < 0.5")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("""() => {
      const media = document.querySelector('.player__media');
      Object.defineProperty(media, 'error', { configurable: true, get: () => ({ code: 2 }) });
      media.dispatchEvent(new Event('error'));
      delete media.error;
    }""")
    until(page, f"Math.abs({AT} - 9) < 0.5 && document.querySelector('.player__media').readyState > 1")
    assert any(shown.files[0] in url for url in asked), "the door was asked again"
    expect(page.locator(".player__fault")).to_be_hidden()


def test_a_blind_round_plays_what_names_nobody(page: Page, show: Callable[..., Shown], faults: list[str]) -> None:
    shown = show(("phong-su-cua-ha-van.mp4", media.film(WORDS, 8, author="Ha Van")), blind=True)
    seen: list[str] = []
    page.on("response", lambda answer: seen.append(answer.url))
    at_work(page, shown)
    player = page.locator(".player")
    expect(player.locator("[data-all]")).to_have_text("0:08", timeout=PATIENT)
    player.get_by_role("button", name="Phát").click()
    until(page, f"{AT} > 0.3", timeout=PATIENT)
    assert any(f"/tep/{shown.files[0]}/ban/nhe" in url for url in seen)
    assert not any("ha-van" in url for url in seen)
    expect(page.locator(".material")).not_to_contain_text("Tải bản gốc")
    assert page.request.get(f"/tep/{shown.files[0]}", max_redirects=0).status == 404
    light = page.request.get(f"/tep/{shown.files[0]}/ban/nhe").body()
    assert b"Ha Van" not in light
    assert faults == []


@pytest.mark.long
def test_the_other_version_is_played_from_the_same_place(page: Page, show: Callable[..., Shown]) -> None:
    shown = show(("phim.mp4", recordings.mp4(20)))
    at_work(page, shown)
    expect(page.locator("[data-all]")).to_have_text("0:20", timeout=PATIENT)
    page.evaluate("document.querySelector('.player__media').currentTime = 9")
    switch = page.locator("[data-other]")
    expect(switch).to_have_text("Xem bản nhẹ")
    switch.click()
    expect(switch).to_have_text("Xem bản gốc")
    assert str(page.locator(".player__media").get_attribute("src")).endswith("/ban/nhe")
    until(page, f"Math.abs({AT} - 9) < 0.5 && document.querySelector('.player__media').readyState > 1")


@pytest.mark.long
def test_on_a_weak_network_a_film_is_heard_and_its_pictures_come_when_they_are_asked_for(
    page: Page, show: Callable[..., Shown], faults: list[str], live_server: str
) -> None:
    shown = show(("phim.mp4", media.film(WORDS, 20)))
    page.context.add_cookies([{"name": "network", "value": "slow", "url": live_server}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at_work(page, shown)
    expect(page.get_by_text("Mạng yếu: chỉ phát tiếng")).to_be_visible()
    asked.clear()
    page.locator(".player").get_by_role("button", name="Phát").click()
    until(page, f"{AT} > 0.3", timeout=PATIENT)
    assert any(url.endswith(f"/tep/{shown.files[0]}/ban/tieng") for url in asked)
    assert page.evaluate("document.querySelector('.player__media').videoWidth") == 0
    assert not any(re.search(f"/tep/{shown.files[0]}(/ban/nhe)?$", url) for url in asked), "no picture was fetched"
    page.evaluate("document.querySelector('.player__media').currentTime = 9")
    page.locator("[data-other]").click()
    expect(page.locator("[data-other]")).to_have_text("Chỉ nghe tiếng")
    until(page, f"{AT} > 9 && document.querySelector('.player__media').videoWidth > 0", timeout=PATIENT)
    assert faults == []


def test_photos_are_looked_at_over_the_whole_window_by_keyboard(
    page: Page, show: Callable[..., Shown], faults: list[str]
) -> None:
    shown = show(*((f"anh-{number}.jpg", media.photograph(WORDS, number)) for number in range(3)))
    page.set_viewport_size({"width": 1280, "height": 800})
    at_work(page, shown)
    links = page.locator("[data-photo]")
    expect(links).to_have_count(3)
    links.first.focus()
    page.keyboard.press("Enter")
    viewer = page.locator(".viewer")
    said = viewer.locator(".viewer__bar p")
    expect(viewer).to_be_visible()
    expect(said).to_have_text("Ảnh 1/3: Chú thích ảnh số 1.")
    until(page, "document.querySelector('.viewer__pane img').naturalWidth === 1800", timeout=PATIENT)
    expect(viewer.get_by_role("button", name="Ảnh trước")).to_be_disabled()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Ảnh 2/3: Chú thích ảnh số 2.")
    page.keyboard.press("PageDown")
    expect(said).to_have_text("Ảnh 3/3: Chú thích ảnh số 3.")
    until(page, "document.querySelector('.viewer__pane img').naturalHeight === 1800", timeout=PATIENT)
    assert not any(shown.files[1] in url for url in asked), "the neighbour had been fetched before"
    whole = viewer.locator("img").bounding_box()
    assert whole is not None
    assert whole["height"] <= 800
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(viewer).to_have_attribute("data-zoomed", "")
    large = viewer.locator("img").bounding_box()
    assert large is not None
    assert round(large["height"]) == 1800
    page.keyboard.press("5")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(links.nth(2)).to_be_focused()
    expect(page.locator(".score__value").first).to_have_value("")
    assert faults == []


def test_without_scripts_the_browser_plays_and_opens_by_itself(
    app: Flask, browser: Browser, page: Page, show: Callable[..., Shown], live_server: str
) -> None:
    shown = show(("phim.mp4", recordings.mp4(4)), ("anh.jpg", media.photograph(WORDS, 1)))
    bare = browser.new_context(base_url=live_server, java_script_enabled=False)
    bare.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    opened = bare.new_page()
    opened.goto(shown.address)
    film = opened.locator("video.player__media")
    expect(film).to_have_attribute("controls", "")
    expect(film).to_have_attribute("src", f"/tep/{shown.files[0]}")
    expect(opened.locator(".player__controls")).to_be_hidden()
    photo = opened.locator("[data-photo]")
    answer = opened.request.get(str(photo.get_attribute("href")))
    assert answer.headers["content-type"] == "image/jpeg"
    bare.close()


@pytest.mark.long
def test_what_it_looks_like(page: Page, show: Callable[..., Shown]) -> None:
    shown = show(
        ("tieng.mp3", media.recording(WORDS, 8)),
        ("phim.mp4", media.film(WORDS, 8)),
        ("anh.jpg", media.photograph(WORDS, 1)),
    )
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        at_work(page, shown)
        expect(page.locator(".player--video [data-all]")).to_have_text("0:08", timeout=PATIENT)
        page.evaluate("document.querySelector('.player--audio .player__media').currentTime = 3")
        expect(page.locator(".player--audio [data-at]")).to_have_text("0:03")
        look(page, "phuong-tien", widths=(width,))
