"""What the pages of panels and of dealing cost: the same for ten works and for 319."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import update

from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from judging.panels import operations
from judging.panels.models import Dealing
from tests.budget.conftest import Spent
from tests.budget.test_ranking import award
from tests.judging.rows import bench, work
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
TIES, MOST_TIES = "/iii-2023/vong/1/co-lien-quan", 15
MOST = 22
"""The whole page: seats, what panels judge, every conflict computed afresh over authors, organs and memberships."""


@pytest.mark.parametrize("state", ["prepare", "open"])
@pytest.mark.parametrize("page", ["/iii-2023/vong/1/tieu-ban", "/iii-2023/vong/1/phan-cong"])
@pytest.mark.parametrize("works", [10, 319])
def test_a_page_costs_the_same_for_ten_works_and_for_all(
    app: Flask, count_queries: Counting, page: str, state: str, works: int
) -> None:
    with app.app_context(), unit_of_work():
        made = award(works, state=state)
        session.add(Dealing(round_id=session.query(Round.id).scalar(), readings=2, common=2))
        session.execute(update(Edition).values(state="judging"))
    visitor = Visitor(app, made.secretary)

    def cost(address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        return spent.statements

    spent = cost(page)
    assert len(spent) <= MOST, f"{len(spent)}\n" + "\n\n".join(spent)


@pytest.mark.parametrize("works", [10, 100])
def test_the_list_of_whom_a_judge_may_have_to_do_with_costs_the_same_for_all_works(
    app: Flask, count_queries: Counting, works: int
) -> None:
    with app.app_context(), unit_of_work():
        of = bench(works=0, judges=1)
        for number in range(1, works + 1):
            work(of.edition, of.category, author=f"Ngô Bá {number}")
        operations.pledge(by=of.by(of.judges[0]), edition=of.edition, round=of.round)
        visitor = Visitor(app, of.judges[0])
    assert f"Ngô Bá {works}<" in visitor.get(TIES).text
    with count_queries() as spent:
        visitor.get(TIES)
    assert len(spent.statements) <= MOST_TIES, f"{len(spent.statements)}\n" + "\n\n".join(spent.statements)
