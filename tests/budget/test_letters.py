"""What the pages of letters cost: the same for few people and for many."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Entry
from award.letters.models import Mailing
from award.people import memberships
from tests import factories
from tests.budget.conftest import Spent
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]


@pytest.mark.parametrize("count", [2, 40])
def test_they_cost_the_same_for_few_and_for_many(app: Flask, count_queries: Counting, count: int) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        category, secretary = factories.category(edition), factories.person("Lê Thư Ký")
        factories.appointment(edition, secretary, "secretary")
        for n in range(count):
            owner, organ = factories.person(f"Người {n}"), factories.newsroom(f"Báo {n}")
            memberships.join(by_id=None, person=owner, newsroom=organ, role="contact")
            shared = {"edition_id": edition.id, "category_id": category.id, "owner_id": owner.id, "changed_at": now()}
            session.add(Entry(title=f"Việc {n}", state="draft", **shared))
            received = {"state": "submitted", "submitted_at": now(), "code": f"KH3-{n:04}", "newsroom_id": organ.id}
            session.add(Entry(title=f"Đã nộp {n}", **received, **shared))
            told = {"subject": f"Thư {n}", "body": "Lời thư", "people": 0, "sent_by_id": secretary.id}
            session.add(Mailing(edition_id=edition.id, audience="drafts", **told))
    visitor = Visitor(app, secretary)
    doors = {"": 22, "/gui/drafts": 12, "/gui/unsaid": 16, "/mau/attestation_reminder": 18, "/tin-nhan": 16}
    for door, most in doors.items():
        assert visitor.get(f"/iii-2023/thu{door}").status_code == 200
        with count_queries() as spent:
            visitor.get(f"/iii-2023/thu{door}")
        assert len(spent) <= most, "\n\n".join(spent.statements)
