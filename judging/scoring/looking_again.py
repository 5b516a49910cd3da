"""A second look at a sheet while its round is frozen: asked for once, answered once, on a screen or on paper."""

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.log.operations import record
from award.verdicts import Refused, Verdict, require
from judging.panels.models import Assignment, Seat
from judging.scoring.contents import marks_of, put_marks, seal, sealed_content, whole, within
from judging.scoring.exchanges import being_exchanged
from judging.scoring.models import ScoreSheet, SecondLook
from judging.scoring.operations import held
from judging.scoring.permissions import can_answer, can_revise
from judging.scoring.queries import look_at, own_sheet

Facts = dict[str, int | str | None]


def ask_again(
    *, by: Capacity, edition: Edition, round: Round, sheet: ScoreSheet, level: str, gap: str, limit: str
) -> SecondLook:
    """The judge is asked to look once more at a sent sheet. What is said of it stays as it was when it was asked.

    The caller holds the frozen round and has found the sheet to lie apart.
    """
    assert by.person_id is not None
    look = SecondLook(
        sheet_id=sheet.id, asked_by_id=by.person_id, asked_at=now(), level=level, gap=gap, limit=limit, reason=""
    )
    session.add(look)
    session.flush()
    record(
        "sheet.look_asked",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={"round": round.id, "assignment": sheet.assignment_id},
    )
    return look


def keep(*, by: Capacity, edition: Edition, assignment: Assignment, reason: str) -> SecondLook:
    """The judge has looked again and the sheet stands as it was sent; `reason` says why.

    Raises Refused when nobody asked, when it was answered, without a reason, and unless the round is frozen.
    """
    round_, seat = held(by, assignment)
    sheet, look = _asked(round_, seat, assignment, reason)
    _kept(by, edition, round_, sheet, look, reason, {})
    return look


def revise(
    *,
    by: Capacity,
    edition: Edition,
    assignment: Assignment,
    marks: dict[int, int],
    reason: str,
    level: str | None = None,
) -> SecondLook:
    """The sheet holds these marks and this level, and is committed to anew; what it held before stays readable.

    Raises Incomplete for a sheet that is not whole, Refused as `keep` does, for an answer that changes nothing, and
    where the regulations leave a locked sheet as it is.
    """
    round_, seat = held(by, assignment)
    sheet, look = _asked(round_, seat, assignment, reason)
    within(round_, marks, level)
    whole(round_, marks, level)
    if marks_of(sheet) == marks and sheet.level == level:
        raise Refused(Verdict("unchanged", _("Điểm chưa thay đổi. Nếu không điều chỉnh, chọn Giữ nguyên điểm.")))
    _revised(by, edition, round_, seat, assignment, sheet, look, marks, level, reason, {})
    return look


def answer_on_paper(
    *,
    by: Capacity,
    edition: Edition,
    round_: Round,
    seat: Seat,
    assignment: Assignment,
    marks: dict[int, int],
    level: str | None,
    reason: str,
    paper: Facts,
) -> ScoreSheet:
    """The sheet holds what the judge wrote on paper, marks and level: changed, or kept where nothing differs.

    `paper` is what the log says of the scan and of who read it. The caller holds round and assignment.
    """
    sheet, look = _asked(round_, seat, assignment, reason)
    if marks_of(sheet) == marks and sheet.level == level:
        _kept(by, edition, round_, sheet, look, reason, paper)
    else:
        _revised(by, edition, round_, seat, assignment, sheet, look, marks, level, reason, paper)
    return sheet


def _kept(
    by: Capacity, edition: Edition, round_: Round, sheet: ScoreSheet, look: SecondLook, reason: str, paper: Facts
) -> None:
    look.answer, look.answered_at, look.reason = "kept", now(), reason.strip()
    session.flush()
    record(
        "sheet.kept",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={"round": round_.id, "assignment": sheet.assignment_id, **paper},
    )


def _revised(
    by: Capacity,
    edition: Edition,
    round_: Round,
    seat: Seat,
    assignment: Assignment,
    sheet: ScoreSheet,
    look: SecondLook,
    marks: dict[int, int],
    level: str | None,
    reason: str,
    paper: Facts,
) -> None:
    require(can_revise(edition))
    look.answer, look.answered_at, look.reason = "revised", now(), reason.strip()
    look.former = sealed_content(round_, seat, assignment, marks_of(sheet), sheet.level)
    look.former_nonce, look.former_commitment = sheet.nonce, sheet.commitment
    put_marks(sheet, marks)
    sheet.level, sheet.changed_at = level, now()
    seal(sheet, sealed_content(round_, seat, assignment, marks, level))
    session.flush()
    record(
        "sheet.revised",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={
            "round": round_.id,
            "assignment": assignment.id,
            "entry": assignment.entry_id,
            "former": look.former_commitment,
            "commitment": sheet.commitment,
            **paper,
        },
    )


def _asked(round_: Round, seat: Seat, assignment: Assignment, reason: str) -> tuple[ScoreSheet, SecondLook]:
    """The sheet and what was asked about it, which waits for this answer."""
    sheet = own_sheet(seat.id, assignment.id)
    look = look_at(sheet)
    require(can_answer(seat, assignment, round_, sheet, look, talking=being_exchanged(assignment)))
    assert sheet is not None and look is not None
    if not reason.strip():
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    return sheet, look
