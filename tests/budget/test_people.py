"""What the account page costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask

from award.db import unit_of_work
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
