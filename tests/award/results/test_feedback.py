"""What authors learn of a work of theirs: nothing before the instant, then as much as the rules release."""

from datetime import date, timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause, Edition
from award.log.models import Event
from award.people.models import Person
from award.personal import Subject
from award.privacy import rooms
from award.results import feedback
from award.results.models import Ruling
from award.results.operations import StandingRow, record_shortlist, record_standing
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor

REMARK = "Đề tài mới, nhân vật rõ; phần giải pháp còn mỏng."


@pytest.fixture
def made(app: Flask) -> Outcome:
    """Three works ranked in the first round, two of them in the second; one has no prize."""
    from fractions import Fraction

    with app.app_context(), unit_of_work():
        made = outcome()
        session.refresh(made.edition, ["panels"])
        for judged, works in zip(made.rounds, (made.works, made.works[:2]), strict=True):
            panel = next(each for each in made.edition.panels if each.round_id == judged.id)
            rows = [StandingRow(work.id, panel.id, n, Fraction(33, 4), 3) for n, work in enumerate(works, start=1)]
            by = made.by(made.organiser)
            record_standing(by=by, edition=made.edition, judged=judged, rows=rows)
        advanced = {work.id: "" for work in made.works[:2]}
        record_shortlist(by=by, edition=made.edition, judged=made.rounds[0], advanced=advanced)
    return made


def released(app: Flask, made: Outcome, choice: str) -> None:
    with app.app_context(), unit_of_work():
        session.add(Clause(edition_id=made.edition_id, code="feedback", source="Điều 9", value={"choice": choice}))


def published(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


def read(app: Flask, made: Outcome, number: int) -> str:
    """What its owner reads on the page of a work."""
    entry = made.works[number]
    with app.app_context():
        owner = session.get_one(Person, entry.owner_id)
        assert owner.user is not None
    return Visitor(app, owner).get(f"/iii-2023/tac-pham/{entry.public_id}").text


@pytest.mark.parametrize(
    ("choice", "there", "absent"),
    [
        (None, ["Tác phẩm không có trong danh sách đoạt giải."], ["Sơ khảo:", REMARK, "8,25"]),
        ("verdict", ["Sơ khảo: dừng ở vòng này."], [REMARK, "8,25"]),
        ("comments", ["Sơ khảo: dừng ở vòng này.", f"Nhận xét của Hội đồng: {REMARK}"], ["8,25"]),
        ("marks", ["Sơ khảo: dừng ở vòng này. Điểm: 8,25.", REMARK], []),
    ],
)
def test_as_much_as_the_rules_release(
    app: Flask, made: Outcome, choice: str | None, there: list[str], absent: list[str]
) -> None:
    if choice is not None:
        released(app, made, choice)
    secretary = Visitor(app, made.secretary)
    address = f"/iii-2023/nhan-xet/{made.works[2].public_id}"
    written = secretary.post(address, {"words": REMARK}).status_code
    assert written == (303 if choice in {"comments", "marks"} else 403)
    before = read(app, made, 2)
    assert not any(words in before for words in ("Tác phẩm không có trong", "Sơ khảo:", REMARK))
    published(app, made)
    after = read(app, made, 2)
    assert all(words in after for words in there)
    assert not any(words in after for words in absent)
    assert not any(name in after for name in ("Trần Đức Minh", "Lê Thu Hà")), "who judged or wrote it is not told"
    assert "Tác phẩm đoạt giải Đặc biệt." in read(app, made, 0)


def test_a_level_is_named_as_a_prize(ctx: Flask) -> None:
    lost = Ruling(number="31-QĐ/BTCG", day=date(2024, 1, 5))
    assert feedback.outcome([("A", None), ("Giải Đặc biệt", None)]) == "Tác phẩm đoạt giải A, giải Đặc biệt."
    assert feedback.outcome([("A", lost)]) == "Giải A đã bị thu hồi theo Quyết định số 31-QĐ/BTCG, ngày 05/01/2024."


def test_a_remark_is_written_by_the_heads_and_stands_once_it_is_public(app: Flask, made: Outcome) -> None:
    released(app, made, "comments")
    address = f"/iii-2023/nhan-xet/{made.works[0].public_id}"
    assert Visitor(app, made.organiser).post(address, {"words": REMARK}).status_code == 403
    chair = Visitor(app, made.chair)
    assert "Chưa ghi" in chair.get("/iii-2023/nhan-xet").text
    assert chair.post(address, {"words": "x" * 2001}).status_code == 422
    assert chair.post(address, {"words": REMARK}).status_code == 303
    assert chair.post(address, {"words": ""}).status_code == 303
    assert chair.post(address, {"words": REMARK}).status_code == 303
    assert REMARK in Visitor(app, made.organiser).get("/iii-2023/nhan-xet").text
    with app.app_context():
        kinds = session.query(Event.kind).filter(Event.kind.like("result.remark%")).order_by(Event.id)
        assert [kind for (kind,) in kinds] == [
            *("result.remarked", "result.remark_taken_back", "result.remarked"),
        ]
    published(app, made)
    with app.app_context():
        assert session.get_one(Edition, made.edition_id).state == "decision", "the calendar has not followed yet"
    assert chair.post(address, {"words": "Khác"}).status_code == 403


def test_a_copy_of_ones_data_has_the_remark_when_it_may_be_read(app: Flask, made: Outcome) -> None:
    released(app, made, "comments")
    Visitor(app, made.chair).post(f"/iii-2023/nhan-xet/{made.works[0].public_id}", {"words": REMARK})
    subject = Subject(made.works[0].owner_id)

    def told() -> list[object]:
        with app.app_context():
            return [row["words"] for part in rooms.told(subject) if part.table == "remark" for row in part.rows]

    assert told() == []
    published(app, made)
    assert told() == [REMARK]
