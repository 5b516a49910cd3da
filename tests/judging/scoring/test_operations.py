"""Saving, sending, taking back, stepping aside: with a real database."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment
from award.log.models import Event
from award.log.operations import canonical_json
from award.verdicts import Refused
from judging.panels.models import Assignment
from judging.scoring import operations
from judging.scoring.contents import Incomplete, marks_of
from judging.scoring.models import Mark, ScoreSheet
from judging.scoring.progress import progress
from judging.scoring.queries import finished_marks, own_sheet
from tests.judging.rows import Bench, bench


def full(of: Bench, steps: int = 8) -> dict[int, int]:
    return {criterion.id: steps for criterion in of.round.criteria}


def saved(of: Bench, assignment: Assignment, marks: dict[int, int], *, version: int = 0, note: str = "") -> ScoreSheet:
    return operations.save(by=of.by(of.judges[0]), assignment=assignment, version=version, marks=marks, note=note)


@pytest.fixture
def opened(ctx: Flask) -> Bench:
    with unit_of_work():
        made = bench()
        made.open()
    return made


@pytest.fixture
def mine(opened: Bench) -> Assignment:
    return opened.assignments(opened.judges[0])[0]


def test_the_first_save_makes_the_sheet_and_the_next_one_changes_it(opened: Bench, mine: Assignment) -> None:
    first, second, _third = opened.round.criteria
    with unit_of_work():
        sheet = saved(opened, mine, {first.id: 10, second.id: 4}, note="Kỳ 3 yếu hơn")
    assert sheet.version == 1
    with unit_of_work():
        sheet = saved(opened, mine, {first.id: 12}, version=1, note="Kỳ 3 yếu hơn")
    assert sheet.version == 2
    kept = own_sheet(mine.seat_id, mine.id)
    assert kept is not None
    assert marks_of(kept) == {first.id: 12}
    assert session.scalars(select(Mark)).all() == kept.marks


def test_changing_only_the_note_or_only_a_mark_makes_a_new_version(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        saved(opened, mine, full(opened))
    with unit_of_work():
        assert saved(opened, mine, full(opened), version=1, note="Hay").version == 2
    with unit_of_work():
        assert saved(opened, mine, full(opened, 7), version=2, note="Hay").version == 3


def test_a_second_tab_never_overwrites_what_the_first_saved(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        saved(opened, mine, full(opened, 6))
    with unit_of_work():
        saved(opened, mine, full(opened, 7), version=1)
    with pytest.raises(operations.EditedElsewhere) as conflict, unit_of_work():
        saved(opened, mine, full(opened, 8), version=1)
    assert conflict.value.sheet.version == 2
    kept = own_sheet(mine.seat_id, mine.id)
    assert kept is not None
    assert marks_of(kept) == full(opened, 7)


def test_the_same_content_is_saved_at_any_version(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        saved(opened, mine, full(opened))
    with unit_of_work():
        assert saved(opened, mine, full(opened), version=0).version == 1


@pytest.mark.parametrize("steps", [-1, 17])
def test_a_mark_outside_the_scale_of_its_criterion_is_refused(opened: Bench, mine: Assignment, steps: int) -> None:
    with pytest.raises(Refused), unit_of_work():
        saved(opened, mine, {opened.round.criteria[0].id: steps})
    assert own_sheet(mine.seat_id, mine.id) is None


def test_a_mark_on_a_criterion_of_another_round_is_refused(opened: Bench, mine: Assignment) -> None:
    with pytest.raises(Refused), unit_of_work():
        saved(opened, mine, {10**6: 1})


def test_nobody_saves_on_a_colleagues_assignment(opened: Bench, mine: Assignment) -> None:
    for person in (opened.judges[1], opened.organiser):
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.save(by=opened.by(person), assignment=mine, version=0, marks=full(opened), note="")
        assert refused.value.verdict.code == "not_yours"


def test_a_judge_whose_appointment_ended_scores_no_more(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        held = session.scalars(select(Appointment).where(Appointment.person_id == opened.judges[0].id)).one()
        held.ended_at = now()
    with pytest.raises(Refused), unit_of_work():
        saved(opened, mine, full(opened))


@pytest.mark.parametrize("state", ["prepare", "frozen", "closed"])
def test_nothing_is_saved_sent_or_taken_back_unless_the_round_is_open(
    opened: Bench, mine: Assignment, state: str
) -> None:
    with unit_of_work():
        saved(opened, mine, full(opened))
    with unit_of_work():
        opened.round.state = state
    judge = opened.by(opened.judges[0])
    for act in (
        lambda: saved(opened, mine, full(opened, 9), version=1),
        lambda: operations.finish(by=judge, edition=opened.edition, assignment=mine),
        lambda: operations.reopen(by=judge, edition=opened.edition, assignment=mine),
    ):
        with pytest.raises(Refused), unit_of_work():
            act()
    kept = own_sheet(mine.seat_id, mine.id)
    assert kept is not None
    assert (marks_of(kept), kept.state) == (full(opened), "draft")


def test_nothing_is_saved_before_the_pledge(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        opened.seat(opened.judges[0]).pledged_at = None
    with pytest.raises(Refused) as refused, unit_of_work():
        saved(opened, mine, full(opened))
    assert refused.value.verdict.code == "pledge"


def test_sending_asks_for_every_criterion(opened: Bench, mine: Assignment) -> None:
    first, *others = opened.round.criteria
    judge = opened.by(opened.judges[0])
    with pytest.raises(Incomplete) as lacking, unit_of_work():
        operations.finish(by=judge, edition=opened.edition, assignment=mine)
    assert len(lacking.value.missing) == 3
    with unit_of_work():
        saved(opened, mine, {first.id: 0})
    with pytest.raises(Incomplete) as lacking, unit_of_work():
        operations.finish(by=judge, edition=opened.edition, assignment=mine)
    assert lacking.value.missing == others, "a mark of zero is a mark"


def test_the_log_holds_a_commitment_that_the_nonce_opens_and_no_mark(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened, 8), note="ghi chú riêng")
        sheet = operations.finish(by=judge, edition=opened.edition, assignment=mine)
    assert sheet.nonce is not None
    assert len(sheet.nonce) == 32
    content = {
        "round": opened.round.public_id,
        "seat": opened.seat(opened.judges[0]).public_id,
        "assignment": mine.public_id,
        "marks": [[1, 8], [2, 8], [3, 8]],
    }
    expected = hashlib.sha256(b"press-award/commit/v1\0" + sheet.nonce + canonical_json(content)).hexdigest()
    assert sheet.commitment == expected
    event = session.scalars(select(Event).where(Event.kind == "sheet.sent")).one()
    assert expected.encode() in event.payload
    assert b"mark" not in event.payload
    assert b"ghi ch" not in event.payload


def test_sending_twice_is_sending_once(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened))
        first = operations.finish(by=judge, edition=opened.edition, assignment=mine).commitment
    with unit_of_work():
        assert operations.finish(by=judge, edition=opened.edition, assignment=mine).commitment == first
    assert len(session.scalars(select(Event).where(Event.kind == "sheet.sent")).all()) == 1


def test_a_sent_sheet_is_changed_only_after_taking_it_back(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened))
        sent = operations.finish(by=judge, edition=opened.edition, assignment=mine)
        before, version = sent.commitment, sent.version
    with pytest.raises(Refused) as refused, unit_of_work():
        saved(opened, mine, full(opened, 3), version=version)
    assert refused.value.verdict.code == "sent"
    with unit_of_work():
        sheet = operations.reopen(by=judge, edition=opened.edition, assignment=mine)
        assert (sheet.state, sheet.commitment, sheet.nonce) == ("draft", None, None)
        saved(opened, mine, full(opened, 3), version=sheet.version)
        assert operations.finish(by=judge, edition=opened.edition, assignment=mine).commitment != before


def test_stepping_aside_annuls_the_sheet_and_shuts_the_assignment(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened))
        operations.finish(by=judge, edition=opened.edition, assignment=mine)
    with unit_of_work():
        operations.step_aside(by=judge, edition=opened.edition, assignment=mine, relation="relative")
    sheet = session.scalars(select(ScoreSheet)).one()
    assert (sheet.state, mine.state, mine.state_reason) == ("annulled", "recused", "relative")
    kinds = list(session.scalars(select(Event.kind).order_by(Event.seq)))
    assert kinds[-2:] == ["conflict.declared", "sheet.annulled"]
    for act in (
        lambda: saved(opened, mine, full(opened, 1), version=sheet.version),
        lambda: operations.reopen(by=judge, edition=opened.edition, assignment=mine),
    ):
        with pytest.raises(Refused) as refused, unit_of_work():
            act()
        assert refused.value.verdict.code == "recused"


def test_progress_counts_sheets_sent_and_recusals(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened))
        operations.finish(by=judge, edition=opened.edition, assignment=mine)
        other = opened.assignments(opened.judges[0])[1]
        operations.step_aside(by=judge, edition=opened.edition, assignment=other, relation="editor")
    counted = progress(opened.round.id)
    assert [(s.assigned, s.finished, s.recused) for s in counted.seats] == [(1, 1, 1), (2, 0, 0)]
    by_work = {w.entry_id: (w.assigned, w.finished, w.recused) for w in counted.works}
    assert by_work == {mine.entry_id: (2, 1, 0), other.entry_id: (1, 0, 1)}
    assert (counted.assigned, counted.finished) == (3, 1)


def test_from_a_judge_who_left_no_more_sheets_are_expected(opened: Bench, mine: Assignment) -> None:
    with unit_of_work():
        saved(opened, mine, full(opened))
        operations.finish(by=opened.by(opened.judges[0]), edition=opened.edition, assignment=mine)
        for appointment in session.scalars(select(Appointment).where(Appointment.person_id == opened.judges[0].id)):
            appointment.ended_at = now()
    counted = progress(opened.round.id)
    assert [(s.assigned, s.finished) for s in counted.seats] == [(1, 1), (2, 0)]
    assert {w.entry_id: (w.assigned, w.finished) for w in counted.works}[mine.entry_id] == (2, 1)


def test_marks_open_for_ranking_only_once_the_round_is_frozen(opened: Bench, mine: Assignment) -> None:
    judge = opened.by(opened.judges[0])
    with unit_of_work():
        saved(opened, mine, full(opened))
        operations.finish(by=judge, edition=opened.edition, assignment=mine)
        saved(opened, opened.assignments(opened.judges[0])[1], full(opened, 2))
    with pytest.raises(Refused) as refused:
        finished_marks(opened.round.id)
    assert refused.value.verdict.code == "sealed"
    with unit_of_work():
        opened.round.state = "frozen"
    (sheet,) = finished_marks(opened.round.id)
    assert (sheet.assignment_id, sheet.entry_id, sheet.marks) == (mine.id, mine.entry_id, full(opened))
