"""A reporter on a bad phone: a series of five parts from the first page to the receipt, on a line that breaks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, CDPSession, Page, expect
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Clause, Edition, FileSlot
from award.entries.models import Entry, Receipt
from award.people.models import Person
from tests import factories
from tests.award.entries.conftest import CLAUSES
from tests.award.files.conftest import pdf_of
from tests.browser.keyboards import compose, retype
from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.db, pytest.mark.timeout(600)]

PATIENT = 60_000
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 30_000}
UNSENT = "Object.keys(localStorage).filter((key) => key.startsWith('unsent ')).length"
SAVED = re.compile(r"^Đã lưu lúc ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")
HEIGHTS = "({ page: document.documentElement.scrollHeight, window: innerHeight })"
UNCOVERED = """() => {
  const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
  return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === document.activeElement;
}"""
TITLE = "Giữ lời hứa với dân ở Đường Sơn"
Chosen = Callable[[Page, Person], None]


@dataclass
class Phone:
    """A phone in a village: a narrow page, a slow line, and no keyboard of its own."""

    page: Page
    line: CDPSession
    errors: list[str]

    def slow(self) -> None:
        self.page.context.set_offline(False)
        self.line.send("Network.emulateNetworkConditions", SLOW)

    def away(self) -> None:
        self.page.context.set_offline(True)

    def composed(self, name: str, words: str) -> None:
        compose(self.line, self.page.locator(f'[name$="{name}"]').first, words)

    def retyped(self, name: str, words: str, *, nth: int = 0) -> None:
        retype(self.page, self.page.locator(f'[name$="{name}"]').nth(nth), words)

    def value(self, name: str) -> str:
        return self.page.locator(f'[name$="{name}"]').first.input_value()

    def saved(self) -> None:
        """The server has all that was typed: the page says so in sight, and keeps nothing for later."""
        self.page.wait_for_function(f"() => {UNSENT} === 0", timeout=PATIENT)
        expect(self.page.locator("[data-saved]")).to_have_text(SAVED, timeout=PATIENT)
        expect(self.page.locator("[data-saved]")).to_be_in_viewport(ratio=1)

    def sees_the_field(self) -> None:
        """Nothing lies over what is being typed, the line that says when it was saved included."""
        assert self.page.evaluate(UNCOVERED)

    def saved_is_in_sight(self) -> None:
        """To the second, from the first to the last line of the page."""
        line, heights = self.page.locator("[data-saved]"), self.page.evaluate(HEIGHTS)
        assert heights["page"] > 4 * heights["window"], heights
        for height in (0, heights["page"] / 2, heights["page"]):
            self.page.evaluate("(y) => scrollTo({ top: y, behavior: 'instant' })", height)
            expect(line).to_have_text(SAVED)
            expect(line).to_be_in_viewport(ratio=1)

    def onward(self) -> None:
        self.presses("Lưu và tiếp tục")

    def presses(self, words: str) -> None:
        """Presses the button, or follows the link, and waits until the next page is at work."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=words, exact=True)
        with self.page.expect_navigation(timeout=PATIENT):
            (button if button.count() else main.get_by_role("link", name=words, exact=True)).last.click()
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_load_state()
        self.page.wait_for_function("() => document.documentElement.dataset.scripts === 'ready'", timeout=PATIENT)

    def pictured(self, name: str) -> None:
        """Everything fits the phone and can be reached, and help has its telephone number."""
        assert self.page.viewport_size is not None
        look(self.page, f"phong-vien-{name}", widths=(self.page.viewport_size["width"],))
        expect(self.page.locator("footer a[href^='tel:']")).to_have_text("0258 000 000")


@pytest.fixture
def reporter(app: Flask) -> Person:
    """Somebody who registered and did not confirm the address yet; the profile has what the form would ask again."""
    with app.app_context(), unit_of_work():
        organ = factories.newsroom("Báo Biển Xanh")
        person = factories.person(
            "Nguyễn Thị Vân", pen_name="Hà Vân, Sông Mây", phone="0905 123 456", newsroom_id=organ.id
        )
        assert person.user is not None
        person.user.confirmed_at = None
        return person


@pytest.fixture
def home(app: Flask) -> str:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open", help_name="Tổ Thư ký", help_phone="0258 000 000")
        category = factories.category(edition, needed=["issue", "page"])
        category.slots = [
            FileSlot(
                ordinal=1,
                code="trang",
                label="Bản quét trang báo",
                kinds=["pdf"],
                max_bytes=50_000_000,
                per_part=True,
                proof=True,
            )
        ]
        for code, (value, source) in CLAUSES.items():
            session.add(Clause(edition_id=edition.id, code=code, value=value, source=source))
        return f"/{edition.slug}/tac-pham"


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[Phone]:
    context = browser.new_context(
        base_url=live_server,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        has_touch=True,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENT)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Phone(page, context.new_cdp_session(page), errors)
    context.close()


def test_a_series_of_five_parts_from_a_phone_to_its_receipt(
    app: Flask, phone: Phone, home: str, reporter: Person, sign_in: Chosen, tmp_path: Path
) -> None:
    sign_in(phone.page, reporter)
    phone.slow()
    begin(phone, home)
    tell_of_the_work(phone)
    tell_of_five_parts(phone)
    tell_of_the_authors(phone)
    lose_the_line_and_come_back(phone)
    send_the_files(phone, tmp_path)
    declare(phone)
    submit(phone)
    assert phone.errors == []
    assert_received(app, reporter)


def begin(phone: Phone, home: str) -> None:
    phone.page.goto(f"{home}/moi")
    phone.pictured("1-loai-hinh")
    phone.page.get_by_label("Báo in").check()
    phone.presses("Tiếp tục")


def tell_of_the_work(phone: Phone) -> None:
    phone.retyped("title", TITLE)
    assert phone.value("title") == TITLE
    phone.page.locator('[name="genre"]').select_option(label="Phóng sự")
    assert phone.value("publisher") == "Báo Biển Xanh", "what the profile says is not typed again"
    phone.composed("byline", "Hà Vân và Trần Minh")
    phone.composed("summary", "Loạt bài về một chi bộ xuống ruộng cùng dân.")
    phone.saved()
    assert phone.value("byline") == "Hà Vân và Trần Minh"
    assert phone.value("summary") == "Loạt bài về một chi bộ xuống ruộng cùng dân."
    phone.pictured("2-tac-pham")
    phone.retyped("summary", "Loạt năm bài về một chi bộ xuống ruộng cùng dân.")
    phone.onward()  # before it saved by itself
    assert kept(phone) == 0, "what the button sent is not kept either"


def tell_of_five_parts(phone: Phone) -> None:
    for n in range(1, 6):
        if n > 1:
            phone.presses("Thêm một kỳ")
            expect(phone.page.locator('[name$="-title"]')).to_have_count(n)
        last = n - 1
        phone.retyped("-title", f"Kỳ {n}: Đường về thôn", nth=last)
        phone.retyped("-published_on", f"{n + 1}/3/2023", nth=last)
        phone.retyped("-issue", f"75{n}0", nth=last)
        phone.retyped("-page", "1 và 3", nth=last)
        compose(phone.line, phone.page.locator('[name$="-place"]').nth(last), "Xây dựng Đảng")
        phone.retyped("-link", f"https://baobienxanh.example.vn/ky-{n}", nth=last)
        phone.sees_the_field()
        phone.saved()
    phone.saved_is_in_sight()
    phone.pictured("3-cac-ky")
    phone.onward()


def tell_of_the_authors(phone: Phone) -> None:
    assert phone.value("-legal_name") == "Nguyễn Thị Vân"
    assert phone.value("-pen_name") == "Hà Vân", "one of several pen names stands for this work"
    phone.composed("-role", "viết bài")
    phone.presses("Thêm tác giả")
    compose(phone.line, phone.page.locator('[name$="-legal_name"]').nth(1), "Trần Minh")
    phone.retyped("-employer", "Đài Núi Bạc", nth=1)
    phone.retyped("-phone", "0905 999 888", nth=1)
    phone.saved()
    phone.pictured("4-tac-gia")


def lose_the_line_and_come_back(phone: Phone) -> None:
    """What is typed while the line is away is kept in the browser, also when the page is closed meanwhile."""
    address = phone.page.url
    phone.away()
    phone.retyped("-role", "ảnh và đồ họa", nth=1)
    line = phone.page.locator("[data-saved]")
    expect(line).to_contain_text("Mất kết nối. Nội dung đã nhập được giữ trên máy này và tự gửi khi có mạng.")
    assert kept(phone) == 1
    phone.pictured("5-mat-ket-noi")
    phone.page.goto("about:blank")
    phone.slow()
    phone.page.goto(address)
    phone.ready()
    expect(phone.page.locator('[name$="-role"]').nth(1)).to_have_value("ảnh và đồ họa")
    phone.saved()
    expect(line).not_to_have_attribute("data-kind", re.compile("bad|warn"))
    assert kept(phone) == 0, "what has arrived is kept no longer"
    phone.page.reload()
    phone.ready()
    expect(phone.page.locator('[name$="-role"]').nth(1)).to_have_value("ảnh và đồ họa")
    phone.onward()


def send_the_files(phone: Phone, folder: Path) -> None:
    boxes = phone.page.locator("input[type=file]")
    expect(boxes).to_have_count(5)
    for n in range(5):
        scan = folder / f"trang kỳ {n + 1}.pdf"
        scan.write_bytes(pdf_of(f"Ky {n + 1}"))
        boxes.nth(n).set_input_files(scan)
    expect(phone.page.locator("[data-upload-total]")).to_contain_text("Đã tải đủ 5 tệp", timeout=PATIENT)
    phone.pictured("6-tep")
    phone.presses("Tiếp tục")


def declare(phone: Phone) -> None:
    phone.page.get_by_label("Chưa đạt giải nào").check()
    phone.page.locator('[name="commitment"]').check()
    phone.page.locator('[name="consent"]').check()
    phone.saved()
    phone.pictured("7-cam-ket")
    phone.onward()


def submit(phone: Phone) -> None:
    expect(phone.page.locator("main")).to_contain_text("Hồ sơ đã đủ, chưa nộp.")
    phone.pictured("8-kiem-tra")
    phone.presses("Nộp tác phẩm")
    main = phone.page.locator("main")
    expect(main).to_contain_text("Mã hồ sơ: KH3-0001.")
    expect(main).to_contain_text("Đề nghị xác nhận email")
    expect(main.get_by_alt_text("Mã QR dẫn đến biên nhận này")).to_be_visible()
    phone.pictured("9-bien-nhan")
    phone.presses("Về hồ sơ")
    phone.pictured("10-ho-so")


def assert_received(app: Flask, reporter: Person) -> None:
    with app.app_context():
        entry = session.scalars(select(Entry)).one()
        edition = session.get_one(Edition, entry.edition_id)
        receipt = session.scalars(select(Receipt)).one()
        assert (entry.state, entry.title, entry.owner_id) == ("submitted", TITLE, reporter.id)
        assert entry.code == f"{edition.code_prefix}-0001"
        assert [part.title for part in entry.parts] == [f"Kỳ {n}: Đường về thôn" for n in range(1, 6)]
        assert [(part.place, part.page) for part in entry.parts] == [("Xây dựng Đảng", "1 và 3")] * 5
        assert [author.role for author in entry.authors] == ["viết bài", "ảnh và đồ họa"]
        assert sorted(file["name"] for file in receipt.content["files"]) == [f"trang kỳ {n}.pdf" for n in range(1, 6)]


def test_what_one_account_kept_is_never_shown_to_another_and_goes_with_signing_out(
    app: Flask, phone: Phone, home: str, reporter: Person, sign_in: Chosen
) -> None:
    with app.app_context(), unit_of_work():
        other = factories.person("Lê Hoài Giang")
    sign_in(phone.page, reporter)
    begin(phone, home)
    address = phone.page.url
    for leave in ("another account", "signing out"):
        phone.away()
        phone.page.locator('[name="title"]').fill(f"Chưa gửi, {leave}")
        expect(phone.page.locator("[data-saved]")).to_contain_text("được giữ trên máy này")
        assert kept(phone) == 1
        phone.page.goto("about:blank")
        phone.page.context.set_offline(False)
        if leave == "another account":
            sign_in(phone.page, other)
            phone.page.goto(home)
        else:
            phone.page.goto(home)
            phone.ready()
            phone.page.wait_for_load_state("networkidle")  # the script that forgets is there
            with phone.page.expect_navigation(timeout=PATIENT):
                phone.page.get_by_role("button", name="Đăng xuất").click()
        phone.ready()
        expect(phone.page.locator("body")).not_to_contain_text("Chưa gửi")
        assert kept(phone) == 0
        sign_in(phone.page, reporter)
        phone.page.goto(address)
        phone.ready()
        assert kept(phone) == 0


def kept(phone: Phone) -> int:
    return int(phone.page.evaluate(UNSENT))
