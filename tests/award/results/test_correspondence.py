"""Winners are invited with the day and the place the edition plans, or not at all."""

from datetime import datetime, timedelta
from html import unescape

from flask import Flask

from award.calendars.models import PlannedDay
from award.clock import VIETNAM, now
from award.db import session, unit_of_work
from award.people.models import Person
from award.results.correspondence import WINNERS
from tests.award.results.rows import outcome
from tests.visitor import Visitor

DOOR = "/iii-2023/thu/gui/winners"


def test_winners_are_invited_once_the_ceremony_has_its_day_and_place(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome()
        session.get_one(Person, made.works[0].owner_id).form_of_address = "ông/bà"
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
    staff = Visitor(app, made.organiser)
    words = {"subject": str(WINNERS.subject), "body": str(WINNERS.body), "viec": "xem"}
    early = staff.post(DOOR, words)
    assert early.status_code == 422
    for name, meant in (("thoi_gian", "Thời gian"), ("dia_diem", "Địa điểm")):
        assert f"Chưa có nội dung cho {{{name}}}: {meant} trao giải, ghi ở Lịch của Giải." in early.text
    with app.app_context(), unit_of_work():
        day = {"at": datetime(2023, 11, 25, 8, 0, tzinfo=VIETNAM), "place": "Nha Trang"}
        session.add(PlannedDay(edition_id=made.edition_id, kind="ceremony", changed_at=now(), **day))
    looked = unescape(staff.post(DOOR, words).text)
    assert "Thời gian: 08 giờ 00, ngày 25/11/2023." in looked
    assert "Địa điểm: Nha Trang." in looked
    assert "Trân trọng kính mời ông/bà Nguyễn Thị Vân dự lễ trao giải" in looked
