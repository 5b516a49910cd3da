"""What accounts cost, their own page and a flood of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.people.models import SignInAttempt, User
from award.people.throttle import of_registrations
from tests import factories
from tests.budget.conftest import Spent
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]


def test_the_account_page_costs_the_same_however_many_newsrooms_there_are(app: Flask, count_queries: Counting) -> None:
    with app.app_context(), unit_of_work():
        factories.newsroom("Báo Biển Xanh")
        person = factories.person()
    visitor = Visitor(app, person)
    visitor.get("/tai-khoan")
    with count_queries() as few:
        assert visitor.get("/tai-khoan").status_code == 200
    with app.app_context(), unit_of_work():
        for number in range(20):
            factories.newsroom(f"Báo số {number}")
    with count_queries() as many:
        visitor.get("/tai-khoan")
    assert len(many) == len(few)
    assert len(few) <= 12


def test_styles_and_scripts_ask_nothing_of_the_database(app: Flask, count_queries: Counting) -> None:
    with app.app_context(), unit_of_work():
        somebody = factories.person("Trần Lan", email="lan@example.vn")
    visitor = Visitor(app, somebody)
    with count_queries() as spent:
        assert visitor.get("/static/icon.svg").status_code == 200
    assert spent.statements == []
    with count_queries() as spent:
        visitor.get("/tai-khoan")
    assert any("FROM web_session" in statement for statement in spent.statements)


def test_a_refusal_asks_nothing_twice(app: Flask, count_queries: Counting) -> None:
    """Who it is, the edition, what the frame shows of both: once each, for the door and for the page that says no."""
    with app.app_context(), unit_of_work():
        factories.edition(slug="lan-nay", state="open")
        somebody = factories.person("Trần Lan", email="lan@example.vn")
    visitor = Visitor(app, somebody)
    visitor.get("/lan-nay/kiem-tra")
    with count_queries() as spent:
        page = visitor.get("/lan-nay/kiem-tra")
    assert (page.status_code, "Trần Lan" in page.text) == (403, True)
    assert len(spent) == 3, "\n\n".join(spent.statements)


MANY = 10_000
ONE_PLACE, ANOTHER = {"REMOTE_ADDR": "2001:4860:4860::8888"}, {"REMOTE_ADDR": "8.8.4.4"}
SAME_LINE = {"REMOTE_ADDR": "2001:4860:4860::1"}


def registers(visitor: Visitor, number: int, place: dict[str, str]) -> int:
    facts = {"legal_name": "Nguyễn Thị Vân", "phone": "0905 111 222", "password": "sóng biển rì rào", "consent": "y"}
    form = facts | {"email": f"n{number}@example.vn", "newsroom": "", "newsroom_words": "", "pen_name": ""}
    return visitor.post("/dang-ky", form, environ_overrides=place).status_code


@pytest.mark.timeout(1800)
def test_a_flood_of_registrations_ends_at_a_limit_and_who_has_an_account_notices_nothing(
    app: Flask, count_queries: Counting, request: pytest.FixtureRequest
) -> None:
    """F-36. All of them are sent with --long; otherwise those before the last two are only counted."""
    counter = of_registrations(ONE_PLACE["REMOTE_ADDR"])
    assert counter is not None
    long = request.config.getoption("--long")
    sent, counted = (MANY, 0) if long else (2, counter.free - 1)
    with app.app_context(), unit_of_work():
        entrant = Visitor(app, factories.person("Trần Lan", email="lan@example.vn"))
        tries = {"scope": counter.scope, "key_hash": counter.digest, "at": now()}
        session.add_all(SignInAttempt(**tries) for _ in range(counted))
    stranger = Visitor(app)
    with stopped_at(now()):
        entrant.get("/tai-khoan")
        with count_queries() as before:
            assert entrant.get("/tai-khoan").status_code == 200
        told = [registers(stranger, number, ONE_PLACE) for number in range(sent)]
        assert registers(stranger, sent, SAME_LINE) == 422, "one line has addresses without end"
        assert registers(stranger, sent, ANOTHER) == 303
        with count_queries() as after:
            assert entrant.get("/tai-khoan", environ_overrides=ONE_PLACE).status_code == 200
    taken = counter.free - counted
    assert told == [303] * taken + [422] * (sent - taken)
    assert len(after) == len(before)
    with app.app_context():
        confirmed = select(func.count()).select_from(User).where(User.confirmed_at.is_not(None))
        assert session.scalar(confirmed) == 1, "an account that answered no letter opens nothing"
