"""When a judge may read a work, mark it, send the sheet and take it back."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _

from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict
from judging.panels.models import Assignment, Seat
from judging.readings.permissions import can_send
from judging.readings.permissions import can_take_up as may_take_up
from judging.scoring.models import PaperSheet, ScoreSheet, SecondLook, WorkProblem


def can_read(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """The work of an own assignment: after the pledge, while the round is open or frozen, unless recused."""
    if assignment.state != "open":
        return Verdict("recused", str(_("Đồng chí không tham gia chấm tác phẩm này do có liên quan.")))
    if seat.pledged_at is None:
        return Verdict("pledge", str(_("Cần cam kết trước khi xem tác phẩm.")))
    if round_.state == "prepare":
        return Verdict("not_open", str(_("Vòng chấm chưa bắt đầu.")))
    if round_.state == "closed":
        return Verdict("round_over", str(_("Vòng chấm đã kết thúc.")))
    return YES


def can_compare(seats: Sequence[Seat], round_: Round) -> Verdict:
    """Works beside each other: after the pledge, while they may be read."""
    if not all(seat.pledged_at for seat in seats):
        return Verdict("pledge", str(_("Cần cam kết trước khi xem tác phẩm.")))
    if round_.state not in {"open", "frozen"}:
        return Verdict("not_open", str(_("Chỉ so sánh tác phẩm khi vòng chấm đang mở.")))
    return YES


def can_look_back(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """The own sheet of a round that is over; the work itself is not shown any more."""
    if round_.state != "closed":
        return can_read(seat, assignment, round_)
    if assignment.state != "open" or seat.pledged_at is None:
        return Verdict("recused", str(_("Đồng chí không tham gia chấm tác phẩm này do có liên quan.")))
    return YES


def can_take_along(seats: Sequence[Seat], round_: Round, *, shared: bool) -> Verdict:
    """Works are kept in the judge's own browser, after the pledge and while sheets are written."""
    if shared:
        return Verdict("shared", str(_("Máy dùng chung không giữ tác phẩm. Đăng nhập trên máy của mình để mang theo.")))
    if not all(seat.pledged_at for seat in seats):
        return Verdict("pledge", str(_("Cần cam kết trước khi xem tác phẩm.")))
    if round_.state not in {"open", "frozen"}:
        return Verdict("not_open", str(_("Vòng chấm không mở nên không mang theo tác phẩm.")))
    return YES


def can_see_problems(by: Capacity) -> Verdict:
    """What judges say is wrong with works goes to those who can mend it."""
    return only_for(by, "organiser", "secretary")


def can_answer_problem(by: Capacity, problem: WorkProblem) -> Verdict:
    """The staff answer once."""
    allowed = can_see_problems(by)
    if not allowed:
        return allowed
    return Verdict("answered", str(_("Đã trả lời lỗi này."))) if problem.answered_at else YES


LOCKED = _("Phiếu chấm đã khóa, không sửa được nữa.")


def can_score(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """Marks are given while the round is open; in a frozen one only by readers who were asked for then."""
    allowed = can_read(seat, assignment, round_)
    if not allowed:
        return allowed
    if round_.state != "open" and not assignment.extra:
        return Verdict("frozen", str(LOCKED))
    return YES


def can_reopen(seat: Seat, assignment: Assignment, round_: Round) -> Verdict:
    """What was sent is taken back only while the round is open."""
    allowed = can_score(seat, assignment, round_)
    if not allowed:
        return allowed
    return YES if round_.state == "open" else Verdict("frozen", str(LOCKED))


MODERATORS = ("chair", "deputy")
TALKING = _("Đang trao đổi về tác phẩm này. Trả lời đề nghị xem lại sau khi kết thúc trao đổi.")


def can_answer(
    seat: Seat,
    assignment: Assignment,
    round_: Round,
    sheet: ScoreSheet | None,
    look: SecondLook | None,
    *,
    talking: bool = False,
) -> Verdict:
    """A sheet that was sent is kept or changed when it was asked for, once, while the round is frozen.

    `talking`: its judges exchange remarks on the work, and the answer waits for the end of it."""
    allowed = can_read(seat, assignment, round_)
    if not allowed:
        return allowed
    if round_.state != "frozen" or sheet is None or sheet.state != "finished":
        return Verdict("frozen", str(LOCKED))
    if look is None:
        return Verdict("not_asked", str(_("Phiếu này không có đề nghị xem lại.")))
    if look.answer is not None:
        return Verdict("answered", str(_("Đã trả lời đề nghị xem lại phiếu này.")))
    if talking:
        return Verdict("talking", str(TALKING))
    return YES


def can_revise(edition: Edition) -> Verdict:
    """Sheets are changed after the freeze unless the regulations say that they are not: then nobody is asked to."""
    said = rule(edition, "revision")
    if not said.valued or said.yes:
        return YES
    words = _("Quy chế: phiếu chấm đã khóa không điều chỉnh.")
    if said.cited:
        words = _("Quy chế: phiếu chấm đã khóa không điều chỉnh (%(clause)s).", clause=said.cited)
    return Verdict("no_revision", str(words))


def can_take_part(by: Capacity, round_: Round, *, seated: bool) -> Verdict:
    """Exchanges are for those who sit on a panel of the round and those who lead the council, once it is frozen."""
    allowed = YES if seated else only_for(by, *MODERATORS)
    if not allowed:
        return allowed
    if round_.state not in {"frozen", "closed"}:
        return Verdict("sealed", str(_("Chỉ trao đổi về tác phẩm sau khi khóa phiếu chấm.")))
    return YES


def may_moderate(by: Capacity, seats: Collection[Seat], panel_id: int) -> bool:
    """Who heads the panel, or leads the council, opens and ends an exchange on one of its works."""
    return by.holds(*MODERATORS) or any(each.panel_id == panel_id and each.role in MODERATORS for each in seats)


KEYERS = ("organiser", "secretary")
KEPT_APART = ("judge", "chair", "deputy", "auditor")
"""Who holds one of these offices learns no mark before the round is closed but their own."""

KEYS_MARKS = _("Đồng chí đã nhập phiếu chấm giấy của vòng chưa kết thúc, biết điểm trên phiếu đó.")


def can_remind(by: Capacity, round_: Round) -> Verdict:
    """The staff remind judges of open sheets while the round is open."""
    allowed = only_for(by, "organiser", "secretary")
    if allowed and round_.state != "open":
        return Verdict("not_open", str(_("Chỉ nhắc thành viên chấm khi vòng chấm đang mở.")))
    return allowed


def can_see_paper(by: Capacity) -> Verdict:
    """Which sheets come on paper, and how far each is: counts and states, never marks."""
    return only_for(by, *KEYERS)


def can_key(by: Capacity) -> Verdict:
    """Who keys a paper sheet knows its marks, so nobody does who judges, leads or audits this edition."""
    allowed = can_see_paper(by)
    if not allowed:
        return allowed
    if by.holds(*KEPT_APART):
        words = _("Người chấm, người điều hành việc chấm hoặc giám sát không nhập phiếu chấm giấy.")
        return Verdict("kept_apart", str(words))
    return YES


def can_take_paper(
    assignment: Assignment, round_: Round, sheet: ScoreSheet | None, look: SecondLook | None = None
) -> Verdict:
    """A signed paper stands for a sheet as long as the judge could still send that sheet on a screen, or answer there
    what was asked about it."""
    if assignment.state != "open":
        return Verdict("recused", str(_("Thành viên không tham gia chấm tác phẩm này do có liên quan.")))
    if is_asked(round_, sheet, look):
        return YES
    if round_.state != "open" and not (round_.state == "frozen" and assignment.extra):
        return Verdict("frozen", str(LOCKED))
    if sheet is not None and sheet.state == "finished":
        return Verdict(
            "sent", str(_("Phiếu chấm đã gửi. Thành viên mở lại phiếu trên máy trước khi thay bằng phiếu giấy."))
        )
    return YES


def is_asked(round_: Round, sheet: ScoreSheet | None, look: SecondLook | None) -> bool:
    """Whether a sheet that was sent waits for its judge's second look."""
    sent = sheet is not None and sheet.state == "finished"
    return round_.state == "frozen" and sent and look is not None and look.answer is None


def can_send_paper(by: Capacity, paper: PaperSheet | None) -> Verdict:
    """The scan is sent by who is the first to key it, and replaced by the same person until a second is bound."""
    allowed = can_key(by)
    return can_send(by.person_id, paper) if allowed else allowed


def can_read_scan(by: Capacity, round_: Round) -> Verdict:
    """Scans of a closed round are read like the sheets they became."""
    if round_.state != "closed":
        return Verdict("sealed", str(_("Điểm đang được giữ kín.")))
    return only_for(by, *KEYERS, "chair", "deputy", "auditor")


def can_take_up(by: Capacity, paper: PaperSheet) -> Verdict:
    """A second person, and no third, reads the scan and keys it."""
    allowed = can_key(by)
    return may_take_up(by.person_id, paper) if allowed else allowed
