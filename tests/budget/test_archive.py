"""What the page of archives costs: as many statements for many archives as for few."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.archive.models import Archive
from award.db import session, unit_of_work
from tests import factories
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_costs_the_same_for_few_and_for_many(app: Flask, count_queries: Counting, many: int) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="published")
        organiser = judge(edition, "Phạm Văn Bình", "organiser")
        said = {"edition_id": edition.id, "audience": "public", "works": "none", "asked_by_id": organiser.id}
        session.add_all([Archive(key=f"archives/{n}", state="failed", fault="Hỏng", **said) for n in range(many)])
    visitor = Visitor(app, organiser)
    assert visitor.get("/iii-2023/luu-tru").status_code == 200
    with count_queries() as spent:
        visitor.get("/iii-2023/luu-tru")
    assert len(spent) <= 8, "\n\n".join(spent.statements)
