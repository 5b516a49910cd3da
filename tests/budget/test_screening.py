"""What the secretariat's pages cost: as many statements for 319 dossiers as for ten."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Authorship, Entry, Part
from award.people.models import Person
from award.screening.models import Screening
from tests import factories
from tests.award.screening.alike_files import held
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
QUEUE = "/iii-2023/kiem-tra"


def dossiers(count: int) -> tuple[Person, str]:
    """So many submitted works, and the address of one."""
    edition = factories.edition(state="screening")
    category = factories.category(edition)
    secretary = judge(edition, "Bùi Cúc", "secretary")
    owner = factories.person()
    entries = [
        Entry(
            edition_id=edition.id,
            category_id=category.id,
            genre_id=category.genres[0].id,
            owner_id=owner.id,
            title=f"Tác phẩm {number}",
            state="submitted",
            submitted_at=now(),
            code=f"KH3-{number:04d}",
            changed_at=now(),
            parts=[Part(ordinal=n, title=f"Kỳ {n}", published_on=date(2023, 3, n)) for n in (1, 2)],
            authors=[Authorship(ordinal=1, legal_name="Nguyễn Thị Vân", contact=True)],
        )
        for number in range(1, count + 1)
    ]
    session.add_all(entries)
    session.flush()
    return secretary, f"{QUEUE}/{entries[-1].public_id}"


@pytest.mark.parametrize("count", [10, 319])
def test_the_queue_and_a_dossier_cost_the_same_for_ten_and_for_all(
    app: Flask, count_queries: Counting, count: int
) -> None:
    with app.app_context(), unit_of_work():
        secretary, dossier = dossiers(count)
    visitor = Visitor(app, secretary)

    def cost(address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        return spent.statements

    for address, most in ((QUEUE, 8), (f"{QUEUE}?tim=tac+pham&ket-luan=pending", 8), (dossier, 19)):
        spent = cost(address)
        assert len(spent) <= most, "\n\n".join(spent)


def test_a_whole_page_of_the_queue_has_at_most_fifteen_hundred_elements(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        secretary, _dossier = dossiers(60)
        session.add_all([factories.newsroom(f"Báo thứ {number}") for number in range(40)])
    page = Visitor(app, secretary).get(QUEUE).text
    assert page.count(" data-row ") == 50
    assert len(re.findall(r"<[a-z]", page)) <= 1500


@pytest.mark.parametrize("count", [2, 40])
def test_two_works_beside_each_other_cost_the_same_however_many_are_alike(
    app: Flask, count_queries: Counting, count: int
) -> None:
    with app.app_context(), unit_of_work():
        secretary, address = dossiers(count)
        for entry in session.scalars(select(Entry)).all():
            for number in range(3):
                held(entry, f"{number}.docx", paragraphs=[" ".join(f"lời{number} {n} {n * n}" for n in range(80))])
        other = session.scalars(select(Entry.public_id).order_by(Entry.id)).first()
    visitor = Visitor(app, secretary)

    def cost(there: str) -> list[str]:
        assert visitor.get(there).status_code == 200
        with count_queries() as spent:
            visitor.get(there)
        return spent.statements

    for there, most in ((f"{address}/so-sanh/{other}", 16), (address, 19)):
        spent = cost(there)
        assert len(spent) <= most, "\n\n".join(spent)


LIST = "/iii-2023/khong-du-dieu-kien"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"{QUEUE}?tai-ve=csv", 8),
        (f"{LIST}?tai-ve=csv", 8),
        (f"{LIST}/van-ban/danh-sach.docx", 9),
        (f"{LIST}/van-ban/bien-ban.pdf", 10),
    ],
)
def test_a_file_of_all_costs_what_a_page_does(app: Flask, count_queries: Counting, address: str, most: int) -> None:
    with app.app_context(), unit_of_work():
        secretary, _dossier = dossiers(120)
        for number, entry in enumerate(session.scalars(select(Entry)).all()):
            refused = {"decision": "ineligible", "reason": "Đăng trước thời gian.", "clause": "Điều 4"}
            said = refused if number % 2 else {"decision": "pending"}
            session.add(Screening(entry_id=entry.id, edition_id=entry.edition_id, **said))
    visitor = Visitor(app, secretary)
    with count_queries() as spent:
        answer = visitor.get(address)
    assert answer.status_code == 200
    assert len(spent) <= most, "\n\n".join(spent.statements)
    if address == f"{QUEUE}?tai-ve=csv":
        assert answer.text.count("\r\n") == 121
