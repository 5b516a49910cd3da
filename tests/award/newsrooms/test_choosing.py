"""What a newsroom puts before its other works: in its order, within the quota, seen by the secretariat."""

import pytest
from sqlalchemy import select

from award.db import session
from award.editions.models import Clause
from award.entries.models import Entry
from award.log.models import Event
from award.newsrooms import choosing, operations, queries
from award.people.models import Newsroom
from award.verdicts import Refused
from tests.award.newsrooms.conftest import Press

pytestmark = pytest.mark.db

TITLES = ("Đường về bản", "Người giữ biển", "Nói đi đôi với làm", "Giữ lời hứa với dân")


def regulated(press: Press, most: int | None = 3) -> list[str]:
    """Four works of the newsroom, of which it may choose so many; None: the rules do not know of it."""
    with press.at_work() as edition:
        value = {"number": most} if most else None
        session.add(Clause(edition_id=edition.id, code="newsroom_choice", value=value, unregulated=most is None))
    return [press.submitted(title) for title in TITLES]


def choose(press: Press, places: dict[str, int], who: str = "contact", organ: str = "sea") -> int:
    with press.at_work() as edition:
        standing = press.standing(who, organ)
        return choosing.choose(standing=standing, edition=edition, organ=press.organ(organ), places=places)


def chosen(press: Press) -> list[tuple[str, int]]:
    with press.app.app_context():
        rows = queries.choices(press.scene.edition_id, press.organ().family)
        return [(session.get_one(Entry, each.entry_id).public_id, each.place) for each in rows]


def test_the_order_is_that_of_the_figures_and_a_later_choice_replaces_it(press: Press) -> None:
    a, b, c, _d = regulated(press)
    assert choose(press, {a: 7, b: 2}) == 2
    assert chosen(press) == [(b, 1), (a, 2)]
    choose(press, {c: 1, b: 2, a: 3})
    assert chosen(press) == [(c, 1), (b, 2), (a, 3)]
    choose(press, {})
    assert chosen(press) == []
    with press.at_work():
        events = session.scalars(select(Event).where(Event.kind == "works.chosen").order_by(Event.id)).all()
        assert len(events) == 3


@pytest.mark.parametrize(
    ("figures", "code"),
    [((1, 2, 3, 4), "quota"), ((1, 1), "twins"), ((2, 1, 2), "twins")],
)
def test_more_than_the_quota_and_one_figure_twice_are_refused(
    press: Press, figures: tuple[int, ...], code: str
) -> None:
    works = regulated(press)
    with pytest.raises(Refused) as refused:
        choose(press, dict(zip(works, figures, strict=False)))
    assert refused.value.verdict.code == code
    assert chosen(press) == []


def test_a_work_of_somebody_else_or_of_nobody_is_not_chosen(press: Press) -> None:
    regulated(press)
    with press.at_work():
        hill = session.scalars(select(Newsroom.id).where(Newsroom.public_id == press.organs["hill"])).one()
    for key in ("khong-co", press.submitted("Của đài", newsroom_id=hill)):
        with pytest.raises(Refused) as refused:
            choose(press, {key: 1})
        assert refused.value.verdict.code == "gone"


def test_who_chooses_and_until_when(press: Press) -> None:
    a, *_others = regulated(press)
    for who in ("reporter", "colleague", "secretary", "outsider"):
        with pytest.raises(Refused):
            choose(press, {a: 1}, who)
    choose(press, {a: 1}, "chief")
    with press.at_work() as edition:
        edition.state = "judging"
    with pytest.raises(Refused) as refused:
        choose(press, {a: 1})
    assert refused.value.verdict.code == "state"


def test_where_the_rules_do_not_know_of_it_nobody_chooses(press: Press) -> None:
    a, *_others = regulated(press, most=None)
    with pytest.raises(Refused) as refused:
        choose(press, {a: 1})
    assert refused.value.verdict.code == "unregulated"
    assert "Lựa chọn, thứ tự ưu tiên" not in press.visitor().get(press.desk()).text


def test_a_work_that_leaves_gives_its_place_to_the_next(press: Press) -> None:
    a, b, c, _d = regulated(press)
    choose(press, {a: 1, b: 2, c: 3})
    with press.at_work() as edition:
        operations.follow(edition=edition, entry=press.entry(a), what="withdrawn")
    assert chosen(press) == [(b, 1), (c, 2)]
    with press.at_work() as edition:
        press.entry(b).newsroom_id = session.scalars(
            select(Newsroom.id).where(Newsroom.public_id == press.organs["hill"])
        ).one()
        session.flush()
        operations.follow(edition=edition, entry=press.entry(b), what="changed")
    assert chosen(press) == [(c, 1)]
    with press.at_work() as edition:
        operations.follow(edition=edition, entry=press.entry(c), what="changed")
    assert chosen(press) == [(c, 1)]


def test_the_page_takes_figures_and_the_secretariat_reads_them(press: Press) -> None:
    a, b, c, d = regulated(press)
    contact, there = press.visitor(), press.desk("/lua-chon")
    assert "nhiều nhất 3 tác phẩm" in contact.get(there).text
    wrong = contact.post(there, {f"place-{a}": "một", f"place-{b}": ""})
    assert (wrong.status_code, 'value="một"' in wrong.text) == (422, True)
    many = contact.post(there, {f"place-{key}": str(n) for n, key in enumerate((a, b, c, d), start=1)})
    assert "Cơ quan lựa chọn nhiều nhất 3 tác phẩm, đang ghi 4." in many.text
    assert contact.post(there, {f"place-{b}": "1", f"place-{a}": "2", f"place-{c}": ""}).status_code == 303
    page = contact.get(press.desk()).text
    assert "Đã ghi lựa chọn: 2 tác phẩm, theo thứ tự ưu tiên." in page
    assert page.count("Ưu tiên thứ") == 2
    secretary = press.visitor("secretary")
    assert "Cơ quan xếp thứ 2 trong 2 tác phẩm lựa chọn." in secretary.get(f"/iii-2023/kiem-tra/{a}").text
    assert "lựa chọn" not in secretary.get(f"/iii-2023/kiem-tra/{c}").text
    secretary.post("/iii-2023/kiem-tra/cot", {"column": ["code", "place"]})
    lines = secretary.get("/iii-2023/kiem-tra?tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"STT","Mã hồ sơ","Tên tác phẩm","Ưu tiên của cơ quan"'
    assert [line.rsplit(",", 1)[1] for line in lines[1:5]] == ['"2"', '"1"', '""', '""']
    assert "Ưu tiên của cơ quan" in secretary.get("/iii-2023/kiem-tra").text
