"""The page of statistics counts what stands in the rows, for staff at once and for everybody with the results."""

import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause, PrizeLevel, Topic
from award.entries.models import Entry
from award.people.models import NewsroomName
from award.results.models import Honour, Result
from award.screening.models import Screening
from tests import factories
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

PAGE = "/iii-2023/thong-ke"
GROUP = (("Nguyễn Thị Vân", "Hà Vân"), ("Trần Minh", ""))


@pytest.fixture
def made(app: Flask) -> Outcome:
    """Ten works received: six eligible, three not, one withdrawn; two of the eligible have a prize, one on a topic."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        edition, print_ = made.edition, made.category
        photo = factories.category(edition, code="ANH", name="Ảnh báo chí", medium="photo")
        organ = factories.newsroom("Báo Biển Xanh")
        organ.names.append(NewsroomName(name="Báo Biển Xanh mới", valid_from=date(2090, 1, 1)))
        session.add(Clause(edition_id=edition.id, code="window", source="khoản 1 Điều 4"))
        focal = Topic(edition_id=edition.id, ordinal=1, name="Trọng tâm", focal=True)
        silent = Topic(edition_id=edition.id, ordinal=2, name="Chưa ai viết")
        session.add_all([focal, silent])
        session.flush()
        made.works[0].topic_id = focal.id
        work(edition, photo, "Chùm ảnh", authors=GROUP, newsroom=organ, topic_id=focal.id)
        work(edition, photo, "Chùm ảnh khác", authors=GROUP[::-1], newsroom=organ, topic_id=focal.id)
        work(edition, print_, "Viết một mình", authors=GROUP[1:], newsroom=organ)
        for title, clause, verdict in (
            ("Đăng sớm", "khoản 1 Điều 4", "red"),
            ("Người thấy sớm", "khoản 1 Điều 4", "green"),
            ("Lạc đề", "Điều 2", "green"),
        ):
            out = work(edition, print_, title, authors=((title, ""),), decision="ineligible")
            screened = session.query(Screening).filter_by(entry_id=out.id).one()
            screened.clause, screened.reason = clause, "lý do"
            screened.findings = {"findings": [{"code": "window", "verdict": verdict, "clause": "khoản 1 Điều 4"}]}
        gone = work(edition, print_, "Đã rút", authors=(("Người Rút", ""),))
        gone.state, gone.withdrawn_at, gone.withdrawn_reason = "withdrawn", now(), "Xin rút"
        made.propose((made.works[0], "ĐB"), (made.works[1], "A"))
        made.decide()
    return made


def published(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


def figures(page: str) -> dict[str, int]:
    """The exact values a program reads from the page."""
    return {name: int(value) for name, value in re.findall(r'<data data-figure="([^"]+)" value="(\d+)">', page)}


def test_every_figure_is_counted_from_the_rows(app: Flask, made: Outcome) -> None:
    page = Visitor(app, made.organiser).get(PAGE)
    assert page.status_code == 200
    told = figures(page.text)
    assert {
        name: told[name] for name in ("received", "eligible", "ineligible", "withdrawn", "undecided", "prizes")
    } == {
        "received": 10,
        "eligible": 6,
        "ineligible": 3,
        "withdrawn": 1,
        "undecided": 0,
        "prizes": 2,
    }
    assert (told["eligible.print"], told["eligible.photo"]) == (4, 2)
    assert (told["prizes.ĐB"], told["prizes.A"]) == (1, 1)


def test_a_group_is_its_members_whatever_their_order_and_namesakes_with_accounts_are_two(
    app: Flask, made: Outcome
) -> None:
    """Nguyễn Thị Vân alone (three works), she with Trần Minh (two), Trần Minh alone, and four more."""
    visitor = Visitor(app, made.organiser)
    told = figures(visitor.get(PAGE).text)
    assert (told["authors"], told["eligible_authors"]) == (7, 3)
    with app.app_context(), unit_of_work():
        ours = made.works[0].authors[0], made.works[1].authors[0]
        for author in ours:
            session.merge(author).person_id = factories.person("Nguyễn Thị Vân").id
    told = figures(visitor.get(PAGE).text)
    assert (told["authors"], told["eligible_authors"]) == (9, 5), "one of each account, and one that has none"


def test_works_of_an_organ_that_was_merged_count_for_what_it_became(app: Flask, made: Outcome) -> None:
    """On the last day for entries: what is merged later stays by itself, and a chain of mergers leads to its end."""
    with app.app_context(), unit_of_work():
        whole, station, radio, later = (
            session.query(NewsroomName).filter_by(name="Báo Biển Xanh").one().newsroom,
            factories.newsroom("Đài Núi Bạc"),
            factories.newsroom("Tiếng nói Núi Bạc"),
            factories.newsroom("Tạp chí Ven Bờ"),
        )
        for organ, into, last in (
            (station, whole, date(2023, 1, 31)),
            (radio, station, date(2022, 5, 31)),
            (later, whole, date(2090, 1, 1)),
        ):
            organ.successor_id, organ.names[-1].valid_to = into.id, last
        for organ in (station, radio, later):
            one = work(made.edition, made.category, organ.names[-1].name, newsroom=organ)
            given = {"entry_id": one.id, "prize_level_id": made.levels["A"].id, "state": "decided"}
            session.add(Result(edition_id=made.edition_id, **given))
        theme = factories.prize_level(made.edition, rank=3, code="CĐ", name="Giải Chuyên đề", kind="thematic")
        second = {"entry_id": one.id, "prize_level_id": theme.id, "kind": "thematic", "state": "decided"}
        session.add(Result(edition_id=made.edition_id, **second))
    staff = Visitor(app, made.organiser)
    prized = staff.get(f"{PAGE}/giai-theo-co-quan.csv").text.splitlines()
    assert prized[0].endswith('"Số giải","Giải Đặc biệt","Giải A","Giải Chuyên đề"')
    assert prized[2:] == ['"Báo Biển Xanh","2","0","2","0"', '"Tạp chí Ven Bờ","2","0","1","1"']
    drawn = staff.get(PAGE).text
    assert figures(drawn)["prizes"] == 5, "a work with two prizes is one"
    assert 'aria-label="Số giải theo cơ quan đăng, phát"' in drawn
    page = Visitor(app, made.organiser).get(f"{PAGE}/co-quan.csv").text
    assert '"Báo Biển Xanh","5"' in page
    assert '"Tạp chí Ven Bờ","1"' in page
    assert "Núi Bạc" not in page


def test_where_authors_work_is_counted_for_the_staff_alone_and_merged_units_once(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        heir = session.query(NewsroomName).filter_by(name="Báo Biển Xanh").one().newsroom
        former = factories.newsroom("Đài Núi Bạc")
        former.successor_id, former.names[-1].valid_to = heir.id, date(2023, 1, 31)
        for entry in session.query(Entry).filter(Entry.title.startswith("Chùm ảnh")):
            for author, organ in zip(entry.authors, (heir, former), strict=True):
                author.employer_id = organ.id
        alone = session.query(Entry).filter_by(title="Viết một mình").one()
        alone.authors[0].employer_text = "Huyện ủy Núi Bạc"
        first = session.merge(made.works[0])
        first.authors[0].employer_id = former.id
    published(app, made)
    staff, anybody = Visitor(app, made.organiser), Visitor(app)
    table = staff.get(f"{PAGE}/co-quan-cong-tac.csv").text.splitlines()[1:]
    assert table == ['"Không ghi cơ quan","6","2","1"', '"Báo Biển Xanh","3","3","1"', '"Huyện ủy Núi Bạc","1","1","0"']
    assert "Huyện ủy Núi Bạc" in staff.get(PAGE).text
    across = staff.get(f"{PAGE}/cac-lan?tai-ve=csv").text
    assert '"Cơ quan công tác","Báo Biển Xanh","III","2023","3","3","1"' in across, "as it is called today"
    for address in (PAGE, f"{PAGE}/cac-lan", f"{PAGE}/cac-lan?tai-ve=csv"):
        assert "Huyện ủy Núi Bạc" not in anybody.get(address).text, "a small unit would tell how its author fared"
    assert anybody.get(f"{PAGE}/co-quan-cong-tac.csv").status_code == 404
    book = load_workbook(io.BytesIO(anybody.get("/iii-2023/thong-ke.xlsx").data))
    assert "Theo cơ quan công tác" not in book.sheetnames


def test_reasons_are_told_by_clause_with_what_the_automatic_check_had_said(app: Flask, made: Outcome) -> None:
    page = Visitor(app, made.organiser).get(f"{PAGE}/khong-du-dieu-kien.csv").text
    assert '"khoản 1 Điều 4","Thời gian đăng, phát","2","1"' in page
    assert '"Điều 2","","1","0"' in page


def test_a_content_nobody_wrote_about_is_named(app: Flask, made: Outcome) -> None:
    page = Visitor(app, made.organiser).get(PAGE).text
    assert re.search(r"Chưa có tác phẩm nào về 1 nội dung:.*<li>Chưa ai viết</li>", page, re.DOTALL)
    table = Visitor(app, made.organiser).get(f"{PAGE}/noi-dung.csv").text
    assert '"Trọng tâm","có","3","3","1"' in table
    assert '"Chưa ai viết","","0","0","0"' in table


def test_an_organ_stands_under_the_name_it_bore(app: Flask, made: Outcome) -> None:
    table = Visitor(app, made.organiser).get(f"{PAGE}/co-quan.csv").text
    assert '"Báo Biển Xanh","3","3","0"' in table
    assert "Báo Biển Xanh mới" not in table


def test_the_workbook_holds_every_table_in_typed_cells(app: Flask, made: Outcome) -> None:
    answer = Visitor(app, made.organiser).get("/iii-2023/thong-ke.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == [
        "Tổng hợp",
        "Theo loại hình",
        "Không đủ điều kiện",
        "Theo cơ quan đăng, phát",
        "Theo nội dung của kế hoạch",
        "Theo thời gian",
        "Cơ cấu giải",
        "Giải theo cơ quan đăng, phát",
        "Theo cơ quan công tác",
    ]
    cells = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}
    assert cells["Tác phẩm đã nhận"] == 10
    assert [cell.value for cell in list(book["Cơ cấu giải"].iter_rows())[-1]] == ["Giải A", 2, 1, 1, 0]


def test_nobody_else_learns_a_figure_before_the_results_are_public(app: Flask) -> None:
    addresses = (PAGE, f"{PAGE}.xlsx", f"{PAGE}/tong-hop.csv")
    with clock.stopped_at(now()):
        with app.app_context(), unit_of_work():
            made = outcome(proposed=False)
            judge = factories.person("Võ Minh Khoa")
            factories.appointment(made.edition, judge, "judge")

        def seen() -> list[str]:
            readers = [Visitor(app), Visitor(app, judge)]
            answers = [(reader.get(address), reader) for address in addresses for reader in readers]
            return [re.sub(r'[0-9A-F]{6}|value="[^"]*"', "", f"{one.status}\n{one.text}") for one, _reader in answers]

        before = seen()
        with app.app_context(), unit_of_work():
            work(made.edition, made.category, "Thêm một tác phẩm")
            made.propose((made.works[0], "ĐB"))
            made.decide()
            made.publish(now() + timedelta(seconds=1))
        after = seen()
    assert before == after
    assert all(answer.startswith("404") for answer in after)


def test_everybody_reads_it_once_the_results_are_public(app: Flask, made: Outcome) -> None:
    visitor = Visitor(app)
    published(app, made)
    page = visitor.get(PAGE)
    assert figures(page.text)["received"] == 10
    assert visitor.get(f"{PAGE}/tong-hop.csv").status_code == visitor.get("/iii-2023/thong-ke.xlsx").status_code == 200
    assert visitor.get(f"{PAGE}/khong-co.csv").status_code == 404
    assert f'href="{PAGE}"' in visitor.get("/iii-2023/ket-qua").text


def test_the_public_result_page_tells_the_same_groups(app: Flask, made: Outcome) -> None:
    published(app, made)
    told = figures(Visitor(app).get(PAGE).text)
    page = Visitor(app).get("/iii-2023/ket-qua").text
    assert f"của {told['eligible_authors']} tác giả, nhóm tác giả" in page


def test_a_prize_that_was_revoked_is_not_counted(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        session.query(Result).filter_by(entry_id=made.works[0].id).one().state = "revoked"
    told = figures(Visitor(app, made.organiser).get(PAGE).text)
    assert (told["prizes"], told["prizes.ĐB"]) == (1, 0)
    assert '"Trọng tâm","có","3","3","0"' in Visitor(app, made.organiser).get(f"{PAGE}/noi-dung.csv").text


def test_prizes_for_bodies_stand_at_their_level_beside_those_for_works(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        level = PrizeLevel(edition_id=made.edition.id, code="TT", name="Bằng khen tập thể", kind="collective", quota=5)
        level.rank = 90
        session.add(level)
        session.flush()
        for recipient, state in (("Báo Biển Xanh", "decided"), ("Báo Sóng", "decided"), ("Báo Xa", "revoked")):
            session.add(Honour(edition_id=made.edition.id, prize_level_id=level.id, recipient=recipient, state=state))
    told = figures(Visitor(app, made.organiser).get(PAGE).text)
    assert (told["prizes"], told["prizes.ĐB"], told["prizes.A"], told["prizes.TT"]) == (2, 1, 1, 2)
