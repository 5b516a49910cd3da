"""A day of screening with the keyboard: many at once, one rule after the other, taken back with a key."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from award.db import session
from award.editions.models import Clause
from award.entries.models import Entry
from award.people.models import Person
from tests.award.screening.conftest import QUEUE, Office, dossier, office
from tests.award.screening.test_together import completed

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["office"]

SignIn = Callable[[Page, Person], None]


class Keys:
    """A secretary's hands: every press is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def arrive(self, text: str) -> None:
        """The page is there that says so, and its scripts hear the keys."""
        expect(self.page.get_by_text(text)).to_be_visible()
        self.listens()

    def listens(self) -> None:
        self.page.wait_for_load_state()


@pytest.fixture
def keys(office: Office, page: Page, sign_in: SignIn) -> Keys:
    sign_in(page, office.people["secretary"])
    page.set_viewport_size({"width": 1280, "height": 900})
    return Keys(page)


def decisions(office: Office) -> list[str]:
    """What is decided of each dossier; those nobody has looked at are pending like the others."""
    return [screening.decision if (screening := office.decided(n)) else "pending" for n in range(len(office.keys))]


def test_many_are_picked_decided_and_taken_back(office: Office, page: Page, faults: list[str], keys: Keys) -> None:
    completed(office, 0, 1)
    page.goto(QUEUE)
    keys.listens()
    keys.press("j", "x")
    expect(page.locator("[data-pick]:checked")).to_have_count(1)
    keys.press("a")
    expect(page.locator("[data-pick]:checked")).to_have_count(3)
    keys.press("d")
    keys.arrive("Đủ điều kiện: 2 hồ sơ. Để lại 1 hồ sơ: KH3-0003 còn quy định cần xem lại.")
    assert decisions(office) == ["eligible", "eligible", "pending"]
    keys.press("z")
    keys.arrive("Đã hoàn tác: KH3-0001, KH3-0002.")
    assert decisions(office)[:2] == ["pending", "pending"]
    assert faults == []


def test_a_figure_turns_what_is_said_of_its_rule(office: Office, page: Page, faults: list[str], keys: Keys) -> None:
    completed(office, 0)
    page.goto(office.address(0))
    keys.listens()
    rule = page.locator('[data-rule="1"]')
    expect(rule).to_be_visible()
    for value in ("red", "green", "", "red"):
        keys.press("1")
        expect(rule.locator(f'input[type=radio][value="{value}"]')).to_be_checked()
    rule.get_by_label("Nhận xét").fill("Viết về du lịch, không về chủ đề của Giải")
    rule.get_by_label("Căn cứ").fill("khoản 1 Điều 2")
    page.get_by_role("heading", level=1).click()
    keys.press("k")
    expect(page).to_have_url(re.compile(office.keys[1]))
    decided = office.decided(0)
    assert decided is not None
    assert (decided.decision, decided.reason, decided.clause) == (
        "ineligible",
        "Viết về du lịch, không về chủ đề của Giải",
        "khoản 1 Điều 2",
    )
    assert faults == []


def test_what_is_typed_into_a_rule_turns_nothing(office: Office, page: Page, keys: Keys) -> None:
    page.goto(office.address(0))
    keys.listens()
    keys.press("1")
    remark = page.locator('[data-rule="1"]').get_by_label("Nhận xét")
    remark.click()
    page.keyboard.type("d k 2 1")
    expect(remark).to_have_value("d k 2 1")
    expect(page.locator('[data-rule="1"] input[type=radio][value="red"]')).to_be_checked()
    expect(page.locator('[data-rule="2"] input[type=radio][value="red"]')).not_to_be_checked()
    assert decisions(office)[0] == "pending"


def test_what_was_found_is_there_again_after_leaving_the_page(
    office: Office, page: Page, faults: list[str], keys: Keys
) -> None:
    page.goto(office.address(0))
    keys.listens()
    expect(page.get_by_text("Trước đó được giữ trên máy này: rời trang rồi trở lại vẫn còn.")).to_be_visible()
    keys.press("1")
    rule = page.locator('[data-rule="1"]')
    rule.get_by_label("Nhận xét").fill("Đăng trước thời gian quy định")
    page.get_by_role("heading", level=1).click()
    keys.press("n")
    expect(page).to_have_url(re.compile(office.keys[1]))
    expect(page.locator("[data-held-back]")).to_be_hidden()
    page.goto(office.address(0))
    expect(page.get_by_text("Nhận định ghi dở lần trước đã được đưa lại.")).to_be_visible()
    expect(rule.locator('input[type=radio][value="red"]')).to_be_checked()
    expect(rule.get_by_label("Nhận xét")).to_have_value("Đăng trước thời gian quy định")
    rule.get_by_label("Căn cứ").fill("khoản 1 Điều 4")
    page.get_by_role("button", name="Chuyển danh sách không đủ điều kiện").click()
    expect(page).to_have_url(re.compile(office.keys[1]))
    decided = office.decided(0)
    assert decided is not None
    assert decided.reason == "Đăng trước thời gian quy định"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('unsent ')).length") == 0
    page.goto(office.address(0))
    page.locator("html[data-scripts=ready]").wait_for()
    expect(page.locator("[data-held-back]")).to_be_hidden()
    assert faults == []


def test_what_another_decided_meanwhile_is_told_beside_what_comes_back(office: Office, page: Page, keys: Keys) -> None:
    page.goto(office.address(0))
    keys.listens()
    page.get_by_label("Lý do").fill("Chờ hỏi tòa soạn")
    page.goto(QUEUE)
    assert office.visitor().post(office.address(0, "/du-dieu-kien")).status_code == 303
    page.goto(office.address(0))
    expect(page.get_by_text("Sau đó hồ sơ hoặc kết luận đã thay đổi")).to_be_visible()
    expect(page.get_by_label("Lý do")).to_have_value("Chờ hỏi tòa soạn")
    page.get_by_role("button", name="Bỏ nhận định ghi dở").click()
    expect(page.get_by_label("Lý do")).to_have_value("")
    page.goto(office.address(0))
    page.locator("html[data-scripts=ready]").wait_for()
    expect(page.get_by_label("Lý do")).to_have_value("")


def test_a_browser_that_keeps_nothing_asks_before_one_leaves(office: Office, page: Page, keys: Keys) -> None:
    page.goto(office.address(0))
    keys.listens()
    page.locator("html[data-scripts=ready]").wait_for()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    keys.press("1")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Danh sách hồ sơ").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page).to_have_url(re.compile(office.keys[0]))


def test_sixty_dossiers_take_two_keys_each(office: Office, page: Page, faults: list[str], keys: Keys) -> None:
    """One in four was published too early: the others are decided together, these one by one, by keys alone."""
    with office.at_work() as edition:
        for number in range(4, 61):
            office.keys.append(dossier(edition, office.people["owner"], number, f"Tác phẩm số {number}").public_id)
    completed(office, *range(60))
    early = range(0, 60, 4)
    with office.at_work() as edition:
        session.add(Clause(edition_id=edition.id, code="window", value={}, source="khoản 2 Điều 4"))
        for number in early:
            entry = session.scalars(select(Entry).where(Entry.public_id == office.keys[number])).one()
            entry.parts[0].published_on = date(2020, 3, 2)
    page.goto(f"{QUEUE}?ket-luan=pending")
    keys.listens()
    for together in ("Đủ điều kiện: 37 hồ sơ.", "Đủ điều kiện: 8 hồ sơ."):
        keys.press("a", "d")
        keys.arrive(together)
    keys.press("j", "Enter")
    for number in early:
        expect(page).to_have_url(re.compile(office.keys[number]))
        keys.listens()
        keys.press("k")
    expect(page.get_by_text("Không có tác phẩm phù hợp với bộ lọc.")).to_be_visible()
    said = decisions(office)
    assert (said.count("eligible"), said.count("ineligible")) == (45, 15)
    assert keys.count < 2 * 60
    assert faults == []
