"""What the pages of editions cost: as many questions for fifty categories as for one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.editions.feature import feature
from award.editions.issuing import KINDS
from award.editions.models import Appointment, Category, Edition
from award.editions.queries import with_rules
from tests import factories
from tests.award.editions.conftest import Prepared, prepared, rows
from tests.award.editions.issuing import issuing_body, settled
from tests.budget.conftest import Spent
from tests.visitor import Visitor

PAGES = {
    "/iii-2023/": 8,
    "/iii-2023/the-le": 13,
    "/iii-2023/thiet-lap": 18,
    "/iii-2023/thiet-lap/loai-hinh": 16,
    "/iii-2023/thiet-lap/vong-cham": 16,
    "/iii-2023/thiet-lap/nhan-su": 8,
    "/iii-2023/thiet-lap/nhan-su?tai-ve=xlsx": 8,
    "/iii-2023/thiet-lap/sua-doi": 16,
    "/iii-2023/thiet-lap/xem-truoc": 16,
    "/iii-2023/thiet-lap/chay-thu": 16,
    "/iii-2023/thiet-lap/van-ban": 18,
    "/iii-2023/thiet-lap/van-ban/decision": 18,
}
"""The most questions, those of session and account included; what other rooms put into the frame is theirs."""


@pytest.fixture
def made(app: Flask) -> Prepared:
    with rows(app):
        return prepared(state="open")


def crowd(edition: Edition) -> None:
    """Fifty categories, fifty more people with an office, every paper issued by a body of its own."""
    for n in range(2, 51):
        category: Category = factories.category(edition, code=f"C{n}", name=f"Loại hình {n}")
        factories.panel(edition, edition.rounds[0], category, name=f"Tiểu ban {n}")
        office: Appointment = factories.appointment(edition, factories.person(f"Người {n}"), "judge")
        assert office.id
    for n, kind in enumerate(KINDS, start=1):
        assert settled(edition, kind, issuing_body(edition, ordinal=n, name=f"Ban {n}")).id


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_no_more_when_there_is_more(
    app: Flask,
    made: Prepared,
    count_queries: Callable[[], AbstractContextManager[Spent]],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setitem(app.extensions, "features", (feature,))
    desk = Visitor(app, made.organiser)
    desk.get(address)
    with count_queries() as few:
        assert desk.get(address).status_code == 200
    with rows(app):
        crowd(with_rules(made.edition.id))
    with count_queries() as many:
        assert desk.get(address).status_code == 200
    assert len(many) == len(few), [s for s in many.statements if s not in few.statements]
    assert len(many) <= PAGES[address]
