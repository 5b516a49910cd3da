"""Sheets. While a round is open a mark is read by its owner alone: only `own_sheet` and `own_marks` read any.

What others may know is how many sheets there are (`progress`). `finished_marks` opens all marks of a round at once, for
ranking, and refuses while the round may still be scored.
"""

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Round
from award.verdicts import Refused, Verdict
from judging.panels.models import Assignment, Seat
from judging.scoring.models import Mark, ScoreSheet


def own_sheet(seat_id: int, assignment_id: int) -> ScoreSheet | None:
    """The seat's own sheet of that assignment with its marks; None as long as nothing was written."""
    return session.scalar(
        select(ScoreSheet)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.id == assignment_id, Assignment.seat_id == seat_id)
        .options(selectinload(ScoreSheet.marks))
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True)
class SeatProgress:
    """How far one seat is. Counts, never values."""

    seat_id: int
    panel_id: int
    person_id: int
    assigned: int
    finished: int
    recused: int


@dataclass(frozen=True)
class WorkProgress:
    """How many sheets one work has on one panel."""

    panel_id: int
    entry_id: int
    assigned: int
    finished: int
    recused: int


@dataclass(frozen=True)
class Progress:
    seats: list[SeatProgress]
    works: list[WorkProgress]

    @property
    def assigned(self) -> int:
        return sum(seat.assigned for seat in self.seats)

    @property
    def finished(self) -> int:
        return sum(seat.finished for seat in self.seats)


def progress(round_id: int) -> Progress:
    """Assigned, sent and recused sheets by seat and by work. Says nothing of what stands in a sheet, sent or not."""
    opened = func.count().filter(Assignment.state == "open").label("opened")
    sent = func.count().filter(Assignment.state == "open", ScoreSheet.state == "finished").label("sent")
    aside = func.count().filter(Assignment.state == "recused").label("aside")
    by_seat = (
        select(Seat.id, Seat.panel_id, Seat.person_id, opened, sent, aside)
        .outerjoin(Assignment, Assignment.seat_id == Seat.id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Seat.round_id == round_id)
        .group_by(Seat.id)
        .order_by(Seat.panel_id, Seat.id)
    )
    by_work = (
        select(Seat.panel_id, Assignment.entry_id, opened, sent, aside)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id)
        .group_by(Seat.panel_id, Assignment.entry_id)
        .order_by(Seat.panel_id, Assignment.entry_id)
    )
    return Progress(
        [SeatProgress(*row) for row in session.execute(by_seat).tuples()],
        [WorkProgress(*row) for row in session.execute(by_work).tuples()],
    )


@dataclass(frozen=True)
class FinishedSheet:
    """A sent sheet of a judge who was not recused, marks in steps by criterion."""

    panel_id: int
    seat_id: int
    entry_id: int
    sheet_id: int
    assignment_id: int
    marks: dict[int, int] = field(default_factory=dict)


def finished_marks(round_id: int) -> list[FinishedSheet]:
    """Every sent sheet of a frozen or closed round with its marks. For `judging.ranking.operations` and nobody else.

    Raises Refused while the round is prepared or open: the marks are sealed.
    """
    if session.scalar(select(Round.state).where(Round.id == round_id)) not in {"frozen", "closed"}:
        raise Refused(Verdict("sealed", "Điểm đang được giữ kín."))
    found = session.execute(
        select(Seat.panel_id, Seat.id, Assignment.entry_id, ScoreSheet.id, Assignment.id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.state == "open", ScoreSheet.state == "finished")
        .order_by(Seat.panel_id, Assignment.entry_id, Seat.id)
    ).tuples()
    sheets = {row[3]: FinishedSheet(*row) for row in found}
    for mark in session.scalars(select(Mark).where(Mark.sheet_id.in_(sheets))):
        sheets[mark.sheet_id].marks[mark.criterion_id] = mark.steps
    return list(sheets.values())
