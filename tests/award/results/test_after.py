"""After the decision: a prize taken back, its place given by a paper of its own, a name corrected; by two persons."""

from datetime import timedelta

import pytest
from flask import Flask

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Countersign
from award.history.models import PastWork
from award.issued.models import IssuedPaper
from award.messages.models import Message
from award.people.models import Person
from award.results import papers_after, queries, rulings, succession, tasks
from award.results.models import Certificate, Honour, NameCorrection, Result, Ruling
from award.results.operations import StandingRow, record_standing
from judging.proof.opened import outcome as proved
from tests import factories
from tests.award.documents.reading import pages_of, word_lines
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import DAY, Outcome, outcome
from tests.visitor import Visitor

PAGE = "/iii-2023/sau-cong-bo"
PAPER = {
    "number": "31-QĐ/BTCG",
    "day": "05/01/2024",
    "body": "Ban Tổ chức Giải",
    "signatory": "Trưởng Ban",
    "reason": "Tác phẩm đã đăng trước thời gian quy định",
}


@pytest.fixture
def made(app: Flask) -> Outcome:
    return published(app)


def published(app: Flask) -> Outcome:
    """An edition whose results are public; the third work is next in the ranking."""
    with app.app_context():
        with unit_of_work():
            season = outcome()
            session.refresh(season.edition, ["panels"])
            panel = next(each for each in season.edition.panels if each.round_id == season.rounds[1].id)
            rows = [StandingRow(each.id, panel.id, n, None, 3) for n, each in enumerate(season.works, start=1)]
            record_standing(by=season.by(season.chair), edition=season.edition, judged=season.rounds[1], rows=rows)
            season.decide()
            at = now() + timedelta(minutes=1)
            season.publish(at)
        with clock.stopped_at(at):
            tasks.published(edition_id=season.edition_id)
        with unit_of_work():
            queries.publication(season.edition_id).at = now() - timedelta(hours=1)  # type: ignore[union-attr]
    return season


def key_of(app: Flask, made: Outcome, n: int) -> str:
    with app.app_context():
        return session.query(Result).filter_by(entry_id=made.works[n].id).one().public_id


def waiting(app: Flask) -> str:
    with app.app_context():
        return session.query(Countersign).filter_by(confirmed_at=None, withdrawn_at=None).one().public_id


def both(app: Flask, made: Outcome, address: str, typed: dict[str, str]) -> None:
    """The organiser proposes, the secretary confirms."""
    answer = Visitor(app, made.organiser).post(address, typed)
    assert answer.status_code == 303, answer.text
    assert Visitor(app, made.secretary).post(f"{PAGE}/xac-nhan/{waiting(app)}").status_code == 303


def test_a_prize_is_taken_back_by_two_persons_and_the_public_is_told(app: Flask, made: Outcome) -> None:
    address = f"{PAGE}/thu-hoi/{key_of(app, made, 1)}"
    organiser, anybody = Visitor(app, made.organiser), Visitor(app)
    assert "Thu hồi giải A của tác phẩm “Đường về bản xa”?" in organiser.get(address).text
    assert organiser.post(address, PAPER | {"reason": " "}).status_code == 422
    assert organiser.post(address, PAPER).status_code == 303
    assert "đang chờ người thứ hai" in organiser.post(address, PAPER).text
    sign = waiting(app)
    assert organiser.post(f"{PAGE}/xac-nhan/{sign}").status_code == 403
    assert "Đã thu hồi" not in anybody.get("/iii-2023/ket-qua").text
    drafts = [f"/iii-2023/quyet-dinh/van-ban/{kind}.docx" for kind in ("to-trinh", "thong-bao")]
    assert [organiser.get(each).status_code for each in drafts] == [403, 200], "no memo is written after the decision"
    assert Visitor(app, made.secretary).post(f"{PAGE}/xac-nhan/{sign}").status_code == 303

    told = "Đã thu hồi theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024."
    page = anybody.get("/iii-2023/ket-qua").text
    assert told in page
    assert "1 tác phẩm đoạt giải" in page
    work = anybody.get(f"/iii-2023/ket-qua/{made.works[1].public_id}").text
    assert "Giải A của tác phẩm “Đường về bản xa” đã thu hồi theo Quyết định số 31-QĐ/BTCG" in work
    assert "Đường về bản xa" not in anybody.get("/iii-2023/ket-qua?tai-ve=csv").text
    assert organiser.get(address).status_code == 403
    assert "danh sách nay khác quyết định" in organiser.get(drafts[1]).text
    decision = organiser.get("/iii-2023/quyet-dinh").text
    assert "Không lập lại: danh sách nay có thể khác lúc trình." in decision
    assert "to-trinh.docx" not in decision
    with app.app_context():
        (kept,) = session.query(IssuedPaper).filter_by(kind="revocation")
        assert (kept.number, kept.body) == ("31-QĐ/BTCG", "Ban Tổ chức Giải")
        ruling = session.query(Ruling).one()
        assert kept.about == ruling.public_id
        session.query(Ruling).update({"reason": "Đã sửa trong sổ"})
        session.commit()
    pdf = " ".join(pages_of(organiser.get(f"{PAGE}/van-ban/{kept.about}.pdf").data))
    assert "Thu hồi giải A đã trao cho tác phẩm “Đường về bản xa”" in pdf
    assert "Lý do: Tác phẩm đã đăng trước thời gian quy định." in pdf, "as it was issued"
    with app.app_context():
        session.query(Ruling).update({"reason": PAPER["reason"]})
        session.commit()
        owner = session.get_one(Person, made.works[1].owner_id)
        assert owner.user is not None
    mine = Visitor(app, owner).get(f"/iii-2023/tac-pham/{made.works[1].public_id}").text
    assert "Giải A đã bị thu hồi theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024." in mine
    with app.app_context():
        assert [each.title for each in session.query(PastWork)] == ["Khi bí thư chi bộ xuống ruộng"]
        assert queries.publication(made.edition_id).figures["prizes"] == 1  # type: ignore[union-attr]
        letters = [each for each in session.query(Message) if "không còn giá trị" in each.body]
        assert len(letters) == 1
        assert "Lý do: Tác phẩm đã đăng trước" in letters[0].body


def test_the_place_stays_vacant_until_a_paper_gives_it(app: Flask, made: Outcome) -> None:
    both(app, made, f"{PAGE}/thu-hoi/{key_of(app, made, 0)}", PAPER)
    with app.app_context():
        revocation = session.query(Ruling).one()
        line = succession.next_in_line(made.works[0].id, made.levels["ĐB"])
        assert [(each.rank, each.level) for each in line] == [(2, "Giải A"), (3, "")]
        address = f"{PAGE}/xet-tiep/{revocation.public_id}"
    organiser, anybody = Visitor(app, made.organiser), Visitor(app)
    assert "Người giữ lửa ở Khánh Sơn" not in anybody.get("/iii-2023/ket-qua").text
    assert "Theo bảng xếp hạng đã kết thúc" in organiser.get(address).text
    second = {**PAPER, "number": "32-QĐ/BTCG", "reason": "Xét tác phẩm kế tiếp"}
    assert organiser.post(address, second | {"entry": made.works[0].public_id}).status_code == 422
    draft = f"{address}/{made.works[1].public_id}/quyet-dinh.docx"
    told = (
        "Trao giải Đặc biệt cho tác phẩm “Đường về bản xa” của Nguyễn Thị Vân (Hà Vân, Sông Mây), thay cho giải đã thu"
    )
    assert any(told in line for line in word_lines(organiser.get(draft).data))
    assert organiser.get(draft.replace(made.works[1].public_id, made.works[0].public_id)).status_code == 404
    both(app, made, address, second | {"entry": made.works[1].public_id})
    page = anybody.get("/iii-2023/ket-qua").text
    assert "Trao theo Quyết định số 32-QĐ/BTCG, ngày 05/01/2024." in page
    with app.app_context():
        moved = session.query(Result).filter_by(entry_id=made.works[1].id).one()
        assert (moved.prize_level_id, moved.state) == (made.levels["ĐB"].id, "decided")
        given = session.query(Ruling).filter_by(kind="awarded").one()
        assert given.former_level_id == made.levels["A"].id
        kept = session.query(IssuedPaper).filter_by(kind="succession", about=given.public_id).one()
        assert kept.number == "32-QĐ/BTCG"
        assert "Tác phẩm thôi giữ giải A đã trao trước đó; vị trí ấy để khuyết." in repr(kept.content)
        assert session.query(IssuedPaper).filter_by(kind="revocation").count() == 1
        old, new = session.query(Certificate).filter_by(result_id=moved.id).order_by(Certificate.id)
        assert (old.state, old.replaced_by_id, new.state) == ("corrected", new.id, "valid")
    assert "Vị trí này đã có quyết định" in organiser.get(address).text


def test_a_work_moves_up_twice_and_the_last_paper_is_read(app: Flask, made: Outcome) -> None:
    third = made.works[2].public_id
    for lost, number in ((1, "32-QĐ/BTCG"), (0, "33-QĐ/BTCG")):
        both(app, made, f"{PAGE}/thu-hoi/{key_of(app, made, lost)}", PAPER)
        with app.app_context():
            place = session.query(Ruling).filter_by(kind="revoked", entry_id=made.works[lost].id).one().public_id
        both(app, made, f"{PAGE}/xet-tiep/{place}", PAPER | {"number": number, "entry": third})
    with app.app_context():
        (work,) = queries.prize_works(made.edition_id, "decided")
        assert (work.key, work.level.code) == (third, "ĐB")
        assert work.awarded is not None
        assert work.awarded.number == "33-QĐ/BTCG"
        prize = session.query(Result).filter_by(entry_id=made.works[2].id).one()
        assert "tại Quyết định số 33-QĐ/BTCG" in repr(papers_after.revocation(made.edition, prize, None))
        assert made.works[2].id not in {work for work, _code in proved(made.edition)["prizes"]}, "nobody proposed it"
    told = "Theo Quyết định số 33-QĐ/BTCG, ngày 05/01/2024 của Ban Tổ chức Giải. Công bố lúc"
    assert told in Visitor(app).get(f"/iii-2023/ket-qua/{third}").text


def test_what_is_taken_back_before_the_instant_never_was_public_and_its_authors_read_why(app: Flask) -> None:
    at = now() + timedelta(hours=1)
    with app.app_context(), unit_of_work():
        early = outcome()
        early.decide()
        early.publish(at)
    both(app, early, f"{PAGE}/thu-hoi/{key_of(app, early, 1)}", PAPER)
    with app.app_context():
        lost = session.query(Result).filter_by(state="revoked").one()
        code = session.query(Certificate).filter_by(result_id=lost.id).one().code
        with clock.stopped_at(at):
            tasks.published(edition_id=early.edition_id)
        told_of = Message.kind.in_(("winner", "without_prize", "prize_revoked"))
        letters = [each.body for each in session.query(Message).filter(told_of)]
        (told,) = [each for each in letters if "Đường về bản xa" in each]
        assert "Lý do: Tác phẩm đã đăng trước" in told
        assert len(letters) == 3
    anybody = Visitor(app)
    with clock.stopped_at(at):
        page = anybody.get("/iii-2023/ket-qua").text
        form = Visitor(app, early.chair).get("/iii-2023/kien-nghi/gui").text
        doors = (f"/iii-2023/ket-qua/{early.works[1].public_id}", f"/chung-nhan/{code}")
        assert [anybody.get(door).status_code for door in doors] == [404, 404]
    for words in (page, form):
        assert "Khi bí thư chi bộ xuống ruộng" in words
        assert "Đường về bản xa" not in words
        assert "Đã thu hồi" not in words


def test_who_lost_the_prize_between_the_instant_and_the_letters_is_not_told_that_there_was_none(app: Flask) -> None:
    at = now() + timedelta(hours=1)
    with app.app_context():
        with unit_of_work():
            late = outcome()
            late.decide()
            late.publish(at)
            lost = session.query(Result).filter_by(entry_id=late.works[0].id).one()
            lost.state = "revoked"
            paper = {"edition_id": late.edition_id, "kind": "revoked", "entry_id": lost.entry_id, "result_id": lost.id}
            session.add(Ruling(**paper, **{**PAPER, "day": DAY}, state="confirmed", done_at=at))
        with clock.stopped_at(at):
            tasks.published(edition_id=late.edition_id)
        told = session.query(Message).filter(Message.kind.in_(("winner", "without_prize")))
        letters = [each.body for each in told]
    assert len(letters) == 2
    assert not any("Khi bí thư chi bộ xuống ruộng" in each for each in letters)


def test_a_proposal_is_taken_back_and_leaves_nothing(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    organiser.post(f"{PAGE}/thu-hoi/{key_of(app, made, 1)}", PAPER)
    sign = waiting(app)
    assert Visitor(app, made.chair).post(f"{PAGE}/rut/{sign}").status_code == 403
    assert organiser.post(f"{PAGE}/rut/{sign}").status_code == 303
    assert Visitor(app, made.secretary).post(f"{PAGE}/xac-nhan/{sign}").status_code == 404
    with app.app_context():
        assert session.query(Result).filter_by(state="revoked").count() == 0
        assert session.query(Ruling).one().state == "withdrawn"


def test_who_has_to_do_with_the_work_takes_no_part(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.works[1].owner_id = made.secretary.id
        session.add(made.works[1])
    organiser = Visitor(app, made.organiser)
    organiser.post(f"{PAGE}/thu-hoi/{key_of(app, made, 1)}", PAPER)
    sign = waiting(app)
    refused = Visitor(app, made.secretary).post(f"{PAGE}/xac-nhan/{sign}")
    assert (refused.status_code, "Có liên quan đến tác phẩm" in refused.text) == (403, True)
    assert Visitor(app, made.chair).post(f"{PAGE}/xac-nhan/{sign}").status_code == 303


def test_nor_does_such_a_person_stop_it_or_confirm_it_about_an_honour(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        tied = factories.person("Võ Minh Đức")
        factories.appointment(made.edition, tied, "organiser")
        made.works[1].owner_id = tied.id
        session.add(made.works[1])
        level = factories.prize_level(made.edition, rank=9, code="NV", name="Bằng khen", kind="collective")
        about = {"entry_id": made.works[1].id, "recipient": "Mấu Thị Lan", "state": "decided"}
        honour = Honour(edition_id=made.edition_id, prize_level_id=level.id, **about)
        session.add(honour)
        session.flush()
        keys = [key_of(app, made, 1), honour.public_id]
    organiser, second = Visitor(app, made.organiser), Visitor(app, tied)
    for key in keys:
        assert organiser.post(f"{PAGE}/thu-hoi/{key}", PAPER).status_code == 303
        sign = waiting(app)
        assert "Rút đề nghị" not in second.get(PAGE).text
        assert "Xác nhận thu hồi giải" not in second.get(PAGE).text
        for deed in ("rut", "xac-nhan"):
            refused = second.post(f"{PAGE}/{deed}/{sign}")
            assert (refused.status_code, "Có liên quan đến tác phẩm" in refused.text) == (403, True)
        assert organiser.post(f"{PAGE}/rut/{sign}").status_code == 303


def test_a_corrected_name_is_read_with_its_day_and_the_dossier_stays(app: Flask, made: Outcome) -> None:
    address = f"{PAGE}/dinh-chinh/{key_of(app, made, 0)}"
    organiser, anybody = Visitor(app, made.organiser), Visitor(app)
    assert "Bút danh: Hà Vân, Sông Mây" in organiser.get(address).text
    word = {"field": "pen_name:1", "after": "Hà Vân", "reason": "Ghi nhầm", "evidence": "Trang báo ngày 01/3/2023"}
    same = organiser.post(address, word | {"after": "Hà Vân, Sông Mây"})
    assert (same.status_code, "giống nội dung đang ghi" in same.text) == (422, True)
    assert organiser.post(address, word | {"evidence": ""}).status_code == 422
    both(app, made, address, word)
    page = anybody.get(f"/iii-2023/ket-qua/{made.works[0].public_id}").text
    assert "Đã đính chính ngày" in page
    assert "Sông Mây" not in page
    assert "Đã đính chính ngày" in anybody.get("/iii-2023/ket-qua").text, "of the work that leads as well"
    both(app, made, address, word | {"field": "title", "after": "Khi bí thư xuống ruộng"})
    assert "Khi bí thư xuống ruộng" in anybody.get("/iii-2023/ket-qua").text
    with app.app_context():
        assert made.works[0].title == "Khi bí thư chi bộ xuống ruộng"
        assert {each.state for each in session.query(NameCorrection)} == {"confirmed"}
        assert any("“Khi bí thư xuống ruộng” đã đính chính" in each.body for each in session.query(Message))
        assert {each.title for each in session.query(PastWork)} >= {"Khi bí thư xuống ruộng"}
        assert len(rulings.after_decision(made.edition_id)[1]) == 2


def test_a_case_leads_to_taking_the_prize_back_with_its_code(app: Flask, made: Outcome) -> None:
    typed = {"subject": f"prize:{made.works[1].public_id}", "words": "Đăng trước thời gian quy định."}
    address = Visitor(app, made.chair).post("/iii-2023/kien-nghi/gui", typed).headers["Location"]
    organiser = Visitor(app, made.organiser)
    link = f"{PAGE}/thu-hoi/{key_of(app, made, 1)}?kien-nghi=KN-001"
    assert link in organiser.get(address).text
    assert link not in Visitor(app, made.secretary).get(address).text
    assert 'value="KN-001"' in organiser.get(link).text


def test_a_certificate_tells_whether_it_is_valid(app: Flask, made: Outcome) -> None:
    anybody = Visitor(app)
    with app.app_context():
        first, second = (each.code for each in session.query(Certificate).order_by(Certificate.id))
    valid = anybody.get(f"/chung-nhan/{first}").text
    for words in ("Có hiệu lực", "Khi bí thư chi bộ xuống ruộng", "Nguyễn Thị Vân (Hà Vân, Sông Mây)", "12-QĐ/BTCG"):
        assert words in valid
    assert anybody.get(f"/chung-nhan?ma={first.lower()}").status_code == 303
    both(app, made, f"{PAGE}/thu-hoi/{key_of(app, made, 1)}", PAPER)
    lost = anybody.get(f"/chung-nhan/{second}").text
    assert "Giải A đã thu hồi theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024. Giấy chứng nhận không còn" in lost
    word = {"field": "title", "after": "Khi bí thư xuống ruộng", "reason": "Ghi nhầm", "evidence": "Trang báo"}
    both(app, made, f"{PAGE}/dinh-chinh/{key_of(app, made, 0)}", word)
    corrected = anybody.get(f"/chung-nhan/{first}").text
    assert "Đã đính chính" in corrected
    assert "Giấy chứng nhận thay thế" in corrected
    assert "Khi bí thư xuống ruộng" in corrected
    both(app, made, f"{PAGE}/thu-hoi/{key_of(app, made, 0)}", PAPER)
    replaced = anybody.get(f"/chung-nhan/{first}").text
    assert "Giấy chứng nhận không còn giá trị" in replaced
    assert "Giấy chứng nhận thay thế" not in replaced
    assert anybody.get("/chung-nhan/ABCD-EFGH-JKLM").status_code == 404


def test_before_the_instant_no_certificate_is_known(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        early = outcome()
        early.decide()
        early.publish(now() + timedelta(hours=1))
        code = session.query(Certificate).first().code  # type: ignore[union-attr]
    anybody = Visitor(app)
    known, unknown = (anybody.get(f"/chung-nhan/{each}") for each in (code, "ABCDEFGHJKLM"))
    assert known.status_code == unknown.status_code == 404
    grouped = "-".join(code[n : n + 4] for n in (0, 4, 8))
    assert known.text.replace(grouped, "").replace(code, "") == unknown.text.replace("ABCD-EFGH-JKLM", "").replace(
        "ABCDEFGHJKLM", ""
    )


def test_the_revocation_has_its_paper(app: Flask, made: Outcome) -> None:
    answer = Visitor(app, made.organiser).get(f"{PAGE}/thu-hoi/{key_of(app, made, 1)}/quyet-dinh.docx")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


def test_the_kept_paper_names_body_and_signer_of_the_ruling_and_is_read_before_it_is_confirmed(
    app: Flask, made: Outcome
) -> None:
    with app.app_context(), unit_of_work():
        body = issuing_body(made.edition, signer="Người Ký Cũ", post="Trưởng Ban", authority="T/M BAN")
        settled(made.edition, "decision", body, recitals=["Căn cứ Quy chế trao giải"], number="12-QĐ/BTCG", day=DAY)
    other = {"body": "Ban Thường vụ Tỉnh ủy", "signatory": "Trần Văn Mới, Phó Bí thư"}
    organiser, door = Visitor(app, made.organiser), f"{PAGE}/thu-hoi/{key_of(app, made, 1)}"
    draft = " ".join(word_lines(organiser.get(f"{door}/quyet-dinh.docx").data))
    assert "12-QĐ/BTCG" not in draft.replace("tại Quyết định số 12-QĐ/BTCG", ""), "the number of another paper"
    assert "Căn cứ Quy chế trao giải" not in draft
    assert organiser.post(door, PAPER | other).status_code == 303
    page = Visitor(app, made.secretary).get(PAGE).text
    for words in ("Ban Thường vụ Tỉnh ủy", "Trần Văn Mới, Phó Bí thư", "Lý do: Tác phẩm đã đăng trước"):
        assert words in page
    assert Visitor(app, made.secretary).post(f"{PAGE}/xac-nhan/{waiting(app)}").status_code == 303
    with app.app_context():
        kept = repr(session.query(IssuedPaper).filter_by(kind="revocation").one().content)
    assert all(words in kept for words in ("Ban Thường vụ Tỉnh ủy", "Trần Văn Mới", "Phó Bí thư"))
    assert not any(words in kept for words in ("Người Ký Cũ", "T/M BAN", "Căn cứ Quy chế trao giải"))
