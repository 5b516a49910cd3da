"""What the public reads, from which instant, and what it cannot learn before."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Entry
from award.people.models import Consent, NewsroomName, Person
from award.people.operations import REGISTRATION, give_consent
from award.privacy.operations import withdraw_consent
from award.results import queries
from award.results.models import Result
from tests import factories
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

PAGE = "/iii-2023/ket-qua"


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def published(app: Flask, made: Outcome) -> None:
    """Decided by two persons, public for an hour."""
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


def everything(app: Flask, made: Outcome) -> dict[str, str]:
    """Every page that needs no account, and the heads they come with. An incident's own number is left out."""
    keys = [entry.public_id for entry in made.works]
    addresses = ["/", "/cac-lan", "/iii-2023/", "/iii-2023/the-le", PAGE, f"{PAGE}?tim=bi+thu&muc=A", f"{PAGE}/none"]
    programs = "/api/v1/editions/iii-2023"
    addresses += [programs, *(f"{programs}/{rest}" for rest in ("rules", "categories", "results", "results/works"))]
    addresses += [f"{programs}/results/works/{key}" for key in keys]
    visitor, found = Visitor(app), {}
    for address in (*addresses, *(f"{PAGE}/{key}" for key in keys)):
        answer = visitor.get(address)
        heads = sorted(f"{name}: {value}" for name, value in answer.headers if name != "Date")
        found[address] = re.sub(r"\b[0-9A-F]{6}\b", "", f"{answer.status}\n{heads}\n{answer.text}")
    return found


def test_it_opens_at_the_second_and_not_before(app: Flask, made: Outcome) -> None:
    at = (now() + timedelta(days=1)).replace(microsecond=0)
    with app.app_context(), unit_of_work():
        made.decide()
        made.publish(at)
    visitor = Visitor(app)
    for address in (PAGE, f"{PAGE}/{made.works[0].public_id}"):
        with clock.stopped_at(at - timedelta(seconds=1)):
            early = visitor.get(address)
        with clock.stopped_at(at):
            open_ = visitor.get(address)
        assert (early.status_code, open_.status_code) == (404, 200)
        assert "Khi bí thư chi bộ xuống ruộng" not in early.text
        assert "Khi bí thư chi bộ xuống ruộng" in open_.text
        assert "Nguyễn Thị Vân" in open_.text
    with app.app_context():
        assert not queries.is_public(made.edition, at - timedelta(microseconds=1))
        assert queries.is_public(made.edition, at)


def test_worlds_that_differ_in_what_is_not_public_are_the_same_to_the_public(app: Flask) -> None:
    with clock.stopped_at(now()):
        with app.app_context(), unit_of_work():
            made = outcome(proposed=False)
        nothing = everything(app, made)
        with app.app_context(), unit_of_work():
            made.propose((made.works[0], "ĐB"), (made.works[1], "A"))
        proposed = everything(app, made)
        with app.app_context(), unit_of_work():
            made.decide()
            made.publish(now() + timedelta(seconds=1))
        decided = everything(app, made)
        with app.app_context(), unit_of_work():
            session.query(Result).filter_by(entry_id=made.works[0].id).one().entry_id = made.works[2].id
        otherwise = everything(app, made)
    assert nothing == proposed == decided == otherwise
    assert all("Quyết định số" not in page for page in decided.values())


def test_before_the_instant_staff_read_no_more_on_the_public_page(app: Flask, made: Outcome) -> None:
    with app.app_context(), unit_of_work():
        made.decide()
    page = Visitor(app, made.organiser).get(PAGE)
    assert page.status_code == 404
    assert "Khi bí thư chi bộ xuống ruộng" not in page.text


def test_the_front_page_leads_with_the_highest_prize(app: Flask, made: Outcome) -> None:
    published(app, made)
    page = Visitor(app).get(PAGE)
    lead, rest = page.text.index("Khi bí thư chi bộ xuống ruộng</a></h2>"), page.text.index("Đường về bản xa</a></h3>")
    assert lead < rest
    assert page.text.count("Khi bí thư chi bộ xuống ruộng</a>") == 1, "the lead is not repeated below"
    assert "của tác giả Nguyễn Thị Vân (Hà Vân, Sông Mây)" in page.text
    assert "Người giữ lửa ở Khánh Sơn" not in page.text
    assert "Theo Quyết định số 12-QĐ/BTCG, ngày 20/11/2023 của Ban Tổ chức Giải." in page.text
    with app.app_context(), unit_of_work():
        session.get_one(Edition, made.edition.id).state = "archived"
    front = Visitor(app).get("/iii-2023/").text
    assert "Khi bí thư chi bộ xuống ruộng</a></h2>" in front, "the edition's own page leads with it too, for good"
    assert "Đường về bản xa" not in front


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"tim": "BI THU xuong"}, ["Khi bí thư chi bộ xuống ruộng"]),
        ({"tim": "song may"}, ["Khi bí thư chi bộ xuống ruộng", "Đường về bản xa"]),
        ({"tim": "đường"}, ["Đường về bản xa"]),
        ({"muc": "A"}, ["Đường về bản xa"]),
        ({"loai": "IN"}, ["Khi bí thư chi bộ xuống ruộng", "Đường về bản xa"]),
        ({"loai": "PT"}, []),
        ({"tim": "không có tên này"}, []),
    ],
)
def test_search_in_the_address_without_marks(
    app: Flask, made: Outcome, asked: dict[str, str], shown: list[str]
) -> None:
    published(app, made)
    page = Visitor(app).get(PAGE, query_string=asked)
    assert re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page.text) == shown
    assert f"{len(shown)} tác phẩm phù hợp." in page.text
    assert ("Không có tác phẩm phù hợp với bộ lọc." in page.text) is not bool(shown)


def test_what_is_searched_for_comes_back_as_text(app: Flask, made: Outcome) -> None:
    published(app, made)
    page = Visitor(app).get(PAGE, query_string={"tim": '"><script>alert(1)</script>', "loai": "<b>"})
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text


def test_the_page_of_a_work_links_the_published_work_and_nothing_else(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        organ = factories.newsroom("Báo Biển Xanh")
        authors = (("Nguyễn Thị Vân", "Hà Vân; Sông Mây"), ("Trần Minh", "Trần Minh"))
        good = work(
            made.edition,
            made.category,
            "Ba lần gõ cửa",
            authors=authors,
            newsroom=organ,
            link="https://b.vn/1",
            parts=2,
        )
        bad = work(made.edition, made.category, "Đường dẫn xấu", link="javascript:alert(1)")
        made.propose((good, "A"), (bad, "A"))
    published(app, made)
    page = Visitor(app).get(f"{PAGE}/{good.public_id}")
    assert page.status_code == 200
    assert 'href="https://b.vn/1" rel="external noopener"' in page.text
    for words in ("Báo Biển Xanh", "(Hà Vân, Sông Mây)", "Nhóm tác giả", "02/3/2023", "loạt 2 kỳ"):
        assert words in page.text
    assert "(Trần Minh)" not in page.text
    assert "javascript:" not in Visitor(app).get(f"{PAGE}/{bad.public_id}").text
    assert "KH3-" not in page.text
    assert "III-IN-" not in page.text


def test_a_work_without_a_prize_has_no_page(app: Flask, made: Outcome) -> None:
    published(app, made)
    assert Visitor(app).get(f"{PAGE}/{made.works[2].public_id}").status_code == 404


def test_a_press_organ_bears_the_name_of_its_day(app: Flask) -> None:

    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        organ = factories.newsroom("Báo Biển Xanh")
        organ.names[0].valid_to = date(2023, 12, 31)
        organ.names.append(NewsroomName(name="Báo và Đài Biển Xanh", valid_from=date(2024, 1, 1)))
        made.propose((work(made.edition, made.category, "Ba lần gõ cửa", newsroom=organ), "A"))
    published(app, made)
    page = Visitor(app).get(PAGE).text
    assert "Báo Biển Xanh" in page
    assert "Báo và Đài Biển Xanh" not in page


def test_the_works_of_one_press_organ_with_those_of_what_became_part_of_it(app: Flask) -> None:
    """A merger before the deadline counts, a later one does not, as in the award's tables; one address, one page."""
    with app.app_context(), unit_of_work():
        made = outcome(proposed=False)
        kept, merged, later = (factories.newsroom(f"Báo Biển {name}") for name in ("Xanh", "Cũ", "Xa"))
        for organ, last in ((merged, date(2023, 5, 31)), (later, date(2099, 1, 1))):
            organ.successor_id, organ.names[0].valid_to = kept.id, last
        given = {"Một": kept, "Hai": merged, "Ba": later, "Bốn": None}
        made.levels["A"].quota = 4
        made.propose(*[(work(made.edition, made.category, name, newsroom=at), "A") for name, at in given.items()])
        keys = {organ.names[0].name: organ.public_id for organ in (kept, later)}
    published(app, made)
    visitor = Visitor(app)
    whole = visitor.get(PAGE).text
    options = re.search(r'<select[^>]* name="co-quan">(.*?)</select>', whole, re.S)
    assert options
    assert re.findall(r'value="([^"]*)">([^<]*)<', options[1]) == [
        ("", "Tất cả"),
        (keys["Báo Biển Xa"], "Báo Biển Xa"),
        (keys["Báo Biển Xanh"], "Báo Biển Xanh"),
        ("khac", "Cơ quan chưa có trong danh sách"),
    ]
    shown = {keys["Báo Biển Xanh"]: ["Hai", "Một"], keys["Báo Biển Xa"]: ["Ba"], "khac": ["Bốn"], "none": []}
    for _again in range(2):
        for key, titles in shown.items():
            page = visitor.get(PAGE, query_string={"co-quan": key, "muc": "A"}).text
            assert re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page) == titles
            assert f"?loai=IN&amp;muc=A&amp;co-quan={key}" in page
            taken = visitor.get(PAGE, query_string={"co-quan": key, "tai-ve": "csv"}).text
            assert [name for name in ("Hai", "Một", "Ba", "Bốn") if re.search(rf"\b{name}\b", taken)] == titles
    assert "?co-quan=khac&amp;tai-ve=csv" in visitor.get(PAGE, query_string={"co-quan": "khac"}).text


def test_anonymous_readers_keep_the_page_for_a_minute_and_ask_by_its_print(app: Flask, made: Outcome) -> None:
    early = Visitor(app).get(PAGE)
    assert early.headers["Cache-Control"] == "no-store"
    published(app, made)
    first = Visitor(app).get(PAGE)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first.headers["Vary"]
    again = Visitor(app).get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    with app.app_context(), unit_of_work():
        made.edition.name = "Giải đã đổi tên"
        session.query(Result).filter_by(entry_id=made.works[1].id).one().state = "revoked"
    changed = Visitor(app).get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Đường về bản xa" not in changed.text
    signed_in = Visitor(app, made.organiser).get(PAGE)
    assert signed_in.headers["Cache-Control"] == "no-store"


def test_a_demonstration_says_so(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome()
        made.edition.illustrative = True
    published(app, made)
    for address in (PAGE, f"{PAGE}/{made.works[0].public_id}"):
        assert "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải." in Visitor(app).get(address).text


def test_the_results_stand_in_the_navigation_once_public(app: Flask, made: Outcome) -> None:
    link = f'href="{PAGE}"'
    assert link not in Visitor(app).get("/iii-2023/the-le").text
    published(app, made)
    assert link in Visitor(app).get("/iii-2023/the-le").text


def test_who_took_back_the_consent_is_named_on_paper_and_not_in_public(app: Flask, made: Outcome) -> None:
    published(app, made)
    with app.app_context(), unit_of_work():
        entry = session.get_one(Entry, made.works[0].id)
        named = entry.authors[0]
        person = session.get_one(Person, entry.owner_id)
        named.person_id, name, key = person.id, named.legal_name, entry.public_id
        consent = give_consent(person=person, purpose=REGISTRATION)
    visitor = Visitor(app)
    assert name in visitor.get(f"{PAGE}/{key}").text
    with app.app_context(), unit_of_work():
        withdraw_consent(person=session.get_one(Person, person.id), consent=session.get_one(Consent, consent.id))
    page = visitor.get(f"{PAGE}/{key}").text
    assert name not in page
    assert "tác giả không nêu tên" in page
    assert "tác giả không nêu tên" in visitor.get(f"{PAGE}?tai-ve=csv").text
    with app.app_context():
        (row,) = queries.prize_works(made.edition_id, "decided", entry_id=key)[:1]
        assert name in row.author_words
    with app.app_context(), unit_of_work():
        give_consent(person=session.get_one(Person, person.id), purpose=REGISTRATION)
    with clock.stopped_at(now() + timedelta(minutes=1)):
        assert name in visitor.get(f"{PAGE}/{key}").text, "given anew it holds again, a minute later at most"
