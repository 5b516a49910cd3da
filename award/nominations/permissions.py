"""Who chooses what goes to the national award, who makes its dossier, who takes in those of others."""

from flask_babel import gettext as _

from award.editions.models import Edition, NationalEdition
from award.editions.permissions import READERS, Capacity, only_for
from award.entries.declarations import Declaration
from award.entries.models import Entry
from award.intake import permissions as intake
from award.nominations.models import Delivery, Dossier
from award.verdicts import YES, Verdict


def can_read(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_choose(capacity: Capacity, national: NationalEdition | None) -> Verdict:
    """The organiser, once the national edition and its rules are known. Publication is another matter."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    return YES


def can_build(capacity: Capacity, national: NationalEdition | None, chosen: int) -> Verdict:
    """The organiser and the secretariat, once something is on the list."""
    allowed = only_for(capacity, "organiser", "secretary")
    return _something(national, chosen) if allowed else allowed


def can_complete(capacity: Capacity, national: NationalEdition | None, state: str) -> Verdict:
    """The organiser and the secretariat ask a work of the list to complete its dossier, until it was sent."""
    allowed = only_for(capacity, "organiser", "secretary")
    if allowed and national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    if allowed and state not in {"chosen", "completing"}:
        return Verdict("sent", _("Tác phẩm đã gửi dự Giải Trung ương."))
    return allowed


def all_complete(completing: int) -> Verdict:
    """A dossier is made once no work of it is waited for."""
    if not completing:
        return YES
    words = _("%(n)s tác phẩm đang hoàn thiện hồ sơ: ghi đã hoàn thiện, hoặc rút khỏi danh sách.", n=completing)
    return Verdict("completing", words)


def can_pack(capacity: Capacity, edition: Edition, received: int) -> Verdict:
    """The organiser takes a whole edition along, works, people and files, once entries are closed."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state in {"draft", "open"}:
        return Verdict("state", _("Lập gói tác phẩm sau khi kết thúc nhận tác phẩm."))
    return YES if received else Verdict("empty", _("Chưa có tác phẩm nào được nộp."))


def can_take_papers(capacity: Capacity, national: NationalEdition | None, chosen: int) -> Verdict:
    """Letter and list can be drafted by who reads the list, once something is on it."""
    allowed = can_read(capacity)
    return _something(national, chosen) if allowed else allowed


def _something(national: NationalEdition | None, chosen: int) -> Verdict:
    if national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    if not chosen:
        return Verdict("empty", _("Danh sách gửi dự chưa có tác phẩm nào."))
    return YES


def can_download(capacity: Capacity, dossier: Dossier) -> Verdict:
    """Those who make it, once it is whole. It holds the originals, so who only reads does not get it."""
    allowed = only_for(capacity, *(("organiser",) if dossier.whole else ("organiser", "secretary")))
    if not allowed:
        return allowed
    if dossier.state != "ready":
        return Verdict("not_ready", _("Hồ sơ gửi dự chưa lập xong."))
    return YES


def can_receive(by: Capacity, edition: Edition) -> Verdict:
    """The secretariat brings in the dossiers of others as it brings in whatever arrives, until judging begins."""
    return intake.can_bring_in(by, edition)


def can_take_in(by: Capacity, edition: Edition, delivery: Delivery, *, key_known: bool, compared: bool) -> Verdict:
    """A dossier is taken in once it is checked, by a key that is known or was compared with its sender."""
    allowed = can_receive(by, edition)
    if not allowed:
        return allowed
    if delivery.state in {"taking", "taken"}:
        return Verdict("done", _("Hồ sơ này đã được nạp."))
    if delivery.state != "checked":
        return Verdict("state", _("Hồ sơ này chưa kiểm tra xong hoặc không dùng được."))
    if not key_known and not compared:
        return Verdict("key", _("Khóa này lần đầu gặp: so mã đối chiếu với nơi gửi, rồi chọn ô xác nhận."))
    return YES


def can_let_go(by: Capacity, edition: Edition, delivery: Delivery) -> Verdict:
    """While no worker is at it."""
    allowed = intake.can_register(by, edition)
    if allowed and delivery.state in {"checking", "taking"}:
        return Verdict("busy", _("Hệ thống đang đọc hồ sơ này. Chờ xong rồi bỏ."))
    return allowed


def can_tell_news(by: Capacity) -> Verdict:
    """The staff of the edition, in whatever state it is: the national award ends after ours."""
    return only_for(by, "organiser", "secretary")


def can_ask_consent(
    by: Capacity, edition: Edition, asked: Declaration | None, national: NationalEdition | None
) -> Verdict:
    """The staff write to authors where the edition asks for their consent, once it is known where works would go."""
    allowed = only_for(by, "organiser", "secretary")
    if not allowed:
        return allowed
    if asked is None:
        return Verdict("not_asked", _("Lần này không hỏi việc gửi dự Giải Trung ương."))
    if national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    if edition.state == "archived":
        return Verdict("state", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    return YES


def can_drop(by: Capacity, national: NationalEdition | None, state: str) -> Verdict:
    """A work is taken off the list until it was sent."""
    allowed = can_choose(by, national)
    if allowed and state not in {"chosen", "completing"}:
        return Verdict("sent", _("Tác phẩm đã gửi, không rút khỏi danh sách được nữa."))
    return allowed


def can_agree(edition: Edition, entry: Entry, asked: Declaration | None, *, sent: bool) -> Verdict:
    """Of a submitted work, where the edition asks for it, until the work was sent."""
    if asked is None or entry.state != "submitted":
        return Verdict("not_asked", _("Lần này không hỏi việc gửi dự Giải Trung ương."))
    if sent:
        return Verdict("sent", _("Tác phẩm đã gửi dự Giải Trung ương."))
    if edition.state == "archived":
        return Verdict("state", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    return YES
