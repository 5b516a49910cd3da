"""What the lists of requests and of terms cost: as many statements for many requests as for few."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.privacy.models import PrivacyRequest
from tests import factories
from tests.budget.conftest import Spent
from tests.visitor import Visitor

DOOR = "/iii-2023/du-lieu-ca-nhan"
Counting = Callable[[], AbstractContextManager[Spent]]


@pytest.mark.parametrize("count", [3, 120])
def test_the_requests_cost_the_same_for_few_and_for_many(app: Flask, count_queries: Counting, count: int) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        secretary = factories.person("Trần Minh")
        factories.appointment(edition, secretary, "secretary")
        session.add_all(
            PrivacyRequest(
                award_id=edition.award_id,
                kind="access",
                name=f"Người {n}",
                received_on=date(2026, 3, 2),
                due_day=date(2026, 3, 17),
            )
            for n in range(count)
        )
    visitor = Visitor(app, secretary)
    for door, most in ((DOOR, 7), (f"{DOOR}/thoi-han", 24)):  # each class of data is counted by itself
        assert visitor.get(door).status_code == 200
        with count_queries() as spent:
            visitor.get(door)
        assert len(spent) <= most, "\n\n".join(spent.statements)
