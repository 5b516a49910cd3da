"""What a judge says of authors and organs before works are dealt, and that dealing minds it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Edition, Round
from award.entries.models import Authorship
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.panels import declared, declaring, operations, queries, recusing
from judging.panels.conflicts import Author, Organs, Work
from judging.panels.models import Conflict, DeclaredTie
from judging.panels.parties import Party
from judging.panels.table import kept_from
from tests import factories
from tests.judging.rows import Bench, bench, clause, judge, work
from tests.visitor import Visitor

LIST = "/iii-2023/vong/1/co-lien-quan"


def three_works() -> Bench:
    """Ngô Bá wrote the first, and the second with Lê Thị Hoa; the third is Đào Út's. Both judges have pledged."""
    with unit_of_work():
        made = bench(works=0)
        made.works = [work(made.edition, made.category, author=name) for name in ("Ngô Bá", "Lê Thị Hoa", "Đào Út")]
        made.works[1].authors.append(Authorship(ordinal=2, legal_name="NGÔ BÁ"))
        for person in made.judges:
            operations.pledge(by=made.by(person), edition=made.edition, round=made.round)
    return made


@pytest.fixture
def of(ctx: Flask) -> Bench:
    return three_works()


@pytest.fixture
def seen(app: Flask) -> Bench:
    """The same before the browser."""
    with app.app_context():
        return three_works()


def declare(of: Bench, person: Person, *keys: str, relation: str = "relative", note: str = "") -> list[DeclaredTie]:
    by = of.by(person)
    return declaring.declare(by=by, edition=of.edition, round=of.round, keys=keys, relation=relation, note=note)


def states(of: Bench, person: Person) -> list[str]:
    by_entry = {a.entry_id: a.state for a in of.assignments(person)}
    return [by_entry[entry.id] for entry in of.works]


def test_no_work_of_an_author_named_is_dealt_co_written_and_later_ones_neither(of: Bench) -> None:
    van, minh = of.judges
    with unit_of_work():
        declare(of, van, "tg-ten:ngo ba")
        of.open()
    assert states(of, van) == ["recused", "recused", "open"]
    assert states(of, minh) == ["open", "open", "open"]
    with unit_of_work():
        of.works.append(work(of.edition, of.category, author="Ngô Bá"))
        operations.deal(by=of.by(of.organiser), round=of.round)
    assert states(of, van) == ["recused", "recused", "open", "recused"]
    with unit_of_work():
        of.works[2].authors.append(Authorship(ordinal=2, legal_name="Ngô Bá"))
        session.flush()
        recusing.close_late_ties(edition=of.edition)
    assert states(of, van) == ["recused"] * 4


def test_an_organ_is_what_it_became_and_the_chair_may_waive_what_the_rules_let(of: Bench) -> None:
    van = of.judges[0]
    with unit_of_work():
        clause(of.edition, "conflict_relations", superior="waivable")
        sea, mountain, house = (factories.newsroom(name) for name in ("Báo Biển Xanh", "Đài Núi Bạc", "Báo và Đài"))
        sea.successor_id = mountain.successor_id = house.id
        of.works[0].newsroom_id, of.works[2].newsroom_id = sea.id, house.id
        session.flush()
        declare(of, van, f"cq:{sea.public_id}", relation="superior", note="Từng phụ trách")
        with pytest.raises(Refused, match="relation"):
            declare(of, van, f"cq:{sea.public_id}", relation="relative")
    kept = {one.entry.id: (one.waivable, one.note) for one in kept_from(of.edition, of.round, of.seat(van))}
    assert kept == dict.fromkeys((of.works[0].id, of.works[2].id), (True, "Từng phụ trách"))
    with unit_of_work():
        seat, by = of.seat(van), of.by(of.organiser)
        recusing.waive(by=by, edition=of.edition, seat=seat, entry=of.works[0], reason="Văn bản số 1")
        of.open()
    assert states(of, van) == ["open", "open", "recused"]


def test_an_acquaintance_is_told_in_words_and_judges(of: Bench) -> None:
    van = of.judges[0]
    with pytest.raises(Refused, match="no_note"), unit_of_work():
        declare(of, van, "tg-ten:dao ut", relation="acquainted")
    with unit_of_work():
        declare(of, van, "tg-ten:dao ut", relation="acquainted", note="Cùng lớp ngày trước")
        of.open()
    assert states(of, van) == ["open", "open", "open"]
    told = queries.judged_with_ties([van.id], [entry.id for entry in of.works])
    assert list(told) == [(van.id, of.works[2].id, "acquainted")]


def test_it_is_taken_back_until_works_are_dealt_and_the_log_keeps_both(of: Bench) -> None:
    van = of.judges[0]
    with unit_of_work():
        first, other = declare(of, van, "tg-ten:ngo ba", "tg-ten:le thi hoa")
        assert declare(of, van, "tg-ten:ngo ba") == [], "said twice is said once"
    hoa = next(tie for tie in (first, other) if tie.name == "Lê Thị Hoa")
    with unit_of_work():
        declaring.take_back(by=of.by(van), edition=of.edition, round=of.round, tie=hoa)
    noted = session.scalars(select(Conflict.entry_id).order_by(Conflict.entry_id)).all()
    assert noted == [of.works[0].id, of.works[1].id], "the second is still Ngô Bá's too"
    assert of.seat(van).ties_told_at is not None
    with unit_of_work():
        of.open()
    (tie,) = declared.of_person(van.id, of.edition.id)
    with pytest.raises(Refused, match="dealt"), unit_of_work():
        declaring.take_back(by=of.by(van), edition=of.edition, round=of.round, tie=tie)
    with pytest.raises(Refused, match="dealt"), unit_of_work():
        declare(of, van, "tg-ten:dao ut")
    kinds = session.scalars(select(Event.kind).where(Event.kind.like("conflict.t%")).order_by(Event.id)).all()
    assert kinds == ["conflict.told", "conflict.told", "conflict.taken_back"]


def test_a_blind_list_names_people_in_their_order_and_nothing_of_a_work(seen: Bench, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        outsider = judge(session.get_one(Edition, seen.edition.id), "Hà Ngoài Cuộc")
    van = Visitor(app, seen.judges[0])
    page = van.get(LIST).text.split("<main", 1)[1].split("</main>")[0]
    assert page.index("Ngô Bá") < page.index("Lê Thị Hoa") < page.index("Đào Út")
    for entry in seen.works:
        assert not [hidden for hidden in (entry.title, str(entry.code), entry.public_id, "III-IN-0") if hidden in page]
    keys = re.findall(r'name="party" value="([^"]*)"', page)
    assert keys == ["tg-ten:ngo ba", "tg-ten:le thi hoa", "tg-ten:dao ut"], "a key comes of the name alone"
    assert "Đào Út" not in van.get(f"{LIST}?tim=ngo").text
    assert Visitor(app, outsider).get(LIST).status_code == 403
    with app.app_context(), unit_of_work():
        session.get_one(Round, seen.round.id).blind = False
    assert seen.works[0].title in van.get(LIST).text


def test_who_has_said_nothing_is_named_where_works_are_dealt(seen: Bench, app: Flask) -> None:
    van, minh = (Visitor(app, person) for person in seen.judges)
    staff, desk = Visitor(app, seen.organiser), "Khai báo liên quan trước khi phân công"

    def silent() -> str:
        page = staff.get("/iii-2023/vong/1/phan-cong").text
        return page.partition("Chưa khai báo liên quan với tác giả, cơ quan báo chí: ")[2].partition(".")[0]

    assert silent() == "Trần Minh, Nguyễn Thị Vân"
    assert desk in van.get("/ban-lam-viec").text
    assert van.post(LIST, {"party": "tg-ten:khong ai", "relation": "relative"}).status_code == 422
    assert van.post(LIST, {"none": "1"}).location == LIST
    assert desk not in van.get("/ban-lam-viec").text
    assert silent() == "Trần Minh"
    assert van.post(LIST, {"party": "tg-ten:ngo ba", "relation": "relative"}).location == LIST
    with app.app_context():
        back = f"{LIST}/{session.scalars(select(DeclaredTie.public_id)).one()}/rut"
    assert minh.post(back).status_code == 404
    assert van.post(back).location == LIST
    assert silent() == "Trần Minh, Nguyễn Thị Vân", "what was taken back is to be said anew"
    with app.app_context(), unit_of_work():
        seen.open()
    assert silent() == ""
    assert "Ngô Bá" not in van.get(LIST).text


ACCOUNT = Work(1, (Author(7, "ngo ba", None, "bao la"),), None, "bao bien xanh")
UNKNOWN = Work(2, (Author(None, "ngo ba", 4),), 5)


@pytest.mark.parametrize(
    ("party", "of_account", "of_unknown"),
    [
        (Party("author", 7, "Ngô Bá"), True, True),
        (Party("author", 8, "Ngô Bá"), False, True),
        (Party("author", None, "Ngô Bá"), True, True),
        (Party("author", None, ""), False, False),
        (Party("organ", 4, "Báo Biển Xanh"), True, True),
        (Party("organ", 5, "Đài"), False, True),
        (Party("organ", None, "Báo Lạ"), True, False),
        (Party("organ", None, ""), False, False),
    ],
)
def test_who_has_part_in_a_work(*, party: Party, of_account: bool, of_unknown: bool) -> None:
    """Among accounts the account is meant; a name without one may be anybody's of that name."""
    organs = Organs(names={"bao bien xanh": 4})
    assert party.has_part_in(ACCOUNT, organs) is of_account
    assert party.has_part_in(UNKNOWN, organs) is of_unknown
