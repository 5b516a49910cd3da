"""What the list of objections and the page of what came after the decision cost: the same for few and for many."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from award.cases.models import Case
from award.clock import now
from award.db import session, unit_of_work
from award.results.models import Result, Ruling
from tests.award.results.rows import outcome, work
from tests.budget.conftest import Spent
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
RULED = {
    "number": "31-QĐ/BTCG",
    "day": date(2024, 1, 5),
    "body": "Ban",
    "signatory": "Trưởng Ban",
    "reason": "Đăng sớm",
}


@pytest.mark.parametrize("count", [2, 60])
def test_they_cost_the_same_for_few_and_for_many(app: Flask, count_queries: Counting, count: int) -> None:
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        made.levels["A"].quota = count
        works = [work(made.edition, made.category, f"Việc làng {n}") for n in range(count)]
        made.propose(*[(each, "A") for each in works])
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
        for n, result in enumerate(session.query(Result).limit(count // 2)):
            result.state = "revoked"
            about = {"edition_id": made.edition_id, "entry_id": result.entry_id}
            session.add(Ruling(kind="revoked", state="confirmed", result_id=result.id, done_at=now(), **about, **RULED))
            session.add(Case(number=n + 1, about="work", words="Xem lại", received_on=date(2024, 1, 2), **about))
    visitor = Visitor(app, made.organiser)
    for door, most in (("/iii-2023/giai-quyet-kien-nghi", 10), ("/iii-2023/sau-cong-bo", 24)):
        assert visitor.get(door).status_code == 200
        with count_queries() as spent:
            visitor.get(door)
        assert len(spent) <= most, "\n\n".join(spent.statements)
