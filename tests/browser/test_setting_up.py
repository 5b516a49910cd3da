"""An organiser makes edition IV out of III in a browser: copies, changes two rules, looks, tries out, opens."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from award.clock import VIETNAM, now
from award.db import Base, session
from award.editions.clauses import rule
from award.editions.models import Edition
from award.editions.queries import with_rules
from award.entries.models import Entry
from award.messages.models import Message
from award.people.models import Person
from tests import factories
from tests.award.editions.conftest import prepared, rows
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

OWN = {"event", "event_detail", "checkpoint", "deed_key", "procrastinate_jobs", "web_session"}
"""What grows by looking: the log, keys of forms, sessions."""


@pytest.fixture
def organiser(app: Flask) -> Person:
    """Who organised edition III, which is over."""
    with rows(app):
        made = prepared(state="archived")
        factories.national_edition(made.edition)
        return made.organiser


def counted(app: Flask) -> dict[str, int]:
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in OWN]
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_a_new_edition_from_the_last_one(
    app: Flask,
    organiser: Person,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    worker: Callable[[], None],
) -> None:
    sign_in(page, organiser)
    page.goto("/thiet-lap")
    page.get_by_role("button", name="Lập bản dự thảo").click()
    year = now().astimezone(VIETNAM).year
    slug = f"iv-{year}"
    at = f"/{slug}/thiet-lap"
    expect(page.get_by_text("Đã lập bản dự thảo.")).to_be_visible()

    page.get_by_role("link", name="Lấy nội dung từ lần trước").click()
    expect(page.get_by_text("Phải ghi lại: thời gian đăng, phát")).to_be_visible()
    fits(page, page.url)
    page.get_by_role("button", name="Lấy các mục đã chọn").click()
    expect(page.get_by_text("Các ngày phải ghi lại.")).to_be_visible()
    expect(page.get_by_text("Chưa có quy định: Thời hạn nhận tác phẩm.")).to_be_visible()
    fits(page, page.url)

    page.goto(f"{at}/the-le")
    for code, number in (("max_parts", "7"), ("max_group_size", "6")):
        expect(page.locator(f"#{code}-number")).to_be_hidden()
        page.locator(f"#quy-dinh-{code} > summary").click()
        page.locator(f"#{code}-number").fill(number)
    page.locator("#window-first").fill(f"01/01/{year}")
    page.locator("#window-last").fill(f"31/12/{year}")
    page.get_by_role("region", name="Thời hạn nhận tác phẩm").get_by_label("đến hết ngày", exact=True).check()
    page.locator("#deadline-day").fill(f"31/12/{year}")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page.get_by_text("Không còn mục nào phải xong trước")).to_be_visible()
    with app.app_context():
        new, old = (with_rules(session.scalars(select(Edition.id).filter_by(slug=s)).one()) for s in (slug, "iii-2023"))
        assert [rule(new, code).number for code in ("max_parts", "max_group_size")] == [7, 6]
        assert [rule(old, code).number for code in ("max_parts", "max_group_size")] == [5, 5]

    page.get_by_role("link", name="Xem trước").click()
    fits(page, page.url)
    page.get_by_role("link", name="Báo in").click()
    expect(page.get_by_text("Xem trước, như người xem sẽ thấy.")).to_be_visible()
    expect(page.get_by_label("Tên tác phẩm")).to_be_disabled()
    fits(page, page.url)
    page.get_by_role("link", name="Tệp", exact=True).click()
    expect(page.get_by_text("Bản quét trang báo").first).to_be_visible()
    page.goto(f"{at}/xem-truoc/phieu-cham/1")
    expect(page.get_by_text("Tính phát hiện, tính chân thực").first).to_be_visible()

    before = counted(app)
    page.goto(f"{at}/chay-thu")
    page.get_by_role("button", name="Chạy thử").click()
    worker()
    page.reload()
    expect(page.get_by_text("Tác phẩm đã nộp", exact=True)).to_be_visible()
    fits(page, page.url)
    page.get_by_role("link", name="Trang của Giải", exact=True).click()
    expect(page.get_by_role("complementary", name="Chạy thử")).to_be_visible()
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Entry)) == 4
        assert session.scalars(select(Message)).all() == []

    page.goto(f"/{slug}/lich/open_entries")
    page.get_by_role("button", name="Mở nhận tác phẩm").click()
    expect(page.get_by_text("Đã thực hiện: Mở nhận tác phẩm.")).to_be_visible()
    worker()
    assert counted(app) == before
    assert page.goto(f"/{slug}-chay-thu/").status == 404  # type: ignore[union-attr]
    assert [fault for fault in faults if "404" not in fault] == []
