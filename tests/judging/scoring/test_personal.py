"""A judge who is forgotten: marks stay under a number for who repeats the ranking, name and notes go."""

from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment
from award.people.models import Person
from award.privacy import operations, rooms
from judging.scoring.models import Keying, Mark, PaperSheet, ScoreSheet
from tests.judging.rows import Bench, bench


def with_sheets() -> Bench:
    """Each judge has marked each work and written a note beside it."""
    made = bench()
    made.open()
    for person in made.judges:
        for assignment in made.assignments(person):
            sheet = ScoreSheet(
                assignment_id=assignment.id, state="finished", finished_at=now(), changed_at=now(), note="Ghi riêng"
            )
            sheet.marks = [Mark(criterion_id=each.id, steps=10) for each in made.round.criteria]
            paper = PaperSheet(assignment_id=assignment.id, dropped_at=now())
            paper.keyings = [
                Keying(person_id=made.organiser.id, ordinal=1, marks=[], signed_on=now().date(), reason="Đọc lại")
            ]
            session.add_all([sheet, paper])
    session.flush()
    return made


def test_marks_stay_under_a_number_and_notes_go(ctx: Flask) -> None:
    with unit_of_work():
        made = with_sheets()
        leaving, staying = made.judges
        for held in session.query(Appointment).filter_by(person_id=leaving.id):
            held.ended_at = now()
    told = {fate.what: fate.stays for fate in rooms.fates(rooms.subject_of(leaving.id, {}).subject)}
    assert told["Ghi chú riêng trong phiếu chấm"] == ""
    assert "chỉ còn mã số" in told["Điểm đã chấm"]
    with unit_of_work():
        asked = operations.ask(person=leaving, kind="erasure")
        operations.erase(by=made.by(made.organiser), asked=asked)
    assert session.get_one(Person, leaving.id).legal_name.startswith("Người đã xóa dữ liệu")
    notes = {person.id: [sheet.note for sheet in sheets_of(made, person)] for person in made.judges}
    assert notes == {leaving.id: ["", ""], staying.id: ["Ghi riêng", "Ghi riêng"]}
    reasons = {person.id: [keying.reason for keying in keyings_of(made, person)] for person in made.judges}
    assert reasons == {leaving.id: [None, None], staying.id: ["Đọc lại", "Đọc lại"]}
    assert session.query(Mark).count() == 2 * 2 * len(made.round.criteria)


def sheets_of(made: Bench, person: Person) -> list[ScoreSheet]:
    numbers = [assignment.id for assignment in made.assignments(person)]
    return session.query(ScoreSheet).filter(ScoreSheet.assignment_id.in_(numbers)).all()


def keyings_of(made: Bench, person: Person) -> list[Keying]:
    numbers = [assignment.id for assignment in made.assignments(person)]
    return session.query(Keying).join(PaperSheet).filter(PaperSheet.assignment_id.in_(numbers)).all()
