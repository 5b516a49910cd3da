"""What the ledger costs: as many statements for all parcels of an edition as for ten."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.intake.models import Parcel, ParcelWork, Piece
from award.people.models import Person
from tests import factories
from tests.award.screening.conftest import dossier
from tests.budget.conftest import Spent
from tests.judging.rows import judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
LEDGER = "/iii-2023/tiep-nhan"


def parcels(count: int) -> tuple[Person, str]:
    """So many parcels with two things and a work each, and the address of one."""
    edition = factories.edition(state="open")
    factories.category(edition)
    owner, secretary = factories.person("Bùi Cúc"), judge(edition, "Trần Minh", "secretary")
    made = [
        Parcel(
            edition_id=edition.id,
            number=n,
            channel="post",
            sender=f"Người gửi {n}",
            newsroom_text="Báo Biển Xanh",
            arrived_at=now(),
            registered_by_id=secretary.id,
            pieces=[Piece(ordinal=1, kind="envelope"), Piece(ordinal=2, kind="usb")],
        )
        for n in range(1, count + 1)
    ]
    session.add_all(made)
    session.flush()
    for n, each in enumerate(made, start=1):
        entry = dossier(edition, owner, n, f"Tác phẩm {n}")
        session.add(ParcelWork(parcel_id=each.id, entry_id=entry.id))
    session.flush()
    return secretary, f"{LEDGER}/{made[-1].public_id}"


@pytest.mark.parametrize("count", [1, 10, 50, 319])
def test_the_pages_cost_the_same_for_ten_and_for_all(app: Flask, count_queries: Counting, count: int) -> None:
    with app.app_context(), unit_of_work():
        secretary, parcel = parcels(count)
    visitor = Visitor(app, secretary)

    def cost(address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        return spent.statements

    for address, most in (
        (LEDGER, 8),
        (f"{LEDGER}?tim=tac+pham&tinh-trang=works", 8),
        (f"{LEDGER}?tai-ve=csv", 8),
        (f"{LEDGER}/hien-vat", 8),
        (f"{LEDGER}/hien-vat?tim=nguoi+gui&con=kept", 8),
        (f"{LEDGER}/hien-vat?tai-ve=csv", 8),
        (f"{LEDGER}/ghi", 8),
        (f"{LEDGER}/nap", 8),
        (f"{LEDGER}/ban-quet", 8),
        (f"{LEDGER}/tep", 8),
        (f"{LEDGER}/ghi?vua={parcel.rpartition('/')[2]}", 8),
        (parcel, 8),
        (f"{parcel}?tim=tac+pham", 8),
    ):
        spent = cost(address)
        assert len(spent) <= most, f"{address}: {len(spent)}\n\n" + "\n\n".join(spent)
        assert not any(" OFFSET " in statement for statement in spent)
        if address == LEDGER:
            assert not any("parcel.contents" in statement for statement in spent), "typed at length, and not shown"


@pytest.mark.parametrize("works", [1, 10, 50])
def test_a_parcel_with_many_works_costs_what_one_costs_and_is_light(
    app: Flask, count_queries: Counting, works: int
) -> None:
    with app.app_context(), unit_of_work():
        secretary, address = parcels(works)
        parcel = session.scalars(select(Parcel).order_by(Parcel.id.desc())).first()
        assert parcel is not None
        for beside in session.scalars(select(ParcelWork)):
            beside.parcel_id = parcel.id
    visitor = Visitor(app, secretary)
    page = visitor.get(f"{address}?tim=tac+pham")
    with count_queries() as spent:
        page = visitor.get(f"{address}?tim=tac+pham")
    assert page.get_data(as_text=True).count('class="by small muted">') >= works
    assert len(spent) <= 8, "\n\n".join(spent.statements)
    light = visitor.get(address, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"})
    assert len(light.data) <= 60_000


def test_a_page_of_the_ledger_is_light(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        secretary, _parcel = parcels(319)
    answer = Visitor(app, secretary).get(LEDGER, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"})
    assert len(answer.data) <= 60_000
