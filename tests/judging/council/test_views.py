"""The council's room as its heads use it and as others read it."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import PrizeLevel
from award.results.models import Result
from judging.council.models import HonourProposal, Proposal
from judging.panels.models import Conflict
from tests import factories
from tests.judging.ranking.halls import House, hall
from tests.judging.rows import clause

ROOM = "/iii-2023/de-nghi-giai"


@pytest.fixture
def house(app: Flask) -> House:
    """The last round is closed with 24, 20, 20 steps; one place at level A and one at level B."""
    with app.app_context(), unit_of_work():
        of = hall(works=3, judges=1, later=False, shortlist=None)
        factories.prize_level(of.bench.edition, rank=1, code="A", name="Giải A", quota=1)
        factories.prize_level(of.bench.edition, rank=2, code="B", name="Giải B", quota=1)
        of.mark_all(((10, 8, 6),), ((8, 6, 6),), ((6, 8, 6),))
        of.freeze()
        of.close()
    return House(app, of)


def level(house: House, code: str) -> str:
    with house.at_work():
        return session.scalars(select(PrizeLevel.public_id).where(PrizeLevel.code == code)).one()


def propose(house: House, number: int, code: str, reason: str = "") -> tuple[int, str]:
    form = {"level": level(house, code) if code else "", "reason": reason}
    answer = house.chair.post(f"{ROOM}/{house.keys[number]}", form)
    return answer.status_code, answer.text


def proposed(house: House) -> dict[str, str]:
    with house.at_work() as of:
        keys = {entry.id: entry.public_id for entry in of.works}
        codes = {row.id: row.code for row in session.scalars(select(PrizeLevel))}
        return {keys[row.entry_id]: codes[row.prize_level_id] for row in session.scalars(select(Proposal))}


def test_a_level_is_given_replaced_and_taken_back_in_one_row(house: House) -> None:
    first = house.keys[0]
    answer = house.chair.post(f"{ROOM}/{first}", {"level": level(house, "B"), "reason": "Hay."})
    assert (answer.status_code, answer.location) == (303, f"{ROOM}#{first}")
    assert proposed(house) == {first: "B"}
    text = house.read(house.of.chair, ROOM)
    assert 'value="Hay."' in text
    assert "Giải A (còn 1)" in text
    assert "Giải B (còn 0)" in text
    propose(house, 0, "A")
    assert proposed(house) == {first: "A"}
    propose(house, 0, "")
    assert proposed(house) == {}
    assert propose(house, 0, "")[0] == 303


def test_a_full_level_comes_back_with_its_sentence_and_what_was_typed(house: House) -> None:
    propose(house, 0, "A")
    status, text = propose(house, 1, "A", reason="Viết công phu.")
    assert status == 422
    assert "Giải A: đề nghị 2, số lượng theo Thể lệ là 1." in text
    assert 'value="Viết công phu."' in text
    assert proposed(house) == {house.keys[0]: "A"}


def test_a_level_that_is_none_of_this_edition_takes_nothing_back(house: House) -> None:
    propose(house, 0, "A")
    assert house.chair.post(f"{ROOM}/{house.keys[0]}", {"level": "zzzzzzzzzzzz"}).status_code == 404
    assert proposed(house) == {house.keys[0]: "A"}


def test_equal_scores_at_different_levels_are_marked_with_what_the_rules_say(house: House) -> None:
    with house.at_work() as of:
        clause(of.edition, "tie_rule", text="tác phẩm có điểm Tính phát hiện cao hơn.")
    assert "Bằng điểm với" not in house.read(house.of.chair, ROOM)
    propose(house, 1, "A")
    text = house.read(house.of.chair, ROOM)
    assert "Bằng điểm với III-IN-003, mức giải khác nhau" in text
    assert "Bằng điểm với III-IN-002, mức giải khác nhau" in text
    assert "Theo khoản 1 Điều 5 Quy chế, xét tiếp: tác phẩm có điểm Tính phát hiện cao hơn." in text


def test_who_stepped_aside_is_named_and_who_is_kept_away_has_no_form(house: House) -> None:
    with house.at_work() as of:
        of.assignment(of.bench.judges[0], of.works[0]).state = "recused"
        tie = {"relation": "relative", "source": "declared", "edition_id": of.edition.id, "entry_id": of.works[0].id}
        session.add(Conflict(person_id=of.chair.id, **tie))
    chairs = house.read(house.of.chair, ROOM)
    assert "Không tham gia do có liên quan: Nguyễn Thị Vân" in chairs
    assert f"{ROOM}/{house.keys[0]}" not in chairs
    assert "6,00" not in chairs
    deputys = house.read(house.of.deputy, ROOM)
    assert f"{ROOM}/{house.keys[0]}" in deputys
    assert "6,00" in deputys
    assert propose(house, 0, "A")[0] == 422
    assert proposed(house) == {}


@pytest.mark.parametrize("who", ["secretary", "organiser", "auditor"])
def test_others_read_what_is_proposed_and_end_nothing(house: House, who: str) -> None:
    propose(house, 0, "A", reason="Dẫn đầu.")
    reader = house.of.lookers[who]
    text = house.read(reader, ROOM)
    assert "Dẫn đầu." in text
    assert "<select" not in text
    assert "Kết thúc đề nghị giải" not in text
    assert house.visitor(reader).get(f"{ROOM}/ket-thuc").status_code == 403
    assert house.visitor(reader).post(f"{ROOM}/ket-thuc").status_code == 403


def test_the_end_asks_first_and_says_what_stays_vacant(house: House) -> None:
    assert "Kết thúc đề nghị giải" not in house.read(house.of.chair, ROOM)
    propose(house, 0, "A")
    assert f"{ROOM}/ket-thuc" in house.read(house.of.chair, ROOM)
    asked = house.read(house.of.chair, f"{ROOM}/ket-thuc")
    assert "1 giải được chuyển đến Ban Tổ chức Giải, 1 vị trí để khuyết" in asked
    answer = house.chair.post(f"{ROOM}/ket-thuc")
    assert (answer.status_code, answer.location) == (303, ROOM)
    text = house.read(house.of.chair, ROOM)
    assert "Khuyết" in text
    assert "<select" not in text
    assert house.chair.post(f"{ROOM}/ket-thuc").status_code == 403
    assert propose(house, 1, "B")[0] == 403
    with house.at_work():
        assert len(session.scalars(select(Result)).all()) == 1


def test_ending_with_nothing_proposed_stays_in_the_room(house: House) -> None:
    answer = house.chair.post(f"{ROOM}/ket-thuc")
    assert answer.status_code == 422
    assert "Chưa có đề nghị giải nào." in answer.text


def test_the_desk_leads_the_heads_here_until_the_end(house: House) -> None:
    assert "Đề nghị mức giải" in house.read(house.of.deputy, "/ban-lam-viec")
    propose(house, 0, "A")
    assert "Đã đề nghị 1 giải." in house.read(house.of.chair, "/ban-lam-viec")
    house.chair.post(f"{ROOM}/ket-thuc")
    assert "Đề nghị mức giải" not in house.read(house.of.chair, "/ban-lam-viec")
    assert "Đề nghị mức giải" not in house.read(house.of.secretary, "/ban-lam-viec")


def kinds(house: House, *, both: bool) -> None:
    """Thematic prizes for two named themes, two for bodies, one for a person."""
    with house.at_work() as of:
        themes = ["Cán bộ trẻ", "Cơ sở đảng"]
        for rank, code, name, kind in (
            (3, "CD", "Giải Chuyên đề", "thematic"),
            (4, "TT", "Bằng khen tập thể", "collective"),
            (5, "NV", "Nhân vật tiêu biểu", "person"),
        ):
            listed = themes if kind == "thematic" else []
            factories.prize_level(
                of.edition,
                rank=rank,
                code=code,
                name=name,
                kind=kind,
                quota=1 if kind == "person" else 2,
                themes=listed,
            )
        clause(of.edition, "thematic_and_main", yes=both)


def test_where_a_work_holds_one_prize_one_field_asks_for_it(house: House) -> None:
    kinds(house, both=False)
    text = house.read(house.of.chair, ROOM)
    assert 'name="thematic"' not in text
    assert text.count("Giải Chuyên đề (còn 2)") == 3
    form = {"level": level(house, "CD"), "theme": "Cán bộ trẻ"}
    assert house.chair.post(f"{ROOM}/{house.keys[0]}", form).status_code == 303
    assert proposed(house) == {house.keys[0]: "CD"}
    text = house.read(house.of.chair, ROOM)
    assert 'value="Cán bộ trẻ"' in text
    assert '<option value="Cơ sở đảng">' in text
    assert "Giải Chuyên đề (còn 1)" in text
    propose(house, 0, "A")
    assert proposed(house) == {house.keys[0]: "A"}
    answer = house.chair.post(f"{ROOM}/{house.keys[1]}", {"level": level(house, "CD"), "theme": "Khác"})
    assert (answer.status_code, "Đề nghị chọn chuyên đề của giải." in answer.text) == (422, True)


def test_where_a_work_may_hold_both_two_fields_ask(house: House) -> None:
    kinds(house, both=True)
    first = house.keys[0]
    form = {"level": level(house, "A"), "thematic": level(house, "CD"), "theme": "Cơ sở đảng", "reason": "Hay"}
    assert house.chair.post(f"{ROOM}/{first}", form).status_code == 303
    with house.at_work():
        assert {each.kind: each.theme for each in session.scalars(select(Proposal))} == {
            "main": "",
            "thematic": "Cơ sở đảng",
        }
    house.chair.post(f"{ROOM}/{first}", form | {"level": ""})
    assert proposed(house) == {first: "CD"}
    text = house.read(house.of.secretary, ROOM)
    assert "Chuyên đề: Cơ sở đảng" in text
    assert "có thể nhận thêm giải Chuyên đề" in text


def test_a_refused_pair_leaves_neither(house: House) -> None:
    kinds(house, both=True)
    form = {"level": level(house, "A"), "thematic": level(house, "CD"), "theme": "Khác"}
    assert house.chair.post(f"{ROOM}/{house.keys[0]}", form).status_code == 422
    assert proposed(house) == {}


def test_bodies_and_persons_are_proposed_and_taken_back_in_the_room(house: House) -> None:
    kinds(house, both=False)
    body, person = (f"{ROOM}/khen/{level(house, code)}" for code in ("TT", "NV"))
    assert house.chair.post(body, {"recipient": "Báo Biển Xanh", "reason": "Có nhiều tác phẩm"}).status_code == 303
    form = {"recipient": "Già làng Suối Đá", "reason": "Giữ rừng", "work": house.keys[0]}
    assert house.chair.post(person, form).status_code == 303
    text = house.read(house.of.secretary, ROOM)
    assert "Báo Biển Xanh" in text
    assert "Trong tác phẩm “Giữ lời hứa với dân 1”" in text
    lacking = house.chair.post(body, {"recipient": "Đài Núi Bạc"})
    assert lacking.status_code == 422
    assert "Đề nghị ghi đủ tên và thành tích, lý do." in lacking.text
    assert 'value="Đài Núi Bạc"' in lacking.text
    asked = house.read(house.of.chair, person)
    assert "III-IN-002 Giữ lời hứa với dân 2" in asked
    assert house.visitor(house.of.secretary).get(body).status_code == 403
    with house.at_work() as of:
        first = session.scalars(select(HonourProposal).where(HonourProposal.edition_id == of.edition.id)).first()
        assert first is not None
        key = first.public_id
    assert house.chair.post(f"{ROOM}/khen/{key}/bo").status_code == 303
    assert "Báo Biển Xanh</th>" not in house.read(house.of.secretary, ROOM)
    assert house.chair.post(f"{ROOM}/khen/{key}/bo").status_code == 404
    assert house.visitor(house.of.secretary).post(body, {"recipient": "A", "reason": "B"}).status_code == 403
    assert house.chair.post(f"{ROOM}/khen/zzzzzzzzzzzz", {"recipient": "A", "reason": "B"}).status_code == 404


def test_the_structure_is_told_again_only_when_it_changed(house: House) -> None:
    kinds(house, both=False)
    told = house.chair.get(f"{ROOM}/co-cau")
    assert told.status_code == 200
    same = house.chair.get(f"{ROOM}/co-cau", headers={"If-None-Match": told.headers["ETag"]})
    assert same.status_code == 304
    propose(house, 0, "A")
    changed = house.chair.get(f"{ROOM}/co-cau", headers={"If-None-Match": told.headers["ETag"]})
    assert changed.status_code == 200
    assert "Báo in: 1" in changed.text
    assert f'data-living="{ROOM}/co-cau"' in house.read(house.of.chair, ROOM)
    assert house.visitor(house.of.bench.judges[0]).get(f"{ROOM}/co-cau").status_code == 403


def test_an_unknown_loai_hinh_shows_an_empty_list_and_the_way_back(house: House) -> None:
    text = house.read(house.of.chair, f"{ROOM}?loai=XX")
    assert "Không có tác phẩm phù hợp với bộ lọc." in text
