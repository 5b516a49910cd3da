"""The staff's way from the council's proposals to a set instant, through the doors."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from award import clock, dates
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Countersign, Edition
from award.messages.models import Message
from award.people.models import Person
from award.results import operations, queries, tasks
from award.results.feature import feature
from award.results.models import Decision, Publication, Result
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

PAPER = {"number": "12-QĐ/BTCG", "day": "20/11/2023", "body": "Ban Tổ chức Giải", "signatory": "Trưởng Ban"}


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def test_the_decision_page_shows_what_the_council_proposed(app: Flask, made: Outcome) -> None:
    page = Visitor(app, made.organiser).get("/iii-2023/quyet-dinh")
    assert page.status_code == 200
    for words in ("Khi bí thư chi bộ xuống ruộng", "Nguyễn Thị Vân (Hà Vân, Sông Mây)", "Đã đề nghị", "Khuyết"):
        assert words in page.text
    assert "Người giữ lửa ở Khánh Sơn" not in page.text


def test_a_decision_is_recorded_once_as_on_the_paper(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    assert organiser.post("/iii-2023/quyet-dinh", PAPER).status_code == 303
    again = organiser.post("/iii-2023/quyet-dinh", PAPER | {"number": "13-QĐ/BTCG"})
    assert again.status_code == 403
    assert "12-QĐ/BTCG" in again.text
    with app.app_context():
        kept = session.query(Decision).one()
        assert (kept.number, dates.day(kept.day), kept.body) == ("12-QĐ/BTCG", "20/11/2023", "Ban Tổ chức Giải")
        assert {result.state for result in session.query(Result)} == {"decided"}


def test_the_paper_is_shown_before_it_is_recorded_for_good(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    asked = organiser.get("/iii-2023/quyet-dinh", query_string=PAPER)
    assert asked.status_code == 200
    assert "Ghi quyết định trao giải số 12-QĐ/BTCG, ngày 20/11/2023?" in asked.text
    for name, value in PAPER.items():
        assert f'name="{name}" value="{value}"' in asked.text
    with app.app_context():
        assert session.query(Decision).count() == 0
    assert "Tờ trình kết quả chưa ghi số" in asked.text
    assert "/iii-2023/thiet-lap/van-ban/submission" in asked.text
    back = organiser.get("/iii-2023/quyet-dinh", query_string=PAPER | {"sua": "1"})
    assert all(value in back.text for value in PAPER.values())
    assert "Xem trước khi ghi" in back.text
    faulty = organiser.get("/iii-2023/quyet-dinh", query_string=PAPER | {"day": "31/2/2023"})
    assert (faulty.status_code, "Nhập ngày theo mẫu" in faulty.text) == (422, True)
    watching = Visitor(app, made.secretary).get("/iii-2023/quyet-dinh", query_string=PAPER)
    assert "Ghi số, ngày văn bản" not in watching.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "", "Chưa ghi số quyết định."),
        ("day", "31/2/2023", "Nhập ngày theo mẫu"),
        ("day", "01/01/2999", "Ngày ban hành sau ngày hôm nay."),
        ("body", " ", "Chưa ghi cơ quan ban hành."),
        ("signatory", "", "Chưa ghi người ký."),
    ],
)
def test_a_faulty_paper_stays_as_typed(app: Flask, made: Outcome, field: str, typed: str, sentence: str) -> None:
    page = Visitor(app, made.organiser).post("/iii-2023/quyet-dinh", PAPER | {field: typed})
    assert page.status_code == 422
    assert sentence in page.text
    assert all(value in page.text for name, value in PAPER.items() if name != field)
    with app.app_context():
        assert session.query(Decision).count() == 0


def test_only_the_organiser_decides_and_only_in_its_time(app: Flask, made: Outcome) -> None:
    assert Visitor(app, made.secretary).post("/iii-2023/quyet-dinh", PAPER).status_code == 403
    with app.app_context(), unit_of_work():
        made.edition.state = "judging"
    assert Visitor(app, made.organiser).post("/iii-2023/quyet-dinh", PAPER).status_code == 403


def tomorrow() -> dict[str, str]:
    at = now() + timedelta(days=1)
    return {"day": dates.day(at), "hour": "08:00"}


def test_the_question_counts_what_becomes_public(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
    when = tomorrow()
    page = Visitor(app, made.organiser).get("/iii-2023/cong-bo", query_string=when)
    assert page.status_code == 200
    assert f"Công bố kết quả lúc 08 giờ 00, ngày {when['day']}?" in page.text
    assert (
        "Khi công bố: 2 tác phẩm đoạt giải hiện trên trang công khai, 3 thư thông báo được gửi. "
        "Điểm và kết quả bỏ phiếu không công bố. Sau đó chỉ thay đổi theo quyết định."
    ) in page.text
    assert "Giải A: khuyết 1 vị trí." in page.text


@pytest.mark.parametrize("when", [{"day": "01/01/2020", "hour": "08:00"}, {"day": "", "hour": "25:00"}, {"day": "1"}])
def test_an_instant_that_cannot_be_is_asked_for_again(app: Flask, made: Outcome, when: dict[str, str]) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
    organiser = Visitor(app, made.organiser)
    assert organiser.get("/iii-2023/cong-bo", query_string=when).status_code == 422
    assert organiser.post("/iii-2023/cong-bo", when).status_code == 422
    with app.app_context():
        assert session.query(Countersign).count() == 0


def test_two_persons_set_the_instant(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
    organiser, secretary = Visitor(app, made.organiser), Visitor(app, made.secretary)
    assert organiser.post("/iii-2023/cong-bo", tomorrow()).status_code == 303
    assert organiser.post("/iii-2023/cong-bo/xac-nhan").status_code == 403
    with app.app_context():
        assert session.query(Publication).count() == 0
    assert "Xác nhận giờ công bố" in secretary.get("/iii-2023/cong-bo").text
    assert "Xác nhận giờ công bố" not in organiser.get("/iii-2023/cong-bo").text
    assert secretary.post("/iii-2023/cong-bo/xac-nhan").status_code == 303
    assert "Kết quả được công bố lúc 08 giờ 00" in organiser.get("/iii-2023/cong-bo").text
    with app.app_context():
        publication = session.query(Publication).one()
        assert dates.time(publication.at) == "08:00"
        assert publication.figures["received"] == 3
        assert publication.figures["groups"] == 1
        assert publication.figures["by_category"] == [["Báo in", 3]]
    assert organiser.post("/iii-2023/cong-bo", tomorrow()).status_code == 403


def test_nothing_is_published_without_a_decision(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    assert organiser.post("/iii-2023/cong-bo", tomorrow()).status_code == 403
    assert "Chưa ghi quyết định trao giải." in organiser.get("/iii-2023/cong-bo").text


def test_a_proposal_taken_back_leaves_room_for_another(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
    organiser, chair = Visitor(app, made.organiser), Visitor(app, made.chair)
    organiser.post("/iii-2023/cong-bo", tomorrow())
    assert chair.post("/iii-2023/cong-bo/rut").status_code == 403
    assert organiser.post("/iii-2023/cong-bo/rut").status_code == 303
    assert chair.post("/iii-2023/cong-bo/xac-nhan").status_code == 403
    organiser.post("/iii-2023/cong-bo", tomorrow() | {"hour": "09:30"})
    assert "09 giờ 30" in chair.get("/iii-2023/cong-bo").text


def test_confirmed_too_late_it_is_public_from_then_on(app: Flask, made: Outcome) -> None:
    at = (now() + timedelta(days=1)).replace(microsecond=0)
    with app.app_context():
        with unit_of_work():
            made.decide()
        with unit_of_work():
            by = made.by(made.organiser)
            operations.propose_publication(by=by, edition=made.edition, at=at)
        late = at + timedelta(hours=3)
        with clock.stopped_at(late), unit_of_work():
            publication = operations.confirm_publication(by=made.by(made.secretary), edition=made.edition)
        assert publication.at == late


def test_letters_go_out_once_after_the_instant(app: Flask, made: Outcome) -> None:
    at = (now() + timedelta(days=1)).replace(microsecond=0)
    with app.app_context():
        with unit_of_work():
            work(made.edition, made.category, "Không đủ điều kiện", decision="ineligible")
            made.decide()
            made.publish(at)
        with clock.stopped_at(at - timedelta(seconds=1)):
            tasks.published(edition_id=made.edition_id)
        assert session.query(Message).count() == 0
        with clock.stopped_at(at):
            tasks.published(edition_id=made.edition_id)
            tasks.published(edition_id=made.edition_id)
        assert session.get_one(Edition, made.edition_id).state == "published"
        letters = session.query(Message).order_by(Message.id).all()
        assert len(letters) == 3
        winner, _second, other = letters
        assert "đoạt giải Đặc biệt, theo Quyết định số 12-QĐ/BTCG, ngày 20/11/2023" in winner.body
        assert f"/iii-2023/ket-qua/{made.works[0].public_id}" in winner.body
        assert "không có trong danh sách đoạt giải" in other.body
        assert not any("Không đủ điều kiện" in letter.body for letter in letters)


def test_a_lost_job_is_made_up_for(app: Flask, made: Outcome, run_jobs: Callable[[], None]) -> None:
    with app.app_context():
        with unit_of_work():
            made.decide()
            made.publish(now() + timedelta(seconds=30))
        later = now() + timedelta(minutes=1)
        assert queries.public_but_unmarked(now()) == []
        assert [edition.id for edition in queries.public_but_unmarked(later)] == [made.edition_id]
        with clock.stopped_at(later):
            tasks.sweep()
            run_jobs()
        assert queries.public_but_unmarked(later) == []


def test_a_proposal_is_set_aside_by_its_page(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    with app.app_context():
        result = session.query(Result).filter_by(entry_id=made.works[1].id).one().public_id
    address = f"/iii-2023/quyet-dinh/{result}/khong-trao"
    assert "Không trao giải A cho tác phẩm “Đường về bản xa”?" in organiser.get(address).text
    assert organiser.post(address, {"reason": " "}).status_code == 422
    assert organiser.post(address, {"reason": "Tác giả xin rút"}).status_code == 303
    page = organiser.get("/iii-2023/quyet-dinh").text
    assert page.count("Đường về bản xa") == 1
    assert "“Đường về bản xa” (Giải A): Tác giả xin rút" in page
    assert organiser.get(address).status_code == 404


def test_the_instant_is_given_to_the_worker(app: Flask, made: Outcome) -> None:
    at = (now() + timedelta(days=2)).replace(microsecond=0)
    with app.app_context():
        with unit_of_work():
            made.decide()
            made.publish(at)
        waiting = text("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'results.published'")
        assert [abs((job.scheduled_at - at).total_seconds()) < 5 for job in session.execute(waiting)] == [True]


def test_what_comes_next_is_told_to_whom_it_concerns(app: Flask, made: Outcome) -> None:
    def acts(person: Person) -> list[str]:
        with app.test_request_context("/"):
            return [act.sentence for act in feature.next_acts(person.id, made.edition_id)]  # type: ignore[misc]

    assert acts(made.organiser) == ["Ghi quyết định trao giải"]
    assert acts(made.secretary) == []
    with app.app_context(), unit_of_work():
        made.decide()
    assert acts(made.organiser) == ["Hẹn giờ công bố kết quả"]
    with app.app_context(), unit_of_work():
        at = now() + timedelta(days=1)
        operations.propose_publication(by=made.by(made.organiser), edition=made.edition, at=at)
    assert acts(made.organiser) == []
