"""What a newsroom's desk costs: as many statements for all its works as for ten."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.entries.models import Entry
from award.people import memberships
from award.people.models import Newsroom, Person
from tests import factories
from tests.award.screening.conftest import dossier
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
"""A page that costs its session, its account and the masthead alone; the first two count towards any page."""
HOME = "/iii-2023/toa-soan"


def press(works: int) -> tuple[Person, Person, Newsroom]:
    """So many submitted works of one newsroom; who speaks for it, and the secretary."""
    edition = factories.edition(state="open")
    factories.category(edition)
    contact = factories.person("Bùi Cúc")
    newsroom = factories.newsroom()
    memberships.join(by_id=None, person=contact, newsroom=newsroom, role="contact")
    entries: list[Entry] = [dossier(edition, contact, n, f"Tác phẩm {n}") for n in range(1, works + 1)]
    for entry in entries:
        entry.newsroom_id = newsroom.id
    for n in range(works // 10):
        factories.newsroom(f"Đài số {n}")
    session.flush()
    return contact, judge(edition, "Trần Minh", "secretary"), newsroom


@pytest.mark.parametrize("works", [10, 319])
def test_the_pages_cost_the_same_for_ten_and_for_all(app: Flask, count_queries: Counting, works: int) -> None:
    with app.app_context(), unit_of_work():
        contact, secretary, newsroom = press(works)
        desk = f"{HOME}/{newsroom.public_id}"
    for who, pages in (
        (
            contact,
            (
                (desk, 12),
                (f"{desk}?xem=cho", 12),
                (f"{desk}/xac-nhan", 12),
                (f"{desk}/nguoi", 12),
                (f"{desk}/nap", 12),
                (f"{desk}/tep", 12),
                (f"{desk}/danh-sach-ky", 12),
            ),
        ),
        (secretary, ((HOME, 12), (f"{HOME}?tai-ve=csv", 12))),
    ):
        visitor = Visitor(app, who)

        def cost(address: str, visitor: Visitor = visitor) -> list[str]:
            assert visitor.get(address).status_code == 200
            with count_queries() as spent:
                visitor.get(address)
            return spent.statements

        for address, most in pages:
            spent = cost(address)
            assert len(spent) <= most, "\n\n".join(spent)
            assert not any(" OFFSET " in statement for statement in spent)
