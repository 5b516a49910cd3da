"""The four lists that everybody waits for, as they come over the wire.

Each page whole: session, account, edition and navigation included; the same for ten works and for 319.
"""

import html
import random
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Category, Edition
from award.entries.models import Authorship, Entry
from award.people.models import Person
from tests import factories
from tests.budget.conftest import Spent
from tests.budget.test_ranking import award
from tests.budget.test_results import season
from tests.budget.test_scoring import long_list
from tests.budget.test_screening import dossiers
from tests.conftest import empty_tables
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
MOST, MOST_BYTES, ROWS = 8, 60_000, 50
AS_A_BROWSER = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
WORDS = "giữ lời hứa với dân đường về bản xa chi bộ xuống ruộng người lửa ở Khánh Sơn biển đảo xây dựng Đảng"


def judging(app: Flask, works: int) -> Person:
    of, _sheet = long_list(app, works)
    return of.judges[0]


def screening(app: Flask, works: int) -> Person:
    with app.app_context(), unit_of_work():
        secretary, _dossier = dossiers(works)
        session.add_all([factories.newsroom("Báo Biển Xanh"), factories.newsroom("Đài Núi Bạc")])
    return secretary


def drawing(app: Flask, works: int) -> Person:
    """Who may draw the shortlist has the whole ranking before them, as one form."""
    with app.app_context(), unit_of_work():
        made = award(works, state="closed")
        edition = session.scalars(select(Edition)).one()
        factories.judging_round(edition, ordinal=2, name="Chung khảo")
    return made.chair


def ranked(app: Flask, works: int) -> tuple[Person, Person]:
    with app.app_context(), unit_of_work():
        made = award(works, state="closed")
    return made.chair, made.member


def chair(app: Flask, works: int) -> Person:
    return ranked(app, works)[0]


def member(app: Flask, works: int) -> Person:
    return ranked(app, works)[1]


def public(app: Flask, works: int) -> None:
    """At most 46 prizes are given, whatever was received."""
    season(app, min(works, 46))


def reader(app: Flask, works: int) -> Person:
    return season(app, min(works, 46)).organiser


Scene = Callable[[Flask, int], Person | None]
LISTS: list[tuple[Scene, str]] = [
    (judging, "/iii-2023/vong/1/cham"),
    (judging, "/iii-2023/vong/1/cham?loc=chua-cham"),
    (screening, "/iii-2023/kiem-tra"),
    (screening, "/iii-2023/kiem-tra?tim=dan&ket-luan=pending&xep=name"),
    (screening, "/iii-2023/kiem-tra?loai-hinh={category}&xep=title"),
    (drawing, "/iii-2023/vong/1/xep-hang"),
    (chair, "/iii-2023/vong/1/xep-hang"),
    (member, "/iii-2023/vong/1/xep-hang"),
    (public, "/iii-2023/ket-qua"),
    (public, "/iii-2023/ket-qua?tim=dan&muc=A"),
    (reader, "/iii-2023/ket-qua"),
]


def told_apart(app: Flask) -> str:
    """Titles and names as different as those of people, or all lines would be packed into one; a category's key."""
    chance, syllables = random.Random(2023), WORDS.split()  # noqa: S311
    with app.app_context(), unit_of_work():
        for entry in session.scalars(select(Entry).order_by(Entry.id)):
            entry.title = " ".join(chance.choices(syllables, k=10)).capitalize()
        for author in session.scalars(select(Authorship).order_by(Authorship.id)):
            author.legal_name = " ".join(chance.choices(syllables, k=3)).title()
        return session.scalars(select(Category.public_id)).one()


@pytest.mark.parametrize(("scene", "address"), LISTS)
def test_a_hot_list_costs_eight_statements_and_sixty_kilobytes_at_most(
    app: Flask, count_queries: Counting, scene: Scene, address: str
) -> None:
    cost: dict[int, list[int]] = {}
    for works in (10, 319):
        person = scene(app, works)
        visitor = Visitor(app, person)
        there: str | None = address.format(category=told_apart(app))
        visitor.get(there)
        cost[works] = []
        while there is not None and len(cost[works]) < 3:
            with count_queries() as spent:
                answer = visitor.get(there, headers=AS_A_BROWSER)
            assert answer.status_code == 200
            assert answer.headers["Content-Encoding"] == "gzip"
            assert len(answer.data) <= MOST_BYTES, (there, len(answer.data))
            assert len(spent) <= MOST, "\n\n".join(spent.statements)
            cost[works].append(len(spent))
            onwards = re.search(r'rel="next" href="([^"]+)"', visitor.get(there).text)
            there = html.unescape(onwards[1]) if onwards else None
        empty_tables(app)
    assert set(cost[10]) == set(cost[319])
    assert len(cost[10]) == 1
    assert len(cost[319]) == (1 if scene in (drawing, public, reader) else 3)
