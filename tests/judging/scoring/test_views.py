"""The judge's doors, as a browser without scripts and as the page's script use them."""

import csv
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from award.clock import VIETNAM, now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Round
from award.entries.models import Entry
from award.log.models import Event
from award.screening.queries import blind_codes
from judging.panels.models import Assignment
from judging.scoring.contents import marks_of
from judging.scoring.models import ScoreSheet
from judging.scoring.queries import own_sheet
from tests.judging.rows import Bench, bench, clause
from tests.visitor import Visitor

LIST = "/iii-2023/vong/1/cham"


class Judge:
    """One judge before the browser, with the works in that judge's order."""

    def __init__(self, app: Flask, of: Bench) -> None:
        self.app = app
        self.person = of.judges[0]
        self.visitor = Visitor(app, self.person)
        with app.app_context():
            self.assignments = of.assignments(self.person)
            self.criteria = [criterion.id for criterion in session.get_one(Round, of.round.id).criteria]

    def address(self, number: int = 0, act: str = "") -> str:
        return f"{LIST}/{self.assignments[number].public_id}{act}"

    def code(self, number: int = 0) -> str:
        with self.app.app_context():
            entry = self.assignments[number].entry_id
            return blind_codes([entry])[entry]

    def form(self, *marks: str, version: int = 0, note: str = "", **more: str) -> dict[str, str]:
        fields = {f"c{criterion}": mark for criterion, mark in zip(self.criteria, marks, strict=False)}
        return {**fields, "version": str(version), "note": note, **more}

    def save(self, *marks: str, number: int = 0, **more: Any) -> TestResponse:
        return self.visitor.post(self.address(number), self.form(*marks, **more))

    def autosave(self, *marks: str, number: int = 0, **more: Any) -> TestResponse:
        headers = {"Accept": "application/json"}
        return self.visitor.post(self.address(number), self.form(*marks, **more), headers=headers)

    def finish(self, *marks: str, number: int = 0, **more: Any) -> TestResponse:
        return self.visitor.post(self.address(number, "/gui"), self.form(*marks, **more))

    def kept(self, number: int = 0) -> ScoreSheet | None:
        with self.app.app_context():
            return own_sheet(self.assignments[number].seat_id, self.assignments[number].id)

    def steps(self, number: int = 0) -> list[int | None]:
        sheet = self.kept(number)
        assert sheet is not None
        return [marks_of(sheet).get(criterion) for criterion in self.criteria]


@pytest.fixture
def opened(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        made = bench(works=3)
        made.open()
    return made


@pytest.fixture
def judge(app: Flask, opened: Bench) -> Judge:
    return Judge(app, opened)


def test_the_list_shows_own_works_in_own_order_with_own_totals(judge: Judge, opened: Bench) -> None:
    judge.save("3,5", "2,75", "2.25")
    page = judge.visitor.get(LIST).text
    titles = {entry.id: entry.title for entry in opened.works}
    places = [page.index(titles[a.entry_id]) for a in judge.assignments]
    assert places == sorted(places)
    assert "1/3 đã chấm, 0 đã gửi" in page
    assert "8,50" in page
    assert "Điểm đang được giữ kín." in page


def test_the_preview_asks_for_the_marks_and_words_that_the_sheet_asks_for(judge: Judge, opened: Bench) -> None:
    with judge.app.app_context(), unit_of_work():
        for criterion in session.get_one(Round, opened.round.id).criteria:
            criterion.low_words, criterion.high_words = f"Sơ sài {criterion.ordinal}", f"Công phu {criterion.ordinal}"
    asked = re.compile(r'<label class="(?:score|field)__label"[^>]*>.*?</label>|<p class="score__anchors".*?</p>', re.S)
    sheet = asked.findall(judge.visitor.get(judge.address()).text)
    assert len([each for each in sheet if "score__label" in each]) == 3
    anchors = [each for each in sheet if "score__anchors" in each]
    assert [(f"Sơ sài {n}" in each, f"Công phu {n}" in each) for n, each in enumerate(anchors, 1)] == [(True, True)] * 3
    seen = Visitor(judge.app, opened.organiser).get("/iii-2023/thiet-lap/xem-truoc/phieu-cham/1")
    assert asked.findall(seen.text) == sheet


def taken_along(judge: Judge, filter_: str = "") -> list[list[str]]:
    text = judge.visitor.get(f"{LIST}?loc={filter_}&tai-ve=csv").data.decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def test_the_own_list_is_taken_along_as_it_is_filtered(judge: Judge, opened: Bench) -> None:
    judge.finish("3,5", "2,75", "2,25", number=1)
    title = next(e.title for e in opened.works if e.id == judge.assignments[1].entry_id)
    (sent,) = taken_along(judge, "da-gui")
    assert (sent[1], sent[-2:]) == (title, ["Đã gửi", "8,5"])
    assert [line[-1] for line in taken_along(judge)] == ["", "8,5", ""]
    assert [line[-1] for line in taken_along(judge, "&xep=diem")] == ["8,5", "", ""]
    page = judge.visitor.get(f"{LIST}?xep=diem").text
    assert 'aria-sort="descending"' in page and "?loc=da-gui&amp;xep=diem" in page
    first = next(e.title for e in opened.works if e.id == judge.assignments[0].entry_id)
    assert page.index(f">{title}<") < page.index(f">{first}<")


def test_the_filter_stands_in_the_address(judge: Judge, opened: Bench) -> None:
    judge.save("3,5")
    judge.finish("3,5", "2,75", "2,25", number=1)
    title = {entry.id: entry.title for entry in opened.works}
    names = [title[a.entry_id] for a in judge.assignments]
    for filter_, shown in (("dang-cham", 0), ("da-gui", 1), ("chua-cham", 2)):
        page = judge.visitor.get(f"{LIST}?loc={filter_}").text
        assert [name in page for name in names] == [n == shown for n in range(3)]


def test_a_mark_may_be_typed_with_comma_or_point(judge: Judge) -> None:
    answer = judge.save("3,5", "2.75", "", go="stay")
    assert answer.status_code == 303
    assert answer.location == judge.address()
    assert judge.steps() == [14, 11, None]
    page = judge.visitor.get(judge.address()).text
    assert 'value="3,50"' in page
    assert 'value="2,75"' in page
    assert "còn 1 tiêu chí" in page
    assert "<output>6,25</output>" in page


def test_a_fault_keeps_what_was_typed_and_the_mark_that_stood(judge: Judge) -> None:
    judge.save("3", "2")
    answer = judge.save("4,5", "2,5", version=1)
    assert answer.status_code == 422
    assert 'value="4,5"' in answer.text
    assert "Tiêu chí này tối đa 4 điểm, bước 0,25. Điểm vừa nhập: 4,5." in answer.text
    assert "<title>Cần sửa" in answer.text
    assert judge.steps() == [12, 10, None]


def test_the_script_is_told_version_time_messages_and_state(judge: Judge) -> None:
    answer = judge.autosave("3,5", "2,3", "2")
    told = answer.get_json()
    assert answer.status_code == 200
    assert told["version"] == 1
    assert told["saved_at"].endswith("+00:00")
    assert list(told["messages"]) == [f"c{judge.criteria[1]}"]
    assert told["states"] == {judge.assignments[0].public_id: {"kind": "doing", "word": "Đang chấm"}}
    told = judge.autosave("3,5", "2,25", "2", version=1).get_json()
    assert (told["version"], told["messages"]) == (2, {})
    assert told["states"] == {judge.assignments[0].public_id: {"kind": "done", "word": "Đã chấm, 7,75"}}


def test_two_tabs_get_both_contents_and_nothing_is_overwritten(judge: Judge) -> None:
    judge.save("3", note="bản một")
    judge.save("3,5", note="bản một", version=1)
    answer = judge.autosave("2", note="bản hai", version=1)
    assert answer.status_code == 409
    assert answer.get_json() == {
        "conflict": {
            f"c{judge.criteria[0]}": {"yours": "2", "theirs": "3,50"},
            "note": {"yours": "bản hai", "theirs": "bản một"},
        },
        "version": 2,
    }
    page = judge.save("2", note="bản hai", version=1)
    assert page.status_code == 409
    assert 'value="2"' in page.text
    assert "bản hai" in page.text
    assert "bản một" in page.text
    assert "3,50" in page.text
    assert 'name="version" value="2"' in page.text
    assert judge.steps()[0] == 14


def test_a_stale_tab_sends_nothing(judge: Judge) -> None:
    judge.save("3", "2", "2")
    judge.save("3,5", "2", "2", version=1)
    answer = judge.finish("3", "2", "2", version=1)
    assert answer.status_code == 409
    sheet = judge.kept()
    assert sheet is not None
    assert sheet.state == "draft"
    assert judge.steps() == [14, 8, 8]


def test_a_sheet_saved_on_another_day_says_which(judge: Judge) -> None:
    judge.save("3")
    assert re.search(r"Đã lưu lúc \d\d:\d\d:\d\d<", judge.visitor.get(judge.address()).text)
    saved = datetime(2023, 9, 28, 16, 30, tzinfo=VIETNAM)
    with judge.app.app_context(), unit_of_work():
        session.execute(update(ScoreSheet).values(changed_at=saved))
    assert "Đã lưu lúc 16:30, ngày 28/9/2023<" in judge.visitor.get(judge.address()).text


def test_next_leads_to_the_next_work_without_marks_and_later_puts_off(judge: Judge) -> None:
    assert judge.save("3", go="next").location == judge.address(1)
    assert judge.save("3", number=1, go="later").location == judge.address(2)
    assert f"Đã để lại {judge.code(1)}, chấm sau." in judge.visitor.get(judge.address(2)).text
    assert judge.save("3", "2", "2", number=2, go="next").location == judge.address(0)
    judge.save("3", "2", "2", version=1, go="next")
    with judge.app.app_context():
        assert session.get_one(Assignment, judge.assignments[1].id).later
    page = judge.visitor.get(LIST).text
    assert "Để chấm sau" in page
    assert judge.save("3", "2", "2", number=1, version=1, go="next").location == LIST


def test_sending_names_the_criteria_that_miss_a_mark(judge: Judge) -> None:
    answer = judge.finish("3,5", "", "2")
    assert answer.status_code == 422
    assert f'href="#c{judge.criteria[1]}"' in answer.text
    assert "Tiêu chí này chưa có điểm." in answer.text
    assert 'value="3,5"' in answer.text
    assert judge.kept() is None


def test_sending_shows_the_receipt_and_locks_the_sheet(judge: Judge) -> None:
    assert judge.finish("3,5", "2,75", "2,25").location == judge.address()
    sheet = judge.kept()
    assert sheet is not None
    assert sheet.commitment is not None
    page = judge.visitor.get(judge.address()).text
    digest = sheet.commitment.upper()
    assert f"{digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}" in page
    assert sheet.commitment in page
    assert "Mở lại phiếu" in page
    assert 'name="go"' not in page
    assert judge.save("1", "1", "1", version=sheet.version).status_code == 403
    assert judge.steps() == [14, 11, 9]


def test_a_sheet_taken_back_can_be_changed_and_sent_again(judge: Judge) -> None:
    judge.finish("3,5", "2,75", "2,25")
    assert judge.visitor.post(judge.address(act="/mo-lai")).location == judge.address()
    sheet = judge.kept()
    assert sheet is not None
    assert judge.finish("1", "1", "1", version=sheet.version).status_code == 303
    assert judge.steps() == [4, 4, 4]


def test_all_marked_sheets_are_sent_in_one_act(judge: Judge) -> None:
    for number in range(3):
        judge.save("3,5", "2,75", "2,25" if number else "", number=number)
    assert "2 phiếu đã chấm đủ tiêu chí" in judge.visitor.get(LIST).text
    judge.visitor.post(f"{LIST}/gui")
    with judge.app.app_context():
        states = sorted(session.scalars(select(ScoreSheet.state)))
    assert states == ["draft", "finished", "finished"]
    judge.finish("3,5", "2,75", "2,25", version=1)
    page = judge.visitor.get(LIST).text
    assert "Đã gửi 3/3 phiếu chấm lúc " in page
    assert "Có thể mở lại phiếu để sửa đến khi khóa phiếu chấm." in page


def test_before_the_pledge_nothing_of_any_work_is_shown(judge: Judge, opened: Bench) -> None:
    with judge.app.app_context(), unit_of_work():
        opened.seat(judge.person).pledged_at = None
    for address in (LIST, judge.address()):
        assert judge.visitor.get(address).location == "/iii-2023/vong/1/cam-ket"
    page = judge.visitor.get(LIST, follow_redirects=True).text
    assert "Tôi cam kết chấm khách quan, đúng Quy chế, giữ bí mật điểm" in page
    for entry in opened.works:
        assert entry.title not in page
    assert "III-IN-" not in page
    assert judge.save("3").status_code == 403
    assert judge.visitor.get(judge.address(act="/lien-quan")).status_code == 403
    assert judge.visitor.post("/iii-2023/vong/1/cam-ket").location == LIST
    assert judge.visitor.get(judge.address()).status_code == 200


@pytest.mark.parametrize(("policy", "same_newsroom"), [("own_newsroom", True), ("own_work", False)])
def test_stepping_aside_asks_in_the_words_of_the_rules(
    judge: Judge, opened: Bench, policy: str, same_newsroom: bool
) -> None:
    with judge.app.app_context(), unit_of_work():
        clause(session.merge(opened.edition), "conflict_policy", choice=policy)
    page = judge.visitor.get(judge.address(act="/lien-quan")).text
    assert "Đồng chí có liên quan đến tác phẩm này không?" in page
    assert ("người thân của tác giả, cùng cơ quan với tác giả." in page) is same_newsroom
    assert ('value="newsroom"' in page) is same_newsroom
    assert judge.visitor.post(judge.address(act="/lien-quan")).status_code == 422


def test_what_is_told_and_what_keeps_away_is_asked_as_the_rules_settle_it(judge: Judge, opened: Bench) -> None:
    with judge.app.app_context(), unit_of_work():
        settled = {"teacher": "disclose", "superior": "block", "relative": "disclose"}
        clause(session.merge(opened.edition), "conflict_relations", **settled)
    page = judge.visitor.get(judge.address(act="/lien-quan")).text
    aside, _, told = page.partition('id="quen-biet"')
    for relation, keeps in (("superior", True), ("editor", True), ("teacher", False), ("relative", False)):
        assert (f'value="{relation}"' in aside) is keeps
        assert (f'value="{relation}"' in told) is not keeps
    assert judge.visitor.post(judge.address(act="/quen-biet"), {"known": "dạy"}).status_code == 422
    fields = {"known": "dạy ở trường", "kind": "teacher"}
    assert judge.visitor.post(judge.address(act="/quen-biet"), fields).location == judge.address()
    page = Visitor(judge.app, opened.organiser).get("/iii-2023/vong/1/tieu-ban").text
    assert "Từng dạy hoặc hướng dẫn tác giả: 1 tác phẩm" in page


def test_who_knows_an_author_says_so_and_judges(judge: Judge, opened: Bench) -> None:
    lacking = judge.visitor.post(judge.address(act="/quen-biet"), {"known": " "})
    assert lacking.status_code == 422
    assert "Cần ghi quen biết thế nào." in lacking.text
    assert judge.visitor.post(judge.address(act="/quen-biet"), {"known": "cùng quê"}).location == judge.address()
    assert "tiếp tục chấm tác phẩm này" in judge.visitor.get(judge.address()).text
    assert "Đã có khai báo" in judge.visitor.get(judge.address(act="/lien-quan")).text
    assert judge.finish("3,5", "2,75", "2,25").status_code == 303
    page = Visitor(judge.app, opened.organiser).get("/iii-2023/vong/1/tieu-ban").text
    assert "Quen biết tác giả: 1 tác phẩm" in page
    with judge.app.app_context():
        told = session.scalars(select(Event).where(Event.kind == "conflict.disclosed")).one()
        facts = {"entry": judge.assignments[0].entry_id, "relation": "acquainted"}
        assert json.loads(told.payload)["facts"] == facts, "how they know whom is no part of the evidence"


def test_who_stepped_aside_is_kept_out_of_every_door(judge: Judge, opened: Bench) -> None:
    judge.finish("3,5", "2,75", "2,25")
    gone = judge.visitor.post(judge.address(act="/lien-quan"), {"relation": "relative", "note": "anh họ"})
    assert gone.location == LIST
    title = next(e.title for e in opened.works if e.id == judge.assignments[0].entry_id)
    page = judge.visitor.get(LIST).text
    assert "Không chấm, có liên quan" in page
    assert title not in page
    assert "8,50" not in page
    assert taken_along(judge)[0][1:] == ["", "Báo in", "Phóng sự", "", "Không chấm, có liên quan", ""]
    assert title not in judge.visitor.get(judge.address(1)).text
    assert judge.visitor.get(judge.address()).status_code == 403
    assert judge.visitor.get(judge.address(act="/lien-quan")).status_code == 403
    for answer in (
        judge.save("1", version=9),
        judge.autosave("1", version=9),
        judge.finish("1", "1", "1", version=9),
        judge.visitor.post(judge.address(act="/mo-lai")),
        judge.visitor.post(judge.address(act="/lien-quan"), {"relation": "author"}),
    ):
        assert answer.status_code == 403
        assert title not in answer.text
    judge.visitor.post(f"{LIST}/gui")
    sheet = judge.kept()
    assert sheet is not None
    assert sheet.state == "annulled"


def test_nothing_is_saved_after_the_round_was_frozen(judge: Judge, opened: Bench) -> None:
    judge.save("3,5", "2,75", "2,25")
    with judge.app.app_context(), unit_of_work():
        session.merge(opened.round).state = "frozen"
    refused = judge.autosave("1", "1", "1", version=1)
    assert refused.status_code == 403
    assert refused.get_json()["sentence"] == "Phiếu chấm đã khóa, không sửa được nữa."
    for answer in (
        judge.save("1", version=1),
        judge.finish("3,5", "2,75", "2,25", version=1),
        judge.visitor.post(judge.address(act="/mo-lai")),
    ):
        assert answer.status_code == 403
    assert judge.steps() == [14, 11, 9]
    page = judge.visitor.get(judge.address()).text
    assert "Phiếu chấm đã khóa, chỉ xem lại." in page
    assert "data-autosave" not in page
    assert "readonly" in page


def test_a_work_that_was_withdrawn_leaves_the_list(judge: Judge, opened: Bench) -> None:
    with judge.app.app_context(), unit_of_work():
        entry = session.get_one(Entry, judge.assignments[0].entry_id)
        entry.state = "withdrawn"
    assert judge.visitor.get(judge.address()).status_code == 404
    assert judge.save("3").status_code == 404
    assert entry.title not in judge.visitor.get(LIST).text


def test_the_form_works_as_it_is_rendered(judge: Judge) -> None:
    """Every field and button the page offers is one the door reads."""
    page = judge.visitor.get(judge.address()).text
    for criterion in judge.criteria:
        assert f'name="c{criterion}"' in page
    for text in ('name="note"', 'name="version" value="0"', 'value="next"', 'value="later"', 'name="deed_key"'):
        assert text in page
    assert f'formaction="{judge.address(act="/gui")}"' in page


def test_keys_and_saving_line_are_told_in_the_page(judge: Judge) -> None:
    page = judge.visitor.get(judge.address()).text
    assert "Mất kết nối. Nội dung đã nhập được giữ trên máy này và tự gửi khi có mạng. Nên giữ trang này mở." in page
    assert 'id="phim-tat"' in page
    assert "tối đa 3,5 điểm, bước 0,25" in page


def test_the_navigation_and_the_desk_lead_to_the_list(judge: Judge) -> None:
    judge.save("3,5", "2,75", "2,25")
    desk = judge.visitor.get("/ban-lam-viec").text
    assert "Chấm 2 tác phẩm, vòng sơ khảo" in desk
    assert "Gửi 1 phiếu đã chấm, vòng sơ khảo" in desk
    assert f'href="{LIST}"' in judge.visitor.get(LIST).text


def test_a_work_knows_when_its_judge_first_had_it_before_them(app: Flask, judge: Judge) -> None:
    """What scripts fetch ahead was seen by nobody; looking again changes nothing, nor does what was written before."""

    def opened_at(n: int = 0) -> datetime | None:
        with app.app_context():
            return session.get_one(Assignment, judge.assignments[n].id).opened_at

    at = now()
    assert judge.visitor.get(judge.address(), headers={"Read-Later": "1"}).status_code == 200
    assert judge.visitor.client.head(judge.address(), base_url=judge.visitor.origin).status_code == 200
    assert opened_at() is None
    for later in (timedelta(0), timedelta(minutes=9)):
        with stopped_at(at + later):
            assert "mở tác phẩm này lần đầu lúc" in judge.visitor.get(judge.address()).text
        assert opened_at() == at
    assert judge.autosave("3,5", number=1).status_code == 200
    judge.visitor.get(f"{LIST}/so-sanh", query_string={"tp": [each.public_id for each in judge.assignments]})
    assert [opened_at(n) is None for n in range(3)] == [False, True, False], "what was written before was read before"
