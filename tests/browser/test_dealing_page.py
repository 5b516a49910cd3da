"""The page of dealing in a browser: a plan is looked at, saved, and fits a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.db import unit_of_work
from award.entries.models import Authorship
from award.people.models import Person
from tests.browser.looking import fits
from tests.judging.rows import Bench, bench, clause

pytestmark = [pytest.mark.browser, pytest.mark.db]

SignIn = Callable[[Page, Person], None]
PLAN = "/iii-2023/vong/1/phan-cong"


def made(app: Flask) -> Bench:
    """Twelve works for five members; of one work three of them are authors."""
    with app.app_context(), unit_of_work():
        of = bench(works=12, judges=5)
        clause(of.edition, "readings", number=3)
        clause(of.edition, "conflict_policy", choice="own_work")
        for number, name in enumerate(("Nguyễn Thị Vân", "Trần Minh", "Hoàng Thu"), start=2):
            of.works[0].authors.append(Authorship(ordinal=number, legal_name=name))
    return of


def test_a_plan_is_looked_at_and_saved(app: Flask, page: Page, faults: list[str], sign_in: SignIn) -> None:
    of = made(app)
    sign_in(page, of.organiser)
    fits(page, PLAN)
    expect(page.get_by_text("1 tác phẩm chưa đủ người chấm")).to_be_visible()
    page.get_by_label("Số tác phẩm mọi thành viên cùng chấm").fill("2")
    page.get_by_role("button", name="Xem phương án").click()
    expect(page.get_by_text("Phương án đang xem chưa lưu.")).to_be_visible()
    fits(page, f"{PLAN}?who=some&readings=3&common=2")
    page.get_by_role("button", name="Lưu cách phân công").click()
    expect(page.get_by_text("Đã lưu cách phân công.")).to_be_visible()
    expect(page.get_by_text("2 tác phẩm của mỗi tiểu ban do mọi thành viên cùng chấm")).to_be_visible()
    assert faults == []
