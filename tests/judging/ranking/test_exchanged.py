"""An exchange of remarks on a work whose sheets lie apart, before they are looked at again."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.log.models import Event
from judging.panels.models import Seat
from judging.ranking import exchanged, operations
from judging.scoring import exchanging
from judging.scoring.exchanges import numbers
from judging.scoring.models import Exchange
from tests.judging.ranking.halls import Hall, House
from tests.judging.ranking.test_review import answer, apart, ask, refused
from tests.judging.rows import clause

AT = "/iii-2023/vong/1/trao-doi"


@pytest.fixture
def odd(ctx: Flask) -> Hall:
    with unit_of_work():
        return apart()


def opened(of: Hall, *, by: str = "chair") -> Exchange:
    person = of.by(of.lookers[by])
    read = exchanged.reader(person, of.round)
    offered = exchanged.to_open(of.edition, of.round, read)
    work = offered[0].value if offered else ""
    return operations.open_exchange(by=person, edition=of.edition, judged=of.round, work=work)


def speak(of: Hall, exchange: Exchange, words: str, judge: int) -> None:
    by = of.by(of.bench.judges[judge])
    exchanging.speak(by=by, edition=of.edition, exchange=exchange, words=words, moderates=False)


def close(of: Hall) -> None:
    by = of.by(of.chair)
    operations.propose_close(by=by, edition=of.edition, judged=of.round, shortfall_reason="Đã rà soát.")


def read(of: Hall, exchange: Exchange) -> list[tuple[str, str]]:
    session.expire_all()
    return [(each.who, each.words) for each in exchanged.said(session.get_one(Exchange, exchange.id))]


def test_it_comes_before_the_answer_and_ends_once(odd: Hall) -> None:
    with unit_of_work():
        ask(odd)
        exchange = opened(odd)
        speak(odd, exchange, "Tư liệu tự khai thác.", 0)
    assert refused(lambda: answer(odd)) == "talking"
    assert refused(lambda: opened(odd)) == "not_apart"
    assert refused(lambda: close(odd)) == "exchanging"
    with unit_of_work():
        exchanging.end(by=odd.by(odd.chair), edition=odd.edition, exchange=exchange)
    assert refused(lambda: speak(odd, exchange, "Thêm một ý.", 1)) == "ended"
    with unit_of_work():
        answer(odd)
    kinds = session.scalars(select(Event.kind).where(Event.kind.like("exchange.%")).order_by(Event.id)).all()
    assert kinds == ["exchange.opened", "exchange.remark_written", "exchange.ended"]
    payloads = session.scalars(select(Event.payload).where(Event.kind == "exchange.remark_written")).all()
    assert all("khai thác" not in str(payload) for payload in payloads)


def test_numbers_hide_the_writers_unless_the_rules_name_them(odd: Hall) -> None:
    with unit_of_work():
        exchange = opened(odd)
        speak(odd, exchange, "Lời bình chưa tới.", 2)
    number = numbers(exchange.panel_id, exchange.entry_id)[odd.bench.judges[2].id]
    assert read(odd, exchange) == [(f"Thành viên {number}", "Lời bình chưa tới.")]
    with unit_of_work():
        session.get_one(Exchange, exchange.id).named = True
    assert read(odd, exchange) == [(odd.bench.judges[2].legal_name, "Lời bình chưa tới.")]


def test_the_rules_name_the_writers(odd: Hall) -> None:
    with unit_of_work():
        clause(odd.edition, "exchange", choice="names")
        assert opened(odd).named


def test_the_head_of_the_panel_moderates_and_a_member_does_not(odd: Hall) -> None:
    first, second = odd.bench.judges[:2]
    with unit_of_work():
        session.scalars(select(Seat).where(Seat.person_id == first.id)).one().role = "chair"
    offered = [
        exchanged.to_open(odd.edition, odd.round, exchanged.reader(odd.by(each), odd.round)) for each in (first, second)
    ]
    assert [len(each) for each in offered] == [1, 0]


def test_an_answered_sheet_is_not_exchanged_about(odd: Hall) -> None:
    with unit_of_work():
        ask(odd)
        answer(odd)
    assert refused(lambda: opened(odd)) == "not_apart"


def test_pages_for_those_who_take_part_and_the_minutes_afterwards(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = apart()
        exchange = opened(of).public_id
    house = House(app, of)
    judge = house.visitor(of.bench.judges[1])
    assert judge.post(f"{AT}/{exchange}/y-kien", {"words": ""}).status_code == 422
    assert judge.post(f"{AT}/{exchange}/y-kien", {"words": "Kết cấu rời rạc."}).status_code == 303
    assert judge.post(f"{AT}/{exchange}/ket-thuc").status_code == 404
    assert "Kết cấu rời rạc." in house.read(of.bench.judges[0], AT)
    assert house.chair.post(f"{AT}/{exchange}/ket-thuc").status_code == 303
    with house.at_work() as of:
        told = exchanged.in_the_minutes(of.round, of.bench.panel.id, of.lookers["secretary"].id)
    assert [(code, [each.words for each in remarks]) for code, remarks in told] == [
        ("III-IN-002", ["Kết cấu rời rạc."])
    ]


def test_the_work_is_named_by_its_title_and_read_again_by_who_judges_it(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = apart()
        title = of.works[1].title
        own = of.assignment(of.bench.judges[1], of.works[1]).public_id
    house = House(app, of)
    assert f"III-IN-002, “{title}”" in house.read(of.chair, AT), "where an exchange may be opened"
    with house.at_work() as of:
        exchange = opened(of)
    sheet = f'href="/iii-2023/vong/1/cham/{own}"'
    shown = house.read(of.bench.judges[1], AT)
    assert title in shown and sheet in shown and "Đọc lại tác phẩm" in shown
    moderating = house.read(of.chair, AT)
    assert title in moderating and "Đọc lại tác phẩm" not in moderating, "who only moderates has no sheet"
    with house.at_work() as of:
        exchange = session.get_one(Exchange, exchange.id)
        exchanging.end(by=of.by(of.chair), edition=of.edition, exchange=exchange)
        of.close()
    assert "Đọc lại tác phẩm" not in house.read(of.bench.judges[1], AT), "works are not read once the round is over"


def test_the_log_tells_that_a_remark_was_written_and_keeps_by_whom(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = apart()
        exchange = opened(of)
        speak(of, exchange, "Kết cấu rời rạc.", 1)
        exchanging.end(by=of.by(of.chair), edition=of.edition, exchange=exchange)
    house, name = House(app, of), of.bench.judges[1].legal_name
    with house.at_work() as of:
        of.close()
    log = "/iii-2023/nhat-ky"
    rows = house.read(of.auditor, log).split("<tr")
    (row,) = [each for each in rows if "Viết ý kiến trao đổi" in each]
    assert "Giữ kín tên" in row and name not in row
    found = house.visitor(of.auditor).get(log, query_string={"nguoi": name}).text
    assert "Viết ý kiến trao đổi" not in found.split("<tbody")[1], "nor is it found by who is asked for"
    listed = house.visitor(of.auditor).get(f"{log}?tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
    (line,) = [each for each in listed if "Viết ý kiến trao đổi" in each]
    assert "Giữ kín tên" in line and name not in line
