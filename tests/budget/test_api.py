"""What programs cost: as many statements for a long list as for a short one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.db import session, unit_of_work
from tests import factories
from tests.award.api.conftest import Program, program_of
from tests.budget.conftest import Spent
from tests.budget.test_newsrooms import press

Counting = Callable[[], AbstractContextManager[Spent]]


@pytest.mark.parametrize("works", [1, 60])
def test_lists_for_programs_cost_the_same_for_one_and_for_all(app: Flask, count_queries: Counting, works: int) -> None:
    with app.app_context(), unit_of_work():
        contact, _secretary, newsroom = press(works)
        for n in range(works):
            factories.edition(slug=f"le-{n}", ordinal=n + 9, state="published")
        session.flush()
    asked = program_of(app, contact)
    edition = "/editions/iii-2023"
    assert asked.get("/me").status_code == 200  # when the key was used is written down once a minute
    for program, address, most in (
        (Program(app), "/editions", 1),
        (Program(app), f"{edition}/categories", 7),
        (asked, f"{edition}/entries", 6),
        (asked, f"{edition}/newsrooms/{newsroom.public_id}/works", 8),
        (asked, "/webhooks", 3),
    ):
        with count_queries() as spent:
            assert program.get(address).status_code == 200
        assert len(spent) <= most, (address, spent.statements)
