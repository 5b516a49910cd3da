"""Seating, pledging, conflicts and dealing: with a real database."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Authorship, Entry, Part
from award.log.models import Event
from award.people import organs
from award.people.models import Membership, Newsroom, Person
from award.results.models import Standing
from award.screening.models import Screening
from award.verdicts import Refused
from judging.council.queries import judged_with_ties
from judging.panels import feature, obstacles, operations, queries, recusing
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.table import kept_from, table_of
from tests import factories
from tests.judging.rows import Bench, bench, clause, judge, work

ROOT = Path(__file__).parents[3]


@pytest.fixture
def prepared(ctx: Flask) -> Bench:
    with unit_of_work():
        return bench()


def in_the_way(of: Bench) -> list[str]:
    return obstacles.before_opening(table_of(of.edition, of.round))


def seat(of: Bench, person: Person, role: str = "member") -> Seat:
    return operations.seat_person(by=of.by(of.organiser), edition=of.edition, panel=of.panel, person=person, role=role)


def states(of: Bench, person: Person) -> dict[int, str]:
    return {a.entry_id: a.state for a in of.assignments(person)}


def test_a_panel_has_one_chair_and_a_person_one_seat(prepared: Bench) -> None:
    first, second = prepared.judges
    with unit_of_work():
        seat(prepared, first, "chair")
    with pytest.raises(Refused) as refused, unit_of_work():
        seat(prepared, second, "chair")
    assert refused.value.verdict.code == "chair_taken"
    with unit_of_work():
        seat(prepared, first, "deputy")
        seat(prepared, second, "chair")
    assert {s.person_id: s.role for s in queries.seats_in(prepared.round.id)} == {
        first.id: "deputy",
        second.id: "chair",
    }


def test_only_who_was_appointed_is_seated(prepared: Bench) -> None:
    with unit_of_work():
        stranger, auditor = factories.person("Bùi An"), judge(prepared.edition, "Cao Sơn", "auditor")
    for person in (stranger, auditor):
        with pytest.raises(Refused) as refused, unit_of_work():
            seat(prepared, person)
        assert refused.value.verdict.code == "not_appointed"


@pytest.mark.parametrize("office", ["secretary", "organiser", "auditor"])
def test_who_reads_names_in_screening_does_not_judge_a_blind_round(prepared: Bench, office: str) -> None:
    with unit_of_work():
        both = judge(prepared.edition, "Hồ Kiêm Nhiệm")
        factories.appointment(prepared.edition, both, office)
        with pytest.raises(Refused, match="reads_names"):
            seat(prepared, both)
        prepared.round.blind = False
        seat(prepared, both)
        prepared.round.blind = True
    with current_app.test_request_context():
        (told,) = feature.in_the_way(prepared.edition.id, "open_round", prepared.round.id)
    assert told.sentence.startswith("Hồ Kiêm Nhiệm chấm vòng kín mà giữ vai trò đọc được tên tác giả.")


def test_judges_seat_nobody(prepared: Bench) -> None:
    by = prepared.by(prepared.judges[0])
    with pytest.raises(Refused) as refused, unit_of_work():
        operations.seat_person(by=by, edition=prepared.edition, panel=prepared.panel, person=prepared.judges[1])
    assert refused.value.verdict.code == "role"


@pytest.mark.parametrize("state", ["frozen", "closed"])
def test_nobody_is_seated_once_the_sheets_are_locked(prepared: Bench, state: str) -> None:
    with unit_of_work():
        prepared.round.state = state
    with pytest.raises(Refused), unit_of_work():
        seat(prepared, prepared.judges[0], "chair")


def test_a_seat_is_given_up_only_before_the_round_opens(prepared: Bench) -> None:
    by = prepared.by(prepared.organiser)
    with unit_of_work():
        operations.unseat(by=by, edition=prepared.edition, seat=prepared.seat(prepared.judges[1]))
    assert [s.person_id for s in queries.seats_in(prepared.round.id)] == [prepared.judges[0].id]
    with unit_of_work():
        prepared.open()
    with pytest.raises(Refused), unit_of_work():
        operations.unseat(by=by, edition=prepared.edition, seat=prepared.seat(prepared.judges[0]))


def test_the_pledge_is_given_once_and_dated(prepared: Bench) -> None:
    by = prepared.by(prepared.judges[0])
    for _ in range(2):
        with unit_of_work():
            operations.pledge(by=by, edition=prepared.edition, round=prepared.round)
    own = prepared.seat(prepared.judges[0])
    assert (own.pledged_at is not None, own.pledge_version) == (True, operations.PLEDGE_VERSION)
    assert prepared.seat(prepared.judges[1]).pledged_at is None
    assert len(session.scalars(select(Event).where(Event.kind == "seat.pledged")).all()) == 1


def test_every_seat_gets_every_work_and_the_seed_is_in_the_log(prepared: Bench) -> None:
    with unit_of_work():
        assert prepared.open() == 4
    for person in prepared.judges:
        assert set(states(prepared, person)) == {w.id for w in prepared.works}
    event = session.scalars(select(Event).where(Event.kind == "round.dealt")).one()
    assert b'"dealt":4' in event.payload
    assert b'"seed":"' in event.payload


def test_dealing_again_does_nothing_until_works_come_late(prepared: Bench) -> None:
    by = prepared.by(prepared.organiser)
    with unit_of_work():
        prepared.open()
    with unit_of_work():
        assert operations.deal(by=by, round=prepared.round) == 0
        late = work(prepared.edition, prepared.category)
    with unit_of_work():
        assert operations.deal(by=by, round=prepared.round) == 2
    for person in prepared.judges:
        assert prepared.assignments(person)[-1].entry_id == late.id
    assert len(session.scalars(select(Event).where(Event.kind == "round.dealt")).all()) == 2


@pytest.mark.parametrize("state", ["prepare", "frozen", "closed"])
def test_nothing_is_dealt_by_hand_unless_the_round_is_open(prepared: Bench, state: str) -> None:
    with unit_of_work():
        prepared.round.state = state
    with pytest.raises(Refused), unit_of_work():
        operations.deal(by=prepared.by(prepared.organiser), round=prepared.round)


def test_only_eligible_works_of_the_scope_are_dealt(prepared: Bench) -> None:
    with unit_of_work():
        radio = factories.category(prepared.edition, code="PT", name="Phát thanh", medium="radio")
        work(prepared.edition, radio)
        refused, withdrawn = prepared.works
        session.scalars(select(Screening).where(Screening.entry_id == refused.id)).one().decision = "ineligible"
        withdrawn.state, withdrawn.withdrawn_at = "withdrawn", now()
        stands = work(prepared.edition, prepared.category)
        prepared.open()
    assert set(states(prepared, prepared.judges[0])) == {stands.id}


def test_a_genre_is_a_scope_of_its_own(prepared: Bench) -> None:
    with unit_of_work():
        (scope,) = prepared.panel.scopes
        scope.genre_id = prepared.category.genres[0].id
        other = work(prepared.edition, prepared.category, genre_id=None)
    assert "1 tác phẩm thuộc loại hình, thể loại chưa có tiểu ban chấm." in in_the_way(prepared)
    with unit_of_work():
        prepared.open()
    assert other.id not in states(prepared, prepared.judges[0])


def test_the_second_round_reads_what_the_first_sent_on(prepared: Bench) -> None:
    first, second = prepared.works
    with unit_of_work():
        prepared.round.state = "closed"
        final = factories.judging_round(prepared.edition, ordinal=2, name="Chung khảo")
        panel = factories.panel(prepared.edition, final, prepared.category)
        operations.seat_person(
            by=prepared.by(prepared.organiser), edition=prepared.edition, panel=panel, person=prepared.judges[0]
        )
        for entry, advanced in ((first, True), (second, False)):
            session.add(
                Standing(
                    edition_id=prepared.edition.id,
                    round_id=prepared.round.id,
                    panel_id=prepared.panel.id,
                    entry_id=entry.id,
                    sheets=1,
                    advanced=advanced,
                )
            )
        final.state = "open"
        assert operations.deal(by=None, round=final) == 1
    assert session.scalars(select(Assignment.entry_id).where(Assignment.round_id == final.id)).all() == [first.id]


def test_own_works_are_dealt_as_recused_and_the_conflict_is_noted(prepared: Bench) -> None:
    van, minh = prepared.judges
    own, other = prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        own.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân", person_id=van.id))
        other.authors.append(Authorship(ordinal=2, legal_name="TRẦN  MINH"))
        assert prepared.open() == 2
    assert states(prepared, van) == {own.id: "recused", other.id: "open"}
    assert states(prepared, minh) == {own.id: "open", other.id: "recused"}
    noted = session.scalars(select(Conflict).order_by(Conflict.entry_id)).all()
    assert [(c.person_id, c.entry_id, c.relation, c.source) for c in noted] == [
        (van.id, own.id, "author", "computed"),
        (minh.id, other.id, "author", "computed"),
    ]


def merged() -> tuple[Newsroom, Newsroom]:
    sea, mountain = factories.newsroom("Báo Biển Xanh"), factories.newsroom("Đài Núi Bạc")
    house = factories.newsroom("Báo và Đài Biển Xanh")
    sea.successor_id = mountain.successor_id = house.id
    return sea, mountain


@pytest.mark.parametrize(
    ("how", "blocked"),
    [
        ("profile", True),
        ("membership", True),
        ("ended in time", True),
        ("ended before", False),
        ("long ago", False),
        ("none", False),
    ],
)
def test_the_newsroom_counts_by_profile_and_by_membership_of_the_last_two_years_or_the_time(
    prepared: Bench, how: str, blocked: bool
) -> None:
    van, (own, _other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
        sea, mountain = merged()
        own.newsroom_id = mountain.id
        ended = {"ended in time": date(2022, 12, 1), "ended before": date(2022, 10, 31)}.get(how)
        if how == "long ago":  # the rules name no time of the works: two years of today
            prepared.edition.window_from, ended = None, now().date() - timedelta(days=750)
        if how == "profile":
            van.newsroom_id = sea.id
        elif how != "none":
            session.add(Membership(person_id=van.id, newsroom_id=sea.id, role="journalist", valid_to=ended))
        prepared.open()
    assert states(prepared, van)[own.id] == ("recused" if blocked else "open")


def test_the_newsroom_that_published_only_a_part_counts_as_well(prepared: Bench) -> None:
    van, (own, other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
        sea, mountain = merged()
        van.newsroom_id = sea.id
        own.parts.append(Part(ordinal=2, title="Kỳ 2", newsroom_id=mountain.id))
        other.parts.append(Part(ordinal=2, title="Kỳ 2", newsroom_text="Báo Phương Xa"))
        prepared.open()
    assert states(prepared, van) == {own.id: "recused", other.id: "open"}


def test_a_namesake_may_be_let_in_with_a_reason_before_and_after_opening(prepared: Bench) -> None:
    van = prepared.judges[0]
    first, second = prepared.works
    by = prepared.by(prepared.organiser)
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        for entry in (first, second):
            entry.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân"))
        recusing.waive(
            by=by, edition=prepared.edition, seat=prepared.seat(van), entry=first, reason="Trùng tên, khác người"
        )
        prepared.open()
    assert states(prepared, van) == {first.id: "open", second.id: "recused"}
    with unit_of_work():
        recusing.waive(by=by, edition=prepared.edition, seat=prepared.seat(van), entry=second, reason="Như trên")
    assert states(prepared, van) == {first.id: "open", second.id: "open"}


def test_a_waived_name_does_not_waive_the_newsroom(prepared: Bench) -> None:
    van, (own, _other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
        van.newsroom_id = own.newsroom_id = factories.newsroom().id
        own.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân"))
        prepared.open()
    with unit_of_work():
        recusing.waive(
            by=prepared.by(prepared.organiser),
            edition=prepared.edition,
            seat=prepared.seat(van),
            entry=own,
            reason="Trùng tên",
        )
    assert states(prepared, van)[own.id] == "recused"


def test_the_author_in_person_and_who_declared_are_never_let_in(prepared: Bench) -> None:
    van, minh = prepared.judges
    own, other = prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        own.authors.append(Authorship(ordinal=2, legal_name="Hà Vân", person_id=van.id))
        prepared.open()
        declared = next(a for a in prepared.assignments(minh) if a.entry_id == other.id)
        recusing.declare_conflict(
            by=prepared.by(minh), edition=prepared.edition, assignment=declared, relation="relative"
        )
    for person, entry in ((van, own), (minh, other), (van, other)):
        with pytest.raises(Refused) as refused, unit_of_work():
            recusing.waive(
                by=prepared.by(prepared.organiser),
                edition=prepared.edition,
                seat=prepared.seat(person),
                entry=entry,
                reason="Cho phép",
            )
        assert refused.value.verdict.code == "not_waivable"


def test_rules_settle_what_each_relation_leads_to(prepared: Bench) -> None:
    """The organ's successor is told and judged; a superior steps aside, and is let back in writing."""
    van, minh = prepared.judges
    of_successor, other = prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
        clause(prepared.edition, "conflict_relations", successor="disclose", superior="waivable", coauthor="block")
        sea, mountain = merged()
        van.newsroom_id, of_successor.newsroom_id = sea.id, mountain.id
        prepared.open()
    assert states(prepared, van) == {of_successor.id: "open", other.id: "open"}
    noted = session.scalars(select(Conflict)).all()
    assert [(c.person_id, c.entry_id, c.relation, c.source, c.effect) for c in noted] == [
        (van.id, of_successor.id, "successor", "computed", "disclose"),
    ]
    mine = next(a for a in prepared.assignments(minh) if a.entry_id == other.id)
    with unit_of_work():
        by = prepared.by(minh)
        recusing.declare_conflict(by=by, edition=prepared.edition, assignment=mine, relation="superior", note="Cấp phó")
    assert mine.state == "recused"
    (kept,) = kept_from(prepared.edition, prepared.round, prepared.seat(minh))
    assert (kept.relation, kept.waivable, kept.note) == ("superior", True, "Cấp phó")
    with unit_of_work():
        by, seat = prepared.by(prepared.organiser), prepared.seat(minh)
        recusing.waive(by=by, edition=prepared.edition, seat=seat, entry=other, reason="Văn bản số 3")
    assert mine.state == "open"
    told = judged_with_ties(prepared.round.id)
    assert [(one.name, one.effect, one.relation) for one in told[of_successor.id]] == [
        (van.legal_name, "disclose", "successor")
    ]
    assert [(one.name, one.effect, one.relation) for one in told[other.id]] == [(minh.legal_name, "waived", "superior")]


def test_the_sister_of_the_judges_organ_counts_where_the_rules_say_so(prepared: Bench) -> None:
    van, (of_sister, other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_relations", same_parent="block")
        sea, head, sister = factories.newsroom("Báo Biển"), factories.newsroom("Sở Núi"), factories.newsroom("Đài Núi")
        for organ in (sea, sister):
            organs.stand_under(by_id=None, newsroom=organ, parent=head)
        van.newsroom_id, of_sister.newsroom_id = sea.id, sister.id
        prepared.open()
    assert states(prepared, van) == {of_sister.id: "recused", other.id: "open"}


def test_a_paper_for_the_organ_allows_nothing_of_what_it_became_where_the_rules_part_them(prepared: Bench) -> None:
    """The judge's organ published the work, and its author works for another that became one with it."""
    van, (entry, _other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
        clause(prepared.edition, "conflict_relations", newsroom="waivable", successor="block")
        sea, mountain = merged()
        van.newsroom_id, entry.newsroom_id, entry.authors[0].employer_id = sea.id, sea.id, mountain.id
        where = {"edition_id": prepared.edition.id, "person_id": van.id, "entry_id": entry.id}
        session.add(Conflict(relation="newsroom", source="computed", effect="waived", **where))
        prepared.open()
    assert states(prepared, van)[entry.id] == "recused"
    (kept,) = kept_from(prepared.edition, prepared.round, prepared.seat(van))
    assert (kept.relation, kept.waivable) == ("successor", False)


def test_who_wrote_another_work_with_an_author_is_kept_away_where_the_rules_say_so(prepared: Bench) -> None:
    van, (own, other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        clause(prepared.edition, "conflict_relations", coauthor="waivable")
        together = other.authors[0].person_id = own.authors[0].person_id or prepared.organiser.id
        own.authors[0].person_id = together
        own.authors.append(Authorship(ordinal=2, legal_name="Hà Vân", person_id=van.id))
        prepared.open()
    assert states(prepared, van) == {own.id: "recused", other.id: "recused"}
    (_mine, kept) = sorted(kept_from(prepared.edition, prepared.round, prepared.seat(van)), key=lambda k: k.entry.id)
    assert (kept.relation, kept.waivable) == ("coauthor", True)


def test_who_was_let_in_may_still_step_aside(prepared: Bench) -> None:
    van, (own, _other) = prepared.judges[0], prepared.works
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        own.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân"))
        recusing.waive(
            by=prepared.by(prepared.organiser),
            edition=prepared.edition,
            seat=prepared.seat(van),
            entry=own,
            reason="Trùng tên",
        )
        prepared.open()
    with unit_of_work():
        mine = next(a for a in prepared.assignments(van) if a.entry_id == own.id)
        recusing.declare_conflict(by=prepared.by(van), edition=prepared.edition, assignment=mine, relation="author")
    assert states(prepared, van)[own.id] == "recused"


def test_declaring_asks_for_a_relation_the_rules_know(prepared: Bench) -> None:
    with unit_of_work():
        prepared.open()
    mine = prepared.assignments(prepared.judges[0])[0]
    for relation in ("newsroom", "", "friend"):
        with pytest.raises(Refused) as refused, unit_of_work():
            recusing.declare_conflict(
                by=prepared.by(prepared.judges[0]), edition=prepared.edition, assignment=mine, relation=relation
            )
        assert refused.value.verdict.code == "relation"
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_newsroom")
    with unit_of_work():
        recusing.declare_conflict(
            by=prepared.by(prepared.judges[0]), edition=prepared.edition, assignment=mine, relation="newsroom"
        )
    assert mine.state == "recused"


def test_nobody_declares_for_a_colleague(prepared: Bench) -> None:
    with unit_of_work():
        prepared.open()
    theirs = prepared.assignments(prepared.judges[1])[0]
    with pytest.raises(Refused), unit_of_work():
        recusing.declare_conflict(
            by=prepared.by(prepared.judges[0]), edition=prepared.edition, assignment=theirs, relation="author"
        )
    assert theirs.state == "open"


@pytest.mark.parametrize(("state", "allowed"), [("open", True), ("frozen", True), ("closed", False)])
def test_stepping_aside_is_possible_until_the_round_is_closed(prepared: Bench, state: str, allowed: bool) -> None:
    with unit_of_work():
        prepared.open()
        prepared.round.state = state
    mine = prepared.assignments(prepared.judges[0])[0]
    try:
        with unit_of_work():
            recusing.declare_conflict(
                by=prepared.by(prepared.judges[0]), edition=prepared.edition, assignment=mine, relation="editor"
            )
    except Refused:
        assert not allowed
    assert mine.state == ("recused" if allowed else "open")


def test_what_stands_in_the_way_of_opening(prepared: Bench) -> None:
    assert in_the_way(prepared) == []
    own = prepared.works[0]
    with unit_of_work():
        clause(prepared.edition, "readings", number=2)
        clause(prepared.edition, "conflict_policy", choice="own_work")
        own.authors.append(Authorship(ordinal=2, legal_name="Trần Minh"))
        empty = factories.panel(prepared.edition, prepared.round, name="Tiểu ban Phát thanh")
        session.expire(prepared.edition)
    assert in_the_way(prepared) == [
        "Tiểu ban Phát thanh chưa có thành viên.",
        "1 tác phẩm chưa có đủ 2 thành viên được chấm. Đề nghị bổ sung thành viên của tiểu ban.",
    ]
    with unit_of_work():
        own.authors.append(Authorship(ordinal=3, legal_name="Nguyễn Thị Vân"))
        session.delete(session.get_one(type(empty), empty.id))
    assert in_the_way(prepared) == [
        "Chưa phân công được 1 tác phẩm: mọi thành viên còn lại của tiểu ban đều có liên quan. "
        "Đề nghị bổ sung thành viên hoặc điều chỉnh quy định."
    ]


def test_without_works_a_round_does_not_open(prepared: Bench) -> None:
    with unit_of_work():
        for entry in session.scalars(select(Entry)):
            entry.state, entry.withdrawn_at = "withdrawn", now()
    assert in_the_way(prepared) == ["Chưa có tác phẩm nào đủ điều kiện để chấm."]


def test_opening_a_round_deals_its_works_in_the_same_commit(prepared: Bench) -> None:
    from award.features import installed

    deals = [room.on_round_opened for room in installed() if room.name == "panels"]
    with unit_of_work():
        prepared.round.state = "open"
        for act in deals:
            assert act is not None
            act(prepared.round.id, prepared.organiser.id)
    assert len(prepared.assignments(prepared.judges[0])) == 2


def test_one_statement_alone_makes_an_assignment() -> None:
    """Whatever deals or adds a reader comes through the one that holds the pair against the conflicts."""
    made = []
    for folder in ("award", "judging", "demonstration"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            source = path.read_text()
            for node in ast.walk(ast.parse(source)) if "Assignment" in source else ():
                if isinstance(node, ast.FunctionDef):
                    place = f"{path.relative_to(ROOT).as_posix()} {node.name}"
                    made += [place for each in ast.walk(node) if isinstance(each, ast.Call) and makes_one(each)]
    assert made == ["judging/panels/operations.py _given"]


def makes_one(call: ast.Call) -> bool:
    """`Assignment(…)`, however it was imported, or `insert(Assignment…)`."""
    name = ast.unparse(call.func).rpartition(".")[2]
    return name == "Assignment" or (name == "insert" and "Assignment" in "".join(map(ast.unparse, call.args)))
