"""Starting over: everything goes and is made again in one commit; nothing but a demonstration can be started over."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError

from award import jobs
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.files.models import File
from award.files.store import storage
from award.log.models import Event
from award.people.models import Person, User
from award.verdicts import Refused
from demonstration import anew, cast
from demonstration.anew import can_start_over
from demonstration.mark import is_marked, leave_mark
from tests import factories
from tests.visitor import Visitor
from uploads.storage import NoSuchObject

DOOR = "/minh-hoa/lam-lai"


@pytest.mark.parametrize(
    ("demonstration", "marked", "allowed"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_both_the_setting_and_the_data_must_be_a_demonstration(
    demonstration: bool, marked: bool, allowed: bool
) -> None:
    assert bool(can_start_over(demonstration=demonstration, marked=marked)) is allowed


def test_a_real_house_has_no_such_door(app: Flask, visitor: Visitor) -> None:
    assert visitor.get(DOOR).status_code == 404
    assert visitor.post(DOOR).status_code == 404


def test_real_data_are_kept_whatever_the_settings_say(trial: Flask) -> None:
    """Somebody switched the demonstration on before a real house."""
    with trial.app_context(), unit_of_work():
        edition = factories.edition(state="open")
    assert Visitor(trial).get(DOOR).status_code == 403
    assert Visitor(trial).post(DOOR).status_code == 403
    assert trial.test_cli_runner().invoke(args=["start-over"]).exit_code == 1
    with trial.app_context():
        with pytest.raises(Refused):
            anew.start_over()
        assert session.scalars(select(Edition.id)).all() == [edition.id]


def test_a_real_house_gets_no_invented_data(app: Flask) -> None:
    for command in ("seed", "start-over"):
        assert app.test_cli_runner().invoke(args=[command]).exit_code == 1
    with app.app_context():
        assert count(Edition) == 0


def test_a_mark_that_comes_later_is_none(trial: Flask) -> None:
    with trial.app_context():
        with unit_of_work():
            factories.edition()
            anew.record("account.made", actor_id=None, award_id=None)
        with unit_of_work():
            leave_mark()
        assert not is_marked()


@pytest.mark.timeout(300)
def test_everything_goes_and_is_made_again(trial: Flask) -> None:
    assert trial.test_cli_runner().invoke(args=["start-over"]).exit_code == 0, "nothing yet: made"
    with trial.app_context():
        with unit_of_work():
            intruder = factories.person("Người đến thử", email="thu@example.vn")
        before = {"event": count(Event), "file": session.scalars(select(File.key)).all()}
        secretary = cast.played_by(cast.SECRETARY)
        assert secretary.user is not None, "read while it can be"
    visitor = Visitor(trial, secretary)
    page = visitor.get(DOOR)
    assert page.status_code == 200
    assert "Xóa 1 lần tổ chức" in page.text
    assert visitor.post(DOOR).location == DOOR
    assert "Đang làm lại" in visitor.get(DOOR).text
    with trial.app_context():
        assert anew.is_waiting()
        anew.start_over()
        assert session.get(Person, intruder.id) is None
        assert {account.email for account in cast.accounts()} <= set(session.scalars(select(User.email)))
        assert count(Edition) == 1
        assert count(Event) < before["event"] + 5, "the log begins anew"
        assert session.scalars(select(Event.kind).order_by(Event.id).limit(1)).all() == ["demonstration.made"]
        assert not set(before["file"]) & set(session.scalars(select(File.key)))
        with pytest.raises(NoSuchObject):
            b"".join(storage().stream(before["file"][0]))
        assert len(jobs.unfinished("demonstration.build")) == 5
        with pytest.raises(ProgrammingError), unit_of_work():
            session.execute(Event.__table__.delete())
    assert visitor.get("/ban-lam-viec").status_code == 302, "everybody is signed out"


def count(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0
