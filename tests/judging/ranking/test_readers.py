"""Who may be asked to read more while a round is frozen: short of sheets, two that differ, one still far apart."""

from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from judging.panels.models import Assignment
from judging.proof.verifier import steps
from judging.ranking import operations
from judging.ranking.apart import apart
from judging.ranking.gathering import gathered
from judging.ranking.readers import more_readers
from judging.ranking.review import review
from judging.scoring import looking_again
from judging.scoring import operations as scoring
from tests.judging.proof.test_verify import unpacked
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause


def why(of: Hall) -> dict[int, str]:
    """Number of the work → why it may be read by more."""
    found = gathered(of.round)
    order = [entry.id for entry in of.works]
    named = more_readers(of.edition, of.round, found, apart(found, Fraction(2)))
    return {order.index(entry): reason for (_panel, entry), reason in named.items()}


def add(of: Hall, number: int) -> Assignment:
    by, works = of.by(of.chair), [of.works[number].public_id]
    (added,) = operations.add_readers(by=by, edition=of.edition, judged=of.round, works=works)
    return added


def sent_by_whom_it_went_to(of: Hall, added: Assignment) -> None:
    person = next(p for p in of.bench.judges if of.bench.seat(p).id == added.seat_id)
    of.mark(person, next(entry for entry in of.works if entry.id == added.entry_id), (8, 8, 6))


def test_a_work_short_of_sheets_and_two_that_differ_much_are_read_once_more(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two readings of three works; the first has two far apart, the second only one."""
    with unit_of_work():
        of = hall(works=3, judges=4, shortlist=None, readings=2)
        clause(of.bench.edition, "spread_limit", points="2")
        for number, entry in enumerate(of.works):
            reads = select(Assignment).where(Assignment.entry_id == entry.id, Assignment.state == "open")
            for nth, one in enumerate(session.scalars(reads.order_by(Assignment.id))):
                person = next(p for p in of.bench.judges if of.bench.seat(p).id == one.seat_id)
                if (number, nth) != (1, 1):
                    of.mark(person, entry, (2, 2, 2) if (number, nth) == (0, 1) else (8, 8, 6))
        of.freeze()
    assert why(of) == {0: "third", 1: "short"}
    shown = review(of.edition, of.round, reader=of.chair.id, limit=Fraction(2)).near
    assert [(line.code, line.why, line.may_add) for line in shown] == [
        ("III-IN-001", "third", True),
        ("III-IN-002", "short", True),
    ]
    with unit_of_work():
        added = [add(of, 0), add(of, 1)]
    assert why(of) == {}, "one reader more is under way for each"
    with unit_of_work():
        for each in added:
            sent_by_whom_it_went_to(of, session.merge(each))
    with unit_of_work():
        of.close(reason="Một thành viên nghỉ ốm.")
    assert [of.standing(entry).sheets for entry in of.works] == [3, 2, 2]
    assert steps.main([str(unpacked(of, tmp_path).path)]) == 0, capsys.readouterr().out


def test_a_sheet_that_still_lies_apart_after_its_judge_looked_again(ctx: Flask) -> None:
    with unit_of_work():
        of = hall(works=4, judges=4, shortlist=None, readings=3)
        clause(of.bench.edition, "spread_limit", points="2")
        of.mark_dealt(*[(8, 8, 6)] * 4)
        person = next(p for p in of.bench.judges if any(a.entry_id == of.works[0].id for a in of.bench.assignments(p)))
        assignment, by = of.assignment(person, of.works[0]), of.by(person)
        sheet = scoring.reopen(by=by, edition=of.edition, assignment=assignment)
        marks = {criterion.id: 2 for criterion in of.round.criteria}
        scoring.save(by=by, assignment=assignment, version=sheet.version, marks=marks, note="")
        scoring.finish(by=by, edition=of.edition, assignment=assignment)
        of.freeze()
    assert why(of) == {}, "first the judge is asked"
    with unit_of_work():
        key = of.sheet(person, of.works[0]).public_id
        operations.ask_again(by=of.by(of.chair), edition=of.edition, judged=of.round, sheets=[key])
    with unit_of_work():
        words = "Đọc lại, giữ nguyên."
        looking_again.keep(
            by=of.by(person), edition=of.edition, assignment=of.assignment(person, of.works[0]), reason=words
        )
    assert why(of) == {0: "apart"}
    with unit_of_work():
        add(of, 0)
    assert why(of) == {}, "one extra reader"
