"""The pages of a frozen round: what heads read of it, what the asked judge is told, and what neither learns."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from judging.scoring.models import Mark, ScoreSheet
from tests.judging.ranking.halls import House, hall
from tests.judging.ranking.test_review import add, apart, ask, near, numbers_near
from tests.judging.rows import clause

REVIEW = "/iii-2023/vong/1/ra-soat"
LIST = "/iii-2023/vong/1/cham"
CHANGING = re.compile(r'(name="(?:csrf_token|deed_key)" value=")[^"]*(")')


@pytest.fixture
def looked(app: Flask) -> Iterator[House]:
    """One sheet lies apart in a frozen round."""
    with stopped_at(now()):
        with app.app_context(), unit_of_work():
            of = apart()
        yield House(app, of)


def own(looked: House) -> str:
    """The address of the sheet that lies apart."""
    with looked.at_work() as of:
        return f"{LIST}/{of.assignment(of.bench.judges[3], of.works[1]).public_id}"


def asked(looked: House) -> str:
    with looked.at_work() as of:
        ask(of)
    return own(looked)


def page(looked: House, who: str, address: str) -> str:
    person = looked.of.bench.judges[3] if who == "judge" else looked.of.lookers[who]
    return CHANGING.sub(r"\1\2", looked.read(person, address))


def test_heads_pick_a_sheet_and_the_judge_is_asked(looked: House) -> None:
    with looked.at_work() as of:
        sheet = of.sheet(of.bench.judges[3], of.works[1]).public_id
    shown = page(looked, "chair", REVIEW)
    assert "III-IN-002" in shown and "Đỗ Lan" in shown and "Quá mức Quy chế cho phép" in shown
    assert looked.chair.post(f"{REVIEW}/xem-lai", {"sheet": sheet}).status_code == 303
    assert "Chờ trả lời" in page(looked, "chair", REVIEW)
    assert "Xem lại 1 phiếu chấm" in page(looked, "judge", "/ban-lam-viec")
    assert "Đề nghị xem lại" in page(looked, "judge", LIST)


def test_picking_nothing_is_told(looked: House) -> None:
    answer = looked.chair.post(f"{REVIEW}/xem-lai")
    assert (answer.status_code, "Chưa chọn phiếu nào." in answer.text) == (422, True)


def test_the_page_tells_no_mark_no_distance_and_no_direction(looked: House) -> None:
    """The same sheet lies apart by another distance: heads and the auditor read the same bytes."""
    before = [page(looked, who, REVIEW) for who in ("chair", "deputy", "auditor")]
    with looked.at_work() as of:
        sheet = of.sheet(of.bench.judges[3], of.works[1]).id
        session.execute(update(Mark).where(Mark.sheet_id == sheet).values(steps=1))
    assert [page(looked, who, REVIEW) for who in ("chair", "deputy", "auditor")] == before


def test_the_asked_judge_reads_the_distance_and_nothing_that_moves_with_the_others(looked: House) -> None:
    address = asked(looked)
    before = page(looked, "judge", address)
    words = "Điểm chấm chênh lệch 4,17 điểm so với trung bình của các thành viên khác (Quy chế: không quá 2 điểm)."
    assert words in before
    with looked.at_work() as of:
        own_sheets = [a.id for a in of.bench.assignments(of.bench.judges[3])]
        others = select(ScoreSheet.id).where(ScoreSheet.assignment_id.not_in(own_sheets))
        session.execute(update(Mark).where(Mark.sheet_id.in_(others)).values(steps=Mark.steps / 2))
    assert page(looked, "judge", address) == before


def test_keeping_takes_words_of_ones_own_and_one_press(looked: House) -> None:
    address = asked(looked)
    shown = page(looked, "judge", address)
    reason = re.search(r'name="kept_because"[^>]*>([^<]*)<', shown)
    assert reason is not None and not reason[1].strip(), "nobody's words are put down for them"
    visitor = looked.visitor(looked.of.bench.judges[3])
    assert visitor.post(f"{address}/giu-nguyen", {"kept_because": " "}).status_code == 422
    assert visitor.post(f"{address}/giu-nguyen", {"kept_because": "Đã đọc lại, giữ nguyên."}).status_code == 303
    assert "Lý do: Đã đọc lại, giữ nguyên." in page(looked, "judge", address)
    assert 'name="kept_because"' not in page(looked, "judge", address)
    assert "Giữ nguyên" in page(looked, "chair", REVIEW)


def test_changing_needs_marks_and_a_reason_and_loses_nothing_that_was_typed(looked: House) -> None:
    address = asked(looked)
    visitor = looked.visitor(looked.of.bench.judges[3])
    with looked.at_work() as of:
        fields = [f"c{criterion.id}" for criterion in of.round.criteria]
    typed = dict(zip(fields, ("2,25", "2", "1,5"), strict=True))
    answer = visitor.post(f"{address}/dieu-chinh", typed)
    assert answer.status_code == 422
    assert "Cần ghi lý do." in answer.text and 'value="2,25"' in answer.text
    answer = visitor.post(f"{address}/dieu-chinh", typed | {fields[0]: "99", "changed_because": "Đọc nhầm kỳ."})
    assert answer.status_code == 422 and "Đọc nhầm kỳ." in answer.text
    assert visitor.post(f"{address}/dieu-chinh", typed | {"changed_because": "Đọc nhầm kỳ."}).status_code == 303
    shown = page(looked, "judge", address)
    assert "5,75" in shown and "Lý do: Đọc nhầm kỳ." in shown
    assert "Đã điều chỉnh" in page(looked, "chair", REVIEW)
    assert "Đọc nhầm kỳ." not in page(looked, "chair", REVIEW)
    assert visitor.post(f"{address}/dieu-chinh", typed | {"changed_because": "Nữa."}).status_code == 403


def test_where_locked_sheets_stay_as_they_are_nobody_is_asked_and_nobody_changes_one(looked: House) -> None:
    """Not even who had been asked before the regulations were read to the letter: the sheet may be kept, no more."""
    address = asked(looked)
    with looked.at_work() as of:
        clause(of.edition, "revision", yes=False)
        typed = dict(zip((f"c{criterion.id}" for criterion in of.round.criteria), ("2,25", "2", "1,5"), strict=True))
        sheet = of.sheet(of.bench.judges[0], of.works[1]).public_id
    told = "Quy chế: phiếu chấm đã khóa không điều chỉnh (khoản 1 Điều 5)."
    shown = page(looked, "chair", REVIEW)
    assert told in shown and "Đề nghị xem lại phiếu đã chọn" not in shown
    refused = looked.chair.post(f"{REVIEW}/xem-lai", {"sheet": sheet})
    assert (refused.status_code, told in refused.text) == (422, True)
    assert "changed_because" not in page(looked, "judge", address)
    visitor = looked.visitor(looked.of.bench.judges[3])
    changed = visitor.post(f"{address}/dieu-chinh", typed | {"changed_because": "Đọc nhầm kỳ."})
    assert (changed.status_code, told in changed.text) == (403, True)
    assert visitor.post(f"{address}/giu-nguyen", {"kept_because": "Đã xem lại."}).status_code == 303


def test_reasons_and_totals_are_read_once_the_round_is_closed(looked: House) -> None:
    address = asked(looked)
    visitor = looked.visitor(looked.of.bench.judges[3])
    with looked.at_work() as of:
        typed = dict(zip((f"c{criterion.id}" for criterion in of.round.criteria), ("2,25", "2", "1,5"), strict=True))
    visitor.post(f"{address}/dieu-chinh", typed | {"changed_because": "Đọc nhầm kỳ."})
    with looked.at_work() as of:
        of.close()
    assert "Tổng điểm trước 1,50, sau 5,75" in page(looked, "auditor", REVIEW)
    assert "Đọc nhầm kỳ." in page(looked, "chair", REVIEW)
    assert "Tổng điểm trước khi điều chỉnh: 1,50" in page(looked, "judge", address)


def test_closing_says_what_still_waits(looked: House) -> None:
    asked(looked)
    progress = page(looked, "secretary", "/iii-2023/vong/1/tien-do")
    assert "còn 1 đề nghị xem lại chưa trả lời" in progress
    assert "Đang chấm" not in progress and "Chưa chấm" not in progress, "nobody judges once sheets are locked"


def test_ending_with_a_request_unanswered_says_that_it_is_lost_and_asks_why(looked: House) -> None:
    asked(looked)
    address, label = "/iii-2023/vong/1/tien-do", "Lý do kết thúc khi còn đề nghị xem lại chưa trả lời"
    lost = "1 đề nghị xem lại chưa trả lời: kết thúc vòng rồi không trả lời được nữa, phiếu được tính như đã gửi."
    offered = page(looked, "chair", address)
    assert label in offered and lost in offered
    refused = looked.chair.post(f"{address}/ket-thuc", {"reason": ""})
    assert (refused.status_code, "còn 1 đề nghị xem lại chưa trả lời" in refused.text) == (422, True)
    assert looked.chair.post(f"{address}/ket-thuc", {"reason": "Đã nhắc hai lần."}).status_code == 303
    confirming = page(looked, "deputy", address)
    assert f"{label}: Đã nhắc hai lần." in confirming and lost in confirming.split('class="two-person"')[1]


def test_a_reader_who_was_asked_for_marks_the_work_on_the_scoring_page(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        looked = House(app, near())
    with looked.at_work() as of:
        number = numbers_near(of)[0]
        work = of.works[number].public_id
    assert looked.chair.post(f"{REVIEW}/cham-them", {"work": work}).status_code == 303
    with looked.at_work() as of:
        (extra,) = [a for p in of.bench.judges for a in of.bench.assignments(p) if a.extra]
        address = f"{LIST}/{extra.public_id}"
        person = next(p for p in of.bench.judges if of.bench.seat(p).id == extra.seat_id)
        fields = {f"c{criterion.id}": "1,5" for criterion in of.round.criteria}
        other = next(a.public_id for a in of.bench.assignments(person) if not a.extra)
    assert person.legal_name in page(looked, "chair", REVIEW)
    visitor = looked.visitor(person)
    assert "Chấm bổ sung 1 tác phẩm" in looked.read(person, "/ban-lam-viec")
    assert "Phiếu được khóa ngay khi gửi" in looked.read(person, address)
    saved = visitor.post(address, fields | {"version": "0", "note": ""}, headers={"Accept": "application/json"})
    assert saved.status_code == 200
    assert visitor.post(f"{LIST}/{other}", fields | {"version": "9", "note": ""}).status_code == 403
    assert visitor.post(f"{address}/gui", fields | {"version": "1", "note": ""}).status_code == 303
    assert visitor.post(f"{address}/mo-lai").status_code == 403
    assert "Mở lại phiếu" not in looked.read(person, address)
    with looked.at_work() as of:
        assert of.sheet(person, of.works[number]).state == "finished"
        assert session.query(ScoreSheet).filter_by(state="finished").count() == 21


def test_where_nobody_is_left_to_read_it_is_told_why(app: Flask) -> None:
    """Everybody was to read both works; one has not sent the sheet of the first when sheets are locked."""
    with app.app_context(), unit_of_work():
        of = hall(works=2, judges=2)
        clause(of.edition, "readings", number=2)
        one, other = of.bench.judges
        for person, entry in ((one, of.works[0]), (one, of.works[1]), (other, of.works[1])):
            of.mark(person, entry, (8, 8, 6))
        of.freeze()
        work = of.works[0].public_id
    chair = House(app, of).chair
    assert chair.post(f"{REVIEW}/cham-them", {"work": work}).status_code == 303
    told = chair.get(REVIEW).text
    assert (
        "Chưa phân công được 1 tác phẩm: mọi thành viên còn lại của tiểu ban đều đã được phân công mà chưa gửi phiếu,"
        " đã chấm, có liên quan, chưa cam kết hoặc đang điều hành việc rà soát."
    ) in told


def test_asking_for_readers_twice_with_one_press_asks_once(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        looked = House(app, near())
    with looked.at_work() as of:
        work, key = of.works[numbers_near(of)[0]].public_id, "mot-lan-bam-hai-lan-gui"
    for _ in range(2):
        assert (
            looked.chair.post(f"{REVIEW}/cham-them", {"work": work, "readers": "2", "deed_key": key}).status_code == 303
        )
    with looked.at_work() as of:
        assert sum(a.extra for p in of.bench.judges for a in of.bench.assignments(p)) == 2
        assert add(of, numbers_near(of)[0])
