"""Sharing out works among members who do not all read everything: with a real database."""

import json
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment
from award.entries.models import Authorship
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.panels import operations
from judging.panels.models import Assignment, Conflict, Dealing
from judging.panels.obstacles import before_opening
from judging.panels.plans import plan_of
from judging.panels.rehearsal import rehearse
from judging.panels.table import table_of
from judging.scoring import operations as scoring
from judging.scoring.progress import progress
from tests import factories
from tests.judging.rows import Bench, bench, clause, judge, work


@pytest.fixture
def prepared(ctx: Flask) -> Bench:
    """Ten works for four members; the rules ask for two sheets on each."""
    with unit_of_work():
        made = bench(works=10, judges=4)
        clause(made.edition, "readings", number=2)
        return made


def readers(of: Bench) -> dict[int, set[int]]:
    """Work → the seats that read it."""
    found: dict[int, set[int]] = {entry.id: set() for entry in of.works}
    for row in session.scalars(select(Assignment).where(Assignment.round_id == of.round.id)):
        if row.state == "open":
            found.setdefault(row.entry_id, set()).add(row.seat_id)
    return found


def loads(of: Bench) -> Counter[int]:
    return Counter(seat for seats in readers(of).values() for seat in seats)


def plan(of: Bench, readings: int | None, common: int = 0) -> None:
    by = of.by(of.organiser)
    operations.plan_dealing(by=by, edition=of.edition, round=of.round, readings=readings, common=common)


def send(of: Bench, person: Person, how_many: int) -> None:
    for assignment in [one for one in of.assignments(person) if one.state == "open"][:how_many]:
        marks = {criterion.id: 4 for criterion in of.round.criteria}
        scoring.save(by=of.by(person), assignment=assignment, version=0, marks=marks, note="")
        scoring.finish(by=of.by(person), edition=of.edition, assignment=assignment)


def leave(of: Bench, person: Person) -> None:
    appointed = select(Appointment).where(Appointment.person_id == person.id)
    session.scalars(appointed).one().ended_at = now()
    session.flush()


def test_every_work_gets_the_sheets_the_rules_ask_for_and_members_read_equally_many(prepared: Bench) -> None:
    with unit_of_work():
        assert prepared.open() == 20
    assert {len(seats) for seats in readers(prepared).values()} == {2}
    assert sorted(loads(prepared).values()) == [5, 5, 5, 5]


def test_unregulated_everybody_reads_everything(ctx: Flask) -> None:
    with unit_of_work():
        made = bench(works=3, judges=4)
        assert made.open() == 12


def test_in_the_last_of_several_rounds_everybody_reads_everything(prepared: Bench) -> None:
    with unit_of_work():
        final = factories.judging_round(prepared.edition, ordinal=2, name="Chung khảo")
    assert plan_of(prepared.edition, prepared.round).readings == 2
    assert plan_of(prepared.edition, final).readings is None


def test_a_chosen_plan_goes_before_what_the_rules_say_by_themselves(prepared: Bench) -> None:
    with unit_of_work():
        plan(prepared, None)
        assert prepared.open() == 40


def test_fewer_readings_than_the_rules_ask_for_are_refused(prepared: Bench) -> None:
    with pytest.raises(Refused) as refused, unit_of_work():
        plan(prepared, 1)
    assert refused.value.verdict.code == "too_few"
    assert session.get(Dealing, prepared.round.id) is None


def test_the_plan_stands_once_the_round_is_open(prepared: Bench) -> None:
    with unit_of_work():
        prepared.open()
    with pytest.raises(Refused) as refused, unit_of_work():
        plan(prepared, 3)
    assert refused.value.verdict.code == "round_open"


def test_what_is_shown_before_is_what_is_dealt(prepared: Bench) -> None:
    own = prepared.works[0]
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        own.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân"))
        plan(prepared, 3, common=2)
    shown = rehearse(prepared.edition, prepared.round, prepared.by(prepared.organiser)).panels[0]
    expected = {member.seat.id: member.works for member in shown.members}
    with unit_of_work():
        assert prepared.open() == shown.readings
    assert loads(prepared) == expected
    assert Counter(len(seats) for seats in readers(prepared).values())[4] == 2


def test_common_works_stay_the_same_when_works_come_late(prepared: Bench) -> None:
    with unit_of_work():
        plan(prepared, 2, common=2)
        prepared.open()
    chosen = session.get_one(Dealing, prepared.round.id).common_entries
    assert {entry for entry, seats in readers(prepared).items() if len(seats) == 4} == set(chosen)
    with unit_of_work():
        late = [work(prepared.edition, prepared.category) for _ in range(3)]
        assert operations.deal(by=prepared.by(prepared.organiser), round=prepared.round) == 6
    assert session.get_one(Dealing, prepared.round.id).common_entries == chosen
    assert {len(readers(prepared)[one.id]) for one in late} == {2}


def test_what_a_member_may_not_read_is_noted_even_where_it_was_not_dealt(prepared: Bench) -> None:
    van = prepared.judges[0]
    with unit_of_work():
        clause(prepared.edition, "conflict_policy", choice="own_work")
        for entry in prepared.works[:4]:
            entry.authors.append(Authorship(ordinal=2, legal_name="Nguyễn Thị Vân"))
        prepared.open()
    seat = prepared.seat(van).id
    assert not any(seat in readers(prepared)[entry.id] for entry in prepared.works[:4])
    assert {len(seats) for seats in readers(prepared).values()} == {2}
    noted = session.scalars(select(Conflict.entry_id).where(Conflict.person_id == van.id)).all()
    assert set(noted) == {entry.id for entry in prepared.works[:4]}


def test_who_steps_aside_late_is_replaced_at_once_and_the_sheet_no_longer_counts(prepared: Bench) -> None:
    van = prepared.judges[0]
    with unit_of_work():
        prepared.open()
    with unit_of_work():
        send(prepared, van, 1)
        sent = next(one for one in prepared.assignments(van) if one.state == "open")
    with unit_of_work():
        scoring.step_aside(by=prepared.by(van), edition=prepared.edition, assignment=sent, relation="relative")
    seats = readers(prepared)[sent.entry_id]
    assert len(seats) == 2
    assert prepared.seat(van).id not in seats
    assert {len(each) for each in readers(prepared).values()} == {2}
    assert all(one.finished == 0 for one in progress(prepared.round.id).works if one.entry_id == sent.entry_id)


def test_where_nobody_is_left_stepping_aside_still_works_and_the_work_is_told(prepared: Bench) -> None:
    with unit_of_work():
        plan(prepared, 4)
        prepared.open()
    van = prepared.judges[0]
    aside = prepared.assignments(van)[0]
    with unit_of_work():
        scoring.step_aside(by=prepared.by(van), edition=prepared.edition, assignment=aside, relation="relative")
    shown = rehearse(prepared.edition, prepared.round, prepared.by(prepared.organiser)).panels[0]
    assert [(one.readers, one.wanted, one.kept) for one in shown.lacking] == [(3, 4, 1)]
    assert shown.lacking[0].code


def test_works_are_dealt_by_what_members_said_they_know(prepared: Bench) -> None:
    """Van knows another loại hình only: her works are counted as outside, and the page names her."""
    van, minh = prepared.judges[:2]
    with unit_of_work():
        radio = factories.category(prepared.edition, code="PT", name="Phát thanh")
        plan(prepared, 3)
        session.expire(prepared.edition, ["categories"])
        for person, known in ((van, [radio.id]), (minh, [prepared.category.id, radio.id, 0])):
            seat, by = prepared.seat(person), prepared.by(person)
            operations.say_expertise(by=by, edition=prepared.edition, seat=seat, categories=known)
        prepared.open()
    shown = rehearse(prepared.edition, prepared.round, prepared.by(prepared.organiser)).panels[0]
    told = {member.seat.person_id: (member.outside, member.works) for member in shown.members}
    assert told[van.id] == (told[van.id][1], told[van.id][1])
    assert told[minh.id][0] == 0
    assert {told[person.id][0] for person in prepared.judges[2:]} == {None}
    assert max(works for _outside, works in told.values()) - min(works for _outside, works in told.values()) <= 1
    assert shown.by_field
    said = session.scalars(select(Event).where(Event.kind == "expertise.said").order_by(Event.id)).all()
    assert json.loads(said[1].payload)["facts"]["categories"] == f"{prepared.category.id},{radio.id}"
    with pytest.raises(Refused), unit_of_work():
        seat, by = prepared.seat(minh), prepared.by(van)
        operations.say_expertise(by=by, edition=prepared.edition, seat=seat, categories=[])


def test_who_takes_only_so_many_works_is_given_no_more_and_the_others_share_the_rest(prepared: Bench) -> None:
    """Where members together take fewer than the works need, the round does not begin, and says by how many."""
    van, works = prepared.judges[0], len(prepared.works)
    with unit_of_work():
        plan(prepared, 3)
        seat, by = prepared.seat(van), prepared.by(van)
        operations.say_expertise(by=by, edition=prepared.edition, seat=seat, categories=[], most_works=2)
    shown = rehearse(prepared.edition, prepared.round, prepared.by(prepared.organiser)).panels[0]
    told = {member.seat.person_id: member.works for member in shown.members}
    assert told.pop(van.id) == 2
    assert sum(told.values()) == 3 * works - 2
    assert max(told.values()) - min(told.values()) <= 1
    assert not any(member.overfull for member in shown.members)
    with unit_of_work():
        for person in prepared.judges[1:]:
            seat, by = prepared.seat(person), prepared.by(person)
            operations.say_expertise(by=by, edition=prepared.edition, seat=seat, categories=[], most_works=2)
    take = 2 * len(prepared.judges)
    assert before_opening(table_of(prepared.edition, prepared.round)) == [
        f"{prepared.panel.name} cần {3 * works} lượt chấm, các thành viên nhận nhiều nhất {take}. Đề nghị bổ sung "
        "thành viên hoặc thống nhất lại số tác phẩm nhận chấm."
    ]
    shown = rehearse(prepared.edition, prepared.round, prepared.by(prepared.organiser)).panels[0]
    assert all(member.overfull for member in shown.members), "nobody is left without a reader in what is looked at"
    with unit_of_work():
        plan(prepared, None)
    ((needed, took),) = table_of(prepared.edition, prepared.round).beyond().values()
    assert (needed, took) == (works * len(prepared.judges), take)


def test_who_leaves_keeps_what_was_sent_and_the_rest_goes_to_the_others(prepared: Bench) -> None:
    van = prepared.judges[0]
    with unit_of_work():
        prepared.open()
        send(prepared, van, 2)
    seat = prepared.seat(van).id
    done = {one.entry_id for one in prepared.assignments(van)[:2]}
    with unit_of_work():
        leave(prepared, van)
    with unit_of_work():
        assert operations.deal(by=prepared.by(prepared.organiser), round=prepared.round) == 3
    assert {entry for entry, seats in readers(prepared).items() if seat in seats} == done
    assert {len(seats) for seats in readers(prepared).values()} == {2}
    least, *others = sorted(loads(prepared).values())
    assert (least, sum(others)) == (2, 18)
    assert max(others) <= 7
    assert {one.state for one in prepared.assignments(van)} == {"open", "annulled"}
    with unit_of_work():
        assert operations.deal(by=prepared.by(prepared.organiser), round=prepared.round) == 0


def test_dealing_anew_gives_a_new_member_a_share_and_moves_nothing_that_was_begun(prepared: Bench) -> None:
    van, by = prepared.judges[0], prepared.by(prepared.organiser)
    with unit_of_work():
        prepared.open()
        send(prepared, van, 1)
        begun = prepared.assignments(van)[1]
        marks = {prepared.round.criteria[0].id: 3}
        scoring.save(by=prepared.by(van), assignment=begun, version=0, marks=marks, note="")
        kept = {(one.seat_id, one.entry_id) for one in prepared.assignments(van)[:2]}
    with unit_of_work():
        new = judge(prepared.edition, "Lý Sơn")
        operations.seat_person(by=by, edition=prepared.edition, panel=prepared.panel, person=new)
    with unit_of_work():
        assert operations.deal(by=by, round=prepared.round) == 0
        operations.deal(by=by, round=prepared.round, anew=True)
    assert sorted(loads(prepared).values()) == [4, 4, 4, 4, 4]
    assert {len(seats) for seats in readers(prepared).values()} == {2}
    assert kept <= {(seat, entry) for entry, seats in readers(prepared).items() for seat in seats}
    rows = session.scalars(select(Assignment).where(Assignment.round_id == prepared.round.id)).all()
    places = Counter((row.seat_id, row.ordinal) for row in rows)
    assert max(places.values()) == 1


def test_a_work_taken_away_is_gone_from_the_list_and_may_come_back(prepared: Bench) -> None:
    van, by = prepared.judges[0], prepared.by(prepared.organiser)
    with unit_of_work():
        prepared.open()
        leave(prepared, van)
        operations.deal(by=by, round=prepared.round)
    taken = prepared.assignments(van)[0]
    assert taken.state == "annulled"
    with pytest.raises(Refused), unit_of_work():
        scoring.save(by=prepared.by(van), assignment=taken, version=0, marks={}, note="")
    with unit_of_work():
        appointed = session.scalars(select(Appointment).where(Appointment.person_id == van.id)).one()
        appointed.ended_at = None
        session.flush()
        operations.deal(by=by, round=prepared.round, anew=True)
    assert sorted(loads(prepared).values()) == [5, 5, 5, 5]


def test_the_log_holds_the_seed_and_the_seed_cannot_be_drawn_again(prepared: Bench) -> None:
    with unit_of_work():
        prepared.open()
    event = session.scalars(select(Event).where(Event.kind == "round.dealt")).one()
    assert f'"seed":"{prepared.round.public_id}"'.encode() in event.payload
    assert b'"readings":2' in event.payload


def test_the_same_round_is_dealt_the_same_twice(prepared: Bench) -> None:
    with unit_of_work():
        prepared.open()
    first = readers(prepared)
    with unit_of_work():
        for row in session.scalars(select(Assignment)):
            session.delete(row)
        session.flush()
        operations.deal(by=None, round=prepared.round)
    assert readers(prepared) == first


def test_too_few_members_stand_in_the_way_of_the_plan(prepared: Bench) -> None:
    with unit_of_work():
        plan(prepared, 5)
    assert len(table_of(prepared.edition, prepared.round).shortages()) == len(prepared.works)
    with unit_of_work():
        plan(prepared, 4)
    assert table_of(prepared.edition, prepared.round).shortages() == []
