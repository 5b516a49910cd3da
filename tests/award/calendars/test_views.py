"""Calendars at the doors: an edition's for everybody, one's own under an address that is taken back."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from award.people.models import Person
from judging.panels.models import Seat
from tests import factories
from tests.visitor import Visitor

PLAN = {"ceremony_day": "25/11/2023", "ceremony_hour": "8:00", "ceremony_place": "Nha Trang, số 1"}


@dataclass
class Made:
    edition: Edition
    secretary: Person
    judge: Person


@pytest.fixture
def made(app: Flask) -> Made:
    """Two rounds with days; the judge sits in the first."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="judging")
        category = factories.category(edition)
        secretary, judge = factories.person("Lê Thư Ký"), factories.person("Đỗ Giám Khảo")
        factories.appointment(edition, secretary, "secretary")
        factories.appointment(edition, judge, "judge")
        rounds: list[Round] = [
            factories.judging_round(
                edition, ordinal=n, name=name, opens_on=date(2023, 10, n), ends_on=date(2023, 10, n + 9)
            )
            for n, name in ((1, "Sơ khảo"), (2, "Chung khảo"))
        ]
        panel = factories.panel(edition, rounds[0], category)
        session.add(Seat(round_id=rounds[0].id, panel_id=panel.id, person_id=judge.id))
        return Made(edition, secretary, judge)


def began_with(staff: Visitor) -> str:
    found = re.search(r'name="ban_dau" value="([^"]*)"', staff.get("/iii-2023/lich").text)
    assert found is not None
    return found.group(1)


def plan(staff: Visitor, typed: dict[str, str]) -> TestResponse:
    """Typed into the form as it stands now, and saved."""
    return staff.post("/iii-2023/lich", typed | {"ban_dau": began_with(staff)})


def read(text: str) -> str:
    return text.replace("\r\n ", "")


def test_everybody_takes_the_dates_of_an_edition_along(app: Flask, made: Made, visitor: Visitor) -> None:
    staff = Visitor(app, made.secretary)
    assert plan(staff, PLAN).status_code == 303
    answer = visitor.get("/iii-2023/lich.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    said = read(answer.text)
    for words in ("Hết hạn nhận tác phẩm", "Chấm sơ khảo", "DTSTART;VALUE=DATE:20231002", "Lễ trao giải"):
        assert words in said
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20231125T080000" in said
    assert "LOCATION:Nha Trang\\, số 1" in said
    again = visitor.get("/iii-2023/lich.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert "Nha Trang, số 1" in visitor.get("/iii-2023/lich").text
    plan(staff, {})
    assert "Lễ trao giải" not in read(visitor.get("/iii-2023/lich.ics").text)


def test_who_saves_second_sees_both_and_overwrites_nothing(app: Flask, made: Made) -> None:
    staff = Visitor(app, made.secretary)
    began = {"ban_dau": began_with(staff)}
    assert staff.post("/iii-2023/lich", PLAN | began).status_code == 303
    late = staff.post("/iii-2023/lich", PLAN | began | {"ceremony_place": "Cam Ranh"})
    assert late.status_code == 409
    assert "Lịch vừa được người khác sửa." in late.text
    assert late.text.count("Nha Trang, số 1") == 2, "in the dates of the edition and beside what was typed"
    assert 'value="Cam Ranh"' in late.text
    assert plan(staff, PLAN | {"ceremony_place": "Cam Ranh"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"council_day": "31/2/2023"}, "Nhập ngày theo mẫu"),
        ({"council_day": "01/11/2023"}, "Ghi cả giờ"),
        ({"council_hour": "8:00"}, "Ghi cả ngày"),
        ({"ceremony_day": "", "ceremony_hour": ""}, "Ghi cả ngày"),
    ],
)
def test_a_faulty_plan_stays_as_typed(app: Flask, made: Made, typed: dict[str, str], sentence: str) -> None:
    page = Visitor(app, made.secretary).post("/iii-2023/lich", PLAN | typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert "Nha Trang, số 1" in page.text


def test_a_draft_and_a_trial_have_no_file(app: Flask, made: Made, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(Edition, made.edition.id).state = "draft"
    assert visitor.get("/iii-2023/lich.ics").status_code == 404
    assert visitor.get("/iii-2023/lich").status_code == 404


def test_ones_own_dates_stand_under_an_address_that_can_be_taken_back(app: Flask, made: Made, visitor: Visitor) -> None:
    judge = Visitor(app, made.judge)

    def given() -> str:
        judge.post("/tai-khoan/lich")
        found = re.search(r"http://127\.0\.0\.1:8000(/lich/[^<]+)<", judge.get("/tai-khoan/lich").text)
        assert found is not None
        return found.group(1)

    first = given()
    assert given() == first, "asked again it stays the same"
    said = read(visitor.get(first).text)
    assert "Chấm sơ khảo" in said
    assert "Chấm chung khảo" not in said
    assert "tiểu ban" not in said.lower(), "nothing of panels, works or marks"
    altered = first.replace(".ics", "A.ics")
    assert visitor.get(altered).status_code == 404
    assert judge.post("/tai-khoan/lich/thu-hoi").status_code == 303
    assert visitor.get(first).status_code == 404
    assert given() != first
