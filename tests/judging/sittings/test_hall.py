"""A machine of the hall, unlocked by a code on paper: one member, one sitting, once."""

import html
import re

import pytest
from flask import Flask
from sqlalchemy import update

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment
from award.files.models import Rendition
from award.people.models import Person
from judging.panels.models import Conflict
from judging.sittings.operations import meeting
from tests import factories
from tests.judging.ranking.halls import House
from tests.judging.rows import file_of
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


def test_recordings_of_the_agenda_play_under_a_code_and_nothing_else_does(app: Flask) -> None:
    """Two works are on the agenda and the second member stepped aside from the first; the third work is not.

    The second member also is of the organisers, and would see every work as such.
    """
    with app.app_context(), unit_of_work():
        of = council()
        works, slot = of.hall.works, of.hall.bench.category.slots[0]
        films = [file_of(work, slot, name="ha-van.mp4") for work in works]
        for film in films:
            film.kind, film.content_type, film.facts = "mp4", "video/mp4", {"duration": 60.0}
            film.renditions = [Rendition(kind="light", ordinal=1, key=film.key + "l", size=9, content_type="video/mp4")]
        tie = {"relation": "relative", "source": "declared", "edition_id": of.hall.edition.id}
        session.add(Conflict(person_id=of.members[1].id, entry_id=works[0].id, **tie))
        factories.appointment(of.hall.edition, of.members[1], "organiser")
        session.flush()
        of.prepare(works=2)
        of.call_roll()
        of.name_tellers()
    house = House(app, of.hall)
    playing = [f"/tep/{film.public_id}/ban/nhe" for film in films]
    own = house.visitor(of.members[0])
    assert own.get(playing[0]).status_code == 404, "the council does not sit yet"
    with house.at_work() as hall:
        meeting.open_sitting(by=hall.by(hall.chair), edition=hall.edition, sitting=of.sitting)
        of.turn_to(0)
        page = f"{ROOM}/tac-pham/{of.item(0).public_id}"
    tablet, tied = Visitor(app), Visitor(app)
    assert tablet.post(BY_CODE, {"code": code_for(house, of.members[0])}).location == ROOM
    assert f'src="{playing[0]}"' in tablet.get(page).text
    for address in playing[:2]:
        assert (tablet.get(address).status_code, "ha-van" in tablet.get(address).location) == (302, False)
    assert tablet.get(playing[2]).location == ROOM
    assert tied.post(BY_CODE, {"code": code_for(house, of.members[1])}).location == ROOM
    assert playing[0] not in tied.get(page).text
    assert [tied.get(address).status_code for address in playing[:2]] == [404, 302]
    assert [own.get(address).status_code for address in playing] == [302, 302, 404]
    assert house.visitor(of.members[1]).get(playing[2]).status_code == 302, (
        "who signs in may what their offices let them"
    )
    left = house.visitor(of.members[2])
    assert left.get(playing[0]).status_code == 302
    with house.at_work():
        session.execute(update(Appointment).where(Appointment.person_id == of.members[2].id).values(ended_at=now()))
    assert left.get(playing[0]).status_code == 404, "no more of the council"
    with house.at_work() as hall:
        meeting.close_sitting(by=hall.by(hall.chair), edition=hall.edition, sitting=of.sitting)
    assert own.get(playing[0]).status_code == 404, "what was shown is not kept"
