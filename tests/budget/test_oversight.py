"""What the page of the store costs: as many statements for many files as for few."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import Flask

from award.db import session, unit_of_work
from award.entries.models import EntryFile
from award.people.models import Person
from tests import factories
from tests.award.entries.conftest import made_file
from tests.award.screening.conftest import dossier
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor


def filled(app: Flask, works: int) -> Person:
    """So many more works with a file each; who organises the edition."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open", slug=f"lan-{works}", ordinal=works)
        category = factories.category(edition)
        owner = factories.person()
        for number in range(works):
            entry = dossier(edition, owner, number, f"Tác phẩm {number}")
            state = "uploading" if number % 2 else "ready"
            file = made_file(owner, state)
            entry.files.append(
                EntryFile(part_id=entry.parts[0].id, slot_id=category.slots[0].id, file_id=file.id, ordinal=9)
            )
        session.flush()
        return judge(edition, "Lê Tổ Chức", "organiser")


def test_the_page_of_the_store_costs_the_same_for_many_files(
    app: Flask, count_queries: Callable[[], AbstractContextManager[Spent]]
) -> None:
    cost = []
    for works in (2, 60):
        visitor = Visitor(app, filled(app, works))
        assert visitor.get("/kho-tep").status_code == 200
        with count_queries() as spent:
            visitor.get("/kho-tep")
        cost.append(len(spent))
        assert len(spent) <= 8, "\n\n".join(spent.statements)
    assert cost[0] == cost[1]
