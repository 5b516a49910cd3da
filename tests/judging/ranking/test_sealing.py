"""Before a round is closed nobody reads a value in these rooms: worlds that differ in the marks give the same bytes."""

import re
import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.log.models import Event, EventDetail
from judging.scoring.models import Mark, ScoreSheet
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause
from tests.visitor import Visitor

ROUND = "/iii-2023/vong/1"
COUNTS = (
    f"{ROUND}/tien-do",
    f"{ROUND}/tien-do?tai-ve=xlsx",
    f"{ROUND}/tien-do?tai-ve=csv",
    f"{ROUND}/tien-do?bang=ngay&tai-ve=csv",
    "/ban-lam-viec",
)
STANDINGS = f"{ROUND}/xep-hang"
VALUES = (
    STANDINGS,
    f"{STANDINGS}?tai-ve=csv",
    f"{ROUND}/danh-sach.xlsx",
    f"{ROUND}/danh-sach.pdf",
    "/iii-2023/de-nghi-giai",
    "/iii-2023/de-nghi-giai/ket-thuc",
)
PAGES = (*COUNTS, *VALUES)
REVIEW = f"{ROUND}/ra-soat"
"""Tells heads and the auditor which sheets lie apart, in words; to all others the same of any marks: nothing."""
REVIEWERS = {"chair", "deputy", "auditor"}
DEEDS = (f"{ROUND}/xep-hang", "/iii-2023/de-nghi-giai/ket-thuc")
CHANGING = re.compile(rb'(name="(?:csrf_token|deed_key)" value=")[^"]*(")')
REFERENCE = re.compile(rb"\b[0-9A-F]{6}\b")


@pytest.fixture
def world(app: Flask, request: pytest.FixtureRequest) -> Iterator[Hall]:
    with stopped_at(now()):
        with app.app_context(), unit_of_work():
            of = hall(works=3, later=False)
            clause(of.bench.edition, "spread_limit", points="2")
            clause(of.bench.edition, "readings", number=2)
            of.mark_all(((10, 8, 6), (10, 10, 6)), ((0, 6, 6), (16, 6, 6)), ((6, 8, 6), (8, 8, 4)))
            if request.param == "frozen":
                of.freeze()
        yield of


def seen(app: Flask, of: Hall) -> dict[tuple[str, str], bytes]:
    people = of.lookers | {"member": of.bench.judges[1]}
    answers = {}
    for name, person in people.items():
        visitor = Visitor(app, person)
        pages = PAGES if name in REVIEWERS else (*PAGES, REVIEW)
        asked = [(page, visitor.get(page)) for page in pages] + [("POST " + deed, visitor.post(deed)) for deed in DEEDS]
        for where, answer in asked:
            body = CHANGING.sub(rb"\1\2", answer.data)
            answers[name, where] = str(answer.status_code).encode() + REFERENCE.sub(b"", body)
    return answers


def other_marks() -> None:
    """Every sheet gives something else, and everything that follows from it."""
    session.execute(update(Mark).values(steps=Mark.criterion_id * Mark.id % 9))
    session.execute(update(ScoreSheet).values(note="Kém.", version=ScoreSheet.version + 7))
    for sheet in session.scalars(select(ScoreSheet)):
        sheet.nonce, sheet.commitment = secrets.token_bytes(32), secrets.token_hex(32)


@pytest.mark.parametrize("world", ["open", pytest.param("frozen", marks=pytest.mark.long)], indirect=True)
def test_worlds_that_differ_in_the_marks_look_the_same(app: Flask, world: Hall) -> None:
    before = seen(app, world)
    assert seen(app, world) == before
    with app.app_context(), unit_of_work():
        other_marks()
    assert seen(app, world) == before
    statuses = {where: body[:3] for (name, where), body in before.items() if name == "chair"}
    assert statuses == {
        **dict.fromkeys(COUNTS, b"200"),
        **dict.fromkeys((*VALUES, *(f"POST {deed}" for deed in DEEDS)), b"403"),
    }


@pytest.mark.parametrize("world", ["open"], indirect=True)
def test_the_marks_make_a_difference_once_the_round_is_closed(app: Flask, world: Hall) -> None:
    before = seen(app, world)
    with app.app_context(), unit_of_work():
        world.freeze()
        world.close()
    assert seen(app, world)["chair", STANDINGS] != before["chair", STANDINGS]
    assert "6,25" in Visitor(app, world.chair).get(STANDINGS).text


@pytest.mark.parametrize("world", ["frozen"], indirect=True)
def test_the_log_up_to_closing_holds_counts_and_no_values(app: Flask, world: Hall) -> None:
    with app.app_context(), unit_of_work():
        world.close()
    with app.app_context():
        written = b"".join(event.payload for event in session.scalars(select(Event)))
        written += repr([one.detail for one in session.scalars(select(EventDetail))]).encode()
    assert b"round.counted" in written
    for word in (b"mark", b"steps", b'"score"', b"numerator", b"rank"):
        assert word not in written
