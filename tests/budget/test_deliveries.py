"""What the pages of dossiers that came in cost: as many statements for many dossiers, and works in one, as for few."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.nominations.models import Delivery
from tests import factories
from tests.budget.conftest import Spent
from tests.doors.world import DELIVERED
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
DOORS = "/iii-2023/ho-so-gui-den"


@pytest.mark.parametrize("many", [3, 58])
def test_the_pages_cost_the_same_for_few_and_for_many(app: Flask, count_queries: Counting, many: int) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        factories.category(edition)
        secretary = judge(edition, "Trần Minh", "secretary")
        works = [{**DELIVERED, "origin": f"{n:032x}"} for n in range(many)]
        for n in range(many):
            told = {"sender": "Tỉnh bạn", "edition": "Lần I", "illustrative": False, "works": works}
            waiting = Delivery(
                edition_id=edition.id,
                state="checked",
                brought_by_id=secretary.id,
                arrived_at=now(),
                fingerprint=f"{n:064x}",
                sender="Tỉnh bạn",
                told=told,
            )
            session.add(waiting)
        session.flush()
        address = f"{DOORS}/{waiting.public_id}"
    visitor = Visitor(app, secretary)
    for page, most in ((DOORS, 9), (address, 13)):
        assert visitor.get(page).status_code == 200
        with count_queries() as spent:
            visitor.get(page)
        assert len(spent) <= most, "\n\n".join(spent.statements)
