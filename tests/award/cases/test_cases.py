"""An objection from the first word to the answer: who follows it, who handles it, who may not, and its days."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.cases.models import Case, CaseAct
from award.cases.personal import personal
from award.clock import now
from award.dates import local
from award.db import session, unit_of_work
from award.editions import workdays
from award.editions.models import Clause, DayOff
from award.files.models import File
from award.log.models import Event
from award.messages.models import Message
from award.personal import GONE, Subject
from award.privacy import rooms
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

OWN, DESK = "/iii-2023/kien-nghi", "/iii-2023/giai-quyet-kien-nghi"


@pytest.fixture
def made(app: Flask) -> Outcome:
    """An edition that is judged; everybody has an account."""
    with app.app_context(), unit_of_work():
        return outcome()


def sent(app: Flask, made: Outcome, **typed: str) -> str:
    """An objection of the first work's owner, which is about the edition unless it says otherwise; its address."""
    with app.app_context():
        owner = made.works[0].owner_id
    answer = sender(app, owner).post(f"{OWN}/gui", {"subject": "edition", "words": "Đề nghị xem lại.", **typed})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def sender(app: Flask, person_id: int) -> Visitor:
    from award.people.models import Person

    with app.app_context():
        person = session.get_one(Person, person_id)
        assert person.user is not None
        return Visitor(app, person)


def test_it_is_sent_examined_and_answered_and_its_sender_reads_acts_and_days(app: Flask, made: Outcome) -> None:
    case = sent(app, made)
    staff, own = Visitor(app, made.secretary), sender(app, made.works[0].owner_id)
    assert "KN-001" in own.get(OWN).text
    asked = staff.post(f"{case}/xem-xet", {"until": ""})
    assert (asked.status_code, "Thể lệ không quy định thời hạn" in asked.text) == (422, True)
    assert staff.post(f"{case}/xem-xet", {"until": "30/12/2099"}).status_code == 303
    assert staff.post(f"{case}/ghi-chu", {"note": "Hỏi lại tiểu ban"}).status_code == 303
    assert own.post(f"{case}/bo-sung", {"more": "Gửi thêm trang báo."}).status_code == 303
    assert staff.post(f"{case}/tra-loi", {"outcome": "partly", "answer": "x"}).status_code == 403
    organiser = Visitor(app, made.organiser)
    assert organiser.post(f"{case}/tra-loi", {"answer": "Đã xem lại."}).status_code == 422
    assert organiser.post(f"{case}/tra-loi", {"outcome": "partly", "answer": "Đã xem lại."}).status_code == 303
    mine, theirs = own.get(case).text, staff.get(case).text
    for words in ("Chấp nhận một phần", "Đã xem lại.", "Gửi thêm trang báo.", "30/12/2099"):
        assert words in mine
    assert "Hỏi lại tiểu ban" in theirs
    assert "Lê Thu Hà" in theirs
    assert "Hỏi lại tiểu ban" not in mine
    assert "Lê Thu Hà" not in mine
    assert own.post(f"{case}/bo-sung", {"more": "Nữa"}).status_code == 403
    with app.app_context():
        subjects = [each.subject for each in session.scalars(select(Message).order_by(Message.id))]
        assert [each.split(" KN")[0] for each in subjects] == [
            "Đã tiếp nhận kiến nghị, phản ánh",
            "Kiến nghị, phản ánh",
            "Trả lời kiến nghị, phản ánh",
        ]
        kinds = session.scalars(select(Event.kind).where(Event.subject_kind == "case_file").order_by(Event.seq)).all()
        assert kinds == ["case.received", "case.examining", "case.note", "case.added", "case.decided"]


def test_the_rules_give_the_last_day_in_working_days(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        session.add(Clause(edition_id=made.edition_id, code="answering", value={"number": 10}, source="Điều 9"))
        today = local(now()).date()
        off = [day for n in range(1, 8) if (day := today + timedelta(days=n)).weekday() < 5]
        session.add_all([DayOff(day=day, words="Tết Nguyên đán") for day in off])
    sent(app, made)
    with app.app_context():
        case = session.query(Case).one()
        announced = workdays.Announced(off=frozenset(off))
        assert case.due_day == workdays.after(case.received_on, 10, announced) > workdays.after(case.received_on, 10)


def test_who_has_to_do_with_the_work_handles_none_and_no_prize_is_named_early(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.works[0].owner_id = made.organiser.id
        session.add(made.works[0])
        key = made.works[0].public_id
    form = Visitor(app, made.organiser).get(f"{OWN}/gui").text
    assert "Khi bí thư chi bộ xuống ruộng" in form
    assert "Giải Đặc biệt của" not in form
    staff = Visitor(app, made.secretary)
    letter = {"subject": "edition", "words": "Thư phản ánh", "sender": "Trần Minh", "received_on": "20/11/2023"}
    assert staff.post(f"{DESK}/ghi", letter | {"code": "KH3-9999"}).status_code == 422
    case = str(staff.post(f"{DESK}/ghi", letter | {"code": "kh3-0001"}).headers["Location"])
    assert "Trần Minh" in staff.get(case).text
    refused = Visitor(app, made.organiser).get(case)
    assert (refused.status_code, "Có liên quan đến tác phẩm" in refused.text) == (403, True)
    assert staff.post(f"{case}/xem-xet", {"until": "30/12/2099"}).status_code == 303
    assert Visitor(app, made.organiser).post(f"{case}/tra-loi", {"outcome": "upheld", "answer": "x"}).status_code == 403
    with app.app_context():
        assert session.query(Case).one().entry_id == made.works[0].id
        assert session.query(CaseAct).count() == 2
    assert key


def test_a_work_of_somebody_else_is_told_by_code_and_stays_unnamed_to_its_sender(app: Flask, made: Outcome) -> None:
    with app.app_context():
        of = [session.merge(each) for each in made.works]
        other = next(each for each in of if each.owner_id != of[0].owner_id)
        code, title = str(other.code), other.title
    own = sender(app, made.works[0].owner_id)
    typed = {"subject": "edition", "words": "Trùng với tác phẩm khác."}
    assert own.post(f"{OWN}/gui", typed | {"code": "KH3-9999"}).status_code == 422
    case = sent(app, made, code=code.lower())
    shown = own.get(case).text
    assert (code in shown, title in shown) == (True, False)
    assert title in Visitor(app, made.secretary).get(case).text


def test_its_sender_takes_it_back(app: Flask, made: Outcome) -> None:
    case = sent(app, made)
    own = sender(app, made.works[0].owner_id)
    assert own.post(f"{case}/rut", {"why": ""}).status_code == 422
    assert own.post(f"{case}/rut", {"why": "Đã rõ"}).status_code == 303
    assert "Đã rút" in own.get(OWN).text
    assert Visitor(app, made.secretary).post(f"{case}/xem-xet", {"until": "30/12/2099"}).status_code == 403


def test_files_come_and_go_as_steps_and_what_is_examined_stays(app: Flask, made: Outcome) -> None:
    case = sent(app, made)
    own = sender(app, made.works[0].owner_id)

    def begun(name: str, mark: str) -> str:
        said = {"name": name, "size": 4, "part_hashes": [mark * 64]}
        answer = own.post_json(f"{case}/tep", said)
        assert answer.status_code == 200, answer.text
        with app.app_context(), unit_of_work():
            file = session.query(File).filter_by(name=name).one()
            file.state, file.stored_at = "stored", now()
        return str(answer.get_json()["remove_url"])

    assert own.post(begun("Nham.pdf", "0")).status_code == 303
    kept = begun("Trang bao.pdf", "1")
    assert Visitor(app, made.secretary).post(f"{case}/xem-xet", {"until": "30/12/2099"}).status_code == 303
    late = begun("Them.pdf", "2")
    page = own.get(case).text
    assert (kept in page, late in page) == (False, True)
    assert own.post(late).status_code == 303
    assert own.post(kept).status_code == 403
    history = Visitor(app, made.secretary).get(case).text
    for words in ("Gửi tệp kèm theo: Nham.pdf", "Bỏ tệp kèm theo: Nham.pdf", "Bỏ tệp kèm theo: Them.pdf"):
        assert words in history
    with app.app_context():
        assert [each.name for each in session.query(File)] == ["Trang bao.pdf"]
        assert session.query(Event).filter_by(kind="case.file_removed").count() == 2


def test_who_sent_it_is_told_and_erased_and_what_has_ended_is_let_go(app: Flask, made: Outcome) -> None:
    case, staff = sent(app, made), Visitor(app, made.secretary)
    own = sender(app, made.works[0].owner_id)
    own.post(f"{case}/bo-sung", {"more": "Gửi thêm trang báo."})
    own.post_json(f"{case}/tep", {"name": "Trang bao.pdf", "size": 4, "part_hashes": ["1" * 64]})
    staff.post(f"{case}/ghi-chu", {"note": "Hỏi lại tiểu ban"})
    letter = {"subject": "edition", "words": "Thư", "received_on": "20/11/2023", "contact": "0905 000 111"}
    staff.post(f"{DESK}/ghi", letter | {"sender": "Ông Trần Minh Quang, Khánh Sơn"})
    with app.app_context():
        told = {part.table: part.rows for part in rooms.told(Subject(made.works[0].owner_id))}
        assert told["case_act"] == ({"words": "Gửi thêm trang báo."}, {"words": "Trang bao.pdf"})
        (found,) = [each for each in rooms.candidates(["Trần Minh Quang"]) if each.table == "case_file"]
        subject = rooms.subject_of(None, {"case_file": [found.number]}).subject
        fates = [(each.what, bool(each.stays)) for each in rooms.fates(subject) if "KN-" in each.what]
        assert fates == [
            ("Kiến nghị, phản ánh KN-002: tên, liên hệ của người gửi", False),
            ("Kiến nghị, phản ánh KN-002: nội dung, tệp kèm theo, trả lời", True),
        ]
        with unit_of_work():
            rooms.erase(subject)
        kept = session.get_one(Case, found.number)
        assert (kept.sender, kept.contact, kept.words) == (GONE, "", "Thư")

        lapse = next(each for each in personal.lapses if each.code == "cases")
        assert lapse.waiting(now()).due == 0
        with unit_of_work():
            ended = session.query(Case).filter_by(number=1).one()
            ended.state, ended.outcome, ended.ended_at = "decided", "withdrawn", now()
        with unit_of_work():
            assert (lapse.waiting(now()).due, lapse.let_go(now())) == (1, 1)
        assert session.query(File).count() == 0
        assert lapse.waiting(now()).due == 0


def test_the_desk_tells_the_nearest_last_day(app: Flask, made: Outcome) -> None:
    case = sent(app, made)
    staff = Visitor(app, made.secretary)
    assert "Trả lời 1 kiến nghị, phản ánh" in staff.get("/ban-lam-viec", follow_redirects=True).text
    staff.post(f"{case}/xem-xet", {"until": "30/12/2099"})
    assert staff.post(f"{case}/han", {"due_day": "31/12/2099", "reason": "Chờ giám định"}).status_code == 303
    page = staff.get(DESK).text
    assert "31/12/2099" in page
    assert "Lê Thu Hà" in page
    assert "Hạn trả lời: ngày 31/12/2099. Chờ giám định" in sender(app, made.works[0].owner_id).get(case).text
