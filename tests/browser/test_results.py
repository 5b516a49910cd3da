"""The public pages of the results, the question before publication and the national list, as a browser sees them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.nominations import operations, tasks
from award.people.models import Person
from award.results.models import Result
from award.results.operations import StandingRow, record_standing
from tests import factories
from tests.award.results.rows import Outcome, outcome, work
from tests.browser.looking import fits

pytestmark = [pytest.mark.browser, pytest.mark.db]

TITLES = (
    "Giảm nghèo ở vùng cao: đảng viên đi trước, làng nước theo sau",
    "Những ngày tháng Ba ở đảo xa",
    "Kiểm tra, giám sát: phòng từ sớm, từ xa",
    "Gỡ “điểm nghẽn” trong đánh giá cán bộ",
    "Chi bộ khu phố thời chuyển đổi số",
    "Đất khó nở hoa",
)
AUTHORS = (("Nguyễn Thị Vân", "Hà Vân, Sông Mây"), ("Trần Minh", ""), ("Lê Hoàng Phúc", "Phúc Lê"))
LIST = "/iii-2023/gui-trung-uong"


@pytest.fixture
def made(app: Flask) -> Outcome:
    """A special prize, one A, six works with a level of many; ranked, decided, not yet public."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        made.levels["KK"] = factories.prize_level(
            made.edition, rank=5, code="KK", name="Giải Khuyến khích", quota=len(TITLES)
        )
        organ = factories.newsroom("Đài Phát thanh - Truyền hình Núi Bạc")
        many = [
            work(made.edition, made.category, title, authors=AUTHORS, newsroom=organ, parts=3, link="https://b.vn/1")
            for title in TITLES
        ]
        made.propose((made.works[0], "ĐB"), (made.works[1], "A"), *((each, "KK") for each in many))
        session.refresh(made.edition, ["panels"])
        panel = next(each for each in made.edition.panels if each.round_id == made.rounds[1].id)
        made.works += many
        rows = [StandingRow(each.id, panel.id, rank, None, 3) for rank, each in enumerate(made.works, start=1)]
        record_standing(by=made.by(made.organiser), edition=made.edition, judged=made.rounds[1], rows=rows)
        factories.national_edition(made.edition, deadline_day=date(2030, 11, 10), deadline_words="theo dấu bưu điện")
        made.decide()
    return made


def test_fifty_works_with_a_prize_are_printed_on_four_pages(app: Flask, page: Page, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        edition, organ = made.edition, factories.newsroom("Báo và Phát thanh, Truyền hình Khánh Hòa")
        made.levels["KK"].quota = 60
        for n in range(42):
            title = f"{TITLES[n % len(TITLES)]}, phần {n + 1}"
            one = work(edition, made.category, title, authors=AUTHORS[: n % 3 + 1], newsroom=organ)
            session.add(
                Result(edition_id=edition.id, entry_id=one.id, prize_level_id=made.levels["KK"].id, state="decided")
            )
    public(app, made)
    page.goto("/iii-2023/ket-qua")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    said = "\n".join(each.get_textpage().get_text_range() for each in printed)
    assert "phần 42" in said
    assert len(printed) <= 4
    assert [round(side) for side in printed[0].get_size()] == [595, 842], "A4"


def public(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


def test_the_public_pages_fit_and_axe_finds_nothing(app: Flask, page: Page, faults: list[str], made: Outcome) -> None:
    public(app, made)
    last = made.works[-1].public_id
    for address in ("/iii-2023/ket-qua", "/iii-2023/ket-qua?tim=van&muc=KK", f"/iii-2023/ket-qua/{last}"):
        fits(page, address)
    assert faults == []


def test_the_staffs_pages_fit_and_axe_finds_nothing(
    app: Flask, page: Page, faults: list[str], made: Outcome, sign_in: Callable[[Page, Person], None]
) -> None:
    with app.app_context(), unit_of_work():
        edition = session.get_one(Edition, made.edition_id)
        operations.choose(by=made.by(made.organiser), edition=edition, entry=made.works[0])
    sign_in(page, made.organiser)
    question = "/iii-2023/cong-bo?day=29/11/2099&hour=08:00"
    for address in ("/iii-2023/quyet-dinh", "/iii-2023/cong-bo", question, LIST):
        fits(page, address)
    assert faults == []


def test_a_reader_searches_and_opens_a_work(app: Flask, page: Page, made: Outcome) -> None:
    public(app, made)
    page.goto("/iii-2023/ket-qua")
    expect(page.locator("h2.headline")).to_have_text("Khi bí thư chi bộ xuống ruộng")
    page.get_by_label("Tên tác phẩm, tác giả, cơ quan báo chí").fill("diem nghen")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("status").filter(has_text="phù hợp")).to_have_text("1 tác phẩm phù hợp.")
    page.get_by_role("link", name="Gỡ “điểm nghẽn” trong đánh giá cán bộ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gỡ “điểm nghẽn” trong đánh giá cán bộ")
    expect(page.get_by_role("link", name="Đọc tác phẩm đã đăng")).to_have_attribute("href", "https://b.vn/1")


def test_the_page_of_a_dossier_changes_by_itself_when_it_is_built(
    app: Flask, page: Page, made: Outcome, sign_in: Callable[[Page, Person], None]
) -> None:
    with app.app_context(), unit_of_work():
        edition = session.get_one(Edition, made.edition_id)
        by = made.by(made.organiser)
        operations.choose(by=by, edition=edition, entry=made.works[0])
        asked = operations.ask_dossier(by=by, edition=edition)
    sign_in(page, made.organiser)
    page.goto(f"{LIST}/ho-so/{asked.public_id}")
    expect(page.get_by_text("Đang lập hồ sơ từ các tệp đã nộp.")).to_be_visible()
    with app.app_context():
        tasks.build(dossier_id=asked.id)
    expect(page.get_by_role("link", name="Tải về")).to_be_visible(timeout=15_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    assert re.fullmatch(r"ho-so-gui-du-iii-2023-\d{8}-\d{4}\.zip", download.value.suggested_filename)
