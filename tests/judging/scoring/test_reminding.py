"""Letters to judges whose sheets are open: counted before, sent once a day at most, by rule near the round's end."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from award import dates
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Round
from award.log.models import Event
from award.messages.models import Message
from judging.panels import operations as panels
from judging.scoring import operations, reminding, tasks
from tests.judging.rows import Bench, bench, judge
from tests.visitor import Visitor

PAGE = "/iii-2023/vong/1/nhac-cham"


def opened(app: Flask) -> tuple[Bench, Visitor]:
    """Two judges with two works each; the first has sent one sheet, and a third has no account."""
    with app.app_context(), unit_of_work():
        of = bench()
        without = judge(of.edition, "Hoàng Thu", account=False)
        panels.seat_person(by=of.by(of.organiser), edition=of.edition, panel=of.panel, person=without)
        of.open()
        by, mine = of.by(of.judges[0]), of.assignments(of.judges[0])[0]
        marks = {criterion.id: 5 for criterion in of.round.criteria}
        operations.save(by=by, assignment=mine, version=0, marks=marks, note="")
        operations.finish(by=by, edition=of.edition, assignment=mine)
    return of, Visitor(app, of.organiser)


def letters() -> list[tuple[str, str]]:
    session.rollback()
    found = select(Message).where(Message.kind == "judge_reminder").order_by(Message.id)
    return [(each.to_address, each.subject.partition(":")[0]) for each in session.scalars(found)]


def test_by_hand_after_counting_and_once_a_day(app: Flask) -> None:
    of, staff = opened(app)
    assert "2 thành viên nhận thư, còn 3 phiếu chưa gửi" in staff.get(PAGE).text
    assert "Không có tài khoản" in staff.get(PAGE).text
    assert staff.post(PAGE).location == PAGE
    assert "Đã gửi thư nhắc đến 2 thành viên" in staff.get(PAGE).text
    assert "Hôm nay đã nhắc" in staff.get(PAGE).text
    staff.post(PAGE)
    emails = [person.user.email for person in of.judges if person.user]
    with app.app_context():
        assert letters() == [(emails[1], "Còn 2 phiếu chấm chưa gửi"), (emails[0], "Còn 1 phiếu chấm chưa gửi")]
        assert len(session.scalars(select(Event).where(Event.kind == "judges.reminded")).all()) == 1
    with app.app_context(), stopped_at(now() + timedelta(days=1)), unit_of_work():
        edition, round_ = session.merge(of.edition), session.merge(of.round)
        assert reminding.remind(by=of.by(of.organiser), edition=edition, round_=round_) == 2, "another day"


def test_by_rule_near_the_last_day_and_never_twice(app: Flask) -> None:
    of, _staff = opened(app)
    told = []
    with app.app_context(), unit_of_work():
        session.get_one(Round, of.round.id).ends_on = dates.local(now() + timedelta(days=10)).date()
    begun = now()
    for day in (5, 7, 8, 9, 10, 12):
        with app.app_context(), stopped_at(begun + timedelta(days=day)):
            for _again in range(2):
                tasks.remind()
            told.append(len(letters()))
    assert told == [0, 2, 2, 4, 4, 4], "three days before, one day before, and neither again"
