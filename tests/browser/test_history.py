"""Earlier editions in a browser: a list is looked through, mended and taken in; its pages fit and axe agrees."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from award.people.models import Person
from tests.award.history.conftest import HERE, READ, ROAD, SEA, VAN, Archive, archive, workbook
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["archive"]

LONG = {
    **ROAD,
    "title": "Phát huy vai trò nêu gương của cán bộ, đảng viên trong xây dựng nông thôn mới ở vùng đồng bào miền núi",
    "authors": "Đỗ Thanh Tâm, Hoàng Gia Khiêm (Gia Khiêm), Lê Hoàng Phúc (Phúc Lê), Trần Minh, Đỗ Thị Hồng Nhung",
    "newsroom": "Báo và Phát thanh, Truyền hình Núi Bạc",
}
BAD = {**SEA, "level": "Giải Vàng", "year": "hai nghìn", "link": "trang nhất", "authors": "Trần Minh (Minh"}


def test_a_list_is_mended_and_taken_in(
    archive: Archive,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    tmp_path: Path,
) -> None:
    wrong, right = tmp_path / "Danh sách lần II.xlsx", tmp_path / "Danh sách lần II, sửa.xlsx"
    wrong.write_bytes(workbook(VAN, LONG, BAD))
    right.write_bytes(workbook(VAN, LONG, SEA))
    sign_in(page, archive.people["secretary"])
    page.goto(HERE)
    page.get_by_role("link", name="Nạp danh sách").click()
    fits(page, READ)
    page.get_by_label("Tệp danh sách").set_input_files(wrong)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    expect(page.get_by_text("còn 1 dòng cần sửa")).to_be_visible()
    expect(page.get_by_role("button", name="Nạp 2 tác phẩm")).to_have_count(0)
    fits(page, page.url)
    page.get_by_role("link", name="Chọn tệp khác").click()
    page.get_by_label("Tệp danh sách").set_input_files(right)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    page.get_by_label("Kết quả trong danh sách đã được công bố").check()
    page.get_by_role("button", name="Nạp 3 tác phẩm").click()
    expect(page.get_by_text("Đã nạp 3 tác phẩm.")).to_be_visible()
    fits(page, page.url)
    fits(page, f"{page.url}/go")
    fits(page, HERE)
    page.context.clear_cookies()
    fits(page, HERE)
    expect(page.get_by_role("link", name="Giữ lời hứa với dân", exact=True)).to_be_visible()
    assert faults == []
