"""A newsroom's forty works in an hour: one workbook with three bad cells, mended; forty files by name; one act each."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from award.people.models import Person
from tests.award.files.conftest import pdf_of
from tests.award.newsrooms.conftest import Press, press
from tests.award.newsrooms.test_importing import WORK, workbook

pytestmark = [pytest.mark.browser, pytest.mark.db, pytest.mark.long, pytest.mark.timeout(600)]

__all__ = ["press"]

PATIENT = 240_000  # milliseconds: for a machine that does many other things
WORKS = 40


def named(number: int) -> tuple[str, str]:
    """What the list calls the file of a work, and what the file is called: as people and systems write names."""
    listed = f"Trang báo số {number}.pdf"
    sent = [listed, listed.upper(), unicodedata.normalize("NFD", listed), listed.replace("á", "a").replace("ố", "o")]
    return listed, sent[number % len(sent)]


def rows() -> list[dict[str, Any]]:
    return [WORK | {"title": f"Tác phẩm số {n}", "files": named(n)[0]} for n in range(1, WORKS + 1)]


def test_forty_works_are_brought_mended_sent_and_confirmed_in_one_act_each(
    press: Press,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    bad = rows()
    bad[3]["published_on"], bad[17]["category"], bad[30]["authors"] = "32/7/2023", "Báo", ""
    wrong, right = tmp_path / "danh-sach.xlsx", tmp_path / "danh-sach-sua.xlsx"
    wrong.write_bytes(workbook(*bad))
    right.write_bytes(workbook(*rows()))
    files = [tmp_path / named(n)[1] for n in range(1, WORKS + 1)]
    for n, file in enumerate(files, start=1):
        file.write_bytes(pdf_of(f"Page {n}"))
    sign_in(page, press.people["contact"])
    page.goto(press.desk("/nap"))
    page.get_by_label("Tệp danh sách").set_input_files(wrong)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    expect(page.get_by_text("40 dòng: 37 tác phẩm sẽ nạp, 0 dòng đã có, 3 dòng cần sửa.")).to_be_visible()
    expect(page.get_by_role("button", name="Nạp 37 tác phẩm")).to_have_count(0)
    page.get_by_role("link", name="Chọn tệp khác").click()
    page.get_by_label("Tệp danh sách").set_input_files(right)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    page.get_by_label("Cam kết và đồng ý thay các tác giả").check()
    page.get_by_role("button", name=f"Nạp {WORKS} tác phẩm").click()
    expect(page.get_by_text(f"Đã nạp {WORKS} tác phẩm, chưa nộp.")).to_be_visible()

    page.get_by_role("link", name="Tải tệp theo danh sách").click()
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.get_by_label("Chọn nhiều tệp cùng lúc").set_input_files(files)
    expect(page.get_by_text(f"Đã ghép {WORKS} tệp, đang tải lên.")).to_be_visible(timeout=PATIENT)
    sent = page.locator("[data-place]").get_by_text("Đã tải đủ, đang kiểm tra")
    expect(sent).to_have_count(WORKS, timeout=PATIENT)
    worker()
    expect(page.get_by_text("Mọi tệp ghi trong danh sách đã có.")).to_be_visible()

    page.goto(press.desk("?xem=chua-nop"))
    page.get_by_role("button", name=f"Nộp {WORKS} hồ sơ đã đủ").click()
    page.get_by_role("button", name=f"Nộp {WORKS} hồ sơ").click()
    expect(page.get_by_text(f"Đã nộp {WORKS} hồ sơ.")).to_be_visible(timeout=PATIENT)
    page.get_by_role("link", name=f"Xác nhận {WORKS} tác phẩm").click()
    page.get_by_role("button", name=f"Xác nhận {WORKS} tác phẩm").click()
    expect(page.get_by_text(f"{WORKS} tác phẩm đã nộp, {WORKS} đã xác nhận, 0 chưa nộp.")).to_be_visible()
    assert faults == []
