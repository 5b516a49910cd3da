"""A judge's desk and sheets when the round is not open: before it, while it is frozen, after it."""

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from judging.panels.models import Assignment
from tests.judging.rows import Bench, bench
from tests.judging.scoring.test_views import LIST, Judge

DESK = "/ban-lam-viec"


@pytest.fixture
def opened(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        made = bench(works=3)
        made.open()
    return made


@pytest.fixture
def judge(app: Flask, opened: Bench) -> Judge:
    return Judge(app, opened)


def put(judge: Judge, of: Bench, state: str) -> None:
    with judge.app.app_context(), unit_of_work():
        session.get_one(Round, of.round.id).state = state


def test_after_the_round_the_own_sheets_are_read_from_the_list(judge: Judge, opened: Bench) -> None:
    judge.finish("3,5", "2,75", "2,25", note="Viết chắc tay.")
    put(judge, opened, "closed")
    assert "Xem phiếu chấm của mình" in judge.visitor.get(DESK).text
    listed = judge.visitor.get(LIST).text
    assert listed.count(f'href="{LIST}/') >= 3
    page = judge.visitor.get(judge.address())
    assert page.status_code == 200
    for said in ("3,50", "2,75", "2,25", "8,50", "Viết chắc tay.", "Vòng chấm đã kết thúc, phiếu chỉ xem lại."):
        assert said in page.text
    assert "<input" not in page.text.partition("<main")[2].partition("</main>")[0]
    kept = judge.kept()
    assert kept is not None
    assert kept.commitment
    assert kept.commitment in page.text


def test_a_sheet_that_was_not_sent_says_that_it_does_not_count(judge: Judge, opened: Bench) -> None:
    judge.save("3,5", "2,75", "")
    put(judge, opened, "closed")
    page = judge.visitor.get(judge.address()).text
    assert "Phiếu chưa gửi khi vòng chấm kết thúc nên không được tính." in page
    assert judge.save("4", "3", "3", version=1).status_code == 403


def test_nobody_looks_back_at_the_sheet_of_another(judge: Judge, opened: Bench) -> None:
    judge.finish("3,5", "2,75", "2,25")
    put(judge, opened, "closed")
    with judge.app.app_context():
        other = opened.assignments(opened.judges[1])[0].public_id
    assert judge.visitor.get(f"{LIST}/{other}").status_code == 404


def test_a_work_one_stepped_aside_from_shows_no_sheet(judge: Judge, opened: Bench) -> None:
    judge.finish("3,5", "2,75", "2,25")
    with judge.app.app_context(), unit_of_work():
        session.get_one(Assignment, judge.assignments[0].id).state = "recused"
    put(judge, opened, "closed")
    assert judge.visitor.get(judge.address()).status_code == 403


def test_the_desk_leads_on_between_rounds(judge: Judge, opened: Bench) -> None:
    for state, said in (("prepare", "chưa bắt đầu"), ("frozen", "Phiếu chấm đã khóa, chờ kết thúc vòng.")):
        put(judge, opened, state)
        assert said in judge.visitor.get(DESK).text
    with judge.app.app_context(), unit_of_work():
        session.get_one(Edition, opened.edition.id).state = "published"
        session.get_one(Round, opened.round.id).closed_at = now()
    put(judge, opened, "closed")
    assert "Xem phiếu chấm của mình" not in judge.visitor.get(DESK).text
