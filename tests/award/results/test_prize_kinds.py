"""From the council's hands to the public page: a work with two prizes, a body and a person with one of their own."""

from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.log.models import Event, EventDetail
from award.messages.models import Message
from award.nominations import queries as national
from award.paging import Turn
from award.results import operations, queries, tasks
from award.results.matters import open_matters
from award.results.models import Honour, Result
from award.results.operations import HonourRow, OutcomeRow, record_outcome
from award.verdicts import Refused
from tests import factories
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

DECISION, PUBLIC = "/iii-2023/quyet-dinh", "/iii-2023/ket-qua"


def levels_added(made: Outcome) -> None:
    for rank, code, name, kind, quota in (
        (3, "CD", "Giải Chuyên đề", "thematic", 2),
        (4, "TT", "Bằng khen tập thể", "collective", 2),
        (5, "NV", "Nhân vật tiêu biểu", "person", 1),
    ):
        made.levels[code] = factories.prize_level(made.edition, rank=rank, code=code, name=name, kind=kind, quota=quota)


@pytest.fixture
def made(app: Flask) -> Outcome:
    """The first work has the special prize and a thematic one; one body and one person are proposed."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        levels_added(made)
        first, second, _third = made.works
        rows = [
            OutcomeRow(first.id, made.levels["ĐB"].id),
            OutcomeRow(first.id, made.levels["CD"].id, theme="Cán bộ trẻ"),
            OutcomeRow(second.id, made.levels["A"].id),
        ]
        honours = [
            HonourRow(made.levels["TT"].id, "Báo Biển Xanh", reason="Có nhiều tác phẩm"),
            HonourRow(made.levels["NV"].id, "Già làng Suối Đá", entry_id=second.id, reason="Giữ rừng"),
        ]
        record_outcome(by=made.by(made.chair), edition=made.edition, rows=rows, honours=honours)
    return made


def published(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


@pytest.mark.parametrize("kind", ["honour to a work", "prize to a body", "too many bodies"])
def test_an_outcome_that_mixes_kinds_or_passes_a_quota_is_refused(app: Flask, kind: str) -> None:
    with app.app_context():
        with unit_of_work():
            made = outcome(proposed=False)
            levels_added(made)
        level = {code: each.id for code, each in made.levels.items()}
        rows = [OutcomeRow(made.works[0].id, level["TT" if kind == "honour to a work" else "A"])]
        bodies = {"prize to a body": [("CD", "Báo")], "too many bodies": [("TT", f"Báo {n}") for n in range(3)]}
        honours = [HonourRow(level[code], name) for code, name in bodies.get(kind, [])]
        with pytest.raises(Refused) as refused, unit_of_work():
            record_outcome(by=made.by(made.chair), edition=made.edition, rows=rows, honours=honours)
        assert refused.value.verdict.code == ("quota" if kind == "too many bodies" else "kind")
        assert (session.query(Result).count(), session.query(Honour).count()) == (0, 0)


def test_the_decision_page_lists_every_kind_and_decides_all_at_once(app: Flask, made: Outcome) -> None:
    organiser = Visitor(app, made.organiser)
    page = organiser.get(DECISION).text
    for words in ("Chuyên đề: Cán bộ trẻ", "Báo Biển Xanh", "Có nhiều tác phẩm", "Già làng Suối Đá"):
        assert words in page
    assert "Trong tác phẩm “Đường về bản xa”" in page
    with app.app_context():
        with unit_of_work():
            made.decide()
        assert {each.state for each in session.query(Honour)} == {"decided"}
        event = session.query(Event).filter_by(kind="results.decided").one()
        assert b'"prizes":5' in event.payload


def test_an_honour_is_set_aside_with_a_reason_and_its_place_is_vacant(app: Flask, made: Outcome) -> None:
    with app.app_context():
        key = session.query(Honour).filter_by(recipient="Báo Biển Xanh").one().public_id
    organiser, address = Visitor(app, made.organiser), f"{DECISION}/tap-the/{key}/khong-trao"
    assert "Không trao bằng khen tập thể cho Báo Biển Xanh?" in organiser.get(address).text
    assert organiser.post(address, {"reason": ""}).status_code == 422
    assert Visitor(app, made.secretary).post(address, {"reason": "Xin rút"}).status_code == 403
    assert organiser.post(address, {"reason": "Xin rút"}).status_code == 303
    assert organiser.get(address).status_code == 404
    with app.app_context():
        assert [each.recipient for each in session.query(Honour)] == ["Già làng Suối Đá"]
        event = session.query(Event).filter_by(kind="result.set_aside").one()
        detail = session.query(EventDetail).filter_by(event_id=event.id).one().detail
        assert (detail["reason"], detail["recipient"]) == ("Xin rút", "Báo Biển Xanh")
        assert b"Xanh" not in event.payload
        assert "Bằng khen tập thể: khuyết 2 vị trí." in open_matters(made.edition)


def test_the_public_page_tells_of_bodies_and_counts_a_work_once(app: Flask, made: Outcome) -> None:
    published(app, made)
    page = Visitor(app).get(PUBLIC).text
    assert "2 tác phẩm đoạt giải" in page
    assert "2 tập thể, cá nhân được khen" in page
    for words in ("Chuyên đề: Cán bộ trẻ", "Báo Biển Xanh", "Già làng Suối Đá", "Giữ rừng"):
        assert words in page
    found = Visitor(app).get(f"{PUBLIC}?tim=bien+xanh").text
    assert "Có nhiều tác phẩm" in found
    assert "Già làng" not in found
    work = Visitor(app).get(f"{PUBLIC}/{made.works[0].public_id}").text
    assert work.index("Giải Đặc biệt</span>") < work.index("Giải Chuyên đề</span>")
    assert "Chuyên đề: Cán bộ trẻ" in work
    with app.app_context():
        publication = queries.publication(made.edition_id)
        assert publication is not None
        assert (publication.figures["prizes"], publication.figures["honours"]) == (2, 2)


def test_before_the_instant_nobody_reads_of_bodies(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1))
    answer = Visitor(app).get(PUBLIC)
    assert answer.status_code == 404
    assert "Báo Biển Xanh" not in answer.text


def test_the_letter_names_every_prize_of_the_work_and_goes_out_once(app: Flask, made: Outcome) -> None:
    published(app, made)
    with app.test_request_context():
        tasks.published(made.edition_id)
        letters = [m.body for m in session.query(Message).filter(Message.kind == "winner")]
        title = "Khi bí thư chi bộ xuống ruộng"
        (letter,) = [body for body in letters if title in body and "Trân trọng chúc mừng" in body]
        assert "đoạt giải Đặc biệt và giải Chuyên đề, theo Quyết định" in letter


def test_a_work_with_two_prizes_is_one_candidate_for_the_national_award(app: Flask, made: Outcome) -> None:
    published(app, made)
    with app.app_context():
        found = national.candidates(made.edition_id, None).rows
        assert [(each.entry.title, each.level) for each in found] == [
            ("Khi bí thư chi bộ xuống ruộng", "Giải Đặc biệt; Giải Chuyên đề"),
            ("Đường về bản xa", "Giải A"),
        ]
        after = national.candidates(made.edition_id, None, Turn(found[0].entry.public_id))
        assert [each.entry.title for each in after.rows] == ["Đường về bản xa"]


def test_an_honour_alone_is_an_outcome(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        levels_added(made)
        honours = [HonourRow(made.levels["TT"].id, "Báo Biển Xanh")]
        assert not queries.has_outcome(made.edition_id)
        operations.record_outcome(by=made.by(made.chair), edition=made.edition, rows=[], honours=honours)
        assert queries.has_outcome(made.edition_id)
