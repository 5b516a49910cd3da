"""The doors of the panels: seating, waivers, dealing late works, the pledge."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment, Round
from award.entries.models import Authorship
from judging.panels.models import Assignment, Seat
from judging.scoring import operations as scoring
from tests.judging.rows import Bench, bench, clause, judge, work
from tests.visitor import Visitor

PANELS = "/iii-2023/vong/1/tieu-ban"


@pytest.fixture
def prepared(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        return bench()


def seats(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {seat.person.legal_name: seat.role for seat in session.scalars(select(Seat))}


def test_the_staff_seat_give_roles_and_take_seats_back(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        lan = judge(prepared.edition, "Đỗ Lan", "chair")
        first = prepared.seat(prepared.judges[0]).public_id
    staff = Visitor(app, prepared.organiser)
    panel = prepared.panel.public_id
    answer = staff.post(f"{PANELS}/{panel}", {f"{panel}-person": lan.public_id, f"{panel}-role": "chair"})
    assert answer.location == PANELS
    assert seats(app) == {"Nguyễn Thị Vân": "member", "Trần Minh": "member", "Đỗ Lan": "chair"}
    staff.post(f"{PANELS}/{panel}", {f"{panel}-person": lan.public_id, f"{panel}-role": "deputy"})
    staff.post(f"/iii-2023/vong/1/thanh-vien/{first}/rut")
    assert seats(app) == {"Trần Minh": "member", "Đỗ Lan": "deputy"}
    page = staff.get(PANELS).text
    assert "Chưa cam kết" in page
    assert "2 tác phẩm" in page


@pytest.mark.parametrize("fields", [{}, {"person": ""}, {"person": "nobody-here"}, {"person": "*", "role": "king"}])
def test_a_form_without_a_person_stays_with_its_message(app: Flask, prepared: Bench, fields: dict[str, str]) -> None:
    panel = prepared.panel.public_id
    typed = {f"{panel}-{name}": prepared.judges[0].public_id if v == "*" else v for name, v in fields.items()}
    answer = Visitor(app, prepared.organiser).post(f"{PANELS}/{panel}", typed)
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text


def test_what_a_judge_knows_is_said_by_the_judge_or_noted_by_the_staff(app: Flask, prepared: Bench) -> None:
    with app.app_context():
        seat = prepared.seat(prepared.judges[0]).public_id
    address, known = f"/iii-2023/vong/1/thanh-vien/{seat}/loai-hinh", str(prepared.category.id)
    own, staff = Visitor(app, prepared.judges[0]), Visitor(app, prepared.organiser)
    assert address in own.get("/iii-2023/vong/1/cam-ket").text
    assert f'value="{known}" checked' not in own.get(address).text
    assert own.post(address, {"categories": "999999"}).status_code == 422
    assert own.post(address, {"categories": known}).location == "/iii-2023/vong/1/cam-ket"
    assert f'value="{known}" checked' in staff.get(address).text
    assert "Không thành viên nào chấm ngoài loại hình" in staff.get("/iii-2023/vong/1/phan-cong").text
    assert staff.post(address, {}).location == PANELS
    assert f'value="{known}" checked' not in own.get(address).text
    assert Visitor(app, prepared.judges[1]).get(address).status_code == 403


def test_only_appointed_people_stand_in_the_list(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        judge(prepared.edition, "Cao Sơn", "auditor")
    page = Visitor(app, prepared.organiser).get(PANELS).text
    assert "Nguyễn Thị Vân</option>" in page
    assert "Cao Sơn" not in page


def test_conflicts_are_counted_for_all_and_named_by_code_for_the_staff(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        clause(session.merge(prepared.edition), "conflict_policy", choice="own_work")
        session.add(
            Authorship(entry_id=prepared.works[0].id, ordinal=2, legal_name="x", person_id=prepared.judges[0].id)
        )
        chair = judge(prepared.edition, "Đỗ Lan", "chair")
    for person, told in ((prepared.organiser, True), (chair, False)):
        page = Visitor(app, person).get(PANELS).text
        assert "Là tác giả: 1 tác phẩm" in page
        assert ("III-IN-001" in page) is told
        assert ("Xem từng tác phẩm" in page) is told


def test_staff_who_read_in_a_blind_round_do_not_learn_whose_work_is_whose(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        edition = session.merge(prepared.edition)
        clause(edition, "conflict_policy", choice="own_work")
        session.add(
            Authorship(entry_id=prepared.works[0].id, ordinal=2, legal_name="x", person_id=prepared.judges[0].id)
        )
        both = judge(edition, "Đỗ Lan", "secretary")
        from tests import factories

        factories.appointment(edition, both, "judge")
        session.add(Seat(round_id=prepared.round.id, panel_id=prepared.panel.id, person_id=both.id))
        session.flush()
        other = prepared.seat(prepared.judges[0]).public_id
    visitor = Visitor(app, both)
    page = visitor.get(PANELS).text
    assert "Là tác giả: 1 tác phẩm" in page
    assert "III-IN-001" not in page
    assert visitor.get(f"/iii-2023/vong/1/thanh-vien/{other}/cho-phep").status_code == 403


def test_a_waiver_asks_for_work_and_reason_and_opens_the_work(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        clause(session.merge(prepared.edition), "conflict_policy", choice="own_work")
        for entry in prepared.works:
            session.add(Authorship(entry_id=entry.id, ordinal=2, legal_name="Nguyễn Thị Vân"))
        session.flush()
        prepared.round = session.get_one(Round, prepared.round.id)
        prepared.edition = session.merge(prepared.edition)
        prepared.open()
        seat = prepared.seat(prepared.judges[0])
        address, seat_id = f"/iii-2023/vong/1/thanh-vien/{seat.public_id}/cho-phep", seat.id
    staff = Visitor(app, prepared.organiser)
    assert "III-IN-001" in staff.get(address).text
    work_id = prepared.works[0].public_id
    without_reason = staff.post(address, {"work": work_id, "reason": "  "})
    assert without_reason.status_code == 422
    assert "Đề nghị ghi lý do." in without_reason.text
    assert staff.post(address, {"work": work_id, "reason": "Trùng tên, khác người"}).location == address
    assert "III-IN-001" not in staff.get(address).text
    assert staff.post(address, {"work": work_id, "reason": "Lần nữa"}).status_code == 422
    with app.app_context():
        states = session.scalars(select(Assignment.state).where(Assignment.seat_id == seat_id)).all()
    assert sorted(states) == ["open", "recused"]


def test_what_a_judge_declared_is_told_to_the_staff_with_its_kind(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        prepared.edition, prepared.round = session.merge(prepared.edition), session.merge(prepared.round)
        prepared.open()
        van = prepared.judges[0]
        scoring.step_aside(
            by=prepared.by(van),
            edition=prepared.edition,
            assignment=prepared.assignments(van)[0],
            relation="relative",
            note="em của tác giả",
        )
        address = f"/iii-2023/vong/1/thanh-vien/{prepared.seat(van).public_id}/cho-phep"
    staff = Visitor(app, prepared.organiser)
    assert "Là người thân của tác giả: 1 tác phẩm" in staff.get(PANELS).text
    page = staff.get(address).text
    assert "em của tác giả" in page
    assert "<form" not in page.split("<main", 1)[1].split("</main>")[0]


def test_late_works_are_offered_and_dealt_by_a_button(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        prepared.edition, prepared.round = session.merge(prepared.edition), session.merge(prepared.round)
        prepared.open()
    staff = Visitor(app, prepared.organiser)
    assert "chưa phân công" not in staff.get(PANELS).text
    with app.app_context(), unit_of_work():
        work(session.merge(prepared.edition), session.merge(prepared.category))
    assert "Còn 2 lượt chấm chưa phân công" in staff.get(PANELS).text
    assert "Phân công 1 tác phẩm mới đủ điều kiện" in staff.get("/ban-lam-viec").text
    assert staff.post("/iii-2023/vong/1/phan-cong").location == PANELS
    page = staff.get(PANELS).text
    assert "Đã phân công thêm 2 lượt chấm." in page
    assert "chưa phân công:" not in page


def test_the_pledge_waits_on_the_desk_until_it_is_given(app: Flask, prepared: Bench) -> None:
    van = Visitor(app, prepared.judges[0])
    assert "Cam kết trước khi chấm vòng sơ khảo" in van.get("/ban-lam-viec").text
    page = van.get("/iii-2023/vong/1/cam-ket").text
    assert "Tôi cam kết chấm khách quan, đúng Quy chế, giữ bí mật điểm và ý kiến thảo luận đến khi công bố" in page
    guide = page.partition('id="cach-cham"')[2].partition("</section>")[0]
    for told in (
        "Mỗi tác phẩm có một phiếu chấm. Điểm tự lưu sau mỗi thay đổi; phiếu được tính khi đã gửi.",
        "Thứ tự tác phẩm trong danh sách chấm là thứ tự riêng của từng thành viên.",
        "chọn “Tôi có liên quan”",
        "Vòng này chấm ẩn danh",
        "Điểm đang được giữ kín.",
    ):
        assert told in guide
    assert van.post("/iii-2023/vong/1/cam-ket").location == "/iii-2023/vong/1/co-lien-quan"
    assert "Đã cam kết lúc" in van.get("/iii-2023/vong/1/cam-ket").text
    assert "Cam kết trước khi chấm" not in van.get("/ban-lam-viec").text
    assert "Vòng chấm chưa bắt đầu." in van.get("/iii-2023/vong/1/cham").text


def test_the_navigation_leads_the_staff_to_the_round_that_is_not_closed(app: Flask, prepared: Bench) -> None:
    assert f'href="{PANELS}"' in Visitor(app, prepared.organiser).get("/iii-2023/the-le").text
    assert f'href="{PANELS}"' not in Visitor(app, prepared.judges[0]).get("/iii-2023/the-le").text
    with app.app_context(), unit_of_work():
        session.merge(prepared.round).state = "closed"
    assert f'href="{PANELS}"' not in Visitor(app, prepared.organiser).get("/iii-2023/the-le").text


def test_judges_of_a_draft_are_seated_from_its_menu(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        session.merge(prepared.edition).state = "draft"
    staff = Visitor(app, prepared.organiser)
    people = staff.get("/iii-2023/thiet-lap/nhan-su").text
    assert "xếp vào tiểu ban ở trang Tiểu ban" in people
    assert f'href="{PANELS}"' in people
    assert staff.get(PANELS).status_code == 200


PLAN = "/iii-2023/vong/1/phan-cong"


def test_a_plan_is_looked_at_before_it_is_saved(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        edition = session.merge(prepared.edition)
        lan = judge(edition, "Đỗ Lan")
        session.add(Seat(round_id=prepared.round.id, panel_id=prepared.panel.id, person_id=lan.id))
    staff = Visitor(app, prepared.organiser)
    page = staff.get(PLAN).text
    assert "Mọi thành viên của tiểu ban chấm mọi tác phẩm của tiểu ban." in page
    assert "Lưu cách phân công" not in page
    page = staff.get(f"{PLAN}?who=some&readings=2&common=1").text
    assert "Mỗi tác phẩm do 2 thành viên của tiểu ban chấm." in page
    assert "Phương án đang xem chưa lưu." in page
    assert "Mọi thành viên của tiểu ban chấm mọi tác phẩm của tiểu ban." in staff.get(PLAN).text
    answer = staff.post(f"{PLAN}/cach-chia", {"who": "some", "readings": "2", "common": "1"})
    assert answer.location == PLAN
    page = staff.get(PLAN).text
    assert "Đã lưu cách phân công." in page
    assert "1 tác phẩm của mỗi tiểu ban do mọi thành viên cùng chấm" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("who=", "Đề nghị chọn."),
        ("who=some&readings=1", "Theo Quy chế, mỗi tác phẩm có ít nhất 2 phiếu chấm."),
        ("who=some&readings=", "Theo Quy chế, mỗi tác phẩm có ít nhất 2 phiếu chấm."),
        ("who=some&readings=2&common=-1", "Đề nghị ghi một số từ 0 đến 99."),
    ],
)
def test_a_plan_the_rules_do_not_allow_is_told_beside_its_field(
    app: Flask, prepared: Bench, query: str, told: str
) -> None:
    with app.app_context(), unit_of_work():
        clause(session.merge(prepared.edition), "readings", number=2)
    answer = Visitor(app, prepared.organiser).get(f"{PLAN}?{query}")
    assert answer.status_code == 422
    assert told in answer.text


def test_works_without_enough_readers_are_named_to_the_staff_alone(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        edition = session.merge(prepared.edition)
        clause(edition, "readings", number=2)
        clause(edition, "conflict_policy", choice="own_work")
        session.add(Authorship(entry_id=prepared.works[0].id, ordinal=2, legal_name="Nguyễn Thị Vân"))
        chair = judge(edition, "Đỗ Lan", "chair")
    for person, told in ((prepared.organiser, True), (chair, False)):
        page = Visitor(app, person).get(PLAN).text
        assert "1 tác phẩm chưa đủ người chấm" in page
        assert ("III-IN-001</span>: 1/2 thành viên; 1 thành viên có liên quan" in page) is told


def test_an_open_round_offers_to_deal_again_what_nobody_began(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        prepared.edition, prepared.round = session.merge(prepared.edition), session.merge(prepared.round)
        clause(prepared.edition, "readings", number=1)
        prepared.open()
        lan = judge(prepared.edition, "Đỗ Lan")
        session.add(Seat(round_id=prepared.round.id, panel_id=prepared.panel.id, person_id=lan.id))
    staff = Visitor(app, prepared.organiser)
    page = staff.get(PLAN).text
    assert "2 lượt chấm chưa ai bắt đầu" in page
    assert "Xem phương án" not in page
    assert staff.post(PLAN, {"anew": "1"}).location == PLAN
    assert "Đã phân công lại." in staff.get(PLAN).text


def test_works_of_who_left_wait_on_the_desk_until_others_have_them(app: Flask, prepared: Bench) -> None:
    with app.app_context(), unit_of_work():
        prepared.edition, prepared.round = session.merge(prepared.edition), session.merge(prepared.round)
        clause(prepared.edition, "readings", number=1)
        prepared.open()
        left = session.scalars(select(Appointment).where(Appointment.person_id == prepared.judges[0].id)).one()
        left.ended_at = now()
    staff = Visitor(app, prepared.organiser)
    waits = "Chuyển 1 lượt chấm của thành viên đã thôi tham gia"
    assert waits in staff.get("/ban-lam-viec").text
    assert "Đã thôi tham gia" in staff.get(PLAN).text
    staff.post(PLAN)
    assert waits not in staff.get("/ban-lam-viec").text
