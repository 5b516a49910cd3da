"""Who proposes prizes, and when."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, RoundSeen, only_for
from award.verdicts import YES, Verdict

READERS = ("chair", "deputy", "secretary", "organiser", "auditor")

KEPT_FROM = lazy_gettext(
    "Không tham gia đề nghị giải cho tác phẩm này do có liên quan. Việc này do thành viên khác thực hiện."
)

OWN_BODY = lazy_gettext("Không đề nghị khen cơ quan của mình. Việc này do thành viên khác thực hiện.")


def can_enter(capacity: Capacity, last: Round | RoundSeen | None) -> Verdict:
    """The council's room opens when the last round is closed."""
    allowed = only_for(capacity, *READERS)
    if not allowed:
        return allowed
    if last is None or last.state != "closed":
        return Verdict("round_open", _("Vòng chấm cuối chưa kết thúc. Điểm đang được giữ kín."))
    return YES


def can_propose(
    capacity: Capacity, edition: Edition, last: Round | None, *, handed_down: bool, voted: bool = False
) -> Verdict:
    """The chair or the deputy, until the proposals are handed down; what was voted, also who recorded the vote."""
    allowed = only_for(capacity, "chair", "deputy", *(("secretary",) if voted else ()))
    if not allowed:
        return allowed
    entered = can_enter(capacity, last)
    if not entered:
        return entered
    if handed_down or edition.state != "judging":
        return Verdict("handed_down", _("Hội đồng đã kết thúc đề nghị giải."))
    return YES
