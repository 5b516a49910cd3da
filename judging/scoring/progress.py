"""How far the sheets of a round are. Counts, never values: nothing here reads what stands in a sheet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, false, func, or_, select

from award.db import session
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.panels.queries import still_appointed, still_judged
from judging.scoring.models import ScoreSheet, SecondLook


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
    code: str
    """Its blind code."""


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
    """Assigned, sent and recused sheets by seat and by work. Says nothing of what stands in a sheet, sent or not.

    From a judge whose appointment ended no more sheets are expected; those sent before count.
    """
    sent_sheet = ScoreSheet.state == "finished"
    expected = and_(Assignment.state == "open", or_(func.coalesce(sent_sheet, false()), still_appointed()))
    opened = func.count().filter(expected).label("opened")
    sent = func.count().filter(Assignment.state == "open", sent_sheet).label("sent")
    aside = func.count().filter(Assignment.state == "recused").label("aside")
    by_seat = (
        select(Seat.id, Seat.panel_id, Seat.person_id, opened, sent, aside)
        .outerjoin(Assignment, and_(Assignment.seat_id == Seat.id, still_judged()))
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Seat.round_id == round_id)
        .group_by(Seat.id)
        .order_by(Seat.panel_id, Seat.id)
    )
    by_work = (
        select(Seat.panel_id, Assignment.entry_id, opened, sent, aside, func.coalesce(Screening.blind_code, ""))
        .join(Assignment, Assignment.seat_id == Seat.id)
        .join(Screening, Screening.entry_id == Assignment.entry_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, still_judged())
        .group_by(Seat.panel_id, Assignment.entry_id, Screening.blind_code)
        .order_by(Seat.panel_id, Assignment.entry_id)
    )
    return Progress(
        [SeatProgress(*row) for row in session.execute(by_seat).tuples()],
        [WorkProgress(*row) for row in session.execute(by_work).tuples()],
    )


def sent_ever(round_id: int) -> dict[int, int]:
    """Seat → how many sheets it has sent in the round, those too that count no more: of works withdrawn or found
    ineligible since, of judges who turned out to have to do with the work. One that its judge took back is not sent."""
    found = (
        select(Assignment.seat_id, func.count())
        .join(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, ScoreSheet.commitment.is_not(None))
        .group_by(Assignment.seat_id)
    )
    return dict(session.execute(found).tuples().all())


class StillOpen(NamedTuple):
    """What a frozen round waits for: sheets of readers asked for later, and sheets to look at once more."""

    readings: int
    looks: int


NOTHING = StillOpen(0, 0)


def still_open(round_id: int) -> StillOpen:
    """How many of each. Says nothing of what stands in them."""
    ours = and_(Assignment.round_id == round_id, Assignment.state == "open", still_judged())
    unsent = (
        select(func.count())
        .select_from(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(ours, Assignment.extra, func.coalesce(ScoreSheet.state, "draft") == "draft", still_appointed())
    )
    asked = (
        select(func.count())
        .select_from(SecondLook)
        .join(ScoreSheet, ScoreSheet.id == SecondLook.sheet_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(ours, SecondLook.answer.is_(None), ScoreSheet.state == "finished", still_appointed())
    )
    return StillOpen(*session.execute(select(unsent.scalar_subquery(), asked.scalar_subquery())).one())


def awaits_sheets(round_id: int, entry_ids: Collection[int]) -> bool:
    """Whether somebody who was to read one of these works has not sent the sheet."""
    found = (
        select(Assignment.id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.entry_id.in_(entry_ids), Assignment.state == "open")
        .where(func.coalesce(ScoreSheet.state, "draft") == "draft", still_appointed())
    )
    return session.scalar(found.limit(1)) is not None


def sheets_begun(round_id: int) -> dict[int, bool]:
    """Assignment id → whether its sheet was sent, of those with a sheet. Says nothing of what stands in it."""
    found = session.execute(
        select(ScoreSheet.assignment_id, ScoreSheet.state == "finished")
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.round_id == round_id, ScoreSheet.state != "annulled")
    )
    return dict(found.tuples().all())
