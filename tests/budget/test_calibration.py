"""What the pages of calibration works cost: the same for two members and for five."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.db import unit_of_work
from tests.budget.conftest import Spent
from tests.judging.calibration.test_calibration import DESK, TRY, name, score
from tests.judging.ranking.halls import hall
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
MOST = {DESK: 14, TRY: 13}


@pytest.mark.parametrize("judges", [2, 5])
def test_a_page_costs_the_same_for_any_number_of_members(app: Flask, count_queries: Counting, judges: int) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=1, judges=judges, later=False)
        name(of)
        for person in of.bench.judges:
            score(of, person, 8, 8)
    for address, person in ((DESK, of.secretary), (TRY, of.bench.judges[0])):
        visitor = Visitor(app, person)
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        assert len(spent.statements) <= MOST[address], "\n\n".join(spent.statements)
