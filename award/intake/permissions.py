"""Who keeps the ledger of what arrives, and until when."""

from flask_babel import gettext as _

from award.editions import posting
from award.editions.models import Edition
from award.editions.permissions import READERS, STAFF, Capacity, only_for
from award.editions.posting import Arrival
from award.entries.leave import Leave
from award.entries.models import Entry
from award.entries.permissions import BEFORE_JUDGING, can_enter
from award.intake.models import Parcel
from award.newsrooms.models import EntryImport
from award.verdicts import YES, Verdict


def can_read(by: Capacity) -> Verdict:
    """The staff of the edition and its auditor."""
    return only_for(by, *READERS)


def can_register(by: Capacity, edition: Edition) -> Verdict:
    """The secretariat writes down what arrives until the edition is archived: late things arrive, too."""
    allowed = only_for(by, *sorted(STAFF))
    if allowed and edition.state == "archived":
        return Verdict("archived", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    return allowed


def can_change(by: Capacity, edition: Edition, parcel: Parcel) -> Verdict:
    """The same of a line that stands."""
    allowed = can_register(by, edition)
    if allowed and parcel.voided_at is not None:
        return Verdict("voided", _("Dòng này đã ghi nhầm, chỉ xem."))
    return allowed


def can_void(by: Capacity, edition: Edition, parcel: Parcel, *, works: int) -> Verdict:
    """A line made by mistake is crossed out while it brings no work and nothing of it was given back."""
    allowed = can_change(by, edition, parcel)
    if allowed and works:
        return Verdict("has_works", _("Gói này đang gắn với tác phẩm. Bỏ gắn trước khi ghi nhầm."))
    if allowed and any(piece.handover_id for piece in parcel.pieces):
        return Verdict("given", _("Hiện vật của gói này đã trả lại, không ghi nhầm được."))
    return allowed


def can_begin(by: Capacity, edition: Edition, parcel: Parcel) -> Verdict:
    """A dossier is opened from a parcel that counts as in time, until judging begins."""
    allowed = can_change(by, edition, parcel)
    return can_open(edition, parcel.came) if allowed else allowed


def can_open(edition: Edition, came: Arrival) -> Verdict:
    """What came this way is still entered."""
    if edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    if not posting.in_time(edition, came):
        late = _("%(verdict)s Gói được ghi vào sổ, không lập hồ sơ dự Giải.", verdict=posting.verdict(edition, came))
        return Verdict("late", late)
    return can_enter(edition, came.at, Leave(came=came))


def can_attach(by: Capacity, edition: Edition, parcel: Parcel) -> Verdict:
    """A parcel is put beside a dossier that there is, in time or not: what was missing comes by post, too."""
    return can_change(by, edition, parcel)


def can_drop(by: Capacity, edition: Edition, parcel: Parcel, entry: Entry, *, begun: bool) -> Verdict:
    """A parcel is taken from beside a dossier; one that was opened from it only while it is a draft."""
    allowed = can_change(by, edition, parcel)
    if allowed and begun and entry.state != "draft":
        return Verdict("submitted", _("Hồ sơ lập từ gói này đã nộp: muốn bỏ thì rút tác phẩm."))
    return allowed


def can_give_back(by: Capacity) -> Verdict:
    """The secretariat gives things back at any time, after the edition is archived too."""
    return only_for(by, *sorted(STAFF))


def can_take_in(by: Capacity, edition: Edition, draft: EntryImport, *, bad: int, new: int) -> Verdict:
    """A list is taken in once, by who read it in, when no row has a fault and some work is new."""
    allowed = can_bring_in(by, edition)
    if not allowed:
        return allowed
    if draft.state != "draft":
        return Verdict("done", _("Danh sách này đã nạp."))
    if draft.read_by_id != by.person_id:
        return Verdict("not_own", _("Danh sách này do người khác đọc vào."))
    if bad:
        return Verdict("faults", _("Còn %(n)s dòng cần sửa, chưa nạp được.", n=bad))
    if not new:
        return Verdict("nothing_new", _("Mọi tác phẩm của tệp đã có, không có gì để nạp."))
    return YES


def can_bring_in(by: Capacity, edition: Edition) -> Verdict:
    """The secretariat brings in a list of what arrived, until judging begins."""
    allowed = can_register(by, edition)
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return allowed
