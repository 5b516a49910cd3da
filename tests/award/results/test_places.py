"""Places of the structure after the decision: a prize lowered, into a place or beside them; a vacant one given."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from award import clock
from award.api.models import Webhook
from award.api.queries import untold
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause, PrizeLevel
from award.issued.models import IssuedPaper
from award.messages.models import Message
from award.results import front, papers_after, queries, rulings
from award.results.models import Certificate, Result, Ruling
from award.screening.models import Screening
from judging.proof.opened import outcome as proved
from tests import factories
from tests.award.documents.reading import word_lines
from tests.award.results.rows import Outcome, outcome
from tests.award.results.test_after import PAGE, PAPER, both, key_of, published, waiting
from tests.visitor import Visitor

LOWERED = PAPER | {"level": "A", "reason": "Chưa đạt yêu cầu của mức đã trao"}


@pytest.fixture
def made(app: Flask) -> Outcome:
    return published(app)


def program_reads(anybody: Visitor) -> dict[str, dict[str, Any]]:
    """Works with a prize as a program is told of them, by their key."""
    answer = anybody.get("/api/v1/editions/iii-2023/results/works").json
    assert answer is not None
    return {each["id"]: each for each in answer["items"]}


def test_a_prize_is_lowered_by_two_persons_and_everything_follows(app: Flask, made: Outcome) -> None:
    address, organiser = f"{PAGE}/ha-muc/{key_of(app, made, 0)}", Visitor(app, made.organiser)
    assert "Giải A (còn 1 vị trí)" in organiser.get(address).text
    assert "là mức thấp nhất" in organiser.get(f"{PAGE}/ha-muc/{key_of(app, made, 1)}").text
    assert organiser.post(address, LOWERED | {"level": "ĐB"}).status_code == 422
    draft = " ".join(word_lines(organiser.get(f"{address}/quyet-dinh.docx").data))
    assert "Chuyển giải Đặc biệt đã trao cho tác phẩm “Khi bí thư chi bộ xuống ruộng”" in draft
    both(app, made, address, LOWERED)
    anybody = Visitor(app)
    page = anybody.get("/iii-2023/ket-qua").text
    assert "Đã chuyển xuống giải A theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024." in page, "where it stood"
    told = "Chuyển từ giải Đặc biệt xuống theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024."
    assert told in page
    assert told in anybody.get(f"/iii-2023/ket-qua/{made.works[0].public_id}").text
    assert "Hạ mức giải" in anybody.get("/iii-2023/tin.atom").text
    told_programs = program_reads(anybody)[made.works[0].public_id]
    paper = {"number": "31-QĐ/BTCG", "day": "2024-01-05", "body": "Ban Tổ chức Giải"}
    assert [told_programs[name] for name in ("level", "given_by", "lowered_from", "revoked_by")] == [
        "A",
        paper,
        "Giải Đặc biệt",
        None,
    ]
    assert "Chuyển giải Đặc biệt của “Khi bí thư chi bộ xuống ruộng” xuống giải A" in organiser.get(PAGE).text
    with app.app_context():
        told = untold(Webhook(id=0), made.edition, (), now())
        assert [(kind, key) for _event, kind, key, _code in told] == [
            ("results.changed", made.works[0].public_id),
            ("results.published", None),
        ]
        prize = session.query(Result).filter_by(entry_id=made.works[0].id).one()
        assert (prize.prize_level_id, prize.state) == (made.levels["A"].id, "decided")
        old, new = session.query(Certificate).filter_by(result_id=prize.id).order_by(Certificate.id)
        assert (old.state, old.replaced_by_id, new.state) == ("corrected", new.id, "valid")
        (kept,) = session.query(IssuedPaper).filter_by(kind="lowering")
        assert "tại Quyết định số 12-QĐ/BTCG xuống giải A. Lý do: Chưa đạt yêu cầu" in repr(kept.content)
        (again,) = [papers_after.written(made.edition, each).body[0] for each in session.query(Ruling)]
        assert "tại Quyết định số 12-QĐ/BTCG xuống giải A" in repr(again), "not its own number"
        letters = [each.body for each in session.query(Message) if "chuyển xuống giải A" in each.body]
        assert len(letters) == 1
        assert letters[0].startswith("Giải Đặc biệt của tác phẩm “Khi bí thư chi bộ xuống ruộng”")
        assert queries.publication(made.edition_id).figures["prizes"] == 2  # type: ignore[union-attr]
    certificate = Visitor(app).get(f"/chung-nhan/{old.code}").text
    assert all(words in certificate for words in ("Đã đính chính", "Giải A", "31-QĐ/BTCG"))


def test_beside_the_places_it_takes_none_and_the_vacant_one_goes_to_whom_a_paper_names(
    app: Flask, made: Outcome
) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(PrizeLevel, made.levels["A"].id).quota = 1
        code = session.query(Screening).filter_by(entry_id=made.works[2].id).one().blind_code
    address, organiser = f"{PAGE}/ha-muc/{key_of(app, made, 0)}", Visitor(app, made.organiser)
    special, second = (f"{PAGE}/trao/{made.levels[level].public_id}" for level in ("ĐB", "A"))
    assert [organiser.get(each).status_code for each in (special, second)] == [403, 403], "no place is vacant"
    full = organiser.post(address, LOWERED)
    assert (full.status_code, "đề nghị 2, số lượng theo Thể lệ là 1" in full.text) == (422, True)
    both(app, made, address, LOWERED | {"beyond": "y"})
    with app.app_context():
        assert "ngoài cơ cấu giải" in repr(session.query(IssuedPaper).filter_by(kind="lowering").one().content)
        assert [rulings.given(made.levels[level].id) for level in ("ĐB", "A")] == [0, 1]
        levels, works = queries.ladder(made.edition_id, "decided")
        assert [(each.given, each.vacant) for each in front.by_level(works, levels)] == [(0, 1), (2, 0)]
    assert special in organiser.get(PAGE).text
    page = organiser.get(special).text
    assert "Người giữ lửa ở Khánh Sơn" in page
    assert "Trao giải Đặc biệt còn khuyết theo Quyết định số 12-QĐ/BTCG cho tác phẩm" in " ".join(
        word_lines(organiser.get(f"{special}/quyet-dinh.docx").data)
    )
    given = PAPER | {"number": "32-QĐ/BTCG", "reason": "Hội đồng đề nghị bổ sung"}
    assert "Không có tác phẩm đủ điều kiện mang mã này" in organiser.post(special, given | {"code": "III-IN-999"}).text
    both(app, made, special, given | {"code": str(code).lower()})
    assert "Trao theo Quyết định số 32-QĐ/BTCG, ngày 05/01/2024." in Visitor(app).get("/iii-2023/ket-qua").text
    given_later = program_reads(Visitor(app))[made.works[2].public_id]
    assert (given_later["given_by"]["number"], given_later["lowered_from"]) == ("32-QĐ/BTCG", None)
    with app.app_context():
        prize = session.query(Result).filter_by(entry_id=made.works[2].id).one()
        assert (prize.prize_level_id, prize.state) == (made.levels["ĐB"].id, "decided")
        assert session.query(Certificate).filter_by(result_id=prize.id, state="valid").count() == 1
        ruling = session.query(Ruling).filter_by(kind="awarded").one()
        assert (ruling.in_place_of_id, ruling.level_id, ruling.result_id) == (None, made.levels["ĐB"].id, prize.id)
        proposed = [[made.works[0].id, "ĐB"], [made.works[1].id, "A"]]
        assert sorted(proved(made.edition)["prizes"]) == proposed, "the proof holds what the council proposed"
    assert organiser.get(special).status_code == 403


def test_what_was_lowered_before_the_instant_had_no_other_level_for_the_public(app: Flask) -> None:
    at = now() + timedelta(hours=1)
    with app.app_context(), unit_of_work():
        early = outcome()
        early.decide()
        early.publish(at)
    both(app, early, f"{PAGE}/ha-muc/{key_of(app, early, 0)}", LOWERED)
    with app.app_context():
        assert [kind for _event, kind, _key, _code in untold(Webhook(id=0), early.edition, (), at)] == [
            "results.published"
        ]
    with clock.stopped_at(at):
        page, told = Visitor(app).get("/iii-2023/ket-qua").text, program_reads(Visitor(app))
    one = told[early.works[0].public_id]
    assert (one["level"], one["given_by"]["number"], one["lowered_from"]) == ("A", "31-QĐ/BTCG", None)
    assert "Trao theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024." in page
    assert not any(words in page for words in ("Chuyển từ", "Đã chuyển xuống"))


def test_the_clause_on_two_prizes_of_one_work_binds_who_gives_a_vacant_place(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        session.get_one(PrizeLevel, made.levels["ĐB"].id).quota = 2
        theme = factories.prize_level(made.edition, rank=3, code="CĐ", name="Giải Chuyên đề", kind="thematic")
        of = {"edition_id": made.edition_id, "entry_id": made.works[2].id, "prize_level_id": theme.id}
        session.add(Result(**of, kind="thematic", state="decided", decided_at=now()))
    address, organiser = f"{PAGE}/trao/{made.levels['ĐB'].public_id}", Visitor(app, made.organiser)
    typed = PAPER | {"code": made.works[2].code, "reason": "Hội đồng đề nghị bổ sung"}
    assert "Người giữ lửa ở Khánh Sơn" not in organiser.get(address).text
    refused = organiser.post(address, typed)
    assert (refused.status_code, "Tác phẩm đã có Giải Chuyên đề; Thể lệ không cho" in refused.text) == (422, True)
    with app.app_context(), unit_of_work():
        clause = Clause(edition_id=made.edition_id, code="thematic_and_main", value={"yes": True})
        session.add(clause)
    assert "Người giữ lửa ở Khánh Sơn" in organiser.get(address).text
    assert organiser.post(address, typed).status_code == 303
    with app.app_context(), unit_of_work():
        session.delete(session.get_one(Clause, clause.id))
    confirming = f"{PAGE}/xac-nhan/{waiting(app)}"
    assert Visitor(app, made.secretary).post(confirming).status_code == 403, (
        "the rules speak at the second signature too"
    )
    with app.app_context():
        assert session.query(Result).filter_by(entry_id=made.works[2].id, kind="main").count() == 0
