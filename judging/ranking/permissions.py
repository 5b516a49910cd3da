"""Who freezes and closes a round, and who reads its ranking afterwards."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.calendar import called
from award.editions.models import Countersign, Round
from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict
from judging.panels.permissions import may_see_whose

HEADS = ("chair", "deputy")
READERS = ("chair", "deputy", "secretary", "organiser", "auditor")

SHORTFALL_CHANGED = lazy_gettext(
    "Số phiếu còn thiếu đã thay đổi từ khi có đề nghị kết thúc. Đề nghị rút và lập lại đề nghị."
)


def cannot_close(judged: Round, gaps: str) -> str:
    """Chưa kết thúc được vòng sơ khảo: còn 3 phiếu chưa gửi (2 thành viên)."""
    words = _("Chưa kết thúc được vòng %(name)s: %(gaps)s. Nếu vẫn kết thúc, cần ghi lý do.")
    return str(words % {"name": called(judged), "gaps": gaps})


def torn_words(panels: Sequence[str]) -> str:
    """Tiểu ban Báo in có thành viên không chấm chung …: a clause of a sentence."""
    words = _("%(panels)s có thành viên không chấm chung tác phẩm nào với những người còn lại")
    return str(words % {"panels": ", ".join(panels)})


def can_follow(capacity: Capacity) -> Verdict:
    """Progress is counts only: heads, secretariat, organisers and the auditor may see it."""
    return only_for(capacity, *READERS)


def can_freeze(capacity: Capacity, judged: Round) -> Verdict:
    allowed = only_for(capacity, *HEADS)
    if not allowed:
        return allowed
    if judged.state != "open":
        return Verdict("state", _("Vòng chấm không ở trạng thái đang chấm."))
    return YES


def can_close(capacity: Capacity, judged: Round) -> Verdict:
    allowed = only_for(capacity, *HEADS)
    if not allowed:
        return allowed
    if judged.state != "frozen":
        return Verdict("state", _("Cần khóa phiếu chấm trước khi kết thúc vòng."))
    return YES


def can_read_standings(capacity: Capacity, judged: Round, *, seated: bool) -> Verdict:
    """After closing only. Members of the round's panels read it too, without the names on the sheets."""
    if not seated:
        allowed = can_follow(capacity)
        if not allowed:
            return allowed
    if judged.state != "closed":
        return Verdict("sealed", _("Điểm đang được giữ kín. Bảng xếp hạng có sau khi kết thúc vòng chấm."))
    return YES


def can_examine(capacity: Capacity, judged: Round) -> Verdict:
    """How judges marked is for those who lead them and for the auditor, once nothing can be changed by it."""
    allowed = only_for(capacity, *HEADS, "auditor")
    return can_read_standings(capacity, judged, seated=False) if allowed else allowed


def can_review(capacity: Capacity, judged: Round) -> Verdict:
    """Sheets that lie apart and works near the cut, in words: for heads and the auditor, once the round is frozen."""
    allowed = only_for(capacity, *HEADS, "auditor")
    if not allowed:
        return allowed
    if judged.state not in {"frozen", "closed"}:
        return Verdict("sealed", _("Điểm đang được giữ kín. Trang rà soát có sau khi khóa phiếu chấm."))
    return YES


def can_ask(capacity: Capacity, judged: Round) -> Verdict:
    """Judges are asked to look again, or to read in addition, only while the round is frozen."""
    allowed = only_for(capacity, *HEADS)
    if not allowed:
        return allowed
    if judged.state != "frozen":
        return Verdict("state", _("Chỉ rà soát phiếu chấm từ khi khóa phiếu đến khi kết thúc vòng."))
    return YES


def can_annul(capacity: Capacity, judged: Round) -> Verdict:
    """That a judge has to do with a work is said by heads or staff until the round is closed."""
    allowed = only_for(capacity, *HEADS, "secretary", "organiser")
    if not allowed:
        return allowed
    if judged.state not in {"open", "frozen"}:
        return Verdict("state", _("Chỉ vô hiệu phiếu chấm từ khi vòng bắt đầu đến khi kết thúc vòng."))
    return YES


def may_read_relations(capacity: Capacity, judged: Round, *, seated: bool) -> bool:
    """Who has to do with which work tells whose it is: not to who judges or leads a round that hides the names."""
    return may_see_whose(capacity, judged, seated=seated) or (not judged.blind and capacity.holds(*HEADS))


def can_confirm_annulment(capacity: Capacity, judged: Round, *, seated: bool) -> Verdict:
    """The second person reads the reason that is confirmed."""
    allowed = can_annul(capacity, judged)
    if not allowed:
        return allowed
    if not may_read_relations(capacity, judged, seated=seated):
        return Verdict("reads_here", _("Vòng chấm kín: việc này do thư ký, Ban Tổ chức Giải xác nhận."))
    return YES


def can_see_annulments(capacity: Capacity, judged: Round) -> Verdict:
    """Heads, staff and the auditor, once the round has begun."""
    allowed = can_follow(capacity)
    if not allowed:
        return allowed
    if judged.state == "prepare":
        return Verdict("state", _("Vòng chấm chưa bắt đầu."))
    return YES


def can_draw_shortlist(capacity: Capacity, judged: Round, *, followed: bool) -> Verdict:
    """Until what comes after it has begun: the next round, or the council's end."""
    allowed = only_for(capacity, "chair", "deputy", "secretary")
    if not allowed:
        return allowed
    if judged.state != "closed":
        return Verdict("sealed", _("Điểm đang được giữ kín. Bảng xếp hạng có sau khi kết thúc vòng chấm."))
    if followed:
        return Verdict("followed", _("Danh sách đã được dùng cho bước tiếp theo, không lập lại được."))
    return YES


def can_rule(capacity: Capacity, judged: Round, *, used: bool) -> Verdict:
    """Equal works of a closed round are put in order by who leads the council, until the order was used."""
    allowed = only_for(capacity, *HEADS)
    if not allowed:
        return allowed
    if judged.state != "closed":
        return Verdict("sealed", _("Điểm đang được giữ kín. Bảng xếp hạng có sau khi kết thúc vòng chấm."))
    if used:
        return Verdict("followed", _("Thứ tự đã được dùng cho bước tiếp theo, không thay đổi được."))
    return YES


def can_withdraw(capacity: Capacity, waiting: Countersign) -> Verdict:
    """Who proposed an act may take the proposal back while it waits."""
    if waiting.proposed_by_id == capacity.person_id:
        return YES
    return Verdict("not_yours", _("Chỉ người đề nghị rút được đề nghị này."))


def can_take_scores(capacity: Capacity, judged: Round) -> Verdict:
    """The score table of a panel leaves the house for heads and staff, once the round is closed."""
    allowed = can_follow(capacity)
    return can_read_standings(capacity, judged, seated=False) if allowed else allowed


def can_export(capacity: Capacity, judged: Round, *, drawn: bool) -> Verdict:
    """The shortlist leaves the house as a file only for heads and staff, once there is one."""
    open_to_read = can_take_scores(capacity, judged)
    if not open_to_read:
        return open_to_read
    if not drawn:
        return Verdict("not_drawn", _("Chưa lập danh sách vào vòng sau."))
    return YES
