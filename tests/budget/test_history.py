"""What the pages of earlier editions cost: as many statements for a long list as for a short one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.db import unit_of_work
from award.editions.permissions import Capacity
from award.history import operations
from award.people.models import Person
from tests import factories
from tests.award.history.conftest import HERE, READ, ROAD, taken_in, workbook
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]


def lists(count: int) -> tuple[Person, str, str]:
    """So many works taken in, as many rows in a draft; the secretary, the addresses of both lists."""
    edition = factories.edition(state="screening")
    secretary = judge(edition, "Bùi Cúc", "secretary")
    by = Capacity(secretary.id, edition.id, frozenset({"secretary"}))
    rows = [{**ROAD, "title": f"Tác phẩm {n}"} for n in range(1, count + 1)]
    done = taken_in(by, edition, *rows, public=True)
    more = workbook(*({**row, "level": "C"} for row in rows))
    draft = operations.read_in(by=by, edition=edition, content=more, file_name="Lần II.xlsx")
    return secretary, f"{READ}/{done.public_id}", f"{READ}/{draft.public_id}"


@pytest.mark.parametrize("count", [10, 319])
def test_the_pages_cost_the_same_for_ten_and_for_all(app: Flask, count_queries: Counting, count: int) -> None:
    with app.app_context(), unit_of_work():
        secretary, done, draft = lists(count)
    visitor = Visitor(app, secretary)

    def cost(address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        return spent.statements

    for address, most in (
        (HERE, 8),
        (f"{HERE}?lan=2022-xay-dung-dang-khanh-hoa&tim=tac+pham", 8),
        (READ, 8),
        (done, 10),
        (draft, 10),
        (f"{HERE}/danh-sach.csv", 6),
    ):
        spent = cost(address)
        assert len(spent) <= most, "\n\n".join(spent)
        assert not any(" OFFSET " in statement for statement in spent)
