"""Own works beside each other, marked there as on their own pages; nobody else's, none that a conflict keeps away."""

import re

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Round
from judging.scoring.operations import step_aside
from tests.judging.rows import Bench, bench
from tests.judging.scoring.test_views import LIST, Judge


@pytest.fixture
def opened(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        made = bench(works=6)
        made.open()
    return made


@pytest.fixture
def judge(app: Flask, opened: Bench) -> Judge:
    return Judge(app, opened)


def beside(judge: Judge, *numbers: int) -> str:
    return f"{LIST}/so-sanh?" + "&".join(f"tp={judge.assignments[n].public_id}" for n in numbers)


def shown(page: str) -> list[str]:
    return re.findall(r'<article class="compare__work"[^>]* aria-labelledby="ten-([^"]+)"', page)


def test_two_to_four_stand_beside_each_other_in_the_order_they_were_chosen(judge: Judge, opened: Bench) -> None:
    judge.save("3,5", "2,75", "2,25", number=2, note="Rất hay.")
    judge.finish("3", "2", "1", number=0)
    page = judge.visitor.get(beside(judge, 2, 0, 2)).text
    assert shown(page) == [judge.assignments[n].public_id for n in (2, 0)]
    assert "Rất hay." in page
    assert "<output>8,50</output>" in page
    assert "<output>6,00</output>" in page
    assert page.count('data-autosave=""') == 1, "the sheet that was sent is read only"
    assert "Lê Thị Hoa" not in page
    assert len(re.findall(r'id="[^"]+"', page)) == len(set(re.findall(r'id="[^"]+"', page)))
    assert len(shown(judge.visitor.get(beside(judge, *range(6))).text)) == 4


def test_a_mark_given_there_is_saved_on_the_same_sheet_and_leads_back(judge: Judge) -> None:
    names = [judge.assignments[n].public_id for n in (1, 3)]
    form = judge.form("3", "2", "1", note="Ghi riêng", go="beside")
    answer = judge.visitor.post(judge.address(1), {**form, "tp": names})
    assert answer.location == beside(judge, 1, 3)
    assert judge.steps(1) == [12, 8, 4]
    assert "Ghi riêng" in judge.visitor.get(answer.location).text


def test_what_a_conflict_keeps_away_is_never_shown_nor_offered(app: Flask, judge: Judge, opened: Bench) -> None:
    with app.app_context(), unit_of_work():
        away = session.merge(judge.assignments[0])
        step_aside(by=opened.by(judge.person), edition=opened.edition, assignment=away, relation="relative")
    code = {entry.id: entry.title for entry in opened.works}[judge.assignments[0].entry_id]
    assert judge.visitor.get(beside(judge, 0, 1)).status_code == 403
    page = judge.visitor.get(beside(judge, 1)).text
    assert code not in page
    assert judge.assignments[0].public_id not in page
    assert judge.assignments[2].public_id in page


def test_a_colleagues_work_is_not_found(app: Flask, judge: Judge, opened: Bench) -> None:
    with app.app_context():
        other = opened.assignments(opened.judges[1])[0].public_id
    assert judge.visitor.get(f"{LIST}/so-sanh?tp={other}").status_code == 404


def test_own_marks_tell_how_they_lie_and_lead_to_a_comparison(app: Flask, judge: Judge, opened: Bench) -> None:
    own = f"{LIST}/diem-cua-toi"
    assert "Chưa có tác phẩm nào chấm đủ tiêu chí." in judge.visitor.get(own).text
    assert own not in judge.visitor.get(LIST).text
    for number, mark in enumerate(("3", "3", "2")):
        judge.save(mark, "2", "1", number=number)
    judge.save("4", number=3)
    page = judge.visitor.get(own).text
    assert own in judge.visitor.get(LIST).text
    assert "3/6 tác phẩm đã chấm đủ tiêu chí" in page
    assert re.findall(r"<span>([^<]* đến [^<]*)</span>.*?<span class=\"num\">(\d+)", page, re.S) == [
        ("5 đến dưới 5,5", "1"),
        ("5,5 đến dưới 6", "0"),
        ("6 đến dưới 6,5", "2"),
    ]
    assert "2,00 đến 4,00, trung bình 3,00, trên thang 0 đến 4,00" in page
    assert page.count("bằng điểm") == 2
    assert judge.assignments[3].public_id not in page
    assert page.count('name="tp"') == 3
    with app.app_context(), unit_of_work():
        session.get_one(Round, opened.round.id).state = "closed"
    page = judge.visitor.get(own).text
    assert 'name="tp"' not in page
    assert page.count("bằng điểm") == 2
