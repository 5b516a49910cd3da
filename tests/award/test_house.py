"""The floor everything stands on: one commit, an append-only log in commit order, one answer for a form sent twice."""

import threading

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from award.db import session, unit_of_work
from award.log.models import Event
from award.log.operations import record
from award.log.tree import leaf
from tests import factories
from tests.visitor import Visitor


def test_a_deed_and_its_event_are_one_commit(ctx: Flask) -> None:
    with pytest.raises(RuntimeError), unit_of_work():
        row = factories.newsroom()
        record("newsroom.made", actor_id=None, award_id=None, subject=row)
        session.flush()
        raise RuntimeError
    assert session.scalars(select(Event)).all() == []

    with unit_of_work():
        row = factories.newsroom()
        record("newsroom.made", actor_id=7, award_id=None, subject=row, facts={"code": "X"}, detail={"after": "Báo"})
    event = session.scalars(select(Event)).one()
    assert (event.seq, event.kind, event.actor_id, event.subject_kind, event.subject_id) == (
        1,
        "newsroom.made",
        7,
        "newsroom",
        row.id,
    )
    assert event.leaf_hash == leaf(event.payload)
    assert "Báo".encode() not in event.payload


def test_events_are_numbered_in_the_order_of_commits(app: Flask) -> None:
    def deed() -> None:
        with app.app_context(), unit_of_work():
            record("tick", actor_id=None, award_id=1)

    threads = [threading.Thread(target=deed) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        rows = session.scalars(select(Event).order_by(Event.seq)).all()
        assert [e.seq for e in rows] == list(range(1, 17))
        assert [e.at for e in rows] == sorted(e.at for e in rows)


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event", "TRUNCATE event CASCADE"])
def test_the_application_cannot_rewrite_events(app: Flask, statement: str) -> None:
    with app.app_context(), unit_of_work():
        record("tick", actor_id=None, award_id=None)
    with app.extensions["engine"].connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(statement))
    owner = create_engine(app.extensions["settings"].database_owner_url)
    with owner.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(statement))
    owner.dispose()


def test_the_migrated_schema_is_the_models_schema(house: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from migrations.tables import gather, ours

    engine = create_engine(house.extensions["settings"].database_owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _obj, name, kind, *_rest: ours(name, kind)}
        )
        assert compare_metadata(context, gather()) == []
    engine.dispose()


def test_a_foreign_host_gets_a_plain_no(app: Flask) -> None:
    answer = app.test_client().get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")


@pytest.mark.parametrize("address", ["/iii-2023\x00/ket-qua", "/tep/aaaaaaaaaaaa/trang/" + "9" * 30])
def test_what_no_column_can_hold_is_not_a_fault_of_ours(app: Flask, visitor: Visitor, address: str) -> None:
    assert visitor.get(address).status_code in {400, 404}


def test_a_nul_in_a_form_is_refused_and_nothing_is_written(app: Flask, visitor: Visitor) -> None:
    answer = visitor.post("/dang-nhap", {"email": "a\x00b@example.vn", "password": "gió đông bắc"})
    assert answer.status_code in {400, 422}
