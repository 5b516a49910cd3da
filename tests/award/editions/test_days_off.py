"""Days off: kept once for the house by its administrator, counted with wherever working days are, told by the rules."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions import workdays
from award.editions.models import Clause, DayOff
from award.editions.workdays import Announced
from award.log.models import Event
from award.people.models import Person
from tests import factories
from tests.visitor import Visitor

PAGE = "/ngay-nghi"
TET = frozenset(date(2024, 2, day) for day in range(8, 15))
KEPT = Announced(off=TET | {date(2024, 4, 18), date(2024, 4, 29)}, worked=frozenset({date(2024, 5, 4)}))


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2023, 11, 20), 1, date(2023, 11, 21)),
        (date(2023, 11, 24), 1, date(2023, 11, 27)),
        (date(2023, 11, 20), 10, date(2023, 12, 4)),
        (date(2023, 11, 20), 0, date(2023, 11, 20)),
        (date(2023, 12, 29), 1, date(2024, 1, 2)),
        (date(2024, 2, 7), 1, date(2024, 2, 15)),
        (date(2024, 2, 5), 10, date(2024, 2, 26)),
        (date(2024, 4, 17), 1, date(2024, 4, 19)),
        (date(2024, 4, 26), 1, date(2024, 5, 2)),
        (date(2024, 5, 3), 1, date(2024, 5, 4)),
        (date(2024, 5, 4), 1, date(2024, 5, 6)),
    ],
)
def test_working_days_leave_out_weekends_and_what_was_announced(first: date, count: int, last: date) -> None:
    assert workdays.after(first, count, KEPT) == last


def test_days_under_one_name_that_follow_each_other_are_told_as_one() -> None:
    days = [(day, "Tết", False) for day in TET] + [(date(2024, 2, 15), "Tết", True), (date(2024, 4, 18), "Tết", False)]
    assert workdays.stretches(days) == [
        (date(2024, 2, 8), date(2024, 2, 14), "Tết", False),
        (date(2024, 2, 15), date(2024, 2, 15), "Tết", True),
        (date(2024, 4, 18), date(2024, 4, 18), "Tết", False),
    ]


@pytest.fixture
def administrator(app: Flask) -> Person:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        session.add(Clause(edition_id=edition.id, code="answering", value={"number": 10}, source="Điều 9"))
        person = factories.person("Phạm Quản Trị")
        assert person.user
        person.user.administrator = True
    return person


def recorded(app: Flask) -> dict[date, tuple[str, bool]]:
    with app.app_context():
        return {each.day: (each.words, each.worked) for each in session.scalars(select(DayOff))}


def test_the_administrator_records_them_and_the_rules_tell_them(app: Flask, administrator: Person) -> None:
    visitor = Visitor(app, administrator)
    assert "Chưa ghi Tết, Giỗ Tổ và ngày nghỉ bù" in visitor.get(PAGE).text
    tet = {"words": "Tết  Nguyên đán", "first": "08/02/2024", "last": "14-2-2024", "kind": "nghi"}
    assert visitor.post(PAGE, tet).headers["Location"] == f"{PAGE}?nam=2024"
    assert visitor.post(PAGE, {"words": "Làm bù 29/4", "first": "4/5/2024", "kind": "lam-bu"}).status_code == 303
    assert recorded(app) == dict.fromkeys(TET, ("Tết Nguyên đán", False)) | {date(2024, 5, 4): ("Làm bù 29/4", True)}
    rules = Visitor(app).get("/iii-2023/the-le").text
    assert "Năm 2024 nghỉ thêm: 08/02/2024 đến 14/02/2024 (Tết Nguyên đán)." in rules
    assert "Năm 2024 làm bù: 04/5/2024 (Làm bù 29/4)." in rules
    assert visitor.post(f"{PAGE}/2024-02-14/bo").status_code == 303
    assert date(2024, 2, 14) not in recorded(app)
    assert "đến 13/02/2024 (Tết Nguyên đán)" in Visitor(app).get("/iii-2023/the-le").text
    with app.app_context():
        kinds = session.scalars(select(Event.kind).where(Event.kind.like("days_off%")).order_by(Event.seq)).all()
        assert kinds == ["days_off.recorded", "days_off.recorded", "days_off.struck"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "14/02/2024", "last": "08/02/2024"}, "Ngày cuối ở trước ngày đầu."),
        ({"first": "01/02/2024", "last": "30/4/2024"}, "Mỗi lần ghi nhiều nhất 31 ngày."),
        ({"first": "06/5/2024", "kind": "lam-bu"}, "Chỉ thứ Bảy, Chủ Nhật là ngày làm bù."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    app: Flask, administrator: Person, typed: dict[str, str], said: str
) -> None:
    refused = Visitor(app, administrator).post(PAGE, {"words": "Tết", "kind": "nghi", **typed})
    assert (refused.status_code, said in refused.text) == (422, True)
    assert recorded(app) == {}
