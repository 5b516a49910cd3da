"""A machine of the hall, unlocked by a code on paper: one member, one sitting, once."""

import html
import re

import pytest
from flask import Flask

from award.db import unit_of_work
from award.people.models import Person
from judging.sittings.operations import meeting
from tests.judging.ranking.halls import House
from tests.judging.sittings.rooms import Council, council
from tests.visitor import Visitor

ROOM = "/iii-2023/phien-hop"
BY_CODE = f"{ROOM}/vao-bang-ma"


@pytest.fixture
def sits(app: Flask) -> tuple[House, Council]:
    with app.app_context(), unit_of_work():
        of = council()
        of.begin()
    return House(app, of.hall), of


def code_for(house: House, person: Person) -> str:
    """The code the secretary prints for the member."""
    page = house.visitor(house.of.secretary).post(f"{ROOM}/ma-vao-phong")
    assert page.status_code == 200
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?<strong class="num">([^<]+)</strong>', page.text, re.S)
    return str(dict(rows)[html.escape(person.legal_name)])


def test_a_member_is_in_that_sitting_only_and_until_its_end(sits: tuple[House, Council]) -> None:
    house, of = sits
    code, tablet = code_for(house, house.of.chair), Visitor(house.app)
    assert tablet.post(BY_CODE, {"code": code.lower()}).location == ROOM
    assert "Phiên họp" in tablet.get(ROOM).text
    for elsewhere in ("/tai-khoan", "/ban-lam-viec", f"{ROOM}/chuan-bi", "/iii-2023/vong/1/xep-hang"):
        assert tablet.get(elsewhere).location == ROOM
    assert tablet.post(f"{ROOM}/ket-thuc").location == ROOM, "who leads signs in with their own factors"
    with house.at_work() as hall:
        assert of.sitting.state == "open"
        meeting.close_sitting(by=hall.by(hall.chair), edition=hall.edition, sitting=of.sitting)
    assert tablet.get(ROOM).location == "/dang-nhap"
    assert tablet.get("/tai-khoan").location != ROOM


def test_a_code_opens_once_and_a_new_print_kills_the_old(sits: tuple[House, Council]) -> None:
    house, of = sits
    first, old = code_for(house, of.members[0]), Visitor(house.app)
    code = code_for(house, of.members[0])
    assert old.post(BY_CODE, {"code": first}).status_code == 422
    assert Visitor(house.app).post(BY_CODE, {"code": code}).status_code == 303
    again = Visitor(house.app).post(BY_CODE, {"code": code})
    assert (again.status_code, "đã dùng" in again.text) == (422, True)
