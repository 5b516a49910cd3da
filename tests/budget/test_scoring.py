"""What the judge's pages cost, however long the list."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Entry, Part
from award.screening.models import Screening
from judging.scoring.operations import save
from tests.budget.conftest import Spent
from tests.judging.rows import Bench, bench
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]


def long_list(app: Flask, works: int) -> tuple[Bench, str]:
    """An open round of that many works, some of them marked; and the address of one sheet."""
    with app.app_context(), unit_of_work():
        of = bench(works=0, judges=1)
        entries = [
            Entry(
                edition_id=of.edition.id,
                category_id=of.category.id,
                genre_id=of.category.genres[0].id,
                owner_id=of.organiser.id,
                title=f"Tác phẩm {number}",
                state="submitted",
                submitted_at=now(),
                code=f"KH3-{number:04d}",
                changed_at=now(),
                parts=[Part(ordinal=1, title="Kỳ 1")],
            )
            for number in range(1, works + 1)
        ]
        session.add_all(entries)
        session.flush()
        for number, entry in enumerate(entries, start=1):
            code = f"III-IN-{number:03d}"
            session.add(Screening(entry_id=entry.id, edition_id=of.edition.id, decision="eligible", blind_code=code))
        of.open()
        (judge,) = of.judges
        own = of.assignments(judge)
        for assignment in own[:5]:
            marks = {criterion.id: 4 for criterion in of.round.criteria}
            save(by=of.by(judge), assignment=assignment, version=0, marks=marks, note="")
        return of, f"/iii-2023/vong/1/cham/{own[-1].public_id}"


@pytest.fixture
def spent_on(app: Flask, count_queries: Counting) -> Callable[[Visitor, str], list[str]]:
    def ask(visitor: Visitor, address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            visitor.get(address)
        return spent.statements

    return ask


@pytest.mark.parametrize("works", [10, 319])
def test_the_list_costs_the_same_for_ten_works_and_for_all(
    app: Flask, spent_on: Callable[[Visitor, str], list[str]], works: int
) -> None:
    of, sheet = long_list(app, works)
    with app.app_context():
        judge = Visitor(app, of.judges[0])
        of_own = [assignment.public_id for assignment in of.assignments(of.judges[0])[:4]]
    listed = spent_on(judge, "/iii-2023/vong/1/cham")
    assert len(listed) <= 8, "\n\n".join(listed)
    beside = spent_on(judge, sheet)
    assert len(beside) <= 17, "\n\n".join(beside)
    assert sum("FROM assignment" in statement for statement in listed) == 1
    assert len(spent_on(judge, "/iii-2023/vong/1/cham/mang-theo")) <= 8
    assert len(spent_on(judge, "/iii-2023/vong/1/cham/diem-cua-toi")) <= 9
    names = "&".join(f"tp={name}" for name in of_own)
    assert len(spent_on(judge, f"/iii-2023/vong/1/cham/so-sanh?{names}")) <= 8 + 4 * 11


@pytest.mark.parametrize("works", [10, 319])
def test_sheets_to_be_printed_and_keyed_cost_the_same(
    app: Flask, spent_on: Callable[[Visitor, str], list[str]], works: int
) -> None:
    of, _sheet = long_list(app, works)
    with app.app_context():
        staff, seat = Visitor(app, of.organiser), of.seat(of.judges[0]).public_id
    for address, most in (("", 8), (f"/{seat}", 10)):
        listed = spent_on(staff, f"/iii-2023/vong/1/phieu-giay{address}")
        assert len(listed) <= most, "\n\n".join(listed)
