"""Lines of a process are JSON, say what happened at which door, and hold nothing that was typed or opens a door."""

import contextlib
import io
import json
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from award import db, journal
from award.db import unit_of_work
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.db

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What was written since, read as JSON."""
    stream = io.StringIO()
    told = journal.handler(stream)
    logging.getLogger().addHandler(told)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(told)


def test_acts_refusals_and_faults_are_lines_and_reading_is_none(app: Flask, lines: Lines) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition()
        person = factories.person()
        slug = edition.slug
    visitor = Visitor(app, person)
    visitor.get("/")
    assert lines() == []
    visitor.get(f"/{slug}/thiet-lap")
    Visitor(app).client.post("/dang-nhap", data={"email": "a@giai.vn"}, base_url=Visitor.origin)
    visitor.post("/tai-khoan/co-chu", {"size": "large"})
    visitor.get(f"/{slug}/kiem-chung/bo-kiem-chung.zip")
    told = lines()
    assert (told[-1]["event"], told[-1]["status"], told[-1]["edition"]) == ("authz_fail", 403, slug)
    assert [(each["event"], each["status"]) for each in told[:2]] == [("not_found", 404), ("input_refused", 400)]
    assert (told[0]["door"], told[0]["person"]) == ("editions.setup", person.id)
    assert re.fullmatch("[0-9A-F]{6}", told[0]["reference"])
    for each in told:
        assert {"at", "event", "level", "logger"} <= set(each)
        assert each["at"].endswith("Z")


def test_signing_in_well_and_badly_is_told(app: Flask, lines: Lines) -> None:
    visitor = Visitor(app)
    visitor.post("/dang-nhap", {"email": "khong-co@giai.vn", "password": "sai-mat-khau-nay"})
    assert [each["event"] for each in lines()][:1] == ["authn_login_fail"]


def test_no_line_holds_what_was_typed_or_what_opens_a_door(app: Flask, lines: Lines) -> None:
    """Words planted into every place of a request are found in no line, control characters break none."""
    planted = {
        place: f"moc-{place}-{secrets.token_hex(4)}" for place in ("path", "query", "form", "name", "cookie", "head")
    }
    visitor = Visitor(app)
    visitor.client.set_cookie("giai", planted["cookie"], domain="127.0.0.1")
    asked = f"/loi-moi/{planted['path']}?ma={planted['query']}"
    visitor.get(asked, headers={"User-Agent": planted["head"], "Authorization": f"Bearer {planted['head']}"})
    visitor.post("/dang-nhap", {"email": f"{planted['name']}\n\x1b[31m@giai.vn", "password": planted["form"]})
    visitor.post(f"/{planted['path']}/tac-pham", {"title": planted["form"]})
    app.logger.error("broken\nin two: %s", "\u2028")
    told = lines()
    assert len(told) >= 3
    written = json.dumps(told, ensure_ascii=False)
    assert [place for place, word in planted.items() if word in written] == []


def test_a_fault_is_a_line_with_its_number(app: Flask, lines: Lines) -> None:
    try:
        raise ValueError("x")
    except ValueError as error:
        app.logger.exception("fault reference=%s", "ABCDEF", exc_info=error)
    (line,) = lines()
    assert line["level"] == "error" and "ValueError" in line["exception"]


def test_a_fault_of_the_database_names_the_rule_and_not_what_stood_in_the_row(app: Flask, lines: Lines) -> None:
    word = "moc-trung-ten@example.vn"
    with app.app_context():
        try:
            with unit_of_work():
                for _twice in range(2):
                    factories.person(email=word)
                db.session.flush()
        except IntegrityError as error:
            app.logger.exception("fault", exc_info=error)
            assert word in str(error), "as the database tells it"
    (line,) = lines()
    assert word not in json.dumps(line)
    assert "IntegrityError: sqlstate=23505 constraint=uq_user_account" in line["exception"]
    assert "test_journal.py" in line["exception"]


def test_a_log_that_cannot_be_written_holds_nobody_up(
    app: Flask, visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    """F-37: its disk is full. What happened to the award is in the database, in the deed's own commit."""
    with open("/dev/full", "w") as full:  # noqa: PTH123 (a device)
        told = journal.handler(full)
        logging.getLogger().addHandler(told)
        try:
            assert visitor.post("/dang-nhap", {"email": "a@giai.vn", "password": "sai"}).status_code == 422
        finally:
            logging.getLogger().removeHandler(told)
            with contextlib.suppress(OSError):
                full.flush()
            os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert "No space left on device" in capsys.readouterr().err
