"""What a judge does with a sheet: save, send, take back, look again and keep or change it, step aside from the work."""

from collections.abc import Sequence
from functools import cache

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Part
from award.features import before_judging
from award.links import web_address
from award.log.operations import record
from award.verdicts import YES, Refused, Verdict, require
from judging.panels import recusing
from judging.panels.models import Assignment, Seat
from judging.panels.queries import still_appointed, still_judged
from judging.scoring.contents import marks_of, put_marks, seal, sealed_content, whole, within
from judging.scoring.models import Arrival, Mark, ScoreSheet, WorkProblem
from judging.scoring.permissions import LOCKED, can_answer_problem, can_read, can_reopen, can_score
from judging.scoring.queries import own_sheet


class EditedElsewhere(Exception):
    """The sheet has moved on since `version` was read; `sheet` is what stands now. Nothing was changed."""

    def __init__(self, sheet: ScoreSheet) -> None:
        super().__init__(sheet.version)
        self.sheet = sheet


def save(
    *,
    by: Capacity,
    assignment: Assignment,
    version: int,
    marks: dict[int, int],
    note: str,
    level: str | None = None,
) -> ScoreSheet:
    """The sheet holds exactly these marks (steps by criterion), this level and this note, at a new version.

    `version` is that of the sheet the judge was looking at, 0 before the first save. Saving what already stands is
    harmless at any version. Raises EditedElsewhere when another tab was faster, Refused for a sheet already sent, a
    recused judge, somebody else's assignment, a mark out of range, a level not offered, and once the round is frozen.
    """
    round_, seat = _opened(by, assignment)
    within(round_, marks, level)
    sheet = own_sheet(seat.id, assignment.id)
    if sheet is None:
        sheet = ScoreSheet(assignment_id=assignment.id, note=note, level=level, changed_at=now())
        sheet.marks = [Mark(criterion_id=criterion, steps=steps) for criterion, steps in marks.items()]
        session.add(sheet)
        session.flush()
        return sheet
    if marks_of(sheet) == marks and (sheet.level, sheet.note) == (level, note):
        return sheet
    if sheet.state != "draft":
        words = _("Phiếu chấm đã gửi. Mở lại phiếu để sửa.") if round_.state == "open" else str(LOCKED)
        raise Refused(Verdict("sent", words))
    if sheet.version != version:
        raise EditedElsewhere(sheet)
    put_marks(sheet, marks)
    sheet.level, sheet.note, sheet.changed_at = level, note, now()
    session.flush()
    return sheet


def take_in(
    *,
    by: Capacity,
    assignment: Assignment,
    key: str,
    version: int,
    marks: dict[int, int],
    note: str,
    level: str | None = None,
) -> tuple[ScoreSheet | None, int]:
    """`save` of what a browser kept, once per `key`: the sheet as it stands, and the version that this save made.

    A twin changes nothing, whatever has happened to the sheet and the round since, and is told the same version.
    Raises what `save` does, and Refused for a key that came with another sheet.
    """
    _round, seat = held(by, assignment)
    before = session.scalar(select(Arrival).where(Arrival.key == key))
    if before is None:
        sheet = save(by=by, assignment=assignment, version=version, marks=marks, note=note, level=level)
        session.add(Arrival(key=key, assignment_id=assignment.id, version=sheet.version, at=now()))
        session.flush()
        return sheet, sheet.version
    if before.assignment_id != assignment.id:
        raise Refused(Verdict("key_reused", _("Nội dung này đã được gửi cho phiếu khác.")))
    return own_sheet(seat.id, assignment.id), before.version


def finish(*, by: Capacity, edition: Edition, assignment: Assignment) -> ScoreSheet:
    """The sheet is sent: it counts, and the log holds a commitment to it that says nothing of what stands in it.

    Sending a sent sheet changes nothing. Raises Incomplete for a sheet that is not whole, Refused as `save` does.
    """
    round_, seat = _opened(by, assignment)
    sheet = own_sheet(seat.id, assignment.id)
    given = marks_of(sheet) if sheet else {}
    whole(round_, given, sheet.level if sheet else None)
    assert sheet is not None, "a round has criteria"
    if sheet.state == "finished":
        return sheet
    sheet.state, sheet.finished_at, sheet.changed_at = "finished", now(), now()
    seal(sheet, sealed_content(round_, seat, assignment, given, sheet.level))
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
    round_, seat = _opened(by, assignment)
    require(can_reopen(seat, assignment, round_))
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
    ended = recusing.declare_conflict(by=by, edition=edition, assignment=assignment, relation=relation, note=note)
    _annul(by.person_id, edition, ended)


def annul_for_conflict(
    *, by: Capacity, edition: Edition, person_id: int, entry_id: int, relation: str, reason: str
) -> None:
    """The person has to do with the work, as two others say: their marks count no more and stay in the log.

    The caller has seen to the two persons.
    """
    ended = recusing.find_conflict(
        by=by, edition=edition, person_id=person_id, entry_id=entry_id, relation=relation, reason=reason
    )
    _annul(by.person_id, edition, ended)


def close_late_ties(*, edition: Edition) -> None:
    """Ties computed since dealing end what was not sent yet; drafts are annulled. Sent sheets wait for two persons."""
    _annul(None, edition, recusing.close_late_ties(edition=edition))


def _annul(actor_id: int | None, edition: Edition, ended: Sequence[Assignment]) -> None:
    """What was marked on these assignments, which are recused, counts no more."""
    found = select(ScoreSheet).where(ScoreSheet.assignment_id.in_([each.id for each in ended]))
    relations = {each.id: each.state_reason for each in ended}
    for sheet in session.scalars(found.order_by(ScoreSheet.id)):
        if sheet.state != "annulled":
            sheet.state, sheet.changed_at, sheet.finished_at = "annulled", now(), None
            record(
                "sheet.annulled",
                actor_id=actor_id,
                award_id=edition.award_id,
                subject=sheet,
                facts={"assignment": sheet.assignment_id, "reason": relations[sheet.assignment_id]},
            )
    session.flush()


def annul(*, by: Capacity, edition: Edition, sheets: Sequence[ScoreSheet], reason: str) -> None:
    """The sheets count no longer; what stands in them, and their commitments, stay to be opened.

    The caller has the leave of two persons, and finds the places anew.
    """
    for sheet in sheets:
        sheet.state, sheet.changed_at = "annulled", now()
        record(
            "sheet.annulled",
            actor_id=by.person_id,
            award_id=edition.award_id,
            subject=sheet,
            facts={"assignment": sheet.assignment_id, "reason": reason},
        )
    session.flush()


def report_problem(*, by: Capacity, edition: Edition, assignment: Assignment, words: str) -> WorkProblem:
    """The secretariat has it on its list that something is wrong with the work; the sheet stays as it is."""
    round_, seat = held(by, assignment)
    require(can_read(seat, assignment, round_))
    if not words:
        raise Refused(Verdict("no_words", _("Cần ghi lỗi gì, ở phần nào.")))
    problem = WorkProblem(assignment_id=assignment.id, words=words)
    session.add(problem)
    session.flush()
    record(
        "work.problem_told",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=problem,
        facts={"assignment": assignment.id, "entry": assignment.entry_id},
    )
    return problem


def open_original(*, by: Capacity, edition: Edition, assignment: Assignment, ordinal: int) -> str:
    """Where the part was published. The log knows that `by` went to look there; who marks what, it does not tell.

    Empty in a blind round, whose judges are not led to names, and for a part without an address.
    """
    round_ = session.get_one(Round, assignment.round_id)
    require(can_read(assignment.seat, assignment, round_))
    part = select(Part.link).where(Part.entry_id == assignment.entry_id, Part.ordinal == ordinal)
    address = "" if round_.blind else web_address(session.scalar(part) or "")
    if address:
        record(
            "work.original_opened",
            actor_id=by.person_id,
            award_id=edition.award_id,
            subject=assignment,
            facts={"entry": assignment.entry_id, "part": ordinal},
        )
    return address


def answer_problem(*, by: Capacity, edition: Edition, problem: WorkProblem, words: str) -> None:
    """Who told of it reads `words` beside it, and it waits for nobody any more. Refused without words."""
    session.refresh(problem, with_for_update=True)
    require(can_answer_problem(by, problem))
    if not words:
        raise Refused(Verdict("no_words", _("Cần ghi nội dung trả lời.")))
    problem.answer, problem.answered_at, problem.answered_by_id = words, now(), by.person_id
    session.flush()
    record("work.problem_answered", actor_id=by.person_id, award_id=edition.award_id, subject=problem, facts={})


def _opened(by: Capacity, assignment: Assignment) -> tuple[Round, Seat]:
    """The round and seat of an assignment that `by` may score, held as `held` does."""
    round_, seat = held(by, assignment)
    require(can_score(seat, assignment, round_))
    require(begins(seat.person_id, round_))
    return round_, seat


def begins(person_id: int, round_: Round) -> Verdict:
    """Whether the judge may mark works of the round by now: on a screen or on paper, what comes first comes first."""
    if round_.calibration == "first" and round_.state == "open":
        return before_judging(person_id, round_.id)
    return YES


def held(by: Capacity, assignment: Assignment) -> tuple[Round, Seat]:
    """The round and seat of the judge's own assignment, held so that freezing and closing wait for this deed.

    The row of the round is shared by all judges who save; freezing and closing take it alone. The row of the
    assignment is taken alone, so that two tabs of one judge follow each other.
    """
    seat = session.scalar(_seat_of(), {"assignment_id": assignment.id, "person_id": by.person_id})
    if seat is None:
        raise Refused(Verdict("not_yours", _("Phiếu chấm này thuộc thành viên khác.")))
    return hold(assignment), seat


@cache
def _seat_of() -> Select[Seat]:
    """Whose assignment it is; put together once, as what holds it below, since every mark asks both."""
    return (
        select(Seat)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .where(
            Assignment.id == bindparam("assignment_id"),
            Seat.person_id == bindparam("person_id"),
            still_appointed(),
            still_judged(),
        )
    )


def hold(assignment: Assignment) -> Round:
    """The round of the assignment, both as they stand now and until the end of this unit of work."""
    round_ = session.scalars(_HOLD_ROUND, {"round_id": assignment.round_id}).one()
    session.scalars(_HOLD_ASSIGNMENT, {"assignment_id": assignment.id}).one()
    return round_


_HOLD_ROUND = (
    select(Round)
    .where(Round.id == bindparam("round_id"))
    .with_for_update(read=True)
    .execution_options(populate_existing=True)
)
_HOLD_ASSIGNMENT = (
    select(Assignment)
    .where(Assignment.id == bindparam("assignment_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
