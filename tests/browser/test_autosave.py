"""A form that saves itself: what it sends and when, and that it never says more than the server has confirmed."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, abort, jsonify, render_template_string, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.deploy.certificates import Authority

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
CLOCK = "2023-09-30T16:52:07+00:00"

FORM = """
{% extends "layout.html" %}
{% from "components/fields.html" import csrf, text_field, choices, saved_line %}
{% from "components/states.html" import state %}
{% block title %}Thử lưu{% endblock %}
{% block main %}
  <h1>Thử lưu</h1>
  {{ state("none", "Chưa làm", id="work") }}
  <form method="post" action="/save" data-autosave data-version="3">
    {{ csrf() }}
    {{ text_field("title", "Tên tác phẩm", "Cũ") }}
    {{ choices("unit", "Tác phẩm gồm", [("one", "Một bài"), ("series", "Nhiều kỳ")], "one") }}
    {{ saved_line() }}
    <button>Lưu và tiếp tục</button>
  </form>
{% endblock %}
"""

ENTRANTS = FORM.replace("data-autosave", "data-autosave data-keeps data-until-deadline").replace(
    "<h1>",
    """<p><span data-deadline="2023-09-30T17:00:02Z" data-now="2023-09-30T17:00:00Z" data-passed="Hết hạn"
    data-last="Dưới một phút"></span></p><p data-after-deadline hidden>Đã hết thời hạn</p><h1>""",
)


@dataclass
class Desk:
    """The other end: keeps what it was sent and answers as it is told."""

    origin: str = ""
    version: int = 3
    received: list[dict[str, str]] = field(default_factory=list)
    fault: int = 0
    told: str = ""
    messages: dict[str, list[str]] = field(default_factory=dict)
    arrived: threading.Event = field(default_factory=threading.Event)

    def answer(self) -> Response | tuple[Response, int]:
        form = request.form.to_dict()
        if self.told:
            return jsonify(sentence=self.told), 403
        if self.fault:
            abort(self.fault)
        if int(form["version"]) != self.version:
            theirs: dict[str, Any] = {"title": {"yours": form["title"], "theirs": "Của người khác"}}
            return jsonify(conflict=theirs, version=self.version), 409
        self.version += 1
        self.received.append(form)
        self.arrived.set()
        states = {"work": {"kind": "done", "word": "Đã đủ"}}
        return jsonify(version=self.version, saved_at=CLOCK, messages=self.messages, states=states)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    app = Flask("frame", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "award" / "static"))
    app.config.update(SECRET_KEY="only for this test", BABEL_DEFAULT_LOCALE="vi")
    Babel(app)
    CSRFProtect(app)
    app.context_processor(lambda: {"static": lambda path: f"/static/{path}"})
    app.add_url_rule("/", view_func=lambda: render_template_string(FORM), endpoint="form")
    app.add_url_rule("/entrant", view_func=lambda: render_template_string(ENTRANTS), endpoint="entrant")
    app.add_url_rule("/save", view_func=desk.answer, endpoint="save", methods=["POST"])
    app.add_url_rule("/away", view_func=lambda: "away", endpoint="away")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    desk.origin = f"http://127.0.0.1:{server.port}"
    yield desk
    server.shutdown()
    thread.join()


@pytest.fixture
def form(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(desk.origin, wait_until="networkidle")
    yield page
    context.close()


def test_typing_is_saved_once_it_rests(form: Page, desk: Desk) -> None:
    form.locator("#title").press("End")
    form.locator("#title").press_sequentially(" hơn")
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert [(one["title"], one["version"]) for one in desk.received] == [("Cũ hơn", "3")]
    expect(form.locator("form[data-autosave]")).to_have_attribute("data-version", "4")
    expect(form.locator('[data-state="work"]')).to_have_text("Đã đủ")
    expect(form.locator("#live")).to_have_text("Đã lưu lúc 23:52:07")


def test_what_was_typed_before_the_script_came_is_saved_by_it(form: Page, desk: Desk) -> None:
    held: list[Any] = []
    form.route("**/autosave.js*", lambda route: held.append(route))
    form.goto(desk.origin, wait_until="commit")
    form.locator("#title").fill("Gõ trước")
    form.get_by_label("Nhiều kỳ").check()
    form.wait_for_function("document.readyState !== 'loading'")
    expect(form.locator("[data-saved]")).not_to_contain_text("Đã lưu")
    held[0].continue_()
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert [(one["title"], one["unit"]) for one in desk.received] == [("Gõ trước", "series")]


def test_nothing_typed_is_nothing_saved(form: Page, desk: Desk) -> None:
    form.wait_for_timeout(1500)  # longer than typing must rest
    assert desk.received == []


def test_nothing_is_claimed_before_the_server_answers(form: Page, desk: Desk) -> None:
    held: list[Any] = []
    form.route("**/save", lambda route: held.append(route))
    form.locator("#title").fill("Mới")
    expect(form.locator("[data-saved]")).to_have_text("Đang lưu…")
    held[0].continue_()
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")


def test_what_is_typed_during_a_save_is_saved_after_it(form: Page, desk: Desk) -> None:
    held: list[Any] = []
    form.route("**/save", lambda route: held.append(route) if not held else route.continue_())
    form.locator("#title").fill("Một")
    expect(form.locator("[data-saved]")).to_have_text("Đang lưu…")
    form.locator("#title").fill("Hai")
    held[0].continue_()
    expect(form.locator("form[data-autosave]")).to_have_attribute("data-version", "5")
    assert [one["title"] for one in desk.received] == ["Một", "Hai"]


def test_a_word_being_composed_is_left_alone(form: Page, desk: Desk) -> None:
    title = form.locator("#title")
    title.evaluate(
        """(box) => {
          box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
          box.value = "Nguye";
          box.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
        }"""
    )
    form.get_by_label("Nhiều kỳ").check()  # a save falls due while the word is unfinished
    title.evaluate(
        """(box) => new Promise((done) => setTimeout(() => {
          box.value = "Nguyễn Đường";
          box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
          done();
        }, 1200))"""
    )
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert [one["title"] for one in desk.received] == ["Nguyễn Đường"]


def test_without_a_network_it_says_so_and_sends_later(form: Page, desk: Desk) -> None:
    form.context.set_offline(True)
    form.locator("#title").fill("Ngoại tuyến")
    expect(form.locator("[data-saved]")).to_have_text(
        "Mất kết nối. Nội dung đã nhập vẫn còn trên trang này và tự gửi khi có mạng. Cần giữ trang này mở."
    )
    assert desk.received == []
    form.context.set_offline(False)
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert desk.received[-1]["title"] == "Ngoại tuyến"


def test_a_fault_is_told_and_tried_again(form: Page, desk: Desk) -> None:
    desk.fault = 500
    form.locator("#title").fill("Lại lần nữa")
    expect(form.locator("[data-saved]")).to_contain_text("Chưa lưu được")
    desk.fault = 0
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert desk.received[-1]["title"] == "Lại lần nữa"


def test_a_certificate_that_is_not_trusted_is_as_no_answer_and_what_was_typed_goes_out_once_there_is_a_right_one(
    form: Page, desk: Desk, tmp_path: Path
) -> None:
    """F-34. The browser says nothing of the form to whoever shows one that has ended."""
    ended = Authority(tmp_path).certificate("127.0.0.1", ended=True)
    reached: list[str] = []
    there = Flask("there")
    there.before_request(lambda: reached.append(request.path))
    server = make_server("127.0.0.1", 0, there, ssl_context=(str(ended.chain), str(ended.key)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    saves = form.locator("form[data-autosave]")
    saves.evaluate("(form, there) => form.dataset.autosave = there", f"https://127.0.0.1:{server.port}/save")
    with form.expect_event("requestfailed") as failed:
        form.locator("#title").fill("Giữ lại")
    assert "ERR_CERT" in (failed.value.failure or "")
    expect(form.locator("[data-saved]")).to_contain_text("Chưa lưu được")
    expect(form.locator("#title")).to_have_value("Giữ lại")
    server.shutdown()
    thread.join()
    assert reached == []
    saves.evaluate("form => form.dataset.autosave = ''")
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert desk.received[-1]["title"] == "Giữ lại"


def test_a_refusal_is_said_in_the_server_s_words(form: Page, desk: Desk) -> None:
    desk.told = "Đã hết thời hạn nhận tác phẩm (hết ngày 30/9/2023)."
    form.locator("#title").fill("Muộn")
    expect(form.locator("[data-saved]")).to_have_text(desk.told)
    expect(form.locator("#title")).to_have_value("Muộn")


@pytest.mark.parametrize(("kept", "title"), [("yours", "Của tôi"), ("theirs", "Của người khác")])
def test_two_writers_see_both_texts_and_choose(form: Page, desk: Desk, kept: str, title: str) -> None:
    desk.version = 8
    form.locator("#title").fill("Của tôi")
    both = form.locator(".note--warn")
    expect(both).to_be_focused()
    expect(both.locator("[data-yours]")).to_have_text("Của tôi")
    expect(both.locator("[data-theirs]")).to_have_text("Của người khác")
    both.locator(f"[data-keep={kept}]").click()
    expect(form.locator("[data-saved]")).to_have_text("Đã lưu lúc 23:52:07")
    assert (desk.received[-1]["title"], desk.received[-1]["version"]) == (title, "8")
    expect(both).to_have_count(0)


def test_messages_come_and_go_beside_their_field(form: Page, desk: Desk) -> None:
    desk.messages = {"title": ["Tên dài quá 200 ký tự."]}
    form.locator("#title").fill("Rất dài")
    expect(form.locator("#title-errors")).to_have_text("Tên dài quá 200 ký tự.")
    expect(form.locator("#title")).to_have_attribute("aria-invalid", "true")
    desk.messages = {}
    form.locator("#title").fill("Ngắn")
    expect(form.locator("#title-errors")).to_be_empty()
    expect(form.locator("#title")).not_to_have_attribute("aria-invalid", "true")


def test_leaving_the_page_takes_the_last_words_along(form: Page, desk: Desk) -> None:
    form.locator("#title").fill("Vừa gõ xong")
    form.goto(desk.origin + "/away")
    assert desk.arrived.wait(10)
    assert [one["title"] for one in desk.received] == ["Vừa gõ xong"]


def test_a_second_click_is_held_back_while_the_first_is_on_its_way(form: Page) -> None:
    held_back = form.evaluate(
        """() => {
          const seen = [];
          addEventListener("submit", (event) => { seen.push(event.defaultPrevented); event.preventDefault(); });
          const button = document.querySelector("form[data-autosave] > button");
          button.click();
          button.click();
          return seen;
        }"""
    )
    assert held_back == [False, True]
    expect(form.locator("form[data-autosave]")).to_have_attribute("aria-busy", "true")


def read_only(form: Page) -> list[bool]:
    """Whether the text, the choice and the button of the form can be changed no more, and the text still be read."""
    return form.evaluate(
        """() => {
          const form = document.querySelector("form[data-autosave]");
          const [title, unit, button] = ["#title", "[name=unit]", "button"].map((each) => form.querySelector(each));
          return [title.readOnly && !title.disabled, unit.getAttribute("aria-disabled") === "true", button.disabled];
        }"""
    )


def test_when_the_time_is_over_the_page_is_read_only_and_keeps_what_was_typed(form: Page, desk: Desk) -> None:
    form.goto(f"{desk.origin}/entrant")
    form.locator("#title").fill("Kịp giờ")
    expect(form.get_by_text("Đã hết thời hạn")).to_be_visible()
    assert read_only(form) == [True, True, True]
    form.get_by_label("Nhiều kỳ").click(force=True)
    kept = "() => Object.fromEntries(new FormData(document.querySelector('form[data-autosave]')))"
    typed = form.evaluate(kept)
    assert (typed["title"], typed["unit"]) == ("Kịp giờ", "one")


def test_when_nobody_is_signed_in_any_more_the_page_is_read_only_and_keeps_what_was_typed(
    form: Page, desk: Desk
) -> None:
    desk.fault = 401
    form.goto(f"{desk.origin}/entrant")
    with form.expect_response("**/save"):
        form.locator("#title").fill("Đang gõ dở")
    form.wait_for_function("document.querySelector('form[data-autosave]').dataset.closed !== undefined")
    assert read_only(form) == [True, True, True]
    expect(form.locator("#title")).to_have_value("Đang gõ dở")
