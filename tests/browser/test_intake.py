"""The desk where parcels are opened, by keyboard alone: how many keys a parcel costs, and that its pages fit."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session
from award.entries.models import Entry
from award.intake import queries
from award.intake.feature import feature
from award.intake.models import Parcel
from award.people.models import Person
from tests.award.files.conftest import pdf_of
from tests.award.intake.conftest import LEDGER, Desk, desk
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["desk"]

SignIn = Callable[[Page, Person], None]
PATIENT = 60_000  # milliseconds: for a machine that does many other things

# What a parcel costs a person, by the keystroke-level model of Card, Moran and Newell (1980): a time for each key and
# one for each turn to another field. No clock is read, so a slow machine spoils nothing and a fast one hides nothing.
KEY = 0.28  # seconds: the model's average typist who is no skilled one, some 40 words a minute
THINKING = 1.35  # seconds: the model's mental act, here for every key that leads on: what comes next on the paper?
A_PARCEL = 60  # seconds: what the product promises


class Hands:
    """A secretary who never touches the mouse: keys struck for letters and keys that lead on are counted apart."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.letters = 0
        self.struck = 0
        self.keys = 0

    @property
    def seconds(self) -> float:
        return self.struck * KEY + self.keys * (KEY + THINKING)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.letters += len(text)
        apart = unicodedata.normalize("NFD", text.replace("đ", "dd").replace("Đ", "DD"))
        self.struck += len(apart) + sum(letter.isupper() for letter in apart)  # a key for each mark, and Shift

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def at(self, name: str) -> None:
        """The field of this name has the focus."""
        expect(self.page.locator(f"[name={name}]")).to_be_focused()

    def parcel(self, sender: str, postmark: str, title: str, authors: str) -> None:
        expect(self.page.locator("html")).to_have_attribute("data-scripts", "ready")
        self.at("sender")
        self.types(sender)
        self.press("Enter", "Enter")
        self.at("channel")
        self.press("Enter")
        self.at("postmark")
        self.types(postmark)
        self.press("Enter", "Enter", "Enter")
        self.at("title")
        self.types(title)
        self.press("Enter", "ArrowDown", "Enter")
        self.at("authors")
        self.types(authors)
        self.press("Control+Enter")


def test_two_parcels_by_keyboard_alone(desk: Desk, page: Page, faults: list[str], sign_in: SignIn) -> None:
    sign_in(page, desk.people["secretary"])
    page.set_viewport_size({"width": 1280, "height": 900})
    today = dates.day(dates.local(now()).date())
    page.goto(f"{LEDGER}/ghi")
    parcels = (
        ("Báo Khánh Hòa", "Đường về bản", "Nguyễn Thị Vân (Hà Vân)"),
        ("Trần Minh", "Người giữ biển", "Trần Minh"),
    )
    for number, (sender, title, authors) in enumerate(parcels, start=1):
        hands = Hands(page)
        hands.parcel(sender, today, title, authors)
        expect(page.get_by_text(f"Đã ghi số {number}: {sender}. Đã lập hồ sơ “{title}”.")).to_be_visible()
        assert hands.keys <= 11, "keys that lead on, for a parcel with its work"
        assert hands.letters <= 70
        assert hands.seconds < A_PARCEL
    with desk.at_work():
        lines = session.scalars(select(Parcel).order_by(Parcel.number)).all()
        assert [(each.sender, each.channel, len(each.pieces)) for each in lines] == [
            ("Báo Khánh Hòa", "post", 1),
            ("Trần Minh", "post", 1),
        ]
        assert session.scalars(select(Entry.title).order_by(Entry.id)).all() == ["Đường về bản", "Người giữ biển"]
    assert faults == []


def test_a_parcel_of_an_online_entry_by_keyboard_alone(
    desk: Desk, page: Page, faults: list[str], sign_in: SignIn
) -> None:
    """The rules speak while it is typed, and the dossier it belongs to is one key away."""
    with desk.at_work():
        for title in ("Đường về bản", "Người giữ biển"):
            desk.scene.submitted(title=title)
    sign_in(page, desk.people["secretary"])
    hands, today = Hands(page), dates.day(dates.local(now()).date())
    page.goto(f"{LEDGER}/ghi")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    hands.at("sender")
    hands.types("Nguyễn Thị Vân")
    hands.press("Enter", "Enter", "Enter")
    hands.types(today)
    hands.press("Enter", "Enter", "Enter")
    hands.at("title")
    hands.types("Đường về bản")
    hands.press("Enter", "ArrowDown", "Enter")
    hands.at("authors")
    hands.types("Nguyễn Thị Vân")
    hands.press("Enter")
    expect(page.get_by_text("đã có 2 tác phẩm dự Giải")).to_be_visible()
    choice = page.get_by_label("Gắn gói này với KH3-0001")
    expect(choice).to_be_visible()
    while not page.evaluate("document.activeElement.name === 'entry'"):
        hands.press("Shift+Tab")
        assert hands.keys < 20
    hands.press("ArrowDown", "Control+Enter")
    expect(page.get_by_text("Đã gắn với hồ sơ KH3-0001 “Đường về bản”.")).to_be_visible()
    assert hands.keys <= 16, "keys that lead on"
    assert hands.seconds < A_PARCEL
    assert faults == []


def test_a_scanner_opens_a_parcel(desk: Desk, page: Page, faults: list[str], sign_in: SignIn) -> None:
    key = desk.registered("Trần Minh")
    sign_in(page, desk.people["secretary"])
    page.goto(LEDGER)
    page.get_by_label("Mã trên nhãn").focus()
    page.keyboard.type("KH3-TN0001")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk.address(key)}")
    assert faults == []


def test_the_scan_of_an_envelope_stands_with_its_parcel(
    desk: Desk,
    page: Page,
    faults: list[str],
    sign_in: SignIn,
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    key = desk.registered("Trần Minh")
    scan = tmp_path / "bi-thu.pdf"
    scan.write_bytes(pdf_of("Dau buu dien"))
    sign_in(page, desk.people["secretary"])
    page.goto(desk.address(key))
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.locator("#scan-input").set_input_files(scan)
    expect(page.get_by_text("Đã tải đủ, đang kiểm tra")).to_be_visible(timeout=PATIENT)
    worker()
    page.goto(desk.address(key))
    expect(page.locator(".uploads").get_by_text("bi-thu.pdf", exact=True)).to_be_visible()
    with desk.at_work():
        (file,) = queries.scans(desk.parcel(key).id)
        assert file.state == "ready"
        secretary, auditor, entrant = (desk.people[name].id for name in ("secretary", "auditor", "entrant"))
        assert feature.may_read_file is not None
        assert feature.may_send_file is not None
        assert feature.may_read_file(file.id, auditor)
        assert feature.may_read_file(file.id, entrant) is None
        assert feature.may_send_file(file.id, secretary)
        assert not feature.may_send_file(file.id, entrant)
    page.get_by_role("button", name="Bỏ tệp").click()
    expect(page.locator(".uploads").get_by_text("bi-thu.pdf", exact=True)).to_have_count(0)
    with desk.at_work():
        assert queries.scans(desk.parcel(key).id) == []
    assert faults == []


def test_a_folder_of_a_disk_finds_its_works(
    desk: Desk, page: Page, faults: list[str], sign_in: SignIn, tmp_path: Path
) -> None:
    for title in ("Đường về bản", "Người giữ biển"):
        desk.registered("Hội Nhà báo", channel="disk", title=title, pieces="1 ổ cứng")
    for name in ("Đường về bản/trang 3.pdf", "nguoi_giu_bien.pdf", "Thumbs.pdf"):
        (tmp_path / "USB" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "USB" / name).write_bytes(pdf_of(str(len(name))))
    sign_in(page, desk.people["secretary"])
    page.goto(f"{LEDGER}/tep")
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.get_by_label("Hoặc chọn cả thư mục").set_input_files(tmp_path / "USB")
    expect(page.get_by_text("Đã ghép 2 tệp, đang tải lên. 1 tệp chưa tìm được hồ sơ")).to_be_visible()
    expect(page.locator("[data-match-left] [data-name]")).to_have_text(["USB/Thumbs.pdf"])
    expect(page.get_by_text("Đã tải đủ, đang kiểm tra")).to_have_count(2, timeout=PATIENT)
    with desk.at_work():
        held = {each.title: [file.file_id for file in each.files] for each in session.scalars(select(Entry))}
        assert [len(files) for files in held.values()] == [1, 1]
    page.reload()
    expect(page.get_by_text("1 tệp", exact=True)).to_have_count(2)
    fits(page, f"{LEDGER}/tep")
    assert faults == []


def test_the_pages_fit(desk: Desk, page: Page, faults: list[str], sign_in: SignIn) -> None:
    with desk.at_work():
        desk.scene.submitted(title="Giữ lời hứa với dân ở vùng đồng bào miền núi")
    key = desk.registered(
        "Nguyễn Thị Vân, Hội Nhà báo tỉnh", title="Đường về bản", pieces="1 bì, 2 USB 32 GB, 3 bản in"
    )
    desk.registered("Trần Minh", channel="hand", newsroom="Báo Biển Xanh", kept_at="Tủ 2, ngăn 3")
    sign_in(page, desk.people["secretary"])
    for act in ("", "/ghi", f"/{key}", f"/{key}?tim=giu", "/hien-vat", "/nap"):
        fits(page, LEDGER + act)
    assert faults == []
