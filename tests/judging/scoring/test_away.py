"""What a judge takes along, and what a browser sends that was without a network: once by its key, in whatever state."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Round
from judging.scoring.models import Arrival
from tests.judging.rows import Bench, bench
from tests.judging.scoring.test_views import LIST, Judge
from tests.visitor import Visitor


@pytest.fixture
def opened(app: Flask) -> Bench:
    with app.app_context(), unit_of_work():
        made = bench(works=3, judges=1)
        made.open()
    return made


@pytest.fixture
def judge(app: Flask, opened: Bench) -> Judge:
    return Judge(app, opened)


def sent(judge: Judge, key: str, *marks: str, number: int = 0, **more: Any) -> TestResponse:
    """A save as the worker of the page sends it."""
    headers = {"Accept": "application/json", "Idempotency-Key": key}
    return judge.visitor.post(judge.address(number), judge.form(*marks, **more), headers=headers)


def arrivals(app: Flask) -> int:
    with app.app_context():
        return session.query(Arrival).count()


def test_works_still_to_be_sent_are_taken_along_until_the_session_ends(judge: Judge) -> None:
    judge.finish("3", "2", "1")
    told = judge.visitor.get(f"{LIST}/mang-theo", headers={"Accept": "application/json"}).get_json()
    assert [work["id"] for work in told["works"]] == [each.public_id for each in judge.assignments[1:]]
    assert told["owner"] == judge.person.public_id
    assert told["still"] == [each.public_id for each in judge.assignments]
    assert told["criteria"][f"c{judge.criteria[0]}"] == "Tính phát hiện, tính chân thực"
    assert judge.visitor.get(told["endings"] + told["session"]).get_json() == {"ended": False}
    assert told["until"] > now().isoformat()
    assert "/static/scripts/score.js" in told["files"]
    script = judge.visitor.get(f"{LIST}/mang-theo.js")
    assert script.headers["Service-Worker-Allowed"] == LIST
    assert script.mimetype == "text/javascript"


def test_a_shared_machine_takes_nothing_along(judge: Judge) -> None:
    with judge.visitor.client.session_transaction(base_url=Visitor.origin) as kept:
        kept["shared"] = True
    assert f"Mang theo {len(judge.assignments)} tác phẩm" not in judge.visitor.get(LIST).text
    told = judge.visitor.get(f"{LIST}/mang-theo", headers={"Accept": "application/json"}).get_json()
    assert told["works"] == []
    assert "Máy dùng chung" in told["refused"]


def test_a_twin_counts_once_and_is_answered_alike(app: Flask, judge: Judge) -> None:
    first = sent(judge, "one", "3", "2", "1")
    assert first.get_json()["version"] == 1
    assert sent(judge, "two", "4", "2", "1", version=1).get_json()["version"] == 2
    twin = sent(judge, "one", "3", "2", "1")
    assert (twin.status_code, twin.get_json()["version"]) == (200, 1)
    assert judge.steps() == [16, 8, 4]
    assert arrivals(app) == 2


def test_a_twin_is_answered_alike_after_the_round_was_frozen_and_nothing_new_is_taken(
    app: Flask, judge: Judge, opened: Bench
) -> None:
    sent(judge, "one", "3", "2", "1")
    with app.app_context(), unit_of_work():
        session.get_one(Round, opened.round.id).state = "frozen"
    assert sent(judge, "one", "3", "2", "1").status_code == 200
    late = sent(judge, "late", "1", "1", "1", version=1)
    assert late.status_code == 403
    assert late.get_json()["sentence"] == "Phiếu chấm đã khóa, không sửa được nữa."
    assert judge.steps() == [12, 8, 4]


def test_who_was_faster_elsewhere_is_put_beside_and_the_key_stays_free(app: Flask, judge: Judge) -> None:
    judge.autosave("1", "1", "1")
    told = sent(judge, "one", "3", "1", "1")
    assert told.status_code == 409
    assert told.get_json()["conflict"] == {f"c{judge.criteria[0]}": {"yours": "3", "theirs": "1,00"}}
    assert arrivals(app) == 0
    assert sent(judge, "one", "3", "1", "1", version=told.get_json()["version"]).status_code == 200


def test_a_key_belongs_to_one_sheet(judge: Judge) -> None:
    sent(judge, "one", "3", "2", "1")
    assert sent(judge, "one", "3", "2", "1", number=1).status_code == 403
    assert judge.kept(1) is None
