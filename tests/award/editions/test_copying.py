"""A draft takes pieces of an earlier edition: the same words, none of the days, and nothing shared afterwards."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select

from award.clock import now
from award.db import session, unit_of_work
from award.editions import operations
from award.editions.calendar import before_opening
from award.editions.copying import PIECES, offers
from award.editions.models import Appointment, Edition, Invitee, PaperKind, Round, Topic
from award.editions.operations.copying import copy_pieces, source_of
from award.editions.permissions import Capacity
from award.editions.prizes import orphaned
from award.editions.queries import capacity, invitees, national_edition, paper_bodies, paper_kinds, topics, with_rules
from award.letters.models import ReminderOff, Wording
from award.letters.queries import reminders_off, standing
from award.log.models import Event
from award.messages.models import Message
from award.payments.operations import set_terms
from award.payments.queries import rounds_with_rates, tax_rules
from award.payments.taxed import Tax
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.editions.conftest import prepared, rows
from tests.award.editions.issuing import issuing_body, settled
from tests.visitor import Visitor

WITHHELD = Tax(percent=10, threshold=2_000_000, of_excess=False, ground="Công văn số 15/CT")
ALL = [piece.code for piece in PIECES]


def archived() -> tuple[Edition, Person]:
    """An edition that is over, with something of every piece; and who organised it."""
    made = prepared()
    old = made.edition
    body = issuing_body(old)
    settled(old, "decision", body, number="12", day=date(2023, 11, 5))
    factories.national_edition(old, deadline_day=date(2023, 10, 31), deadline_words="theo dấu bưu điện")
    head = Topic(edition_id=old.id, ordinal=1, name="Nội dung trọng tâm", focal=True)
    session.add(head)
    session.flush()
    session.add(Topic(edition_id=old.id, ordinal=2, name="Dân vận khéo", parent_id=head.id))
    worded = {"edition_id": old.id, "kind": "entry_submitted", "saved_by_id": made.organiser.id}
    for version, body in ((1, "Đã nhận."), (2, "Đã nhận hồ sơ {ma_ho_so}.")):
        session.add(Wording(version=version, subject="Biên nhận", body=body, **worded))
    session.add(ReminderOff(edition_id=old.id, rule="drafts", off_by_id=made.organiser.id))
    set_terms(
        by=capacity(made.organiser, old),
        edition=old,
        taxes={"prize": WITHHELD, "fee": None},
        rates={each.id: 20_000 * each.ordinal for each in old.rounds},
    )
    old.rounds[0].opens_on, old.rounds[0].state, old.rounds[0].opened_at = date(2023, 10, 9), "closed", now()
    old.panels[0].scopes[0].genre_id = old.categories[0].genres[0].id
    old.state, old.grace_seconds, old.screening_promise = "archived", 300, date(2023, 10, 6)
    session.flush()
    return old, made.organiser


def a_new_one(old: Edition, organiser: Person) -> Edition:
    return operations.create_edition(
        by=organiser,
        award=old.award,
        ordinal=4,
        ordinal_words="IV",
        year=2024,
        name="Giải lần thứ IV - năm 2024",
        slug="iv-2024",
        code_prefix="KH4",
    )


@pytest.fixture
def two(ctx: Flask) -> tuple[Edition, Edition, Capacity]:
    """The old edition, the draft, and the organiser of both."""
    with unit_of_work():
        old, organiser = archived()
        new = a_new_one(old, organiser)
        session.flush()
        return old, new, capacity(organiser, new)


def said(row: Any, *without: str) -> dict[str, Any]:
    """What a row says, without what is its own."""
    own = {"id", "public_id", "created_at", "edition_id", "version", "category_id", "round_id", *without}
    return {c.key: getattr(row, c.key) for c in inspect(type(row)).column_attrs if c.key not in own}


def test_everything_is_taken_but_the_days_of_one_year(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    with unit_of_work():
        copy_pieces(by=by, edition=new, source=old, pieces=ALL)
    old, new = with_rules(old.id), with_rules(new.id)

    theirs = {c.code: (c.value, c.unregulated, c.source) for c in old.clauses}
    assert {c.code: (c.value, c.unregulated, c.source) for c in new.clauses} == theirs
    assert (new.grace_seconds, new.help_phone) == (300, old.help_phone)
    dates = (new.window_from, new.window_to, new.deadline_day, new.deadline_at, new.screening_promise)
    assert (dates, new.deadline_words) == ((None,) * 5, "")
    assert (new.slug, new.state, new.ordinal, new.code_prefix) == ("iv-2024", "draft", 4, "KH4")

    assert [said(c) for c in new.categories] == [said(c) for c in old.categories]
    for mine, other in zip(new.categories, old.categories, strict=True):
        assert [said(s) for s in mine.slots] == [said(s) for s in other.slots]
        assert [said(g) for g in mine.genres] == [said(g) for g in other.genres]
    assert [said(p) for p in new.prize_levels] == [said(p) for p in old.prize_levels]
    assert [(r.name, r.state, r.opens_on, r.opened_at) for r in new.rounds] == [
        ("Sơ khảo", "prepare", None, None),
        ("Chung khảo", "prepare", None, None),
    ]
    assert [[said(c) for c in r.criteria] for r in new.rounds] == [[said(c) for c in r.criteria] for r in old.rounds]
    first = new.panels[0]
    assert first.scopes[0].genre_id == new.categories[0].genres[0].id
    assert first.scopes[0].category_id == new.categories[0].id != old.categories[0].id

    listed = topics(new.id)
    assert [(t.name, t.focal) for t in listed] == [("Nội dung trọng tâm", True), ("Dân vận khéo", False)]
    assert listed[1].parent_id == listed[0].id
    national = national_edition(new.id)
    assert national is not None
    assert (national.barred_prizes, national.deadline_day, national.window_to) == (
        ["Giải Báo chí quốc gia"],
        None,
        None,
    )
    kind = paper_kinds(new.id)["decision"]
    assert (kind.number, kind.day, kind.body_id) == ("", None, paper_bodies(new.id)[0].id)
    assert (paper_kinds(old.id)["decision"].number, paper_kinds(old.id)["decision"].day) == ("12", date(2023, 11, 5))
    assert standing(new.id)["entry_submitted"].body == "Đã nhận hồ sơ {ma_ho_so}."
    assert reminders_off(new.id) == {"drafts"}
    assert tax_rules(new.id) == {"prize": WITHHELD}
    assert [rate for _each, rate in rounds_with_rates(new.id)] == [20_000, 40_000]
    copied = [e.kind for e in session.scalars(select(Event)) if e.kind == "edition.copied"]
    assert len(copied) == len(ALL)


def test_only_what_was_chosen_is_taken(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    with unit_of_work():
        copy_pieces(by=by, edition=new, source=old, pieces=["prizes"])
    new = with_rules(new.id)
    assert ([p.code for p in new.prize_levels], new.clauses, new.categories) == (["A"], [], [])
    assert not any(r.criteria for r in new.rounds)


def test_the_copy_is_independent_afterwards(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    with unit_of_work():
        copy_pieces(by=by, edition=new, source=old, pieces=ALL)
    with unit_of_work():
        new = with_rules(new.id)
        value = {"number": 1}
        operations.set_clause(by=by, edition=new, code="max_works_per_author", value=value, source="Điều 5")
        operations.remove_category(by=by, edition=new, category=new.categories[0])
    old = with_rules(old.id)
    assert next(c.value for c in old.clauses if c.code == "max_works_per_author") == {"number": 3}
    assert [c.code for c in old.categories] == ["IN"]


def test_taking_twice_leaves_one_copy(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    for _time in range(2):
        with unit_of_work():
            copy_pieces(by=by, edition=with_rules(new.id), source=old, pieces=ALL)
    new = with_rules(new.id)
    counts = (len(new.categories), len(new.rounds), len(new.panels), len(new.prize_levels), len(topics(new.id)))
    assert counts == (1, 2, 2, 1, 2)
    assert len(invitees(new.id)) == len({(i.person_id, i.role) for i, _who in invitees(new.id)}) == 2


def test_a_panel_finds_its_own_loai_hinh_by_its_letters(two: tuple[Edition, Edition, Capacity]) -> None:
    """Where the draft has no such loại hình, the panel is there and judges nothing yet."""
    old, new, by = two
    with unit_of_work():
        factories.category(new, code="PT", name="Phát thanh", medium="radio")
        copy_pieces(by=by, edition=new, source=old, pieces=["rounds"])
    assert [len(panel.scopes) for panel in with_rules(new.id).panels] == [0, 0]


def test_a_prize_taken_without_its_loai_hinh_stays_for_it_alone(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    with unit_of_work():
        with_rules(old.id).prize_levels[0].categories = ["IN"]
        copy_pieces(by=by, edition=new, source=old, pieces=["prizes"])
    new = with_rules(new.id)
    assert [(level.name, code) for level, code in orphaned(new)] == [(old.prize_levels[0].name, "IN")]
    assert "prize_category" in [each.code for each in before_opening(new, now())]


@pytest.mark.parametrize("state", ["open", "judging", "archived"])
def test_an_edition_that_has_begun_takes_nothing(two: tuple[Edition, Edition, Capacity], state: str) -> None:
    old, new, by = two
    with unit_of_work():
        new.state = state
    with pytest.raises(Refused) as refused, unit_of_work():
        copy_pieces(by=by, edition=new, source=old, pieces=["prizes"])
    assert refused.value.verdict.code == "frozen"


def test_nothing_is_taken_from_another_award(ctx: Flask, two: tuple[Edition, Edition, Capacity]) -> None:
    _old, new, by = two
    with unit_of_work():
        foreign = factories.edition(slug="khac-2023")
    with pytest.raises(Refused) as refused, unit_of_work():
        copy_pieces(by=by, edition=new, source=foreign, pieces=["prizes"])
    assert refused.value.verdict.code == "source"


def test_a_draft_with_a_numbered_paper_keeps_its_papers(two: tuple[Edition, Edition, Capacity]) -> None:
    old, new, by = two
    with unit_of_work():
        settled(new, "notice", issuing_body(new), number="3", day=date(2024, 1, 5))
    with pytest.raises(Refused) as refused, unit_of_work():
        copy_pieces(by=by, edition=new, source=old, pieces=["papers"])
    assert refused.value.verdict.code == "papers"
    assert session.scalars(select(PaperKind.number).where(PaperKind.edition_id == new.id)).all() == ["3"]


def test_the_page_shows_what_is_taken_and_what_is_said_anew(app: Flask) -> None:
    with rows(app):
        old, organiser = archived()
        new = a_new_one(old, organiser)
        words = {offer.piece.code: offer.what for offer in offers(source_of(old.id))}
    assert words["prizes"] == "Giải A (2)"
    desk = Visitor(app, organiser)
    page = desk.get(f"/{new.slug}/thiet-lap/lay-tu-lan-truoc")
    assert page.status_code == 200
    for told in (words["criteria"], words["people"], "Phải ghi lại: thời gian đăng, phát; thời hạn nhận tác phẩm"):
        assert told in page.text
    nothing = desk.post(f"/{new.slug}/thiet-lap/lay-tu-lan-truoc", {"source": old.slug})
    assert (nothing.status_code, "Chọn ít nhất một mục." in nothing.text) == (422, True)
    unknown = desk.post(f"/{new.slug}/thiet-lap/lay-tu-lan-truoc", {"source": "khong-co", "piece": "prizes"})
    assert unknown.status_code == 404
    taken = desk.post(f"/{new.slug}/thiet-lap/lay-tu-lan-truoc", {"source": old.slug, "piece": ["prizes", "topics"]})
    assert taken.status_code == 303
    with app.app_context():
        assert [level.code for level in with_rules(new.id).prize_levels] == ["A"]
        again = desk.get(f"/{new.slug}/thiet-lap/lay-tu-lan-truoc")
    assert again.text.count("được thay bằng bản lấy về") == 2


def test_people_are_asked_when_somebody_says_so(app: Flask) -> None:
    with rows(app):
        old, organiser = archived()
        new = a_new_one(old, organiser)
        copy_pieces(by=capacity(organiser, new), edition=new, source=old, pieces=["people"])
    with app.app_context():
        listed = {who.legal_name: each.public_id for each, who in invitees(new.id)}
        assert session.scalars(select(Message)).all() == []
    assert set(listed) == {"Lê Văn chair", "Lê Văn judge"}
    desk = Visitor(app, organiser)
    page = desk.get(f"/{new.slug}/thiet-lap/nhan-su").text
    assert "Dự kiến mời, lấy từ lần trước" in page
    asked = {"who": listed["Lê Văn chair"], "act": "ask", "decision": "Quyết định số 3-QĐ/BTCG"}
    assert desk.post(f"/{new.slug}/thiet-lap/nhan-su/moi-lai", asked).status_code == 303
    struck = {"who": listed["Lê Văn judge"], "act": "drop"}
    assert desk.post(f"/{new.slug}/thiet-lap/nhan-su/moi-lai", struck).status_code == 303
    with app.app_context():
        held = session.scalars(select(Appointment).where(Appointment.edition_id == new.id)).all()
        assert {(a.role, a.decision) for a in held} == {("organiser", ""), ("chair", "Quyết định số 3-QĐ/BTCG")}
        assert [m.kind for m in session.scalars(select(Message))] == ["appointment"]
        assert session.scalars(select(Invitee)).all() == []
        assert session.scalars(select(Round).where(Round.edition_id == new.id)).all()
