"""Appointing people: who is known, who is invited, who is signed out, and who must stay."""

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from award.clock import now
from award.dates import day, local
from award.db import session
from award.editions import operations
from award.editions.models import Appointment
from award.editions.queries import appointments, capacity, with_rules
from award.log.models import Event
from award.messages.models import Message
from award.people.models import Invitation, Person, WebSession
from award.verdicts import Refused
from tests import factories
from tests.award.editions.conftest import Prepared, rows
from tests.award.people.conftest import PASSWORD, is_inside, letters, link_in, member, sign_in
from tests.judging.rows import bench
from tests.visitor import Visitor

AT = "/iii-2023/thiet-lap/nhan-su"


def roles(app: Flask, person_id: int) -> list[str]:
    with app.app_context():
        found = session.query(Appointment).filter_by(person_id=person_id, ended_at=None).order_by(Appointment.id)
        return [appointment.role for appointment in found]


def test_somebody_with_an_account_is_appointed_told_and_signed_out(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        known = factories.person("Lê Thị Thư", email="thu@example.vn")
    there = Visitor(app, known)
    assert there.get("/tai-khoan").status_code == 200
    answer = desk.post(AT, {"email": " THU@example.vn ", "role": "secretary", "decision": "Quyết định số 12-QĐ/BTCG"})
    assert (answer.status_code, answer.location) == (303, AT), answer.text
    assert roles(app, known.id) == ["secretary"]
    with app.app_context():
        letter = session.query(Message).filter_by(to_address="thu@example.vn", kind="appointment").one()
        assert "Theo Quyết định số 12-QĐ/BTCG, kính mời tham gia" in letter.body
        assert "Tổ Thư ký" in letter.body
        assert session.query(WebSession).filter_by(user_id=known.user.id if known.user else 0).count() == 0
    assert there.get("/tai-khoan").status_code == 302, "a second factor is asked at the next sign-in"
    page = desk.get(AT)
    assert "Lê Thị Thư" in page.text
    assert "Quyết định số 12-QĐ/BTCG" in page.text


def test_who_already_held_an_office_stays_signed_in(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert draft.organiser.user is not None
    answer = desk.post(AT, {"email": draft.organiser.user.email, "role": "secretary"})
    assert answer.status_code == 303
    assert desk.get(AT).status_code == 200
    assert roles(app, draft.organiser.id) == ["organiser", "secretary"]


def test_appointing_twice_gives_one_appointment_and_one_letter(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        known = factories.person(email="thu@example.vn")
    for _time in range(2):
        assert desk.post(AT, {"email": "thu@example.vn", "role": "auditor"}).status_code == 303
    assert roles(app, known.id) == ["auditor"]
    with app.app_context():
        assert session.query(Message).filter_by(to_address="thu@example.vn").count() == 1
        assert session.query(Event).filter_by(kind="appointment.made").count() == 1


def test_somebody_new_is_invited_by_name_and_comes_in_by_the_letter(
    app: Flask, draft: Prepared, desk: Visitor, visitor: Visitor
) -> None:
    nameless = desk.post(AT, {"email": "moi@example.vn", "role": "judge"})
    assert nameless.status_code == 422
    assert "Chưa có tài khoản với email này. Ghi họ và tên để gửi thư mời." in nameless.text
    asked = {"email": "moi@example.vn", "legal_name": "Phạm Văn Mới", "role": "judge"}
    assert desk.post(AT, asked).status_code == 303
    assert "Đã mời, chưa mở tài khoản" in desk.get(AT).text
    again = desk.post(AT, {"email": "moi@example.vn", "role": "chair"})
    assert again.status_code == 303, "the same person, known from the first invitation"
    with app.app_context():
        person = session.query(Person).filter_by(legal_name="Phạm Văn Mới").one()
        assert session.query(Invitation).filter_by(person_id=person.id).count() == 2
        letter = session.query(Message).filter_by(to_address="moi@example.vn").order_by(Message.id.desc()).first()
        assert letter is not None
        link = re.search(r"http://\S+/loi-moi/\S+", letter.body)
        assert link is not None
        assert "Kính gửi đồng chí Phạm Văn Mới," in letter.body
        assert "Chủ tịch hội đồng" in letter.body
    assert roles(app, person.id) == ["judge", "chair"]
    assert visitor.get(link[0].removeprefix(Visitor.origin)).status_code == 200


def test_an_invitation_holds_until_the_stage_opens_and_is_renewed_in_one_act(
    app: Flask, draft: Prepared, desk: Visitor, visitor: Visitor
) -> None:
    today = local(now()).date()

    def standing() -> Invitation:
        return session.query(Invitation).filter_by(used_at=None, revoked_at=None, email="moi@example.vn").one()

    def opens(days: int | None) -> None:
        with rows(app):
            edition = with_rules(draft.edition.id)
            edition.rounds[0].opens_on = today + timedelta(days=days) if days is not None else None
            operations.hold_invitations(edition)

    def last_day() -> date:
        with app.app_context():
            return local(standing().expires_at).date()

    opens(40)
    assert desk.post(AT, {"email": "moi@example.vn", "legal_name": "Phạm Văn Mới", "role": "judge"}).status_code == 303
    assert last_day() == today + timedelta(days=40), "the day on which the round opens by the calendar counts whole"
    for days, then in ((60, 60), (50, 60), (None, 60)):
        opens(days)
        assert last_day() == today + timedelta(days=then), "moved away it holds longer, what was told is never cut"
    with app.app_context():
        first = session.query(Message).filter_by(to_address="moi@example.vn").one().body
        appointment = session.scalars(appointments(draft.edition.id, "judge").order_by(Appointment.id.desc())).first()
        assert appointment is not None
    assert f"đến 23:59, ngày {day(today + timedelta(days=40))}" in first
    with rows(app):
        session.query(Message).filter_by(to_address="moi@example.vn").one().state = "failed"
    assert "Thư mời không gửi được" in desk.get(AT).text
    with rows(app):
        session.query(Message).filter_by(to_address="moi@example.vn").one().state = "sent"
        standing().expires_at = now() - timedelta(days=1)
    assert "Lời mời đã hết hạn" in desk.get(AT).text
    assert desk.post(f"{AT}/{appointment.public_id}/gui-lai").status_code == 303
    assert last_day() == today + timedelta(days=14), "no day set: two weeks"
    with app.app_context():
        second = session.query(Message).filter_by(to_address="moi@example.vn").order_by(Message.id.desc()).first()
        assert second is not None
        links = [re.findall(r"/loi-moi/\S+", body)[0] for body in (first, second.body)]
    assert "đã được thu hồi" in visitor.get(links[0]).text
    assert "Lời mời dùng được một lần, đến" in visitor.get(links[1]).text


def test_an_invitation_is_taken_back_and_the_role_can_be_invited_to_again(
    app: Flask, draft: Prepared, desk: Visitor, visitor: Visitor
) -> None:
    assert desk.post(AT, {"email": "moi@example.vn", "legal_name": "Phạm Văn Mới", "role": "judge"}).status_code == 303
    with app.app_context():
        appointment = session.scalars(appointments(draft.edition.id, "judge").order_by(Appointment.id.desc())).first()
        assert appointment is not None
    first, there = link_in(letters(app, "appointment")[-1], "/loi-moi/"), f"{AT}/{appointment.public_id}"
    assert "Thu hồi lời mời" in desk.get(AT).text
    for _again in range(2):
        assert desk.post(f"{there}/thu-hoi").location == AT
    page = desk.get(AT).text
    assert "Đã thu hồi lời mời gửi Phạm Văn Mới." in page
    assert "Lời mời đã thu hồi" in page
    assert ("Thu hồi lời mời" in page, "Gửi lại lời mời" in page) == (False, True)
    assert roles(app, appointment.person_id) == ["judge"]
    assert "Lời mời này đã được thu hồi." in visitor.get(first).text
    assert visitor.post(first, {"password": "gió đông bắc"}).status_code == 410
    with app.app_context():
        told = session.query(Event).filter_by(kind="invitation.revoked").one()
        assert told.actor_id == draft.organiser.id
    assert desk.post(f"{there}/gui-lai").status_code == 303
    second = link_in(letters(app, "appointment")[-1], "/loi-moi/")
    assert visitor.post(second, {"password": "gió đông bắc"}).location == "/ma-xac-nhan/thiet-lap"
    refused = desk.post(f"{there}/thu-hoi")
    assert refused.status_code == 403
    assert "Lời mời đã được nhận, không thu hồi được." in refused.text
    with app.app_context():
        assert capacity(session.get_one(Person, appointment.person_id), draft.edition).roles == frozenset({"judge"})
    assert "Thu hồi lời mời" not in desk.get(AT).text


def test_nobody_takes_back_an_invitation_whose_edition_is_archived(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert desk.post(AT, {"email": "moi@example.vn", "legal_name": "Phạm Văn Mới", "role": "judge"}).status_code == 303
    with rows(app):
        held = session.scalars(appointments(draft.edition.id, "judge").order_by(Appointment.id.desc())).first()
        assert held is not None
        with_rules(draft.edition.id).state = "archived"
    assert desk.post(f"{AT}/{held.public_id}/thu-hoi").status_code == 403
    with app.app_context():
        assert session.query(Invitation).filter_by(email="moi@example.vn").one().revoked_at is None


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"email": "", "role": "judge"}, "Chưa ghi địa chỉ email."),
        ({"email": "không phải địa chỉ", "role": "judge"}, "Địa chỉ email chưa đúng dạng."),
        ({"email": "a@example.vn", "legal_name": "A", "role": "king"}, "Chọn một trong các mục."),
    ],
)
def test_a_fault_is_told_and_nothing_is_sent(
    app: Flask, draft: Prepared, desk: Visitor, form: dict[str, str], sentence: str
) -> None:
    answer = desk.post(AT, form)
    assert answer.status_code == 422
    assert sentence in answer.text
    with app.app_context():
        assert session.query(Message).count() == 0


def test_an_appointment_is_ended_after_a_question_and_leaves_its_row(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    with rows(app):
        judge = session.scalars(appointments(draft.edition.id, "judge")).one()
    assert "Thôi vai trò giám khảo của " in desk.get(f"{AT}/{judge.public_id}/thoi").text
    assert desk.post(f"{AT}/{judge.public_id}/thoi").status_code == 303
    assert roles(app, judge.person_id) == []
    assert desk.get(f"{AT}/{judge.public_id}/thoi").status_code == 404
    with app.app_context():
        assert session.get_one(Appointment, judge.id).ended_at is not None
        assert session.query(Event).filter_by(kind="appointment.ended").count() == 1


def test_the_last_organiser_stays(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with rows(app):
        own = session.scalars(appointments(draft.edition.id, "organiser")).one()
    refused = desk.post(f"{AT}/{own.public_id}/thoi")
    assert refused.status_code == 403
    assert "Cần còn ít nhất một người của Ban Tổ chức Giải." in refused.text
    assert roles(app, draft.organiser.id) == ["organiser"]


def test_two_organisers_ending_each_other_at_once_leave_one(app: Flask, draft: Prepared) -> None:
    with rows(app):
        second = factories.person("Người thứ hai")
        factories.appointment(draft.edition, second, "organiser")
    refused: list[str] = []

    def end(actor: Person, other: Person) -> Callable[[], None]:
        with rows(app):
            by = capacity(actor, draft.edition)

        def deed() -> None:
            try:
                with rows(app):
                    edition = with_rules(draft.edition.id)
                    held = appointments(edition.id, "organiser").where(Appointment.person_id == other.id)
                    operations.end_appointment(by=by, edition=edition, appointment=session.scalars(held).one())
            except Refused as fault:
                refused.append(fault.verdict.code)

        return deed

    deeds = [end(draft.organiser, second), end(second, draft.organiser)]
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["last_organiser"]
    with app.app_context():
        assert len(session.scalars(appointments(draft.edition.id, "organiser")).all()) == 1


def test_appointments_stay_possible_after_the_draft_and_end_with_the_archive(
    app: Flask, draft: Prepared, desk: Visitor
) -> None:
    for state, status in (("judging", 303), ("published", 303), ("archived", 403)):
        with rows(app):
            with_rules(draft.edition.id).state = state
        asked = {"email": f"{state}@example.vn", "legal_name": "Nguyễn Văn An", "role": "judge"}
        assert desk.post(AT, asked).status_code == status, state


def test_an_office_asks_for_a_second_factor_as_long_as_it_stands(app: Flask, draft: Prepared) -> None:
    with rows(app):
        entrant = factories.person()
        judge = session.scalars(appointments(draft.edition.id, "judge")).one()
    needs = app.extensions["needs_second_factor"]
    with rows(app):
        assert needs(draft.organiser.id)
        assert needs(judge.person_id)
        assert not needs(entrant.id)
        edition = with_rules(draft.edition.id)
        held = session.get_one(Appointment, judge.id)
        operations.end_appointment(by=draft.by, edition=edition, appointment=held)
        assert not needs(judge.person_id)


def test_who_registered_an_address_first_gains_nothing_from_its_appointment(
    app: Flask, draft: Prepared, desk: Visitor, visitor: Visitor
) -> None:
    squatter = member(app, "giamkhao@example.vn", legal_name="Kẻ Lạ Mặt")
    with rows(app):
        account = session.merge(squatter).user
        assert account is not None
        account.confirmed_at = None
    inside = Visitor(app, squatter)
    assert is_inside(inside)
    asked = {"email": "giamkhao@example.vn", "role": "judge", "legal_name": "Đỗ Thị Giám Khảo"}
    assert desk.post(AT, asked).status_code == 303
    assert not is_inside(inside)
    assert visitor.post("/dang-nhap", {"email": "giamkhao@example.vn", "password": PASSWORD}).status_code == 422
    with app.app_context():
        named = session.get_one(Person, squatter.id)
        assert named.legal_name == "Đỗ Thị Giám Khảo"
        assert capacity(named, draft.edition).roles == frozenset()
    link = link_in(letters(app, "appointment")[-1], "/loi-moi/")
    visitor.post(link, {"password": "gió đông bắc"})
    with app.app_context():
        assert capacity(session.get_one(Person, squatter.id), draft.edition).roles == frozenset({"judge"})
    assert "Lời mời này đã được nhận." in visitor.get(link).text
    sign_in(Visitor(app), "giamkhao@example.vn", "gió đông bắc")


def test_a_judge_of_a_blind_round_takes_no_office_that_reads_names(app: Flask) -> None:
    with rows(app):
        of = bench(works=1, judges=1)
        judge, organiser = of.judges[0], of.organiser
        assert judge.user is not None
        email = judge.user.email
    desk = Visitor(app, organiser)
    refused = desk.post(AT, {"email": email, "role": "secretary"})
    assert refused.status_code == 422
    assert "Vòng chấm kín" in refused.text
    assert roles(app, judge.id) == ["judge"]
    assert desk.post(AT, {"email": email, "role": "chair"}).status_code == 303
