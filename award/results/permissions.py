"""Who decides and publishes, and in which order."""

from flask_babel import gettext as _

from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity, only_for
from award.results.models import Decision, Publication
from award.verdicts import YES, Verdict

ALREADY_RECORDED = "Kết quả của bước này đã được ghi nhận."
PAST = "Thời điểm công bố đã qua. Đề nghị chọn thời điểm sau hiện tại."
NOTHING_WAITS = "Không có đề nghị công bố nào đang chờ xác nhận."


def within_quota(level: PrizeLevel, given: int) -> Verdict:
    """No more prizes of a level than its quota."""
    if given <= level.quota:
        return YES
    words = _("%(level)s: đề nghị %(given)d, số lượng theo Thể lệ là %(quota)d.")
    return Verdict("quota", words % {"level": level.name, "given": given, "quota": level.quota})


def can_decide(capacity: Capacity, edition: Edition, decision: Decision | None) -> Verdict:
    """The organiser records the decision once, after the council has ended."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if decision is not None:
        return Verdict("decided", _("Quyết định số %(number)s đã được ghi.", number=decision.number))
    if edition.state != "decision":
        return Verdict("state", _("Hội đồng chưa kết thúc đề nghị giải."))
    return YES


def can_publish(capacity: Capacity, decision: Decision | None, publication: Publication | None) -> Verdict:
    """The organiser sets the instant once there is a decision."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    if publication is not None:
        return Verdict("set", _("Thời điểm công bố đã được hẹn."))
    return YES
