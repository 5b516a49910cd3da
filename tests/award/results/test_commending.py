"""Bodies are commended by a paper of their own where the organiser says so, beside the prizes."""

from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.documents.typeset import pdf
from award.results import matters, papers, papers_after, papers_commendation, queries
from award.results.models import Certificate, Honour
from tests import factories
from tests.award.documents.reading import pages_of
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import NUMBER, Outcome, outcome
from tests.visitor import Visitor

AT = "/iii-2023/quyet-dinh/khen-thuong"
WHO = "Đảng ủy phường Ninh Hòa"
PAPER = {"number": "77-QĐ/TU", "day": "21/11/2023", "body": "Tỉnh ủy Khánh Hòa", "signatory": "Nguyễn An, Phó Bí thư"}


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        made = outcome()
        level = factories.prize_level(
            made.edition, rank=9, code="BK", name="Bằng khen tập thể", quota=3, kind="collective"
        )
        session.add(Honour(edition_id=made.edition_id, prize_level_id=level.id, recipient=WHO, reason="Mười bài"))
    return made


def test_a_body_is_commended_by_its_own_paper_and_its_certificate_rests_on_it(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    assert organiser.post(AT, PAPER).status_code == 403, "together unless somebody says otherwise"
    assert organiser.post(f"{AT}/rieng", {"apart": "1"}).status_code == 303
    with app.app_context(), unit_of_work():
        settled(made.edition, "commendation", issuing_body(made.edition, name="Tỉnh ủy Khánh Hòa", symbol="TU"))
        made.decide()
        assert [each.state for each in session.query(Honour)] == ["proposed"]
        told = [write(made.edition) for write in (papers.decision, papers_commendation.commendation)]
        prizes, own = (" ".join(pages_of(pdf(paper))) for paper in told)
        assert WHO not in prizes
        assert WHO in own
        assert "Chưa ghi quyết định khen thưởng tập thể, cá nhân." in matters.open_matters(made.edition)
        assert WHO not in " ".join(pages_of(pdf(papers.notice(made.edition)))), "nobody has commended them yet"
    assert Visitor(app, made.secretary).post(AT, PAPER).status_code == 403
    asked = organiser.get(AT, query_string=PAPER).text
    assert "Ghi quyết định khen thưởng số 77-QĐ/TU, ngày 21/11/2023?" in asked
    assert "1 tập thể, cá nhân được ghi là được khen." in asked
    with app.app_context():
        assert {each.state for each in session.query(Honour)} == {"proposed"}, "nothing is recorded by looking"
    assert organiser.post(AT, PAPER).status_code == 303
    with app.app_context():
        assert [each.state for each in session.query(Honour)] == ["decided"]
        assert session.query(Certificate).filter(Certificate.honour_id.is_not(None)).count() == 1
        assert WHO not in {each.recipient for each in papers.certificates(made.edition, each_author=False)[0]}
        (given,), issuer = papers.commended(made.edition)
        assert given.ground == "Theo Quyết định số 77-QĐ/TU, ngày 21/11/2023 của Tỉnh ủy Khánh Hòa"
        assert given.dateline.endswith("ngày 21 tháng 11 năm 2023")
        assert issuer.body == "Tỉnh ủy Khánh Hòa"
        told = " ".join(pages_of(pdf(papers.notice(made.edition))))
        assert WHO in told
        assert "77-QĐ/TU" in told
        assert queries.figures(made.edition_id)["honours"] == 1
    assert organiser.get("/iii-2023/quyet-dinh/giay-chung-nhan.pdf?apart=1").mimetype == "application/pdf"
    assert "77-QĐ/TU" in organiser.get("/iii-2023/van-ban-da-ban-hanh").text
    assert organiser.post(f"{AT}/rieng", {"apart": "0"}).status_code == 403
    with app.app_context(), unit_of_work():
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
        honour = session.query(Honour).one()
        code = session.query(Certificate).filter_by(honour_id=honour.id).one().code
        revoking = repr(papers_after.revocation(made.edition, honour, None).body)
    told = Visitor(app).get(f"/chung-nhan/{code}").text
    for words in (told, revoking):
        assert "77-QĐ/TU" in words, "its own paper, not that of the prizes"
        assert NUMBER not in words


def test_nobody_is_commended_unseen_once_an_instant_is_set(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    assert organiser.post(f"{AT}/rieng", {"apart": "1"}).status_code == 303
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1))
    assert organiser.post(AT, PAPER).status_code == 403


def test_an_honour_that_is_refused_can_be_set_aside_until_its_own_paper_is_recorded(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    assert organiser.post(f"{AT}/rieng", {"apart": "1"}).status_code == 303
    with app.app_context(), unit_of_work():
        made.decide()
        honour = session.query(Honour).one()
        session.add(Honour(edition_id=made.edition_id, prize_level_id=honour.prize_level_id, recipient="Báo Khánh Hòa"))
        refused = f"/iii-2023/quyet-dinh/tap-the/{honour.public_id}/khong-trao"
    assert refused in organiser.get("/iii-2023/quyet-dinh").text
    assert organiser.post(refused, {"reason": "Tỉnh ủy không đồng ý"}).status_code == 303
    assert organiser.post(AT, PAPER).status_code == 303
    with app.app_context():
        (left,) = session.query(Honour)
        assert (left.recipient, left.state) == ("Báo Khánh Hòa", "decided")
        other = f"/iii-2023/quyet-dinh/tap-the/{left.public_id}/khong-trao"
    assert organiser.post(other, {"reason": "Muộn"}).status_code == 403
