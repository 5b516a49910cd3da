"""Deeds: name the works of a panel, save and send one's own sheet of one, close the calibration of a panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.log.operations import record
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require
from judging.calibration import queries
from judging.calibration.models import MOST, CalibrationEnd, CalibrationSheet, CalibrationWork
from judging.calibration.permissions import can_end, can_name, can_try
from judging.panels.models import Seat
from judging.scoring.contents import whole, within


@dataclass(frozen=True)
class Sample:
    """A calibration work as it is named: a title, and a link or a text."""

    title: str
    link: str = ""
    text: str = ""


class EditedElsewhere(Exception):
    """The sheet has moved on since its version was read; `sheet` is what stands now. Nothing was changed."""

    def __init__(self, sheet: CalibrationSheet) -> None:
        super().__init__(sheet.version)
        self.sheet = sheet


def name_works(*, by: Capacity, edition: Edition, round: Round, panel: Panel, works: Sequence[Sample]) -> None:
    """The panel scores exactly these works first. Refused once the round is open."""
    assert len(works) <= MOST
    session.refresh(round, ["state", "calibration", "version"], with_for_update=True)
    require(can_name(by, round))
    for old in queries.works_of([panel.id]).get(panel.id, []):
        session.delete(old)
    session.flush()
    for ordinal, work in enumerate(works, start=1):
        session.add(
            CalibrationWork(
                panel_id=panel.id,
                ordinal=ordinal,
                title=one_line(work.title),
                link=work.link.strip(),
                text=canonical(work.text).strip(),
            )
        )
    session.flush()
    record(
        "calibration.named",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=panel,
        facts={"round": round.id, "works": len(works)},
    )


def save(
    *,
    round: Round,
    seat: Seat,
    work: CalibrationWork,
    version: int,
    marks: Mapping[int, int],
    level: str | None = None,
) -> CalibrationSheet:
    """The member's sheet of the work holds exactly these marks and this level, at a new version.

    Raises EditedElsewhere when another tab was faster, Refused for a sheet already sent and where nobody may try.
    """
    _held(round, seat, work)
    within(round, dict(marks), level)
    pairs = [[criterion.id, marks[criterion.id]] for criterion in round.criteria if criterion.id in marks]
    sheet = queries.own_sheets([seat.id]).get((seat.id, work.id))
    if sheet is None:
        sheet = CalibrationSheet(work_id=work.id, seat_id=seat.id, marks=pairs, level=level, changed_at=now())
        session.add(sheet)
    elif sheet.marks != pairs or sheet.level != level:
        if sheet.finished_at:
            raise Refused(Verdict("sent", _("Phiếu chấm thử đã gửi, không sửa được nữa.")))
        if sheet.version != version:
            raise EditedElsewhere(sheet)
        sheet.marks, sheet.level, sheet.changed_at = pairs, level, now()
    session.flush()
    return sheet


def finish(*, by: Capacity, edition: Edition, round: Round, seat: Seat, work: CalibrationWork) -> CalibrationSheet:
    """The sheet is sent and changes no more. Raises Incomplete for one that is not whole, Refused as saving does."""
    _held(round, seat, work)
    sheet = queries.own_sheets([seat.id]).get((seat.id, work.id))
    whole(round, sheet.steps if sheet else {}, sheet.level if sheet else None)
    assert sheet is not None, "a round has criteria"
    if sheet.finished_at is None:
        sheet.finished_at = now()
        session.flush()
        record(
            "calibration.sent",
            actor_id=by.person_id,
            award_id=edition.award_id,
            subject=sheet,
            facts={"round": round.id, "panel": work.panel_id, "work": work.ordinal},
        )
    return sheet


def end(*, by: Capacity, edition: Edition, round: Round, panel: Panel) -> None:
    """Nobody of the panel has to wait for calibration any more, and the spread of what was sent is told."""
    session.refresh(panel, with_for_update=True)
    require(can_end(by, round, ended=bool(queries.ends_of([panel.id]))))
    assert by.person_id is not None
    session.add(CalibrationEnd(panel_id=panel.id, ended_by_id=by.person_id, ended_at=now()))
    session.flush()
    record(
        "calibration.ended", actor_id=by.person_id, award_id=edition.award_id, subject=panel, facts={"round": round.id}
    )


def _held(round: Round, seat: Seat, work: CalibrationWork) -> None:
    """The round and the panel stand as they are until this is done, and two tabs of one member follow each other."""
    assert seat.panel_id == work.panel_id
    session.refresh(round, ["state", "version"], with_for_update={"read": True})
    session.execute(select(Panel.id).where(Panel.id == work.panel_id).with_for_update(read=True))
    session.refresh(seat, ["pledged_at"], with_for_update=True)
    require(can_try(seat, round, ended=bool(queries.ends_of([work.panel_id]))))
