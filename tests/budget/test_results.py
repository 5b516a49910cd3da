"""What the pages of results and of the national list cost, however many works there are."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta

from flask import Flask

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.nominations.models import Nomination
from award.opinions.models import Opinion
from award.results.operations import StandingRow, record_standing
from award.results.remembered import MINUTE, MOST
from tests import factories
from tests.award.editions.issuing import issuing_body, settled
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


PAGES: Sequence[tuple[str, bool, int]] = (
    ("/iii-2023/ket-qua", False, 12),
    ("/iii-2023/ket-qua?tim=viec&muc=A", False, 12),
    ("/iii-2023/ket-qua/{work}", False, 12),
    ("/iii-2023/quyet-dinh", True, 8),
    ("/iii-2023/xin-y-kien", True, 12),
    ("/iii-2023/van-ban-da-ban-hanh", True, 12),
    ("/iii-2023/cong-bo", True, 37),
    ("/iii-2023/nhan-xet", True, 12),
    ("/iii-2023/chi-tra", True, 16),
    ("/iii-2023/le-trao-giai", True, 20),
    ("/iii-2023/gui-trung-uong", True, 8),
    ("/iii-2023/ket-qua?tai-ve=csv", False, 10),
    ("/iii-2023/quyet-dinh?tai-ve=xlsx", True, 10),
    ("/iii-2023/quyet-dinh/van-ban/quyet-dinh.pdf", True, 14),
    ("/iii-2023/quyet-dinh/van-ban/thong-bao.docx", True, 20),
    ("/iii-2023/gui-trung-uong?tai-ve=xlsx", True, 12),
    ("/iii-2023/gui-trung-uong/van-ban/cong-van.docx", True, 16),
    ("/iii-2023/gui-trung-uong/van-ban/danh-sach.pdf", True, 18),
)
"""Address, whether it is the organiser's, and how many statements it may cost."""


def test_a_page_costs_the_same_however_many_works(app: Flask, count_queries: Counting) -> None:
    spent: dict[str, list[int]] = {address: [] for address, _of_organiser, _most in PAGES}
    for works in (2, 40):
        made = season(app, works)
        anybody, organiser = Visitor(app), Visitor(app, made.organiser)
        for address, of_organiser, _most in PAGES:
            visitor = organiser if of_organiser else anybody
            asked = address.format(work=made.works[0].public_id)
            visitor.get(asked)
            app.extensions.pop("drawn_pages", None)  # the page anew
            with count_queries() as counted:
                assert visitor.get(asked).status_code == 200
            spent[address].append(len(counted))
        empty_tables(app)
    assert {address: few for address, (few, many) in spent.items() if few != many} == {}
    assert {address: spent[address] for address, _of_organiser, most in PAGES if spent[address][0] > most} == {}


def test_the_page_of_a_decision_that_is_not_recorded_asks_eight_questions_at_most(
    app: Flask, count_queries: Counting
) -> None:
    """With what is open, what was looked at again and the next number of the register."""
    with app.app_context(), unit_of_work():
        made = outcome()
        settled(made.edition, "decision", issuing_body(made.edition))
        asked = {"edition_id": made.edition_id, "asked_on": date(2023, 11, 1), "recorded_by_id": made.organiser.id}
        session.add_all([Opinion(body="Hội Nhà báo tỉnh", **asked), Opinion(body="Thường trực Tỉnh ủy", **asked)])
    visitor = Visitor(app, made.organiser)
    visitor.get("/iii-2023/quyet-dinh")
    with count_queries() as counted:
        page = visitor.get("/iii-2023/quyet-dinh").text
    assert "số tiếp theo là 01-QĐ/BTCG" in page
    assert "Thường trực Tỉnh ủy chưa trả lời" in page
    assert len(counted) <= 8, "\n\n".join(counted.statements)


def test_the_public_page_is_drawn_once_for_all_who_see_the_same(app: Flask, count_queries: Counting) -> None:
    made, anybody = season(app, 2), Visitor(app)
    page = "/iii-2023/ket-qua"
    first = anybody.get(page)
    with count_queries() as counted:
        again = Visitor(app).get(page)
        known = anybody.get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert len(counted) == 2, "whether anything happened, each time"
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert (known.status_code, known.data) == (304, b"")
    anybody.client.set_cookie("theme", "dark", domain="127.0.0.1")
    assert 'data-theme="dark"' in anybody.get(page).text
    assert "data-theme" not in Visitor(app).get(page).text
    assert "Bàn làm việc" in Visitor(app, made.organiser).get(page).text
    assert "Bàn làm việc" not in Visitor(app).get(page).text
    with clock.stopped_at(now() + MINUTE), count_queries() as late:
        Visitor(app).get(page)
    assert len(late) > 2, "its minute is over"
    for number in range(MOST + 1):
        Visitor(app).get(f"{page}?tim={number}")
    assert len(app.extensions["drawn_pages"]) == MOST
