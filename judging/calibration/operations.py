"""Deeds: name the works of a panel, save and send one's own sheet of one, close the calibration of a panel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume, discard
from award.log.operations import record
from award.people.models import Person
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require
from judging.calibration import queries
from judging.calibration.models import MOST, CalibrationEnd, CalibrationSheet, CalibrationWork
from judging.calibration.permissions import can_end, can_name, can_send, can_try
from judging.panels.models import Seat
from judging.scoring.contents import whole, within

KINDS = ("pdf", "docx", "jpeg", "png", "mp3", "m4a", "mp4")
MOST_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Sample:
    """A calibration work as it is named: a title, and a link or a text. `public_id` of one that stands already."""

    title: str
    link: str = ""
    text: str = ""
    public_id: str = ""


class EditedElsewhere(Exception):
    """The sheet has moved on since its version was read; `sheet` is what stands now. Nothing was changed."""

    def __init__(self, sheet: CalibrationSheet) -> None:
        super().__init__(sheet.version)
        self.sheet = sheet


def name_works(
    *,
    by: Capacity,
    edition: Edition,
    round: Round,
    panel: Panel,
    works: Sequence[Sample],
    known: Collection[str] | None = None,
) -> None:
    """The panel scores these works first: those that stood are changed in their places and keep their files, new ones
    come after them.

    `known` are the public ids of the works that were before who names them; one that stands without being known is not
    taken away by being left out. Refused for more than a panel may have, and once the round is open.
    """
    assert len(works) <= MOST
    session.refresh(round, ["state", "calibration", "version"], with_for_update=True)
    require(can_name(by, round))
    standing = queries.works_of([panel.id]).get(panel.id, [])
    named, new = _matched(standing, works, known)
    gone = [old for old in standing if old.id not in named and (known is None or old.public_id in known)]
    if len(standing) - len(gone) + len(new) > MOST:
        words = _("Vừa có bài khác được thêm. Mỗi tiểu ban có nhiều nhất %(n)s bài chấm thử.", n=MOST)
        raise Refused(Verdict("works", words))
    for old in gone:
        session.delete(old)
    session.flush()
    ordinal = 0
    for ordinal, old in enumerate((old for old in standing if old not in gone), start=1):
        old.ordinal = ordinal
        if old.id in named:
            _write(old, named[old.id])
        session.flush()  # one after another: a place is free before the next moves up to it
    for place, work in enumerate(new, start=ordinal + 1):
        session.add(_write(CalibrationWork(panel_id=panel.id, ordinal=place), work))
    session.flush()
    for old in gone:
        _discard(old.file_id)
    record(
        "calibration.named",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=panel,
        facts={"round": round.id, "works": len(standing) - len(gone) + len(new)},
    )


def _matched(
    standing: Sequence[CalibrationWork], works: Sequence[Sample], known: Collection[str] | None
) -> tuple[dict[int, Sample], list[Sample]]:
    """Work that stands → what it is named now, and those that are new. One named by an id that is no more is the one in
    its place, unless that one was known and left out."""
    places, at = {old.public_id: old for old in standing}, dict(enumerate(standing))
    named = {places[work.public_id].id: work for work in works if work.public_id in places}
    new = []
    for n, work in enumerate(works):
        if work.public_id in places:
            continue
        old = at.get(n)
        if work.public_id and old and old.id not in named and old.public_id not in (known or ()):
            named[old.id] = work
        else:
            new.append(work)
    return named, new


def _write(work: CalibrationWork, said: Sample) -> CalibrationWork:
    work.title, work.link, work.text = one_line(said.title), said.link.strip(), canonical(said.text).strip()
    return work


def begin_file(
    *,
    by: Capacity,
    round: Round,
    work: CalibrationWork,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """The file of the work may be sent, in place of the one that stood. Refused once the round is open, but that one
    begun before may be gone on with."""
    session.refresh(round, ["state", "calibration", "version"], with_for_update=True)
    require(may_go_on(by, round, work))
    file = begin_or_resume(
        uploader=uploader,
        kinds=KINDS,
        max_bytes=MOST_BYTES,
        place=[work.file_id] if work.file_id is not None else [],
        **sent,
    )
    if work.file_id != file.id:
        require(can_name(by, round))
        before, work.file_id = work.file_id, file.id
        session.flush()
        _discard(before)
    return file


def may_go_on(by: Capacity, round: Round, work: CalibrationWork) -> Verdict:
    """Whether a file of the work may be begun, or one that is still coming in may be gone on with."""
    file = session.get(File, work.file_id) if work.file_id is not None else None
    coming = file is not None and file.state == "uploading"
    return can_send(by) if coming and round.calibration else can_name(by, round)


def drop_file(*, by: Capacity, round: Round, work: CalibrationWork) -> None:
    """The work has no file. Refused once the round is open."""
    session.refresh(round, ["state", "calibration", "version"], with_for_update=True)
    require(can_name(by, round))
    before, work.file_id = work.file_id, None
    session.flush()
    _discard(before)


def _discard(file_id: int | None) -> None:
    file = session.get(File, file_id) if file_id is not None else None
    if file is not None:
        discard(file=file)


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
