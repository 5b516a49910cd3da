"""Calibration works, who has done them, and the sheets: one's own, or all of a panel without saying whose."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, select

from award.db import session
from award.editions.models import Appointment, Edition, Panel, Round
from award.files.models import File
from judging.calibration.models import CalibrationEnd, CalibrationSheet, CalibrationWork
from judging.panels.models import Seat
from judging.panels.queries import still_appointed


def works_of(panel_ids: Collection[int]) -> dict[int, list[CalibrationWork]]:
    """Panel → its works in their order."""
    found: dict[int, list[CalibrationWork]] = defaultdict(list)
    asked = select(CalibrationWork).where(CalibrationWork.panel_id.in_(panel_ids)).order_by(CalibrationWork.ordinal)
    for work in session.scalars(asked):
        found[work.panel_id].append(work)
    return found


def work_at(round_id: int, public_id: str) -> CalibrationWork | None:
    """The work of that name, of a panel of this round."""
    asked = select(CalibrationWork).join(Panel, Panel.id == CalibrationWork.panel_id)
    return session.scalar(asked.where(CalibrationWork.public_id == public_id, Panel.round_id == round_id))


def work_of_file(file_id: int) -> tuple[CalibrationWork, Round] | None:
    """The calibration work whose file it is, and its round."""
    asked = (
        select(CalibrationWork, Round)
        .join(Panel, Panel.id == CalibrationWork.panel_id)
        .join(Round, Round.id == Panel.round_id)
        .where(CalibrationWork.file_id == file_id)
    )
    row = session.execute(asked).one_or_none()
    return row._tuple() if row is not None else None


def not_ready(file_ids: Collection[int]) -> set[int]:
    """Those of the files that nobody can read yet, or ever."""
    if not file_ids:
        return set()
    return set(session.scalars(select(File.id).where(File.id.in_(file_ids), File.state != "ready")))


def has_pledged(panel_id: int, person_id: int) -> bool:
    """Whether the person sits on the panel and has pledged to keep what is read there."""
    asked = select(Seat.id).where(
        Seat.panel_id == panel_id, Seat.person_id == person_id, Seat.pledged_at.is_not(None), still_appointed()
    )
    return session.scalar(asked.limit(1)) is not None


def own_sheets(seat_ids: Collection[int]) -> dict[tuple[int, int], CalibrationSheet]:
    """(seat, work) → the sheet, of one's own seats."""
    asked = select(CalibrationSheet).where(CalibrationSheet.seat_id.in_(seat_ids))
    found = session.scalars(asked.execution_options(populate_existing=True))
    return {(sheet.seat_id, sheet.work_id): sheet for sheet in found}


def finished(panel_ids: Collection[int]) -> dict[int, dict[int, dict[int, CalibrationSheet]]]:
    """Panel → seat → work → the sheet that was sent."""
    found: dict[int, dict[int, dict[int, CalibrationSheet]]] = defaultdict(lambda: defaultdict(dict))
    asked = (
        select(CalibrationSheet, CalibrationWork.panel_id)
        .join(CalibrationWork, CalibrationWork.id == CalibrationSheet.work_id)
        .where(CalibrationWork.panel_id.in_(panel_ids), CalibrationSheet.finished_at.is_not(None))
        .order_by(CalibrationSheet.id)
    )
    for sheet, panel in session.execute(asked).tuples():
        found[panel][sheet.seat_id][sheet.work_id] = sheet
    return found


def ends_of(panel_ids: Collection[int]) -> dict[int, CalibrationEnd]:
    """Panel → when and by whom its calibration was closed."""
    asked = select(CalibrationEnd).where(CalibrationEnd.panel_id.in_(panel_ids))
    return {end.panel_id: end for end in session.scalars(asked.execution_options(populate_existing=True))}


def _sent() -> ColumnElement[bool]:
    return exists().where(
        CalibrationSheet.work_id == CalibrationWork.id,
        CalibrationSheet.seat_id == Seat.id,
        CalibrationSheet.finished_at.is_not(None),
    )


def waiting(panel_ids: Collection[int]) -> set[int]:
    """Panels where a member whose appointment stands has still to send a calibration work."""
    found = (
        select(Seat.panel_id)
        .join(CalibrationWork, CalibrationWork.panel_id == Seat.panel_id)
        .where(Seat.panel_id.in_(panel_ids), still_appointed(), ~_sent())
    )
    return set(session.scalars(found.distinct()))


def left(person_id: int, round_id: int) -> int:
    """How many calibration works the person has still to send in the round, of panels where they are not closed."""
    asked = (
        select(func.count())
        .select_from(CalibrationWork)
        .join(Seat, Seat.panel_id == CalibrationWork.panel_id)
        .where(
            Seat.person_id == person_id,
            Seat.round_id == round_id,
            still_appointed(),
            ~exists().where(CalibrationEnd.panel_id == CalibrationWork.panel_id),
            ~_sent(),
        )
    )
    return session.scalar(asked) or 0


def without_works(round_id: int) -> list[Panel]:
    """Panels of the round that have no calibration work."""
    none = ~exists().where(CalibrationWork.panel_id == Panel.id)
    return list(session.scalars(select(Panel).where(Panel.round_id == round_id, none).order_by(Panel.ordinal)))


def asking(edition_id: int) -> list[tuple[str, Round]]:
    """Rounds of the edition that are prepared or open and have calibration works scored first, or offered."""
    asked = select(Edition.slug, Round).join(Round, Round.edition_id == Edition.id)
    found = asked.where(Edition.id == edition_id, Round.calibration != "", Round.state.in_(("prepare", "open")))
    return list(session.execute(found.order_by(Round.ordinal)).tuples())


def holds(person_id: int, edition_id: int, *roles: str) -> bool:
    """Whether the person holds one of these offices in the edition."""
    asked = select(Appointment.id).where(
        Appointment.person_id == person_id,
        Appointment.edition_id == edition_id,
        Appointment.role.in_(roles),
        Appointment.ended_at.is_(None),
    )
    return session.scalar(asked.limit(1)) is not None


def counted(round_id: int) -> tuple[int, int]:
    """How many calibration works the round had, and how many sheets of them were sent: no more of it is evidence."""
    asked = (
        select(func.count(CalibrationWork.id.distinct()), func.count(CalibrationSheet.id))
        .select_from(CalibrationWork)
        .join(Panel, Panel.id == CalibrationWork.panel_id)
        .outerjoin(
            CalibrationSheet,
            (CalibrationSheet.work_id == CalibrationWork.id) & CalibrationSheet.finished_at.is_not(None),
        )
        .where(Panel.round_id == round_id)
    )
    works, sheets = session.execute(asked).one()
    return works, sheets
