"""Two works beside each other in Chromium: text, photo and film that are the same, on a phone and on a desk."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Entry, EntryFile
from award.people.models import Person
from demonstration import landscape
from tests import factories
from tests.award.files.conftest import Sender
from tests.award.screening.test_alike import entered
from tests.browser.looking import look
from tests.uploads.corpus import docx_file
from tests.uploads.test_fingerprints import film_of

pytestmark = [pytest.mark.browser, pytest.mark.db]
OPENING = (
    "Sáng ấy, bí thư chi bộ Suối Đá xắn quần lội qua con suối mới dâng để đến từng nhà, "
    "ghi từng lời hứa vào cuốn sổ bìa xanh."
)
STORY = (
    f"{OPENING} Người dân bảo nhau: đã ghi là phải làm. Ba tháng sau, cuốn sổ còn hai dòng chưa gạch.",
    "Con đường vào bản được trải đá, cây cầu treo thay bằng cầu cứng; chi bộ kết nạp thêm hai đảng viên tại chỗ.",
)


def jpeg(number: int, share: float) -> bytes:
    out = BytesIO()
    image = landscape.painted(number, 1200, 800)
    image.crop((int(30 * share), int(20 * share), 1200, 800)).save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def address(app: Flask, page: Page, sign_in: Callable[[Page, Person], None], worker: Callable[[], None]) -> str:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="screening")
        factories.category(edition)
        secretary, owner = factories.person("Trần Thu Hiền"), factories.person()
        factories.appointment(edition, secretary, "secretary")
        keys = [
            entered(edition, title, *authors, link=link).public_id
            for title, authors, link in (
                ("Cuốn sổ bìa xanh ở Suối Đá", ("Nguyễn Thị Vân/Hà Vân",), "https://baobien.vn/cuon-so-bia-xanh.html"),
                ("Đã ghi là phải làm", ("Trần Minh", "Nguyễn Thị Vân/Hà Vân"), ""),
            )
        ]
        edition_id = edition.id
    sender = Sender(app, owner)
    texts = (
        STORY,
        (
            "Đã ghi là phải làm",
            f"Phóng sự của nhóm phóng viên. {STORY[0]}",
            "Chuyện ở xã bên thì khác: cuốn sổ vẫn trắng.",
        ),
    )
    sent = [
        [
            sender.stored(docx_file(*texts[n]), f"bai-{n}.docx", ["docx"]),
            sender.stored(jpeg(4, n), f"anh-{n}.jpg", ["jpeg"]),
            sender.stored(film_of(1, 40, skipped=5 * n), f"phim-{n}.mp4", ["mp4"]),
        ]
        for n in (0, 1)
    ]
    with app.app_context(), unit_of_work():
        slot = session.get_one(Edition, edition_id).categories[0].slots[0]
        for key, files in zip(keys, sent, strict=True):
            entry = session.scalars(select(Entry).where(Entry.public_id == key)).one()
            entry.files = [EntryFile(part_id=entry.parts[0].id, slot_id=slot.id, file_id=file.id) for file in files]
    worker()
    with app.app_context():
        sign_in(page, session.merge(secretary))
    return f"/iii-2023/kiem-tra/{keys[0]}"


def test_what_is_the_same_is_seen_and_concluded_on(page: Page, address: str, faults: list[str]) -> None:
    page.goto(address)
    alike = page.locator("#tuong-tu")
    expect(alike).to_contain_text("Văn bản trùng khoảng")
    look(page, "so-trung-ho-so")
    alike.get_by_role("link", name="So sánh với Đã ghi là phải làm").click()
    expect(page.locator("h1")).to_have_text("So sánh hai tác phẩm")
    marked = page.locator("mark")
    assert marked.count() >= 2 and OPENING[:40] in marked.first.inner_text()
    photos = page.locator("#anh .pair img")
    expect(photos).to_have_count(2)
    for n in (0, 1):
        photos.nth(n).scroll_into_view_if_needed()
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=photos.nth(n).element_handle())
    films = page.locator("#phim video")
    expect(films).to_have_count(2)
    starts = [
        page.wait_for_function("film => film.readyState >= 1 && [film.currentTime]", arg=films.nth(n).element_handle())
        for n in (0, 1)
    ]
    assert abs(starts[0].json_value()[0] - starts[1].json_value()[0] - 5) <= 1
    look(page, "so-trung-so-sanh")
    page.get_by_label("Lý do").fill("Cùng một phóng sự, đổi tựa và thêm mở đầu.")
    page.route("**/tep/**", lambda _route: None)  # a page whose pictures are still on their way stands as well
    page.get_by_role("button", name="Cùng một tác phẩm").click()
    expect(page.locator(".flashes")).to_contain_text("Đã ghi kết luận.")
    expect(page.locator("#ket-luan")).to_contain_text("Trần Thu Hiền kết luận lúc")
    look(page, "so-trung-ket-luan")
    assert faults == []
