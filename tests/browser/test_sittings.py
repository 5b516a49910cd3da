"""A ballot from the chair's desk to the devices of five members, one of whom has to do with the work."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from award.db import session, unit_of_work
from award.people.models import Person
from judging.panels.models import Conflict
from judging.viewings.models import Viewing
from judging.viewings.operations import call_roll, open_viewing, show
from tests.browser.looking import faults_of_access, fits, look
from tests.judging.rows import bench
from tests.judging.sittings.rooms import Council, council

pytestmark = [pytest.mark.browser, pytest.mark.db]

SignIn = Callable[[Page, Person], None]
ROOM = "/iii-2023/phien-hop"


@pytest.fixture
def of(app: Flask) -> Council:
    """The council sits; the last of five judges has to do with the first work, which is not on the table yet."""
    with app.app_context(), unit_of_work():
        made = council()
        tie = {"relation": "relative", "source": "declared", "edition_id": made.hall.edition.id}
        session.add(Conflict(person_id=made.members[4].id, entry_id=made.hall.works[0].id, **tie))
        session.flush()
        made.hall.works[0].title = "Nói đi đôi với làm ở một xã đảo xa nhất tỉnh, nơi chi bộ chỉ có năm đảng viên"
        made.begin()
        made.turn_to(1)
    return made


@pytest.fixture
def devices(
    of: Council, browser: Browser, live_server: str, sign_in: SignIn, faults: list[str]
) -> Iterator[list[Page]]:
    """The devices of the five judges and, last, of the chair, in the room."""
    made = []
    for person in (*of.hall.bench.judges, of.hall.chair):
        context = browser.new_context(base_url=live_server, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        sign_in(page, person)
        page.goto(ROOM)
        made.append(page)
    yield made
    for page in made:
        page.context.close()


def test_devices_follow_the_chair_through_one_ballot(of: Council, devices: list[Page], faults: list[str]) -> None:
    *members, chair = devices
    free, away = members[:4], members[4]
    chair.get_by_role("link", name="III-IN-001").click()
    chair.get_by_role("button", name="Đưa ra xét", exact=True).click()
    for page in free:
        expect(page.get_by_role("heading", level=2)).to_contain_text("Nói đi đôi với làm")
        expect(page.get_by_text("6,00")).to_be_visible()
    expect(away.get_by_text("không tham gia xét, bỏ phiếu tác phẩm này")).to_be_visible()
    expect(away.get_by_text("6,00")).to_have_count(0)
    fits(away, ROOM)

    elsewhere = free[3]
    elsewhere.get_by_role("link", name="III-IN-003").click()
    expect(elsewhere.get_by_text("Chủ trì đang xét III-IN-001.")).to_be_visible()
    with elsewhere.expect_request(lambda sent: sent.headers.get("x-unattended") == "1"):
        pass  # nobody touches the device: its looks are no visits
    with elsewhere.expect_request(lambda sent: "/dang-xet" in sent.url and "x-unattended" not in sent.headers):
        elsewhere.mouse.move(5, 5)
    hall = chair.context.new_page()
    hall.goto(f"{ROOM}/man-hinh")
    expect(hall.get_by_role("heading", level=1)).to_contain_text("Nói đi đôi với làm")
    expect(hall.get_by_text("6,00")).to_have_count(0)
    look(hall, "hall")
    assert faults_of_access(hall) == []
    fits(chair, ROOM)
    look(chair, "chair")
    with hall.expect_request(lambda sent: "/man-hinh/" in sent.url and "x-unattended" not in sent.headers):
        chair.get_by_role("button", name="Mở bỏ phiếu kín").click()  # the hall reads what changed: that is a visit
    expect(hall.get_by_text("Đang bỏ phiếu.")).to_be_visible()
    expect(elsewhere.get_by_text("Đang bỏ phiếu: III-IN-001.")).to_be_visible()
    elsewhere.get_by_role("link", name="Theo Chủ trì").click()

    for page in free:
        expect(page.get_by_role("button", name="Không đồng ý")).to_be_visible()
    fits(free[0], ROOM)
    look(free[0], "ballot")
    look(away, "away")
    expect(away.get_by_role("button", name="Không đồng ý")).to_have_count(0)
    for page, word in zip(free, ("Đồng ý", "Đồng ý", "Không đồng ý", "Đồng ý"), strict=True):
        page.get_by_role("button", name=word, exact=True).click()
        expect(page.get_by_text("Đã nhận phiếu. Nội dung phiếu không gắn với tên người bỏ phiếu.")).to_be_visible()
    chair.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(chair.get_by_text("Đã bỏ phiếu: 5/6")).to_be_visible()
    look(free[0], "given")
    look(chair, "counting")
    free[2].get_by_text("Đổi phiếu").click()
    free[2].get_by_role("button", name="Phiếu trắng").click()
    expect(free[2].get_by_text("Đã nhận phiếu.")).to_be_visible()
    chair.get_by_text("Kết thúc khi còn 1 người chưa bỏ phiếu").click()
    expect(chair.get_by_text("Phiếu chưa bỏ được tính như không đồng ý")).to_be_visible()
    chair.wait_for_timeout(2500)  # the page has been drawn again meanwhile, and what was opened stays open
    chair.get_by_role("button", name="Kết thúc bỏ phiếu").click()
    for page in (*free, chair):
        expect(page.get_by_text("Giải A: đạt")).to_be_visible()
        expect(page.get_by_text("Phát ra 6 phiếu, thu về 5, hợp lệ 5.")).to_be_visible()
    expect(away.get_by_text("Giải A: đạt")).to_have_count(0)
    fits(free[0], ROOM)
    look(chair, "result")
    assert faults == []


def test_the_preparation_fits(of: Council, page: Page, sign_in: SignIn, faults: list[str]) -> None:
    sign_in(page, of.hall.secretary)
    fits(page, f"{ROOM}/chuan-bi")
    look(page, "preparation")
    assert faults == []


def test_a_viewing_leads_a_member_from_sheet_to_sheet(
    app: Flask, browser: Browser, live_server: str, sign_in: SignIn, faults: list[str]
) -> None:
    """What the member typed last is kept, and nobody is led away while typing."""
    with app.app_context():
        with unit_of_work():
            of = bench(works=2)
            of.category.medium = "television"
            of.seat(of.judges[0]).role = "chair"
            of.open()
        with unit_of_work():
            lead = {"by": of.by(of.judges[0]), "edition": of.edition, "round": of.round}
            viewing = open_viewing(panel=of.panel, **lead)
            call_roll(viewing=viewing, present=[person.id for person in of.judges], **lead)
        own = {each.entry_id: each.public_id for each in of.assignments(of.judges[1])}
        titles = [work.title for work in of.works]
    sheets = [f"/iii-2023/vong/1/cham/{own[work.id]}" for work in of.works]
    context = browser.new_context(base_url=live_server, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    sign_in(page, of.judges[1])
    with page.expect_response("**/dang-xem"):
        page.goto(f"/iii-2023/xem-chung/{viewing.public_id}")
    expect(page.get_by_text("Chờ Chủ trì mở tác phẩm.")).to_be_visible()

    def put_on(number: int) -> None:
        with app.app_context(), unit_of_work():
            show(viewing=session.get_one(Viewing, viewing.id), entry_id=of.works[number].id, **lead)

    put_on(0)
    page.wait_for_url(f"**{sheets[0]}")
    expect(page.get_by_role("heading", name=titles[0])).to_be_visible()
    expect(page.locator(".followed")).to_contain_text("Tiểu ban đang xem chung")
    mark = page.locator(".score__value").first
    mark.fill("2")
    put_on(1)
    expect(page.get_by_role("link", name="Đến phiếu chấm tác phẩm đang xem")).to_have_attribute("href", sheets[1])
    assert page.url.endswith(sheets[0])
    mark.blur()
    page.wait_for_url(f"**{sheets[1]}")
    page.goto(sheets[0])
    expect(page.locator(".score__value").first).to_have_value("2,00")
    context.close()
