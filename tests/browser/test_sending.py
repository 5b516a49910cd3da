"""Stories of sending in Chromium: many files, a line that breaks, a tab that is closed, a phone that takes over."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries.models import Entry, Part
from award.files.models import File
from award.files.store import storage
from award.people.models import Person
from tests import factories
from tests.award.files.conftest import MIB, pdf_of

pytestmark = [pytest.mark.browser, pytest.mark.db]

PATIENT = 60_000
PARTS = re.compile(r"[?&]X-Amz-SignedHeaders=content-length")
"""Also what goes as one request: whatever is sent says its length."""
LAST = re.compile(r"[?&]partNumber=2(&|$)")
Chosen = Callable[[Page, Person], None]


@pytest.fixture
def entrant(app: Flask) -> Person:
    with app.app_context(), unit_of_work():
        return factories.person("Nguyễn Thị Vân")


@pytest.fixture
def address(app: Flask, entrant: Person) -> str:
    """The page of files of a draft that takes many PDFs."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        category = factories.category(edition)
        category.slots = [
            FileSlot(ordinal=1, code="trang", label="Bản quét trang báo", kinds=["pdf"], max_bytes=10**9, at_most=9)
        ]
        entry = Entry(
            edition_id=edition.id,
            category_id=category.id,
            owner_id=entrant.id,
            title="Giữ lời hứa với dân",
            changed_at=now(),
        )
        entry.parts = [Part(ordinal=1, title="Kỳ 1")]
        session.add(entry)
        session.flush()
        return f"/{edition.slug}/tac-pham/{entry.public_id}/tep"


@pytest.fixture
def files_page(page: Page, address: str, entrant: Person, sign_in: Chosen) -> Page:
    sign_in(page, entrant)
    page.goto(address)
    return page


@pytest.fixture
def heavy(tmp_path: Path) -> Path:
    """One whole part and a small one."""
    return written(tmp_path, "trang nặng.pdf", pdf_of("Khi bi thu chi bo xuong ruong", padding=8 * MIB + 100_000))


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def row(page: Page, name: str) -> Locator:
    return page.locator(".upload:visible").filter(has_text=name)


def choose(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def sent(page: Page) -> list[tuple[str, int]]:
    """Fills up with the key and the number of each part that the page sends."""
    seen: list[tuple[str, int]] = []

    def note(request: Request) -> None:
        number = re.search(r"[?&]partNumber=(\d+)", request.url)
        if request.method == "PUT" and PARTS.search(request.url):
            seen.append((urlsplit(request.url).path, int(number[1]) if number else 1))

    page.on("request", note)
    return seen


def hang(route: Route) -> None:
    """No answer, as on a line that is about to break."""


def stored(app: Flask) -> list[File]:
    with app.app_context():
        return list(session.query(File).order_by(File.id))


def test_five_files_go_up_together_under_one_account_and_one_button_holds_them(
    files_page: Page, app: Flask, tmp_path: Path, heavy: Path, faults: list[str]
) -> None:
    small = [written(tmp_path, f"trang {n}.pdf", pdf_of(f"Trang {n}")) for n in range(1, 5)]
    parts = sent(files_page)
    files_page.route(PARTS, hang)
    choose(files_page, heavy, *small)
    total = files_page.locator("[data-upload-total]")
    expect(total).to_contain_text("Đang tải 5 tệp", timeout=PATIENT)
    files_page.wait_for_function("() => document.querySelectorAll('.state--doing').length === 3", timeout=PATIENT)
    assert 2 <= len({key for key, _number in parts}) <= 3, "several files travel at once"
    assert len(parts) <= 4, "and never more parts than the lines there are"
    total.get_by_role("button", name="Tạm dừng tất cả").click()
    expect(total).to_contain_text("Tạm dừng, còn 5 trong 5 tệp chưa tải xong")
    files_page.unroute(PARTS)
    total.get_by_role("button", name="Tải tiếp tất cả").click()
    expect(total).to_contain_text("Đã tải đủ 5 tệp", timeout=PATIENT)
    assert files_page.title().startswith("Tệp của tác phẩm")
    assert sorted(file.state for file in stored(app)) == ["stored"] * 5
    with app.app_context():
        whole = {file.name: b"".join(storage().stream(file.key)) for file in stored(app)}
    assert whole == {each.name: each.read_bytes() for each in (heavy, *small)}
    assert faults == []


def test_what_is_wrong_with_one_file_keeps_no_other_from_going(files_page: Page, app: Flask, tmp_path: Path) -> None:
    choose(
        files_page,
        written(tmp_path, "anh.png", b"\x89PNG\r\n"),
        written(tmp_path, "mot.pdf", pdf_of("Mot")),
        written(tmp_path, "rong.pdf", b""),
        written(tmp_path, "hai.pdf", pdf_of("Hai")),
    )
    expect(row(files_page, "anh.png")).to_contain_text("Loại tệp này không dùng được ở đây. Nhận: PDF.")
    expect(row(files_page, "rong.pdf")).to_contain_text("Tệp rỗng")
    total = files_page.locator("[data-upload-total]")
    expect(total).to_contain_text("Đã tải đủ 2 tệp", timeout=PATIENT)
    expect(total).to_contain_text("2 tệp không gửi được, xem lý do ở từng tệp")
    assert sorted(file.name for file in stored(app)) == ["hai.pdf", "mot.pdf"]


def test_a_lost_network_costs_no_part_that_has_arrived(files_page: Page, app: Flask, heavy: Path) -> None:
    parts = sent(files_page)
    files_page.route(LAST, lambda route: route.abort("internetdisconnected"))
    choose(files_page, heavy)
    trouble = re.compile("Mất mạng, sẽ tự nối lại|Tạm thời chưa tải được tệp")  # the second from the second failure on
    expect(row(files_page, heavy.name)).to_contain_text(trouble, timeout=PATIENT)
    files_page.wait_for_function("() => document.querySelector('.upload progress').value === 98", timeout=PATIENT)
    files_page.context.set_offline(True)
    files_page.unroute(LAST)
    parts.clear()
    files_page.context.set_offline(False)  # the browser says "online", and nobody waits for the next try
    expect(row(files_page, heavy.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert [number for _key, number in parts] == [2]
    assert [file.state for file in stored(app)] == ["stored"]


def test_half_a_minute_without_a_network_costs_no_part_either(files_page: Page, app: Flask, heavy: Path) -> None:
    files_page.clock.install()
    files_page.reload()
    parts = sent(files_page)
    files_page.route(LAST, lambda route: route.abort("internetdisconnected"))
    choose(files_page, heavy)
    files_page.wait_for_function("() => document.querySelector('.upload progress').value === 98", timeout=PATIENT)
    files_page.context.set_offline(True)
    for _second in range(30):
        files_page.clock.fast_forward(1000)
    expect(row(files_page, heavy.name)).to_contain_text("Mất mạng, sẽ tự nối lại", timeout=PATIENT)
    files_page.unroute(LAST)
    parts.clear()
    files_page.context.set_offline(False)
    expect(row(files_page, heavy.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert [number for _key, number in parts] == [2]
    assert [file.state for file in stored(app)] == ["stored"]


def test_the_other_pages_of_the_work_say_how_its_files_go(files_page: Page, heavy: Path, faults: list[str]) -> None:
    files_page.route(LAST, hang)
    choose(files_page, heavy)
    expect(row(files_page, heavy.name)).to_contain_text("Đang tải lên 98%", timeout=PATIENT)
    with files_page.context.expect_page() as opened:
        files_page.get_by_role("link", name="Làm tiếp hồ sơ ở thẻ mới").click()
    other = opened.value
    strip = other.locator("[data-underway]")
    expect(strip).to_contain_text("Đang tải 1 tệp: 98%", timeout=PATIENT)
    expect(strip).to_contain_text("Đang tải ở một thẻ khác của trình duyệt")
    files_page.on("dialog", lambda dialog: dialog.accept())
    files_page.goto("about:blank")
    # a tab that goes may take its last word along: then it counts as gone after a minute and a half without one
    expect(strip).to_contain_text("1 tệp chưa tải xong", timeout=120_000)
    strip.get_by_role("link", name="Mở trang tệp").click()
    expect(row(other, heavy.name)).to_contain_text("đã có 98%", timeout=PATIENT)
    assert faults == []


def test_a_closed_browser_goes_on_the_next_day_where_it_stopped(
    files_page: Page, app: Flask, browser: Browser, live_server: str, entrant: Person, sign_in: Chosen, heavy: Path
) -> None:
    files_page.route(LAST, hang)
    choose(files_page, heavy)
    expect(row(files_page, heavy.name)).to_contain_text("Đang tải lên 98%", timeout=PATIENT)
    address = files_page.url
    files_page.context.close()

    again = browser.new_context(base_url=live_server, locale="vi-VN")
    reopened = again.new_page()
    sign_in(reopened, entrant)
    reopened.goto(address)
    expect(row(reopened, heavy.name)).to_contain_text("đã có 98%", timeout=PATIENT)
    parts = sent(reopened)
    with reopened.expect_file_chooser() as chooser:
        reopened.get_by_role("button", name="Chọn tệp để tải tiếp").click()
    chooser.value.set_files(heavy)
    expect(row(reopened, heavy.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert [number for _key, number in parts] == [2]
    assert [file.state for file in stored(app)] == ["stored"]
    again.close()


def test_a_phone_goes_on_with_what_the_computer_began(
    files_page: Page, app: Flask, browser: Browser, live_server: str, tmp_path: Path, heavy: Path, faults: list[str]
) -> None:
    files_page.route(LAST, hang)
    choose(files_page, heavy)
    expect(row(files_page, heavy.name)).to_contain_text("Đang tải lên 98%", timeout=PATIENT)
    row(files_page, heavy.name).get_by_role("button", name="Tạm dừng").click()
    files_page.get_by_text("Tải từ điện thoại hoặc máy khác").click()
    files_page.get_by_role("button", name="Tạo mã QR").click()
    expect(files_page.get_by_role("img", name="Mã QR")).to_be_visible()
    expect(files_page.locator("[data-living]")).to_contain_text("Đã có 98%")
    link = files_page.get_by_label("Tin để gửi").input_value().splitlines()[-1]

    phone = browser.new_context(
        base_url=live_server, locale="vi-VN", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    screen = phone.new_page()
    screen.on("pageerror", lambda error: faults.append(str(error)))
    screen.goto(urlsplit(link).path)
    expect(screen.get_by_text("Đường dẫn này chỉ dùng để tải tệp (bản quét trang báo)")).to_be_visible()
    expect(row(screen, heavy.name)).to_contain_text("đã có 98%", timeout=PATIENT)
    parts = sent(screen)
    other = written(tmp_path, "trang nữa.pdf", pdf_of("Trang nua"))
    choose(screen, heavy, other)
    expect(row(screen, heavy.name).filter(has_text="đang kiểm tra")).to_have_count(1, timeout=PATIENT)
    expect(screen.locator(".upload")).to_have_count(2)
    expect(row(screen, other.name)).to_contain_text("đang kiểm tra", timeout=PATIENT)
    assert sorted(number for _key, number in parts) == [1, 2], "the part the computer had sent is not sent again"
    expect(row(screen, heavy.name).get_by_role("button", name="Bỏ tệp")).to_have_count(0)
    row(screen, other.name).get_by_role("button", name="Bỏ tệp").click()
    expect(row(screen, other.name)).to_have_count(0)

    expect(files_page.locator("[data-living]")).to_contain_text("Đã tải đủ, đang kiểm tra", timeout=PATIENT)
    assert [(file.name, file.state) for file in stored(app)] == [(heavy.name, "stored")]
    assert faults == []
    phone.close()


def test_a_link_that_was_taken_back_says_so_while_the_phone_sends(
    files_page: Page, app: Flask, browser: Browser, live_server: str, heavy: Path
) -> None:
    files_page.get_by_text("Tải từ điện thoại hoặc máy khác").click()
    files_page.get_by_role("button", name="Tạo mã QR").click()
    link = urlsplit(files_page.get_by_label("Tin để gửi").input_value().splitlines()[-1]).path
    phone = browser.new_context(base_url=live_server, locale="vi-VN")
    screen = phone.new_page()
    screen.goto(link)
    files_page.get_by_role("button", name="Thu lại đường dẫn").click()
    expect(files_page.get_by_text("Đã thu lại đường dẫn tải tệp.")).to_be_visible()
    choose(screen, heavy)
    expect(row(screen, heavy.name)).to_contain_text("Đường dẫn tải tệp này đã được thu lại.", timeout=PATIENT)
    assert stored(app) == []
    phone.close()


def test_without_scripts_the_page_says_what_to_do(
    browser: Browser, live_server: str, address: str, entrant: Person, sign_in: Chosen
) -> None:
    context = browser.new_context(base_url=live_server, locale="vi-VN", java_script_enabled=False)
    plain = context.new_page()
    sign_in(plain, entrant)
    plain.goto(address)
    expect(plain.get_by_text("Trình duyệt đang tắt JavaScript nên chưa chọn tệp gửi được ở đây.")).to_be_visible()
    expect(plain.locator(".drop")).to_be_hidden()
    plain.get_by_text("Tải từ điện thoại hoặc máy khác").click()
    plain.get_by_role("button", name="Tạo mã QR").click()
    expect(plain.get_by_role("img", name="Mã QR")).to_be_visible()
    context.close()
