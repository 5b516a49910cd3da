"""Bodies are asked before the decision: who has not answered is named, and what was answered is followed and told."""

from datetime import date, timedelta

import pytest
from flask import Flask

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.documents.paper import FORM_CODES, FormCode
from award.documents.typeset import pdf
from award.log.models import Event
from award.opinions import queries
from award.opinions.models import Opinion
from award.results import later, papers_submission, rechecked, rulings
from award.results import queries as results
from award.results.models import SetAside
from tests.award.documents.reading import pages_of
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

AT, DECISION = "/iii-2023/xin-y-kien", "/iii-2023/quyet-dinh"
WHO = "Thường trực Tỉnh ủy"


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def day(days: int) -> str:
    return dates.day(dates.local(now()).date() + timedelta(days=days))


def asked(app: Flask, made: Outcome) -> str:
    """The secretariat records that a body was asked; gives the address of its page."""
    typed = {"body": WHO, "asked_on": day(0), "paper": "05-TTr/BTCG", "due_day": day(7)}
    answer = Visitor(app, made.secretary).post(AT, typed)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_a_body_without_answer_is_named_before_the_decision_and_an_answer_takes_it_off(
    app: Flask, made: Outcome
) -> None:
    secretary, organiser = Visitor(app, made.secretary), Visitor(app, made.organiser)
    page = asked(app, made)
    waits = f"{WHO} chưa trả lời (gửi ngày {day(0)}, hạn ngày {day(7)})."
    assert waits in organiser.get(DECISION).text
    vague = secretary.post(f"{page}/tra-loi", {"stance": "agrees_in_part", "answered_on": day(0)})
    assert vague.status_code == 422
    assert "Chưa ghi nội dung ý kiến." in vague.text
    said = {"stance": "agrees_in_part", "answered_on": day(0), "by_paper": "77-CV/VPTU", "words": "Xem lại giải A."}
    assert secretary.post(f"{page}/tra-loi", said).status_code == 303
    assert waits not in organiser.get(DECISION).text
    assert secretary.post(f"{page}/tra-loi", said).status_code == 403
    assert secretary.post(f"{page}/ghi-lai", {"reason": "Nhầm"}).status_code == 403
    assert organiser.post(f"{page}/ghi-lai", {"reason": "Ghi nhầm văn bản"}).status_code == 303
    assert waits in organiser.get(DECISION).text
    with app.app_context():
        told = [each.kind for each in session.query(Event).filter(Event.kind.like("opinion.%")).order_by(Event.id)]
        assert told == ["opinion.asked", "opinion.answered", "opinion.reopened"]


def test_what_was_looked_at_again_stands_on_the_page_and_in_the_memo_to_who_is_asked(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    page = asked(app, made)
    asked_too = {"body": "Hội Nhà báo tỉnh", "asked_on": day(0)}
    assert organiser.post(AT, asked_too).status_code == 303
    said = {"stance": "agrees_in_part", "answered_on": day(0), "by_paper": "77-CV/VPTU", "words": "Xem lại giải A."}
    assert organiser.post(f"{page}/tra-loi", said).status_code == 303
    with app.app_context(), unit_of_work():
        (one,) = queries.answered(made.edition_id)
        second = next(each for each, _level, entry in results.prizes(made.edition_id) if entry.id == made.works[1].id)
        aside, opinion = f"{DECISION}/{second.public_id}/khong-trao", one.public_id
        first = next(each for each, _level, entry in results.prizes(made.edition_id) if entry.id == made.works[0].id)
        mending = f"/iii-2023/sau-cong-bo/dinh-chinh/{first.public_id}"
    word = {"field": "title", "after": "Tên đúng", "reason": "Sai chữ", "evidence": "Trang báo ngày 01/3/2023"}
    assert "Tên tác phẩm: Khi bí thư chi bộ xuống ruộng" in organiser.get(mending).text
    assert organiser.post(mending, word).status_code == 303
    assert WHO in organiser.get(aside).text
    assert organiser.post(aside, {"reason": "Đã đăng trước", "opinion": opinion}).status_code == 303
    kept = organiser.post(f"{page}/ghi-lai", {"reason": "Nhầm"})
    assert (kept.status_code, "không trao theo ý kiến này" in kept.text) == (403, True)
    assert "1 đề nghị sửa tên chờ người thứ hai xác nhận." in organiser.get(DECISION).text
    with app.app_context(), unit_of_work():
        ((waits,), _done) = rulings.after_decision(made.edition_id)
        later.confirm(by=made.by(made.secretary), edition=made.edition, sign=waits.sign)
    shown = organiser.get(DECISION).text
    for words in ("Đường về bản xa", "Đã đăng trước", f"Theo ý kiến của {WHO}", "<ins>Tên đúng</ins>"):
        assert words in shown
    with app.app_context():
        assert [each.opinion_id for each in session.query(SetAside)] == [one.id]
        memo = " ".join(pages_of(pdf(papers_submission.submission(made.edition))))
    for words in (
        "Kính trình: Hội Nhà báo tỉnh",
        "Thường trực Tỉnh ủy: thống nhất một phần, có ý kiến (văn bản số 77-CV/",
        "Không trao giải A cho tác phẩm “Đường về bản xa”: Đã đăng trước.",
        "sửa thành “Tên đúng”",
        "đề nghị trao giải, khen thưởng 2 tác phẩm, gồm 1 giải Đặc biệt và 1 giải A; sau rà soát còn 1 tác phẩm,",
        "tác phẩm đề nghị trao giải, Giải",
        "DANH SÁCH",
    ):
        assert words in memo
    with app.app_context(), unit_of_work():
        made.decide()
        (given,) = results.prize_works(made.edition_id, "decided")
        assert (given.title, given.corrected) == ("Tên đúng", ()), "the decision says it already: no note follows"
        assert len(rechecked.since_proposed(made.edition_id).mended) == 1


@pytest.mark.parametrize("form", FORM_CODES)
def test_the_memo_greets_as_its_form_does_and_is_kept_with_its_number(
    app: Flask, made: Outcome, form: FormCode
) -> None:
    with app.app_context(), unit_of_work():
        session.add(
            Opinion(edition_id=made.edition_id, body=WHO, asked_on=date(2023, 11, 1), recorded_by_id=made.organiser.id)
        )
        settled(made.edition, "submission", issuing_body(made.edition, form=form), number="05", day=date(2023, 11, 1))
    with app.app_context():
        whole = " ".join(pages_of(pdf(papers_submission.submission(made.edition))))
    greeting, number = ("Kính gửi", "05/TTr-BTCG") if form == "nd30" else ("Kính trình", "05-TTr/BTCG")
    assert f"{greeting}: {WHO}" in whole
    assert number in whole
    assert "TỜ TRÌNH" in whole


def test_a_request_that_is_withdrawn_stays_to_be_read_and_counts_no_longer(app: Flask, made: Outcome) -> None:
    page, secretary = asked(app, made), Visitor(app, made.secretary)
    assert Visitor(app, made.chair).get(page).status_code == 403
    assert Visitor(app).get(page).status_code == 302
    assert f"{WHO} chưa trả lời" in secretary.get(DECISION).text
    vague = secretary.post(f"{page}/rut")
    assert (vague.status_code, "Chưa ghi lý do." in vague.text) == (422, True)
    assert secretary.post(f"{page}/rut", {"reason": "Đã xin ý kiến tại cuộc họp."}).status_code == 303
    for shown in (secretary.get(AT).text, Visitor(app, made.organiser).get(page).text):
        assert "Đã xin ý kiến tại cuộc họp." in shown
        assert f"{made.secretary.legal_name} ghi lúc " in shown
    assert f"{WHO} chưa trả lời" not in secretary.get(DECISION).text
    said = {"stance": "agrees", "answered_on": day(0), "reason": "Nhầm"}
    for deed in ("tra-loi", "ghi-lai", "rut", "tep/khong-co/bo"):
        assert secretary.post(f"{page}/{deed}", said).status_code == 403
    with app.app_context():
        memo = " ".join(pages_of(pdf(papers_submission.submission(made.edition))))
        told = session.query(Event).filter(Event.kind == "opinion.withdrawn").one()
        assert told.actor_id == made.secretary.id
    assert f"Kính trình: {WHO}" not in memo
