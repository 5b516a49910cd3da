"""A newsroom's morning in a browser: a list is mended and taken in, its files find their places, works are attested."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from award.people.models import Person
from tests.award.files.conftest import pdf_of
from tests.award.newsrooms.conftest import Press, press
from tests.award.newsrooms.test_importing import WORK, workbook
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

__all__ = ["press"]

PATIENT = 60_000  # milliseconds: for a machine that does many other things
SERIES = [
    WORK
    | {"title": "Giữ lời hứa với dân ở vùng đồng bào miền núi", "part_title": "Kỳ 1: Đường về", "files": "ky-1.pdf"},
    {"part_title": "Kỳ 2: Nước lên nương", "published_on": "06/7/2023", "files": "Kỳ 2.pdf"},
]
ROAD = WORK | {"title": "Đường về bản", "files": "duong.pdf"}


def test_a_list_its_files_and_one_act(
    press: Press,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    press.submitted("Người giữ biển")
    wrong, right = tmp_path / "danh-sach.xlsx", tmp_path / "danh-sach-sua.xlsx"
    wrong.write_bytes(workbook(*SERIES, ROAD | {"published_on": "hôm qua", "category": "Báo"}))
    right.write_bytes(workbook(*SERIES, ROAD))
    for name in ("KY-1.PDF", "Kỳ 2.pdf", "thua.pdf"):
        (tmp_path / name).write_bytes(pdf_of(name.partition(".")[0].encode("ascii", "ignore").decode()))
    sign_in(page, press.people["contact"])
    page.goto("/iii-2023/toa-soan")
    page.get_by_role("link", name="Nạp danh sách tác phẩm").click()
    fits(page, page.url)
    page.get_by_label("Tệp danh sách").set_input_files(wrong)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    expect(page.get_by_text("còn 1 dòng cần sửa")).to_be_visible()
    expect(page.get_by_role("button", name="Nạp 1 tác phẩm")).to_have_count(0)
    fits(page, page.url)
    page.get_by_role("link", name="Chọn tệp khác").click()
    page.get_by_label("Tệp danh sách").set_input_files(right)
    page.get_by_role("button", name="Xem lại trước khi nạp").click()
    page.get_by_label("Cam kết và đồng ý thay các tác giả").check()
    page.get_by_role("button", name="Nạp 2 tác phẩm").click()
    expect(page.get_by_text("Đã nạp 2 tác phẩm, chưa nộp.")).to_be_visible()

    page.get_by_role("link", name="Tải tệp theo danh sách").click()
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.get_by_label("Chọn nhiều tệp cùng lúc").set_input_files(
        [tmp_path / name for name in ("KY-1.PDF", "Kỳ 2.pdf", "thua.pdf")]
    )
    expect(page.get_by_text("Đã ghép 2 tệp, đang tải lên. 1 tệp chưa tìm được hồ sơ")).to_be_visible()
    expect(page.get_by_text("Còn chờ 1 tệp ghi trong danh sách.")).to_be_visible(timeout=PATIENT)
    page.get_by_role("button", name="Tải vào mục này").click()
    expect(page.get_by_text("Chưa chọn tác phẩm, mục cho tệp này.")).to_be_visible()
    left = page.get_by_label("Tác phẩm, mục cho tệp thua.pdf")
    left.select_option(left.locator("optgroup[label='Đường về bản'] option").first.get_attribute("value"))
    page.get_by_role("button", name="Tải vào mục này").click()
    for title, name in (("Giữ lời hứa", "KY-1.PDF"), ("Giữ lời hứa", "Kỳ 2.pdf"), ("Đường về bản", "thua.pdf")):
        section = page.get_by_role("region", name=title)
        expect(section.locator(".uploads").get_by_text(name, exact=True).first).to_be_visible(timeout=PATIENT)
    sent = page.locator("[data-place]").get_by_text("Đã tải đủ, đang kiểm tra")
    expect(sent).to_have_count(3, timeout=PATIENT)
    expect(page.get_by_text("Mọi tệp ghi trong danh sách đã có.")).to_be_visible(timeout=PATIENT)
    worker()
    fits(page, page.url)

    page.get_by_role("link", name="Về danh sách tác phẩm").click()
    fits(page, page.url)
    page.get_by_role("button", name="Nộp 2 hồ sơ đã đủ").click()
    page.get_by_role("button", name="Nộp 2 hồ sơ").click()
    expect(page.get_by_text("Đã nộp 2 hồ sơ.")).to_be_visible()
    fits(page, page.url)
    page.get_by_role("link", name="Xác nhận 3 tác phẩm").click()
    fits(page, page.url)
    page.get_by_role("button", name="Xác nhận 3 tác phẩm").click()
    expect(page.get_by_text("3 tác phẩm đã nộp, 3 đã xác nhận, 0 chưa nộp.")).to_be_visible()
    page.get_by_role("link", name="Không xác nhận: KH3-0001").click()
    fits(page, page.url)
    page.goto(press.desk("/nguoi"))
    fits(page, page.url)
    assert faults == []


def test_the_survey_fits(press: Press, page: Page, faults: list[str], sign_in: Callable[[Page, Person], None]) -> None:
    press.submitted("Người giữ biển")
    sign_in(page, press.people["secretary"])
    fits(page, "/iii-2023/toa-soan")
    expect(page.get_by_role("button", name="Nhắc 1 cơ quan")).to_be_visible()
    assert faults == []


def test_a_signed_list_comes_back_by_its_code(
    press: Press,
    page: Page,
    faults: list[str],
    sign_in: Callable[[Page, Person], None],
    worker: Callable[[], None],
    tmp_path: Path,
) -> None:
    for n in range(3):
        press.submitted(f"Tác phẩm số {n}")
    sign_in(page, press.people["secretary"])
    page.goto(press.desk())
    page.get_by_role("link", name="Danh sách ký trên giấy").click()
    fits(page, page.url)
    page.get_by_role("button", name="Lập danh sách mới").click()
    fits(page, page.url)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bản in (PDF)").click()
    scan = tmp_path / "ban-ky.jpg"
    drawn = pypdfium2.PdfDocument(coming.value.path())[0].render(scale=2.2).to_pil().convert("L")
    drawn.rotate(1.5, fillcolor=240).save(scan, quality=70)
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.locator("#scan-input").set_input_files(scan)
    sent = page.locator("#scan").get_by_text("Đã tải đủ, đang kiểm tra")
    expect(sent.first).to_be_visible(timeout=PATIENT)
    worker()
    page.reload()
    page.get_by_label("Người ký").fill("Trần Minh, Tổng Biên tập")
    page.get_by_label("Ngày ký").fill("28/9/2023")
    fits_there = page.url
    page.get_by_role("button", name="Xác nhận 3 tác phẩm theo bản ký").click()
    expect(page.get_by_text("Đã xác nhận 3 tác phẩm.")).to_be_visible()
    expect(page.get_by_text("Mã QR trên bản quét khớp danh sách này.")).to_be_visible()
    fits(page, fits_there)
    assert faults == []
