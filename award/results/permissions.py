"""Who decides and publishes, and in which order."""

from collections.abc import Collection, Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.feedback import TELLS_COMMENTS
from award.editions.models import Category, Countersign, Edition, PrizeLevel
from award.editions.permissions import Capacity, only_for
from award.editions.prizes import FOR_WORKS, is_for
from award.results.models import Commendation, Decision, Honour, Publication, Result, Ruling
from award.verdicts import YES, Verdict

READERS = ("organiser", "secretary", "chair", "deputy", "auditor")

ALREADY_RECORDED = lazy_gettext("Kết quả của bước này đã được ghi nhận.")
PAST = lazy_gettext("Thời điểm công bố đã qua. Đề nghị chọn thời điểm sau hiện tại.")
NOTHING_WAITS = lazy_gettext("Không có đề nghị công bố nào đang chờ xác nhận.")
NOTHING_PROPOSED = lazy_gettext("Chưa có đề nghị giải nào.")
WAITS = lazy_gettext("Việc này đã có đề nghị đang chờ người thứ hai xác nhận.")
NOT_IN_LINE = lazy_gettext("Tác phẩm này không có trong danh sách xét tiếp.")
NOT_NAMED = lazy_gettext("Không có tác phẩm đủ điều kiện mang mã này, hoặc tác phẩm đã có giải này hay giải cao hơn.")
SAME_WORDS = lazy_gettext("Nội dung mới giống nội dung đang ghi.")
REASON_NEEDED = lazy_gettext("Đề nghị ghi lý do.")
FOREIGN_LEVEL = lazy_gettext("Mức giải không thuộc cơ cấu giải của lần này.")


def within_quota(level: PrizeLevel, given: int) -> Verdict:
    """No more prizes of a level than its quota."""
    if given <= level.quota:
        return YES
    words = _("%(level)s: đề nghị %(given)d, số lượng theo Thể lệ là %(quota)d.")
    return Verdict("quota", words % {"level": level.name, "given": given, "quota": level.quota})


def for_works(level: PrizeLevel) -> Verdict:
    """The prize is one a work can have."""
    if level.kind in FOR_WORKS:
        return YES
    return Verdict("kind", _("%(level)s không trao cho tác phẩm.", level=level.name))


def for_category(level: PrizeLevel, category: Category) -> Verdict:
    """The prize is one for works of this loại hình."""
    if is_for(level, category.code):
        return YES
    told = {"level": level.name, "category": category.name}
    return Verdict("category", _("%(level)s không trao cho tác phẩm loại hình %(category)s.", **told))


def for_recipients(level: PrizeLevel) -> Verdict:
    """The prize is one for a body or a person."""
    if level.kind not in FOR_WORKS:
        return YES
    return Verdict("kind", _("%(level)s chỉ trao cho tác phẩm.", level=level.name))


def can_read(capacity: Capacity) -> Verdict:
    """The organisers, their secretariat, the council's heads and the auditor read what is proposed and decided."""
    return only_for(capacity, *READERS)


def can_decide(capacity: Capacity, edition: Edition, decision: Decision | None) -> Verdict:
    """The organiser records the decision once, after the council has ended."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if decision is not None:
        return Verdict("decided", _("Quyết định số %(number)s đã được ghi.", number=decision.number))
    if edition.state != "decision":
        return Verdict("state", _("Chưa đến bước quyết định giải."))
    return YES


def can_commend_apart(
    capacity: Capacity, edition: Edition, decision: Decision | None, apart: Commendation | None
) -> Verdict:
    """Whether bodies and persons have a paper of their own is said before the prizes are decided."""
    allowed = can_decide(capacity, edition, decision)
    if allowed and apart is not None and apart.number:
        return Verdict("recorded", _("Quyết định số %(number)s đã được ghi.", number=apart.number))
    return allowed


def can_commend(
    capacity: Capacity, edition: Edition, apart: Commendation | None, publication: Publication | None
) -> Verdict:
    """The paper of their own is recorded once, before an instant of publication is set: nothing follows it unseen."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if apart is None:
        return Verdict("together", _("Tập thể, cá nhân được khen theo quyết định trao giải."))
    if apart.number:
        return Verdict("recorded", _("Quyết định số %(number)s đã được ghi.", number=apart.number))
    if edition.state != "decision" or publication is not None:
        return Verdict("state", _("Ghi quyết định khen thưởng trước khi hẹn giờ công bố."))
    return YES


def can_set_aside(capacity: Capacity, edition: Edition, decision: Decision | None) -> Verdict:
    """The organiser need not follow a proposal, until the decision is recorded."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if decision is not None:
        return Verdict("decided", _("Quyết định số %(number)s đã được ghi.", number=decision.number))
    if edition.state not in {"judging", "decision"}:
        return Verdict("state", _("Chưa đến bước quyết định giải."))
    return YES


def can_set_honour_aside(
    capacity: Capacity, edition: Edition, decision: Decision | None, apart: Commendation | None
) -> Verdict:
    """A body or a person with a paper of their own need not be commended until that paper is recorded."""
    if apart is None:
        return can_set_aside(capacity, edition, decision)
    if apart.number:
        return Verdict("decided", _("Quyết định số %(number)s đã được ghi.", number=apart.number))
    return can_set_aside(capacity, edition, None)


def can_disclose(capacity: Capacity, decision: Decision | None) -> Verdict:
    """The organiser decides what everybody may read of the judging, once prizes are decided; and decides anew."""
    allowed = only_for(capacity, "organiser")
    if allowed and decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    return allowed


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


def can_withdraw(capacity: Capacity, waiting: Countersign) -> Verdict:
    """The proposer or another organiser takes the proposal back while it waits."""
    if capacity.person_id == waiting.proposed_by_id:
        return YES
    return only_for(capacity, "organiser")


def can_withdraw_ruling(capacity: Capacity, waiting: Countersign, *, tied: bool) -> Verdict:
    """The proposer, or another organiser who has nothing to do with the work, takes the proposal back."""
    allowed = can_withdraw(capacity, waiting)
    if allowed and capacity.person_id != waiting.proposed_by_id:
        return impartial(tied=tied)
    return allowed


def can_rule(capacity: Capacity, decision: Decision | None, *, tied: bool) -> Verdict:
    """The organiser proposes to take a prize back or to give its place, once prizes were decided.

    Never somebody who has to do with the work; nor does such a person confirm.
    """
    allowed = only_for(capacity, "organiser")
    if allowed and decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    return allowed and impartial(tied=tied)


def can_correct(capacity: Capacity, *, proposed: bool, tied: bool) -> Verdict:
    """The organiser proposes to correct a name once the council has proposed prizes, before the decision or after it.

    Never somebody who has to do with the work; nor does such a person confirm.
    """
    allowed = only_for(capacity, "organiser")
    if allowed and not proposed:
        return Verdict("not_ended", _("Hội đồng chưa kết thúc đề nghị giải."))
    return allowed and impartial(tied=tied)


def impartial(*, tied: bool) -> Verdict:
    if tied:
        return Verdict("tied", _("Có liên quan đến tác phẩm, nên không tham gia việc này."))
    return YES


def can_take_back(prize: Result | Honour) -> Verdict:
    """A prize that was decided and stands."""
    if prize.state == "decided":
        return YES
    return Verdict("state", _("Giải này chưa được quyết định hoặc đã thu hồi."))


def can_give_place(revocation: Ruling, given: int, level: PrizeLevel) -> Verdict:
    """The place of a work's prize that was taken back, as long as the structure of prizes has room."""
    if revocation.kind != "revoked" or revocation.state != "confirmed" or revocation.entry_id is None:
        return Verdict("no_place", _("Chưa có quyết định thu hồi giải này."))
    return within_quota(level, given + 1)


def can_fill(level: PrizeLevel, given: int) -> Verdict:
    """A place of the ladder that the council left vacant, or that became so, as long as the structure has room."""
    if level.kind != "main":
        return Verdict("kind", _("Chỉ trao bổ sung mức giải chính."))
    return within_quota(level, given + 1)


def can_hold(level: PrizeLevel, held: Iterable[PrizeLevel], kinds: Collection[str]) -> Verdict:
    """A work has no prize of another of these kinds, of which it may have one."""
    other = next((each for each in held if each.kind != level.kind and each.kind in kinds), None)
    if other is None:
        return YES
    words = _("Tác phẩm đã có %(level)s; Thể lệ không cho nhận cả giải chính và giải Chuyên đề.", level=other.name)
    return Verdict("holds_other", words)


def can_lower(has: PrizeLevel, level: PrizeLevel, given: int, *, beyond: bool) -> Verdict:
    """To a lower level of the same kind: into a place that is left there, or beside its places as the paper says."""
    if has.kind != level.kind or level.rank <= has.rank:
        return Verdict("not_lower", _("%(level)s không thấp hơn mức đang có.", level=level.name))
    return YES if beyond else within_quota(level, given + 1)


def can_take_certificates(capacity: Capacity, decision: Decision | None) -> Verdict:
    """Certificates name what is decided; the organisers and their secretariat print them."""
    allowed = only_for(capacity, "organiser", "secretary")
    if allowed and decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    return allowed


def can_remark(capacity: Capacity, edition: Edition, said: str | None, *, ranked: bool, public: bool) -> Verdict:
    """The council's heads and the secretariat write what authors are let know, where the rules release it.

    From the first ranking on; once the results are public it stands as it was read, whether or not the calendar has
    followed.
    """
    allowed = only_for(capacity, "chair", "deputy", "secretary")
    if not allowed:
        return allowed
    if said not in TELLS_COMMENTS:
        return Verdict("not_released", _("Quy chế của lần này không gửi nhận xét cho tác giả."))
    if not ranked:
        return Verdict("not_ranked", _("Chưa có vòng chấm nào kết thúc."))
    if public or edition.state not in {"judging", "decision"}:
        return Verdict("state", _("Kết quả đã công bố, nhận xét giữ như đã gửi."))
    return YES


OF_THEIR_MOMENT = ("submission", "notice")
"""Kinds of papers that tell how things stood, and are written from how they stand."""


UNTIL_DECIDED = ("submission",)
"""Those of them that no draft is made of once the decision is recorded: without a number then, none is kept."""


def can_draft(code: str, decision: Decision | None, *, changed: bool) -> Verdict:
    """A memo is drafted until the decision, a notice until a prize is taken back, lowered or given later.

    Written afterwards, either would tell of its time what was not so then.
    """
    if code in UNTIL_DECIDED and decision is not None:
        return Verdict(
            "past",
            _(
                "Đã có quyết định mà Tờ trình chưa ghi số, nên không có bản nào được giữ. Không lập lại: danh sách nay "
                "có thể khác lúc trình. Bản đã trình do văn thư giữ."
            ),
        )
    if code == "notice" and changed:
        return Verdict(
            "past",
            _(
                "Giải đã thay đổi sau quyết định mà Thông báo chưa ghi số, nên không có bản nào được giữ. Không lập "
                "lại: danh sách nay khác quyết định. Bản đã gửi do văn thư giữ."
            ),
        )
    return YES


def can_take_papers(capacity: Capacity, *, ended: bool) -> Verdict:
    """Decision and notice can be drafted from the end of the council on, by those who read what it proposed."""
    allowed = can_read(capacity)
    if allowed and not ended:
        return Verdict("not_ended", _("Hội đồng chưa kết thúc đề nghị giải."))
    return allowed
