"""A panel watches together: devices follow who leads, a screen shows the work alone, a record says who was there."""

import json
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment, Edition
from award.entries.models import Entry, EntryFile
from award.files.models import File
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.panels.models import Assignment, Conflict
from judging.panels.recusing import declare_conflict
from judging.viewings import operations, queries
from judging.viewings.models import Viewing
from tests import factories
from tests.judging.rows import Bench, bench, clause, file_of
from tests.visitor import Visitor

LIST = "/iii-2023/vong/1/xem-chung"


@dataclass
class Hall:
    """Four members; the first leads, the last stepped aside from the first work. Everybody but the third is there."""

    app: Flask
    bench: Bench
    address: str

    def door(self, person: Person) -> Visitor:
        return Visitor(self.app, person)

    def show(self, number: int | None, person: Person | None = None) -> int:
        work = "" if number is None else self.bench.works[number].public_id
        hand = self.door(person or self.bench.judges[0])
        return hand.post(f"{self.address}/tac-pham", {"work": work}).status_code

    def page_of(self, number: int) -> str:
        """The address of the image of the only page of a work."""
        found = select(File.public_id).join(EntryFile, EntryFile.file_id == File.id)
        with self.app.app_context():
            file = session.scalar(found.where(EntryFile.entry_id == self.bench.works[number].id))
        return f"/tep/{file}/trang/1"


@pytest.fixture
def hall(app: Flask) -> Hall:
    with app.app_context():
        with unit_of_work():
            made = bench(works=2, judges=4)
            made.category.medium = "television"
            chair = made.seat(made.judges[0])
            chair.role = "chair"
            for work in made.works:
                file_of(work, made.category.slots[0], name="ban-cham.pdf")
            made.open()
        with unit_of_work():
            last = made.judges[3]
            aside = next(a for a in made.assignments(last) if a.entry_id == made.works[0].id)
            declare_conflict(by=made.by(last), edition=made.edition, assignment=aside, relation="relative")
    leader = Visitor(app, made.judges[0])
    opened = leader.post(f"{LIST}/{made.panel.public_id}")
    assert opened.status_code == 303, opened.text
    address = opened.location
    present = [str(person.id) for person in (*made.judges[:2], made.judges[3])]
    assert leader.post(f"{address}/diem-danh", {"person": present}).location == address
    return Hall(app, made, address)


def test_members_are_led_to_their_own_sheet_of_what_is_on(hall: Hall) -> None:
    van, minh, thu, _lan = hall.bench.judges
    member = hall.door(minh)
    assert "Chờ Chủ trì mở tác phẩm." in member.get(hall.address).text
    assert "Vào buổi xem chung" in member.get("/ban-lam-viec").text
    assert hall.show(0) == 303
    with hall.app.app_context():
        own = {a.entry_id: a.public_id for a in hall.bench.assignments(minh)}
    part = member.get(f"{hall.address}/dang-xem")
    sheet = f"/iii-2023/vong/1/cham/{own[hall.bench.works[0].id]}"
    assert f'href="{sheet}" data-follow' in part.text
    assert "Mở màn hình" not in member.get(hall.address).text
    assert member.get(f"{hall.address}/dang-xem", headers={"If-None-Match": part.headers["ETag"]}).status_code == 304
    line = f'data-living="{hall.address}/theo"'
    assert line in member.get(sheet).text
    assert f'href="{sheet}" data-follow' in member.get(f"{hall.address}/theo").text
    absent = hall.door(thu).get(f"{hall.address}/theo").text
    assert "data-follow" not in absent, "who marks elsewhere is not led away"
    assert "Đến phiếu chấm" in absent
    leader = hall.door(van).get(f"{hall.address}/theo").text
    assert "data-follow" not in leader
    assert hall.show(1) == 303
    told = member.get(f"{hall.address}/dang-xem", headers={"If-None-Match": part.headers["ETag"]})
    assert f"/iii-2023/vong/1/cham/{own[hall.bench.works[1].id]}" in told.text
    assert hall.show(None) == 303
    assert "chờ Chủ trì mở tác phẩm" in member.get(f"{hall.address}/theo").text


def test_the_screen_shows_the_work_and_nothing_else(hall: Hall) -> None:
    hall.show(0)
    screen = hall.door(hall.bench.judges[0]).get(f"{hall.address}/man-hinh").text
    assert hall.bench.works[0].title in screen
    for word in ("Phiếu chấm", "điểm", "Đăng xuất", "<nav"):
        assert word not in screen.partition("<main")[2]
    line = hall.door(hall.bench.judges[0]).get(f"{hall.address}/man-hinh/theo").text
    assert f"tp={hall.bench.works[0].public_id}" in line


def test_who_has_to_do_with_the_work_is_told_to_leave_and_sees_nothing(hall: Hall) -> None:
    lan, own = hall.bench.judges[3], hall.bench.works[0]
    hall.show(0)
    away = hall.door(lan)
    for page in ("", "/dang-xem", "/theo", "/man-hinh", "/man-hinh/theo"):
        told = away.get(f"{hall.address}{page}").text
        assert own.title not in told, page
        assert own.public_id not in told, page
        if page != "/man-hinh/theo":
            assert "Đề nghị rời phòng" in told, page
    assert away.get(f"{hall.page_of(0)}").status_code == 404
    hall.show(1)
    told = away.get(hall.address).text
    assert hall.bench.works[1].title in told
    assert own.title not in told, "the record neither"
    colleague = hall.door(hall.bench.judges[1]).get(hall.address).text
    assert "Rời phòng do có liên quan: 1 người." in colleague
    assert f"Rời phòng do có liên quan: {lan.legal_name}" not in colleague, "codes beside names tell whose is whose"
    assert f"Rời phòng do có liên quan: {lan.legal_name}" in hall.door(hall.bench.organiser).get(hall.address).text


def test_the_log_says_what_was_on_and_who_was_there(hall: Hall) -> None:
    van, minh, thu, lan = hall.bench.judges
    hall.show(0)
    everybody = [str(person.id) for person in hall.bench.judges]
    leader = hall.door(van)
    leader.post(f"{hall.address}/diem-danh", {"person": everybody})
    assert leader.post(f"{hall.address}/ket-thuc").location == hall.address
    with hall.app.app_context():
        shown = session.scalars(select(Event).where(Event.kind == "viewing.shown")).one()
        assert json.loads(shown.payload)["facts"] == {
            "entry": hall.bench.works[0].id,
            "present": f"{van.id},{minh.id}",
            "recused": str(lan.id),
        }
        viewing = session.scalars(select(Viewing)).one()
        (work,) = queries.shown_in(viewing.id)
        assert work.ended_at is not None
        assert queries.seen_by(viewing.id)[work.id] == {van.id: False, minh.id: False, thu.id: False, lan.id: True}
    page = leader.get(hall.address).text
    assert "data-living" not in page
    assert f"Có mặt: {', '.join(sorted((p.legal_name for p in (van, minh, thu)), key=page.index))}." in page
    assert hall.show(1) == 403
    assert "Buổi xem chung từ" in leader.get(LIST).text


def test_only_who_leads_says_what_is_on_and_never_the_own_work(hall: Hall) -> None:
    assert hall.show(1, hall.bench.judges[1]) == 403
    assert hall.show(1, hall.bench.organiser) == 303
    with hall.app.app_context(), unit_of_work():
        chair, work = hall.bench.judges[0], hall.bench.works[0]
        where = {"edition_id": hall.bench.edition.id, "person_id": chair.id, "entry_id": work.id}
        session.add(Conflict(relation="editor", source="declared", effect="block", **where))
    assert hall.show(0) == 422
    assert hall.bench.works[0].title not in hall.door(hall.bench.judges[0]).get(hall.address).text
    again = hall.door(hall.bench.organiser).post(f"{LIST}/{hall.bench.panel.public_id}")
    assert again.status_code == 422, "one viewing of a panel at a time"


def test_members_who_do_not_mark_what_is_on_see_it_as_long_as_it_is_on(hall: Hall) -> None:
    thu, work = hall.bench.judges[2], hall.bench.works[0]
    with hall.app.app_context(), unit_of_work():
        mine = next(a for a in hall.bench.assignments(thu) if a.entry_id == work.id)
        session.delete(session.get_one(Assignment, mine.id))
    member, address = hall.door(thu), hall.page_of(0)
    assert member.get(address).status_code == 404
    hall.show(0)
    assert member.get(address).status_code in {200, 302, 303}
    assert "do thành viên khác chấm" in member.get(hall.address).text
    hall.show(None)
    assert member.get(address).status_code == 404


@pytest.mark.parametrize("how", ["dismissed", "tied"])
def test_who_is_dismissed_or_found_to_have_to_do_with_it_later_hears_no_more_of_what_is_on(
    hall: Hall, how: str
) -> None:
    thu, work = hall.bench.judges[2], hall.bench.works[0]
    member, address = hall.door(thu), hall.page_of(0)
    hall.show(0)
    with hall.app.app_context(), unit_of_work():
        mine = next(a for a in hall.bench.assignments(thu) if a.entry_id == work.id)
        session.delete(session.get_one(Assignment, mine.id))
        clause(session.get_one(Edition, hall.bench.edition.id), "conflict_policy", choice="own_newsroom")
    assert member.get(address).status_code in {200, 302, 303}
    with hall.app.app_context(), unit_of_work():
        if how == "dismissed":
            session.scalars(select(Appointment).where(Appointment.person_id == thu.id)).one().ended_at = now()
        else:
            organ = factories.newsroom("Báo Biển Xanh").id
            session.get_one(Person, thu.id).newsroom_id = session.get_one(Entry, work.id).newsroom_id = organ
    assert member.get(address).status_code == 404


def test_nothing_is_put_on_before_the_roll_is_called_or_of_another_medium(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            made = bench(works=1, judges=2)
            made.open()
        with unit_of_work():
            by, where = made.by(made.organiser), {"edition": made.edition, "round": made.round}
            viewing = operations.open_viewing(by=by, panel=made.panel, **where)
        for code in ("not_of_panel", "nobody"):
            with pytest.raises(Refused) as refused, unit_of_work():
                operations.show(by=by, viewing=viewing, entry_id=made.works[0].id, **where)
            assert refused.value.verdict.code == code
            with unit_of_work():
                session.merge(made.category).medium = "radio"
