"""Who comes into the room, who leads it, who votes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.clauses import rule
from award.editions.council import AS_VOICES
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, RoundSeen, only_for
from award.verdicts import YES, Verdict
from judging.sittings.models import Sitting, StackScan, Vote

HEADS = ("chair", "deputy")
KEEPERS = ("chair", "deputy", "secretary")
READERS = ("chair", "deputy", "secretary", "organiser", "auditor")

RECUSED = lazy_gettext("Đồng chí không tham gia xét, bỏ phiếu tác phẩm này do có liên quan.")
LED_BY_ANOTHER = lazy_gettext(
    "Đồng chí không điều hành phần xét tác phẩm này do có liên quan. Việc này do Phó Chủ tịch thực hiện."
)
KEY_LOST = lazy_gettext(
    "Máy chủ đã dừng đột ngột khi đang bỏ phiếu, không còn mở được các phiếu đã bỏ."
    " Lần bỏ phiếu này phải làm lại từ đầu."
)
NOT_A_VOTER = lazy_gettext("Đồng chí không có tên trong danh sách bỏ phiếu lần này.")


def can_enter(capacity: Capacity, last: Round | RoundSeen | None, *, member: bool) -> Verdict:
    """Members of the council, its secretariat, organisers and the auditor, once the last round is closed."""
    allowed = YES if member else only_for(capacity, *READERS)
    if not allowed:
        return allowed
    if last is None or last.state != "closed":
        return Verdict("round_open", _("Vòng chấm cuối chưa kết thúc. Điểm đang được giữ kín."))
    return YES


def can_read_papers(capacity: Capacity) -> Verdict:
    """Minutes leave the house for heads and staff; they name who was recused from what."""
    return only_for(capacity, *READERS)


def can_prepare(capacity: Capacity, edition: Edition, *, handed_down: bool) -> Verdict:
    """The heads or the secretariat call the council together until it has handed its proposals down."""
    allowed = only_for(capacity, *KEEPERS)
    if not allowed:
        return allowed
    if handed_down or edition.state != "judging":
        return Verdict("handed_down", _("Hội đồng đã kết thúc đề nghị giải."))
    return YES


def can_keep(capacity: Capacity, sitting: Sitting) -> Verdict:
    """Roll call, agenda, counting committee, counts of hands: the heads and the secretariat, until the end."""
    allowed = only_for(capacity, *KEEPERS)
    return _not_over(sitting) if allowed else allowed


def can_print_codes(capacity: Capacity, sitting: Sitting) -> Verdict:
    """The secretariat hands members their codes for the machines of the hall."""
    allowed = only_for(capacity, "secretary")
    return _not_over(sitting) if allowed else allowed


def can_open(capacity: Capacity, sitting: Sitting) -> Verdict:
    """Who leads the council opens the sitting."""
    allowed = only_for(capacity, *HEADS)
    if not allowed:
        return allowed
    if sitting.state != "prepare":
        return Verdict("state", _("Phiên họp đã bắt đầu."))
    return YES


def can_lead(capacity: Capacity, sitting: Sitting) -> Verdict:
    """What the council turns to, and when it votes, is said by who leads it."""
    allowed = only_for(capacity, *HEADS)
    return _under_way(sitting) if allowed else allowed


def can_count_hands(capacity: Capacity, sitting: Sitting) -> Verdict:
    """A show of hands is written down by the secretariat, or by who leads."""
    allowed = only_for(capacity, *KEEPERS)
    return _under_way(sitting) if allowed else allowed


def shows_hands(edition: Edition) -> Verdict:
    """The council decides by a show of hands only where its rules say that it may."""
    said = rule(edition, "hands")
    if said.yes:
        return YES
    if said.may_refuse:
        words = _("Theo %(clause)s Quy chế, Hội đồng bỏ phiếu kín, không biểu quyết giơ tay.", clause=said.cited)
    else:
        words = _("Quy chế không quy định biểu quyết giơ tay. Hội đồng bỏ phiếu kín.")
    return Verdict("no_hands", words)


def can_confirm_hands(capacity: Capacity, sitting: Sitting, vote: Vote, *, recused: bool) -> Verdict:
    """What somebody counted stands once who leads, another person, has confirmed it."""
    allowed = can_decide(capacity, sitting, recused=recused)
    if allowed and vote.opened_by_id == capacity.person_id:
        words = _(
            "Người đếm không tự xác nhận: Chủ tịch hoặc Phó Chủ tịch Hội đồng xác nhận kết quả do người khác đếm."
        )
        return Verdict("own_count", words)
    return allowed


def takes_opinions(edition: Edition) -> Verdict:
    """An absent member's opinion is read out, unless the rules say that none is taken."""
    said = rule(edition, "absent_opinions")
    if said.choice != "none":
        return YES
    if said.may_refuse:
        told = _("Theo %(clause)s Quy chế, không nhận ý kiến bằng văn bản của thành viên vắng mặt.", clause=said.cited)
    else:
        told = _("Quy chế không nhận ý kiến bằng văn bản của thành viên vắng mặt.")
    return Verdict("no_opinions", told)


def counts_opinions(edition: Edition) -> Verdict:
    """What it says to a level is a voice only where the rules know both it and a show of hands."""
    if rule(edition, "absent_opinions").choice in AS_VOICES and rule(edition, "hands").yes:
        return YES
    return Verdict("not_counted", _("Theo Quy chế, ý kiến bằng văn bản của thành viên vắng mặt không tính là phiếu."))


def can_keep_record(capacity: Capacity, sitting: Sitting) -> Verdict:
    """What was said is written down while the council sits, by the secretariat or who leads."""
    return can_count_hands(capacity, sitting)


def can_write_down(capacity: Capacity, sitting: Sitting, *, recused: bool) -> Verdict:
    """Who has to do with a work writes down nothing of it."""
    allowed = can_keep_record(capacity, sitting)
    return Verdict("kept_from", str(RECUSED)) if allowed and recused else allowed


def can_decide(capacity: Capacity, sitting: Sitting, *, recused: bool, hands: bool = False) -> Verdict:
    """Who has to do with a work neither opens nor closes a vote on it, nor writes down what hands said."""
    allowed = can_count_hands(capacity, sitting) if hands else can_lead(capacity, sitting)
    if allowed and recused:
        return Verdict("kept_from", str(LED_BY_ANOTHER))
    return allowed


def can_cast(vote: Vote, *, may_vote: bool) -> Verdict:
    """Whoever was there when the vote was opened, and has nothing to do with the work, until it is closed."""
    if not may_vote:
        return Verdict("not_a_voter", str(NOT_A_VOTER))
    if vote.state != "open":
        return Verdict("over", _("Đã kết thúc bỏ phiếu."))
    if vote.stack_id is not None:
        return Verdict("on_paper", _("Tác phẩm này bỏ phiếu trên giấy."))
    return YES


def can_see_stacks(capacity: Capacity, *, teller: bool) -> Verdict:
    """What was handed out, and how far its count is, is shown to the heads, the secretariat and who counts."""
    return YES if teller else only_for(capacity, *KEEPERS, "auditor")


def can_print(capacity: Capacity, sitting: Sitting, *, teller: bool, wanted: bool) -> Verdict:
    """Papers are printed by the secretariat, who leads, or who counts, while they are `wanted`: until some came back.

    A print shows every code; afterwards it would only help to find out which paper said what.
    """
    allowed = YES if teller else only_for(capacity, *KEEPERS)
    if allowed and not wanted:
        return Verdict("not_wanted", _("Phiếu đã thu về hoặc đã kết thúc bỏ phiếu, không in lại."))
    return _under_way(sitting) if allowed else allowed


def can_tell(capacity: Capacity, sitting: Sitting, *, teller: bool, tied: bool) -> Verdict:
    """Ballots on paper are read by the counting committee; never by who may lead, nor by who has to do with a work."""
    if not teller or capacity.holds(*HEADS):
        words = _("Phiếu giấy do Ban kiểm phiếu nhập. Chủ tịch, Phó Chủ tịch Hội đồng không kiểm phiếu giấy.")
        return Verdict("not_a_teller", words)
    if tied:
        return Verdict("tied", _("Người có liên quan đến tác phẩm không kiểm phiếu tác phẩm đó."))
    return _under_way(sitting)


def can_read_ballots(capacity: Capacity, scan: StackScan, *, teller: bool, tied: bool) -> Verdict:
    """The scan is for the two who count it; once it is counted also for the auditor. Hands may be known in it.

    Never for the chair, nor for who has to do with a work on the papers: not even where they came to it before.
    """
    if tied or capacity.holds("chair"):
        return Verdict("sealed", _("Phiếu giấy chỉ hai người kiểm phiếu xem được."))
    if scan.taken_at is not None and capacity.holds("auditor"):
        return YES
    bound = any(one.person_id == capacity.person_id for one in scan.readings)
    return YES if bound and teller else Verdict("sealed", _("Phiếu giấy chỉ hai người kiểm phiếu xem được."))


COUNTED = lazy_gettext("Đồng chí đã kiểm phiếu giấy của Hội đồng, biết nội dung phiếu.")


def quorum_missing(present: int, members: int, needed: int) -> Verdict:
    told = {"present": present, "members": members, "needed": needed}
    words = _("Chưa đủ số thành viên để bỏ phiếu: có mặt %(present)s/%(members)s, cần từ %(needed)s.", **told)
    return Verdict("quorum", words)


def _not_over(sitting: Sitting) -> Verdict:
    if sitting.state == "closed":
        return Verdict("over", _("Phiên họp đã kết thúc."))
    return YES


def _under_way(sitting: Sitting) -> Verdict:
    if sitting.state == "prepare":
        return Verdict("not_open", _("Phiên họp chưa bắt đầu."))
    return _not_over(sitting)
