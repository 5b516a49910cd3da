"""What the pages of results and of the national list cost, however many works there are."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.nominations.models import Nomination
from award.people.models import Person
from award.results.operations import StandingRow, record_standing
from tests import factories
from tests.award.results.rows import Outcome, outcome, work
from tests.budget.conftest import Spent
from tests.conftest import empty_tables
from tests.visitor import Visitor

AUTHORS = (("Nguyễn Thị Vân", "Hà Vân"), ("Trần Minh", ""), ("Lê Hoàng Phúc", ""))
Counting = Callable[[], AbstractContextManager[Spent]]


def season(app: Flask, count: int) -> Outcome:
    """So many works with a prize, each of three authors and three parts, ranked, published; half are nominated."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        organ = factories.newsroom()
        made.levels["A"].quota = count
        works = [
            work(made.edition, made.category, f"Việc làng {n}", authors=AUTHORS, newsroom=organ, parts=3)
            for n in range(count)
        ]
        session.refresh(made.edition, ["panels"])
        panel = next(each for each in made.edition.panels if each.round_id == made.rounds[1].id)
        rows = [StandingRow(each.id, panel.id, n, None, 3) for n, each in enumerate(works, start=1)]
        record_standing(by=made.by(made.organiser), edition=made.edition, judged=made.rounds[1], rows=rows)
        made.propose(*[(each, "A") for each in works])
        factories.national_edition(made.edition)
        for ordinal, each in enumerate(works[::2], start=1):
            listed = {"edition_id": made.edition_id, "entry_id": each.id, "chosen_by_id": made.organiser.id}
            session.add(Nomination(ordinal=ordinal, **listed))
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)
        made.works = works
    return made


@pytest.mark.parametrize(
    ("address", "reader", "most"),
    [
        ("/iii-2023/ket-qua", None, 12),
        ("/iii-2023/ket-qua?tim=viec&muc=A", None, 12),
        ("/iii-2023/ket-qua/{work}", None, 12),
        ("/iii-2023/quyet-dinh", "organiser", 30),
        ("/iii-2023/xin-y-kien", "organiser", 12),
        ("/iii-2023/van-ban-da-ban-hanh", "organiser", 12),
        ("/iii-2023/cong-bo", "organiser", 37),
        ("/iii-2023/nhan-xet", "organiser", 12),
        ("/iii-2023/chi-tra", "organiser", 16),
        ("/iii-2023/le-trao-giai", "organiser", 20),
        ("/iii-2023/gui-trung-uong", "organiser", 35),
        ("/iii-2023/ket-qua?tai-ve=csv", None, 10),
        ("/iii-2023/quyet-dinh?tai-ve=xlsx", "organiser", 10),
        ("/iii-2023/quyet-dinh/van-ban/quyet-dinh.pdf", "organiser", 14),
        ("/iii-2023/quyet-dinh/van-ban/thong-bao.docx", "organiser", 20),
        ("/iii-2023/gui-trung-uong?tai-ve=xlsx", "organiser", 12),
        ("/iii-2023/gui-trung-uong/van-ban/cong-van.docx", "organiser", 16),
        ("/iii-2023/gui-trung-uong/van-ban/danh-sach.pdf", "organiser", 18),
    ],
)
def test_a_page_costs_the_same_however_many_works(
    app: Flask, count_queries: Counting, address: str, reader: str | None, most: int
) -> None:
    spent = {}
    for works in (2, 40):
        made = season(app, works)
        person: Person | None = getattr(made, reader) if reader else None
        visitor = Visitor(app, person)
        asked = address.format(work=made.works[0].public_id)
        visitor.get(asked)
        with count_queries() as counted:
            assert visitor.get(asked).status_code == 200
        spent[works] = len(counted)

        empty_tables(app)
    assert spent[2] == spent[40]
    assert spent[40] <= most
