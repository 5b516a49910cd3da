"""A work that cannot be read: told by its judge, waiting on the secretariat's desk, answered once."""

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.log.models import Event
from judging.scoring.models import WorkProblem
from tests.judging import rows
from tests.judging.rows import Bench, bench
from tests.judging.scoring.test_views import Judge
from tests.visitor import Visitor

DESK, PROBLEMS = "/ban-lam-viec", "/iii-2023/vong/1/loi-tac-pham"
WORDS = "Trang 2 mờ, không đọc được cột cuối."


@pytest.fixture
def opened(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        made = bench(works=2, judges=1)
        made.open()
    return made


@pytest.fixture
def judge(app: Flask, opened: Bench) -> Judge:
    return Judge(app, opened)


@pytest.fixture
def secretary(app: Flask, opened: Bench) -> Visitor:
    with app.app_context(), unit_of_work():
        person = rows.judge(opened.edition, "Lê Cúc", "secretary")
    return Visitor(app, person)


def test_what_is_wrong_reaches_the_desk_and_its_answer_comes_back(app: Flask, judge: Judge, secretary: Visitor) -> None:
    assert "lỗi tác phẩm" not in secretary.get(DESK).text
    judge.save("3", "2", "1")
    assert judge.visitor.post(judge.address(0, "/bao-loi"), {"words": WORDS}).status_code == 303
    assert judge.steps() == [12, 8, 4]
    assert "Xem 1 lỗi tác phẩm do thành viên chấm báo" in secretary.get(DESK).text
    page = secretary.get(PROBLEMS).text
    assert WORDS in page
    assert judge.person.legal_name in page
    with app.app_context():
        problem = session.query(WorkProblem).one().public_id
    secretary.post(f"{PROBLEMS}/{problem}", {"answer": "  "})
    assert "Cần ghi nội dung trả lời." in secretary.get(PROBLEMS).text
    secretary.post(f"{PROBLEMS}/{problem}", {"answer": "Đã thay bản quét."})
    assert "Đã thay bản quét." in judge.visitor.get(judge.address(0, "/bao-loi")).text
    assert "lỗi tác phẩm" not in secretary.get(DESK).text
    assert secretary.post(f"{PROBLEMS}/{problem}", {"answer": "Khác."}).status_code == 403
    with app.app_context():
        told = [event.kind for event in session.query(Event).order_by(Event.id) if event.kind.startswith("work.")]
    assert told == ["work.problem_told", "work.problem_answered"]


def test_nothing_is_told_without_words(judge: Judge) -> None:
    answer = judge.visitor.post(judge.address(0, "/bao-loi"), {"words": " "})
    assert answer.status_code == 422
    assert "Cần ghi lỗi gì, ở phần nào." in answer.text
