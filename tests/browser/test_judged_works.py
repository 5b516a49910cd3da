"""Progress, ranking, the council's room and screening in a browser: reach, contrast, keys, and saving a row."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import unit_of_work
from award.people.models import Person
from tests import factories
from tests.award.screening.conftest import QUEUE, Office, office
from tests.browser.looking import fits
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["office"]

SignIn = Callable[[Page, Person], None]
ROUND, ROOM = "/iii-2023/vong/1", "/iii-2023/de-nghi-giai"


def made(app: Flask, *, closed: bool, later: bool) -> Hall:
    """Four works, two of them equal at the cut; one sheet beyond what the rules allow."""
    with app.app_context(), unit_of_work():
        of = hall(works=4, judges=2, later=later)
        of.bench.works[0].title = "Nói đi đôi với làm ở một xã đảo xa nhất tỉnh, nơi chi bộ chỉ có năm đảng viên"
        clause(of.bench.edition, "readings", number=2)
        clause(of.bench.edition, "spread_limit", points="2")
        clause(of.bench.edition, "tie_rule", text="tác phẩm có điểm Tính phát hiện cao hơn.")
        for rank, (code, name) in enumerate((("A", "Giải A"), ("KK", "Giải Khuyến khích")), start=1):
            factories.prize_level(of.bench.edition, rank=rank, code=code, name=name, quota=2)
        if closed:
            of.mark_all(
                ((16, 14, 10), (2, 14, 10)), ((8, 6, 6), (8, 6, 6)), ((6, 8, 6), (8, 8, 4)), ((2, 2, 2), (2, 2, 4))
            )
            of.freeze()
            of.close()
    return of


def test_progress_fits_and_axe_finds_nothing(app: Flask, page: Page, faults: list[str], sign_in: SignIn) -> None:
    of = made(app, closed=False, later=True)
    sign_in(page, of.chair)
    page.goto(f"{ROUND}/tien-do")
    page.get_by_role("button", name="Đề nghị khóa phiếu chấm").click()
    expect(page.get_by_text("Chờ người xác nhận thứ hai:")).to_be_visible()
    fits(page, f"{ROUND}/tien-do")
    assert faults == []


def test_the_ranking_unfolds_fits_and_keeps_a_reason(
    app: Flask, page: Page, faults: list[str], sign_in: SignIn
) -> None:
    of = made(app, closed=True, later=True)
    sign_in(page, of.chair)
    fits(page, f"{ROUND}/xep-hang")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text(re.compile("2 phiếu, chênh lệch 3,50")).click()
    expect(page.get_by_text("Chênh lệch 3,50 điểm so với trung bình").first).to_be_visible()
    code = of.bench.works[2].public_id
    page.locator(f'[name="advanced"][value="{code}"]').check()
    page.locator(f'[name="reason-{code}"]').fill("Tính phát hiện cao hơn.")
    page.get_by_role("button", name="Lập danh sách vào vòng sau").click()
    expect(page.get_by_text("Đã lập danh sách: 2 tác phẩm.")).to_be_visible()
    expect(page.locator(f'[name="reason-{code}"]')).to_have_value("Tính phát hiện cao hơn.")
    assert faults == []


def test_the_council_saves_a_row_and_fits(app: Flask, page: Page, faults: list[str], sign_in: SignIn) -> None:
    of = made(app, closed=True, later=False)
    sign_in(page, of.chair)
    page.goto(ROOM)
    row = page.get_by_role("row").filter(has=page.get_by_label("Mức giải của III-IN-002"))
    row.get_by_role("combobox").select_option(label="Giải A (còn 2)")
    row.get_by_role("textbox").fill("Viết công phu.")
    row.get_by_role("button", name="Lưu").click()
    expect(row.get_by_role("combobox").locator("option:checked")).to_have_text("Giải A (còn 1)")
    expect(row.get_by_text("Bằng điểm với III-IN-003")).to_be_visible()
    fits(page, ROOM)
    fits(page, f"{ROOM}/ket-thuc")
    assert faults == []


def test_screening_fits_and_axe_finds_nothing(office: Office, page: Page, faults: list[str], sign_in: SignIn) -> None:
    sign_in(page, office.people["secretary"])
    for address in (QUEUE, office.address(0), "/iii-2023/khong-du-dieu-kien"):
        fits(page, address)
    assert faults == []


def press(page: Page, key: str, leads_to: str) -> None:
    """The key is pressed, and the page it leads to is there with its scripts."""
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile(leads_to))
    page.wait_for_load_state()


def test_keys_walk_the_queue_and_decide(office: Office, page: Page, faults: list[str], sign_in: SignIn) -> None:
    sign_in(page, office.people["secretary"])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    press(page, "Enter", office.keys[0])
    press(page, "n", office.keys[1])
    press(page, "p", office.keys[0])
    page.keyboard.press("l")
    reason = page.get_by_label("Lý do")
    expect(reason).to_be_focused()
    page.keyboard.type("dnp")
    expect(reason).to_have_value("dnp")
    reason.fill("")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("d")
    expect(page.locator('[data-key="d"]')).to_be_focused()
    expect(page.get_by_text("Còn quy định chưa xem. Gõ D lần nữa")).to_be_visible()
    assert office.decided(0) is None, "one letter decides nothing over rules that nobody looked at"
    press(page, "d", office.keys[1])
    expect(page.get_by_text("KH3-0001: đủ điều kiện.")).to_be_visible()
    page.get_by_label("Dùng phím tắt").uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("d")
    page.reload()
    expect(page).to_have_url(re.compile(office.keys[1]))
    expect(page.locator("kbd:visible")).to_have_count(0)
    decided = office.decided(1)
    assert decided is None
    assert faults == []
