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


@pytest.mark.parametrize("works", [1, 10, 50, 319])
def test_the_pages_cost_the_same_for_ten_and_for_all(app: Flask, count_queries: Counting, works: int) -> None:
    with app.app_context(), unit_of_work():
        contact, secretary, newsroom = press(works)
        desk = f"{HOME}/{newsroom.public_id}"
    for who, pages in (
        (
            contact,
            (
                (desk, 8),
                (f"{desk}?xem=cho", 8),
                (f"{desk}/xac-nhan", 8),
                (f"{desk}/nguoi", 8),
                (f"{desk}/nap", 8),
                (f"{desk}/tep", 8),
                (f"{desk}/danh-sach-ky", 8),
            ),
        ),
        (secretary, ((HOME, 8), (f"{HOME}?tai-ve=csv", 8))),
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


@pytest.mark.parametrize("works", [1, 10, 50])
def test_a_page_of_the_desk_is_light(app: Flask, works: int) -> None:
    with app.app_context(), unit_of_work():
        contact, secretary, newsroom = press(works)
    for who, address in ((contact, f"{HOME}/{newsroom.public_id}"), (secretary, HOME)):
        headers = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
        answer = Visitor(app, who).get(address, headers=headers)
        assert answer.status_code == 200
        assert len(answer.data) <= 60_000
