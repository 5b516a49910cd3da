"""Openness about the judging: nothing before the results are public, then what the organiser decided, without names."""

import json

from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Countersign
from award.features import openly_of
from award.log.models import Event
from award.results.models import Decision, Disclosure, Publication
from judging.panels.models import Assignment
from judging.scoring.models import ScoreSheet
from tests import factories
from tests.judging.ranking.halls import hall
from tests.judging.rows import clause
from tests.visitor import Visitor

PAGE = "/iii-2023/cong-khai"


def test_what_is_open_is_decided_by_the_organiser_and_not_there_before_the_results(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=4, judges=2, later=False, shortlist=None)
        edition = of.bench.edition
        clause(edition, "tie_rule", text="tác phẩm có điểm tính phát hiện cao hơn")
        of.mark_all(*(((a, b, c), (a, b, c)) for a, b, c in ((10, 8, 6), (8, 6, 6), (6, 8, 6), (2, 4, 2))))
        of.freeze()
        assert openly_of(edition.id, ("judges", "agreement")) == [], "a round that is not over tells nothing"
        of.close()
        session.query(Assignment).order_by(Assignment.id).first().state = "recused"
        session.query(ScoreSheet).order_by(ScoreSheet.id.desc()).first().state = "draft"
        organiser, edition_id = factories.person("Ngô Thị Công Khai"), edition.id
        factories.appointment(edition, organiser, "organiser")
        paper = {"number": "12-QĐ/BTCG", "day": now().date(), "body": "Ban Tổ chức Giải", "signatory": "Trưởng Ban"}
        session.add(Decision(edition_id=edition.id, recorded_by_id=organiser.id, recorded_at=now(), **paper))
    visitor, anybody = Visitor(app, organiser), Visitor(app)
    said = {"parts": ["ties", "recusals"], "ground": "Kết luận phiên họp ngày 20/11/2023"}
    assert visitor.post(f"{PAGE}/quyet-dinh", {**said, "ground": ""}).status_code == 422
    assert visitor.post(f"{PAGE}/quyet-dinh", said).status_code == 303
    assert anybody.get(PAGE).status_code == 404, "decided, and still not there before the results"

    with app.app_context(), unit_of_work():
        told = {"act": "publish", "subject": "x", "proposed_by_id": organiser.id, "proposed_at": now()}
        sign = Countersign(edition_id=edition_id, **told)
        session.add(sign)
        session.flush()
        figures = {"received": 4, "eligible": 4, "prizes": 1}
        session.add(Publication(edition_id=edition_id, at=now(), countersign_id=sign.id, figures=figures))
    page = anybody.get(PAGE).text
    assert "Thành viên chấm" in page
    assert "giữ cùng thứ hạng" in page or "xếp trên theo" in page
    assert "Lượt không chấm" in page
    assert "Kết luận phiên họp ngày 20/11/2023" in page
    assert "Mức thống nhất" not in page
    assert "III-IN" not in page, "no work is named"
    with app.app_context():
        tables = {each.part: each.rows for each in openly_of(edition_id, ("judges", "agreement", "ties", "recusals"))}
        assert [row[2:] for row in tables["recusals"]] == [(1, 1, 0)]
        assert [row[2:] for row in tables["judges"]] == [(2, 4, 6)]
        assert str(tables["judges"][0][0])[0].isupper(), "the round bears its name as a heading does"
        assert sum(row[3] for row in tables["ties"]) in {1, 2}
        assert len(tables["agreement"]) == 1
    drawn = visitor.get("/iii-2023/thong-ke/tien-do").text
    assert 'class="bars" role="list" aria-label="Mức thống nhất giữa các thành viên"' in drawn
    agreed = visitor.get("/iii-2023/thong-ke/tien-do?bang=agreement&tai-ve=csv").data.decode("utf-8-sig")
    assert "Chỉ số, từ 0 đến 1" in agreed

    assert visitor.post(f"{PAGE}/quyet-dinh", {**said, "parts": []}).status_code == 303
    assert "Lượt không chấm" not in anybody.get(PAGE).text
    with app.app_context():
        assert session.query(Disclosure).one().ties is False
        told = session.query(Event).filter_by(kind="results.disclosed").order_by(Event.id)
        assert [json.loads(each.payload)["facts"]["ties"] for each in told] == [1, 0]
