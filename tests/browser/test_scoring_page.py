"""The scoring page in Chromium: saving by itself, keys, the running total, panes on a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from award.db import session, unit_of_work
from award.editions.models import Round
from award.people.models import Person
from judging.panels.models import Assignment
from judging.scoring.contents import marks_of
from judging.scoring.queries import own_sheet
from tests.judging.rows import Bench, bench

pytestmark = pytest.mark.browser

LIST = "/iii-2023/vong/1/cham"


class Judge:
    """A judge with three works before the page; `steps` is what the server holds."""

    def __init__(self, app: Flask, of: Bench) -> None:
        self.app = app
        with app.app_context():
            self.assignments = of.assignments(of.judges[0])
            self.criteria = [criterion.id for criterion in session.get_one(Round, of.round.id).criteria]

    def address(self, number: int = 0) -> str:
        return f"{LIST}/{self.assignments[number].public_id}"

    def field(self, number: int) -> str:
        return f"#c{self.criteria[number]}"

    def steps(self, number: int = 0) -> list[int | None]:
        assignment = self.assignments[number]
        with self.app.app_context():
            sheet = own_sheet(assignment.seat_id, assignment.id)
            given = marks_of(sheet) if sheet else {}
        return [given.get(criterion) for criterion in self.criteria]


@pytest.fixture
def judge(app: Flask, page: Page, sign_in: Callable[[Page, Person], None]) -> Judge:
    with app.app_context(), unit_of_work():
        of = bench(works=3, judges=1)
        of.open()
    with app.app_context():
        sign_in(page, session.merge(of.judges[0]))
    return Judge(app, of)


def opened(page: Page, judge: Judge) -> None:
    """The first sheet, with every script of the page at work."""
    page.goto(judge.address())
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")


def saved(page: Page) -> None:
    """Returns once the page says that the server has it."""
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def test_a_mark_is_saved_by_itself_and_summed_at_once(page: Page, judge: Judge, faults: list[str]) -> None:
    opened(page, judge)
    page.fill(judge.field(0), "3,5")
    expect(page.locator("[data-score-total] output").first).to_have_text("3,50")
    saved(page)
    assert judge.steps() == [14, None, None]
    row = page.locator('.queue [aria-current="true"]')
    expect(row).to_contain_text("Đang chấm")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("[data-score]").nth(1).locator("[data-by='1']").click()
        expect(page.locator("[data-score-total] output").first).to_have_text("3,75")
    page.reload()
    expect(page.locator(judge.field(1))).to_have_value("0,25")
    assert faults == []


def test_a_mark_out_of_range_is_told_and_not_kept(page: Page, judge: Judge) -> None:
    opened(page, judge)
    page.fill(judge.field(0), "4,5")
    page.press(judge.field(0), "Tab")
    told = "Tiêu chí này tối đa 4 điểm, bước 0,25. Điểm vừa nhập: 4,5."
    expect(page.locator("[data-score]").first.locator("[data-errors]")).to_contain_text(told)
    saved(page)
    expect(page.locator("[data-score]").first.locator("[data-errors]")).to_contain_text(told)
    assert judge.steps() == [None, None, None]


def test_keys_give_marks_and_lead_on_and_can_be_switched_off(page: Page, judge: Judge, faults: list[str]) -> None:
    opened(page, judge)
    page.locator("h2").first.click()
    for key in ("3", "2", "1"):
        page.keyboard.press(key)
    expect(page.locator(judge.field(2))).to_have_value("1")
    expect(page.locator("[data-score-total] output").first).to_have_text("6,00")
    saved(page)
    page.keyboard.press("n")
    page.wait_for_url(f"**{judge.address(1)}")
    assert judge.steps() == [12, 8, 4]
    expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    page.keyboard.press("?")
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.locator("h2").first.click()
    page.keyboard.press("3")
    page.keyboard.press("n")
    expect(page.locator(judge.field(0))).to_have_value("")
    assert page.url.endswith(judge.address(1))
    assert faults == []


def test_letters_act_and_a_mark_given_just_before_one_is_kept(page: Page, judge: Judge, faults: list[str]) -> None:
    for number, (key, act) in enumerate((("x", "/lien-quan"), ("b", "/bao-loi"))):
        opened(page, judge)
        page.keyboard.press(str(number + 2))
        page.keyboard.press(key)
        page.wait_for_url(f"**{judge.address()}{act}")
        came = [8, 12] if number else [8, None]
        for _try in range(100):  # the browser sends it after the page is gone, and tells nobody of the answer
            if judge.steps()[:2] == came:
                break
            page.wait_for_timeout(100)
        assert judge.steps()[:2] == came
    opened(page, judge)
    for key, there in (("n", 1), ("p", 0), ("s", 1)):
        page.keyboard.press(key)
        page.wait_for_url(f"**{judge.address(there)}")
        expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
    with judge.app.app_context():
        left = [session.get_one(Assignment, each.id).later for each in judge.assignments]
    assert left == [True, False, False]
    assert faults == []


def test_letters_typed_into_the_note_are_letters(page: Page, judge: Judge) -> None:
    opened(page, judge)
    page.locator("#note").press_sequentially("nspx 123?")
    expect(page.locator("#note")).to_have_value("nspx 123?")
    saved(page)
    assert page.url.endswith(judge.address())


def test_enter_in_a_mark_goes_to_the_next_criterion(page: Page, judge: Judge) -> None:
    opened(page, judge)
    page.fill(judge.field(0), "2")
    page.press(judge.field(0), "Enter")
    expect(page.locator(judge.field(1))).to_be_focused()
    assert page.url.endswith(judge.address())


def test_without_a_network_nothing_is_lost_and_saving_follows(page: Page, judge: Judge) -> None:
    opened(page, judge)
    page.context.set_offline(True)
    page.fill(judge.field(0), "3,5")
    line = page.locator("[data-saved]")
    expect(line).to_contain_text("Mất kết nối. Nội dung đã nhập vẫn còn trên trang này và tự gửi khi có mạng.")
    page.get_by_role("button", name="Tác phẩm tiếp theo chưa chấm").click()
    assert page.url.endswith(judge.address())
    expect(page.locator(judge.field(0))).to_have_value("3,5")
    page.context.set_offline(False)
    saved(page)
    assert judge.steps() == [14, None, None]
    page.get_by_role("button", name="Tác phẩm tiếp theo chưa chấm").click()
    page.wait_for_url(f"**{judge.address(1)}")


def test_two_tabs_choose_which_mark_stands(page: Page, judge: Judge) -> None:
    opened(page, judge)
    other = page.context.new_page()
    other.goto(judge.address())
    other.fill(judge.field(0), "2")
    saved(other)
    page.fill(judge.field(0), "3")
    choice = page.locator("[data-score]").first.locator("[data-keep=theirs]")
    choice.click()
    expect(page.locator(judge.field(0))).to_have_value("2,00")
    saved(page)
    assert judge.steps() == [8, None, None]


def test_freezing_is_told_while_the_page_is_open(app: Flask, page: Page, judge: Judge) -> None:
    opened(page, judge)
    with app.app_context(), unit_of_work():
        session.get_one(Round, judge.assignments[0].round_id).state = "frozen"
    page.fill(judge.field(0), "3")
    expect(page.locator("[data-saved]")).to_contain_text("Phiếu chấm đã khóa, không sửa được nữa.")
    assert judge.steps() == [None, None, None]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_every_pane_is_in_reach(page: Page, judge: Judge, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, judge)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 360:
        page.get_by_role("button", name="Phiếu chấm").click()
    page.fill(judge.field(0), "3")
    if width == 360:
        expect(page.locator(".bench-tabs output")).to_have_text("3,00")
        page.get_by_role("button", name="Danh sách", exact=True).click()
    if width == 768:
        page.get_by_role("button", name="Danh sách chấm").click()
    expect(page.locator(".queue a").first).to_be_visible()
    for step in page.locator(".score__step:visible").all():
        box = step.bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 44


def test_the_panes_are_as_wide_as_keys_made_them_and_stay_so(page: Page, judge: Judge) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    opened(page, judge)
    panes = ((".sheet", "ArrowLeft", "Độ rộng phiếu chấm"), (".queue", "ArrowRight", "Độ rộng danh sách"))
    for pane, key, name in panes:
        edge, before = page.get_by_role("separator", name=name), page.locator(pane).bounding_box()
        edge.focus()
        for _ in range(2):
            page.keyboard.press(key)
        now, told = page.locator(pane).bounding_box(), edge.get_attribute("aria-valuenow")
        assert before is not None and now is not None
        assert now["width"] > before["width"] + 20
        page.reload()
        expect(edge).to_have_attribute("aria-valuenow", told or "")
        again = page.locator(pane).bounding_box()
        assert again is not None and abs(again["width"] - now["width"]) < 1


MOVED = """() => new Promise((told) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; })
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => told(sum), 0)));
})"""
"""By how much of the window, times how far, what was painted has moved since."""


def test_nothing_moves_when_the_script_of_the_panes_comes_late(page: Page, judge: Judge) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    held: list[Route] = []
    page.route("**/bench*.js*", lambda route: held.append(route))
    page.goto(judge.address(), wait_until="load")
    page.screenshot()  # it has been painted
    assert page.locator(".bench[data-show]").count() == 0
    held[0].continue_()
    page.locator(".bench[data-show]").wait_for()
    assert page.evaluate(MOVED) <= 0.02


@pytest.mark.parametrize("size", ["150%", "200%"])
def test_the_saving_line_has_its_room_before_it_says_anything(page: Page, judge: Judge, size: str) -> None:
    """A tablet in large type: the head is as tall once the first save is told, and its rows stand off the edge."""
    page.set_viewport_size({"width": 820, "height": 1180})
    opened(page, judge)
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    head = page.locator(".bench-top")
    before = head.evaluate("each => each.offsetHeight")
    page.fill(judge.field(0), "3,5")
    saved(page)
    assert head.evaluate("each => each.offsetHeight") == before
    air = "each => each.querySelector('a').getBoundingClientRect().top - each.getBoundingClientRect().top"
    assert head.evaluate(air) >= 8


def test_forty_works_are_scored_and_sent_by_keyboard_alone(
    app: Flask, page: Page, sign_in: Callable[[Page, Person], None], faults: list[str]
) -> None:
    with app.app_context(), unit_of_work():
        of = bench(works=40, judges=1)
        of.open()
    judge = Judge(app, of)
    with app.app_context():
        sign_in(page, session.merge(of.judges[0]))
    page.goto(LIST)
    tab_to(page, "Tác phẩm tiếp theo chưa chấm")
    for number in range(40):
        page.wait_for_url(f"**{judge.address(number)}")
        expect(page.locator("html")).to_have_attribute("data-scripts", "ready")
        for key in ("3", "2", "1", "n"):
            page.keyboard.press(key)
    page.wait_for_url(f"**{LIST}")
    tab_to(page, "Gửi 40 phiếu chấm")
    expect(page.get_by_text("Đã gửi 40/40 phiếu chấm")).to_be_visible()
    assert [judge.steps(number) for number in range(40)] == [[12, 8, 4]] * 40
    assert faults == []


def tab_to(page: Page, words: str) -> None:
    """From the top of the page to what says so, and Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"out of reach by keyboard: {words}")
