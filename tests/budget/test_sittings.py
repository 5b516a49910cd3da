"""What the council's room costs: the same for ten works on the agenda and for 60; little while nothing changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Entry
from judging.sittings import queries
from judging.sittings.operations import meeting
from tests.budget.conftest import Spent
from tests.budget.test_ranking import Award, award
from tests.judging.rows import acting
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
ROOM = "/iii-2023/phien-hop"
PAGES = [
    ("chair", ROOM, 24),
    ("member", ROOM, 23),
    ("member", f"{ROOM}/tren-ban", 20),
    ("secretary", f"{ROOM}/chuan-bi", 28),
    ("chair", f"{ROOM}/phieu-giay", 28),
]


def sitting(app: Flask, works: int) -> Award:
    """The council sits with that many works on its agenda, the first on the table."""
    with app.app_context(), unit_of_work():
        made = award(works, state="closed")
        edition = session.scalars(select(Edition)).one()
        where = {"by": acting(made.chair, edition), "edition": edition}
        held = meeting.prepare(works=session.scalars(select(Entry.id).order_by(Entry.id)).all(), **where)
        people = [each.id for each in queries.roll(held.id)]
        meeting.call_roll(sitting=held, present=people, **where)
        meeting.open_sitting(sitting=held, **where)
        meeting.turn_to(sitting=held, item=queries.agenda(held.id)[0], **where)
    return made


@pytest.mark.parametrize("works", [10, 60])
def test_the_room_costs_the_same_for_any_number_of_works(app: Flask, count_queries: Counting, works: int) -> None:
    made = sitting(app, works)
    for who, page, most in PAGES:
        visitor = Visitor(app, getattr(made, who))
        assert visitor.get(page).status_code == 200
        with count_queries() as spent:
            visitor.get(page)
        assert len(spent.statements) <= most, f"{who} {page}\n\n" + "\n\n".join(spent.statements)


def test_a_device_that_is_told_nothing_new_costs_little(app: Flask, count_queries: Counting) -> None:
    made = sitting(app, 10)
    for who, most in (("member", 8), ("chair", 7)):
        visitor = Visitor(app, getattr(made, who))
        tag = {"If-None-Match": visitor.get(f"{ROOM}/tren-ban").headers["ETag"]}
        with count_queries() as spent:
            assert visitor.get(f"{ROOM}/tren-ban", headers=tag).status_code == 304
        assert len(spent.statements) <= most, "\n\n".join(spent.statements)
