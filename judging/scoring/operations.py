"""What a judge does with a sheet: save, send, take back, step aside from the work."""

import hashlib
import secrets

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Criterion, Edition, Round
from award.editions.permissions import Capacity
from award.log.operations import canonical_json, record
from award.verdicts import Refused, Verdict, require
from judging.panels import operations as panels
from judging.panels.models import Assignment, Seat
from judging.panels.queries import still_appointed, still_judged
from judging.scoring.marks import Scale
from judging.scoring.models import Mark, ScoreSheet
from judging.scoring.permissions import can_score
from judging.scoring.queries import own_sheet

_COMMITMENT = b"press-award/commit/v1\0"


class EditedElsewhere(Exception):
    """The sheet has moved on since `version` was read; `sheet` is what stands now. Nothing was changed."""

    def __init__(self, sheet: ScoreSheet) -> None:
        super().__init__(sheet.version)
        self.sheet = sheet


class Incomplete(Exception):
    """Criteria without a mark keep the sheet from being sent."""

    def __init__(self, missing: list[Criterion]) -> None:
        super().__init__(len(missing))
        self.missing = missing


def save(*, by: Capacity, assignment: Assignment, version: int, marks: dict[int, int], note: str) -> ScoreSheet:
    """The sheet holds exactly these marks (steps by criterion) and this note, at a new version.

    `version` is that of the sheet the judge was looking at, 0 before the first save. Saving what already stands is
    harmless at any version. Raises EditedElsewhere when another tab was faster, Refused for a sheet already sent, a
    recused judge, somebody else's assignment, a mark out of range, and once the round is frozen.
    """
    round_, seat = _opened(by, assignment)
    scales = {criterion.id: scale_of(round_, criterion) for criterion in round_.criteria}
    for criterion, steps in marks.items():
        if criterion not in scales or not 0 <= steps <= scales[criterion].most:
            raise Refused(Verdict("out_of_range", _("Điểm ngoài thang điểm của tiêu chí.")))
    sheet = own_sheet(seat.id, assignment.id)
    if sheet is None:
        sheet = ScoreSheet(assignment_id=assignment.id, note=note, changed_at=now())
        sheet.marks = [Mark(criterion_id=criterion, steps=steps) for criterion, steps in marks.items()]
        session.add(sheet)
        session.flush()
        return sheet
    if marks_of(sheet) == marks and sheet.note == note:
        return sheet
    if sheet.state != "draft":
        raise Refused(Verdict("sent", _("Phiếu chấm đã gửi. Mở lại phiếu để sửa.")))
    if sheet.version != version:
        raise EditedElsewhere(sheet)
    kept = {mark.criterion_id: mark for mark in sheet.marks}
    for criterion, steps in marks.items():
        if criterion in kept:
            kept[criterion].steps = steps
        else:
            sheet.marks.append(Mark(criterion_id=criterion, steps=steps))
    for criterion, mark in kept.items():
        if criterion not in marks:
            sheet.marks.remove(mark)
    sheet.note, sheet.changed_at = note, now()
    session.flush()
    return sheet


def finish(*, by: Capacity, edition: Edition, assignment: Assignment) -> ScoreSheet:
    """The sheet is sent: it counts, and the log holds a commitment to it that says nothing of what stands in it.

    Sending a sent sheet changes nothing. Raises Incomplete while a criterion has no mark, Refused as `save` does.
    """
    round_, seat = _opened(by, assignment)
    sheet = own_sheet(seat.id, assignment.id)
    given = marks_of(sheet) if sheet else {}
    missing = [criterion for criterion in round_.criteria if criterion.id not in given]
    if sheet is None or missing:
        raise Incomplete(missing)
    if sheet.state == "finished":
        return sheet
    sheet.state, sheet.finished_at, sheet.changed_at = "finished", now(), now()
    sheet.nonce = secrets.token_bytes(32)
    sheet.commitment = commitment(sheet.nonce, sealed_content(round_, seat, assignment, given))
    session.flush()
    record(
        "sheet.sent",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={"assignment": assignment.id, "entry": assignment.entry_id, "commitment": sheet.commitment},
    )
    return sheet


def reopen(*, by: Capacity, edition: Edition, assignment: Assignment) -> ScoreSheet:
    """The sheet is a draft again and no longer counts; sending it makes a new commitment. Refused once frozen."""
    _round, seat = _opened(by, assignment)
    sheet = own_sheet(seat.id, assignment.id)
    if sheet is None or sheet.state != "finished":
        raise Refused(Verdict("not_sent", _("Phiếu chấm chưa gửi.")))
    sheet.state, sheet.finished_at, sheet.changed_at = "draft", None, now()
    sheet.nonce = sheet.commitment = None
    session.flush()
    record(
        "sheet.reopened",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={"assignment": assignment.id},
    )
    return sheet


def step_aside(*, by: Capacity, edition: Edition, assignment: Assignment, relation: str, note: str = "") -> None:
    """The judge has to do with the work: recused from it, and what was marked on it is annulled with that reason."""
    for kept_from in panels.declare_conflict(
        by=by, edition=edition, assignment=assignment, relation=relation, note=note
    ):
        sheet = session.scalar(select(ScoreSheet).where(ScoreSheet.assignment_id == kept_from.id))
        if sheet is not None and sheet.state != "annulled":
            sheet.state, sheet.changed_at, sheet.finished_at = "annulled", now(), None
            record(
                "sheet.annulled",
                actor_id=by.person_id,
                award_id=edition.award_id,
                subject=sheet,
                facts={"assignment": kept_from.id, "reason": relation},
            )
    session.flush()


def marks_of(sheet: ScoreSheet) -> dict[int, int]:
    """Steps by criterion."""
    return {mark.criterion_id: mark.steps for mark in sheet.marks}


def scale_of(round_: Round, criterion: Criterion) -> Scale:
    """What the criterion may be given in that round."""
    return Scale.of(scale_max=round_.scale_max, steps_per_point=round_.steps_per_point, weight=criterion.weight)


def sealed_content(round_: Round, seat: Seat, assignment: Assignment, marks: dict[int, int]) -> dict[str, object]:
    """What a commitment commits to: which seat gave which work how many steps on each criterion, in order."""
    return {
        "round": round_.public_id,
        "seat": seat.public_id,
        "assignment": assignment.public_id,
        "marks": [[criterion.ordinal, marks[criterion.id]] for criterion in round_.criteria],
    }


def commitment(nonce: bytes, content: dict[str, object]) -> str:
    """SHA-256 over a fixed prefix, the nonce and the canonical content, hex. Without the nonce it tells nothing."""
    return hashlib.sha256(_COMMITMENT + nonce + canonical_json(content)).hexdigest()


def _opened(by: Capacity, assignment: Assignment) -> tuple[Round, Seat]:
    """The round and seat of an assignment that `by` may score, held so that freezing waits for this save.

    The row of the round is shared by all judges who save; freezing takes it alone. The row of the assignment is
    taken alone, so that two tabs of one judge follow each other.
    """
    seat = session.scalar(
        select(Seat)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .where(Assignment.id == assignment.id, Seat.person_id == by.person_id, still_appointed(), still_judged())
    )
    if seat is None:
        raise Refused(Verdict("not_yours", _("Phiếu chấm này thuộc thành viên khác.")))
    round_ = session.scalars(
        select(Round)
        .where(Round.id == assignment.round_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()
    session.refresh(assignment, ["state"], with_for_update=True)
    require(can_score(seat, assignment, round_))
    return round_, seat
