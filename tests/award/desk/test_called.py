"""A process that is started while the database is away still says whom to call."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from award import db, jobs
from award.db import unit_of_work
from config import Settings
from tests import factories
from tests.visitor import Visitor
from wsgi import create_app

pytestmark = pytest.mark.db
NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def machine(app: Flask, tmp_path: Path) -> Iterator[Settings]:
    """A machine that never answered anybody."""
    yield replace(app.extensions["settings"], data_dir=tmp_path)
    db._sessions.configure(bind=app.extensions["engine"])
    jobs.install(app)


def test_a_fresh_process_without_a_database_says_whom_this_machine_last_called(app: Flask, machine: Settings) -> None:
    with app.app_context(), unit_of_work():
        factories.edition(state="published", slug="i-2021", year=2021, help_phone="0258 111 111")
        factories.edition(state="open", help_name="Lê Hạnh", help_phone="0258 222 222")
    _served(machine, "/i-2021/the-le")
    assert "0258 111 111" in _said(machine), "better than nobody"
    _served(machine, "/dang-nhap", "/i-2021/the-le")
    _served(machine, "/i-2021/the-le")
    said = _said(machine)
    assert "Lê Hạnh" in said and "0258 222 222" in said, "the present edition's, once it is known"
    assert [each.name for each in machine.data_dir.iterdir()] == ["called.json"]


@pytest.mark.parametrize("spoilt", ["", "[1]", '{"name": "Lê Hạnh"}'])
def test_a_file_that_says_nothing_spoils_no_page(machine: Settings, spoilt: str) -> None:
    (machine.data_dir / "called.json").write_text(spoilt)
    assert "tel:" not in _said(machine)
    assert 'href="tel:' not in _said(replace(machine, data_dir=machine.data_dir / "nowhere"))


def _served(machine: Settings, *addresses: str) -> None:
    """A process that answered so much, and ended."""
    visitor = Visitor(create_app(machine))
    assert [visitor.get(each).status_code for each in addresses] == [200] * len(addresses)


def _said(machine: Settings) -> str:
    """What a process says that was started after the database had gone."""
    answer = Visitor(create_app(replace(machine, database_url=NOWHERE))).get("/")
    assert answer.status_code == 503
    return answer.text
