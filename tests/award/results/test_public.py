"""What the public reads, and from which instant."""

from datetime import timedelta

import pytest
from flask import Flask

from award import clock
from award.clock import now
from award.db import unit_of_work
from award.results import queries
from tests.award.results.rows import Outcome, outcome
from tests.visitor import Visitor


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def test_it_opens_at_the_second_and_not_before(app: Flask, made: Outcome) -> None:
    at = (now() + timedelta(days=1)).replace(microsecond=0)
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(at)
    key = made.works[0].public_id
    visitor = Visitor(app)
    for address in ("/iii-2023/ket-qua", f"/iii-2023/ket-qua/{key}"):
        with clock.stopped_at(at - timedelta(seconds=1)):
            early = visitor.get(address)
        with clock.stopped_at(at):
            open_ = visitor.get(address)
        assert (early.status_code, open_.status_code) == (404, 200)
        assert "Khi bí thư chi bộ xuống ruộng" not in early.text
        assert "Khi bí thư chi bộ xuống ruộng" in open_.text
        assert "Nguyễn Thị Vân" in open_.text
    with app.app_context():
        assert not queries.is_public(made.edition, at - timedelta(microseconds=1))
        assert queries.is_public(made.edition, at)
