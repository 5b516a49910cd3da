"""What the statistics cost: as many statements for 319 works as for ten."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.budget.conftest import Spent
from tests.budget.test_results import season
from tests.conftest import empty_tables
from tests.visitor import Visitor

PAGE = "/iii-2023/thong-ke"


@pytest.mark.parametrize("reader", ["organiser", None])
def test_the_statistics_cost_the_same_for_ten_works_and_for_all(
    app: Flask, count_queries: Callable[[], AbstractContextManager[Spent]], reader: str | None
) -> None:
    cost = {}
    for works in (10, 319):
        made = season(app, works)
        visitor = Visitor(app, getattr(made, reader) if reader else None)
        assert visitor.get(PAGE).status_code == 200
        with count_queries() as spent:
            visitor.get(PAGE)
        cost[works] = len(spent)
        assert cost[works] <= 10, "\n\n".join(spent.statements)
        empty_tables(app)
    assert cost[10] == cost[319]
