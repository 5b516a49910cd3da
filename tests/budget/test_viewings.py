"""What the room of a viewing costs: the same for two works and for twenty; little while nothing changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.db import unit_of_work
from judging.viewings import operations
from judging.viewings.models import Viewing
from tests.budget.conftest import Spent
from tests.judging.rows import Bench, bench
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
PAGES = [("", 22), ("/dang-xem", 20), ("/man-hinh", 26)]
UNCHANGED = 9


def sitting(app: Flask, works: int) -> tuple[Bench, Viewing]:
    """A panel of two before the first of its works."""
    with app.app_context():
        with unit_of_work():
            made = bench(works=works)
            made.category.medium = "radio"
            made.seat(made.judges[0]).role = "chair"
            made.open()
        with unit_of_work():
            where = {"by": made.by(made.judges[0]), "edition": made.edition, "round": made.round}
            viewing = operations.open_viewing(panel=made.panel, **where)
            operations.call_roll(viewing=viewing, present=[person.id for person in made.judges], **where)
            operations.show(viewing=viewing, entry_id=made.works[0].id, **where)
        return made, viewing


@pytest.mark.parametrize("works", [2, 20])
def test_the_room_costs_the_same_for_any_number_of_works(app: Flask, count_queries: Counting, works: int) -> None:
    made, viewing = sitting(app, works)
    for person in made.judges:
        visitor = Visitor(app, person)
        for page, most in PAGES:
            address = f"/iii-2023/xem-chung/{viewing.public_id}{page}"
            answer = visitor.get(address)
            assert answer.status_code == 200
            with count_queries() as spent:
                visitor.get(address)
            assert len(spent.statements) <= most, f"{page}\n\n" + "\n\n".join(spent.statements)
            if page == "/dang-xem":
                with count_queries() as spent:
                    again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
                assert again.status_code == 304
                assert len(spent.statements) <= UNCHANGED, "\n\n".join(spent.statements)
