"""Who may do what with an entry, and until when."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from award import dates
from award.editions import deadlines
from award.editions.models import Edition
from award.entries.dossiers import Dossier
from award.entries.models import Entry
from award.verdicts import YES, Verdict

WITHDRAWABLE = frozenset({"open", "screening"})


def late_words(edition: Edition) -> str:
    """The deadline has passed, and what remains."""
    written = deadlines.written(edition)
    until = deadlines.words(edition)
    if written is not None and written.last_day is not None:
        until = _("hết ngày %(day)s", day=dates.day(written.last_day))
    if edition.help_phone:
        return str(
            _(
                "Đã hết thời hạn nhận tác phẩm (%(until)s). Bản nháp vẫn được giữ để xem lại, không nộp được nữa. "
                "Nếu gặp sự cố khi nộp, liên hệ Tổ Thư ký: %(name)s, %(phone)s.",
                until=until,
                name=edition.help_name or edition.secretariat_name,
                phone=edition.help_phone,
            )
        )
    return str(
        _(
            "Đã hết thời hạn nhận tác phẩm (%(until)s). Bản nháp vẫn được giữ để xem lại, không nộp được nữa.",
            until=until,
        )
    )


def can_enter(edition: Edition, now: datetime) -> Verdict:
    """The edition takes works at this instant: an act opened it and its deadline, with the grace, has not passed."""
    if edition.state == "draft":
        return Verdict("not_open", _("Chưa đến thời gian nhận tác phẩm."))
    if edition.state != "open" or not deadlines.in_time(edition, now):
        return Verdict("late", late_words(edition))
    return YES


def can_edit(person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime) -> Verdict:
    """The owner edits a draft, and a revision of what was submitted, while the edition takes works."""
    if person_id != entry.owner_id:
        return _not_owner()
    if entry.state == "withdrawn":
        return Verdict("withdrawn", _("Tác phẩm đã rút, không sửa được nữa."))
    if entry.state == "submitted":
        return Verdict("submitted", _("Hồ sơ đã nộp. Muốn thay đổi, chọn “Sửa hồ sơ đã nộp”."))
    return can_enter(edition, now)


def can_revise(
    person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime, *, allowed: bool
) -> Verdict:
    """The owner of a submitted entry prepares other content, where the rules allow it and the edition takes works."""
    if person_id != entry.owner_id:
        return _not_owner()
    if entry.state != "submitted":
        return Verdict("not_submitted", _("Hồ sơ chưa nộp."))
    if not allowed:
        return Verdict("unchangeable", _("Hồ sơ đã nộp không sửa được, theo Thể lệ."))
    return can_enter(edition, now)


def can_submit(person_id: int | None, entry: Entry | Dossier, edition: Edition, arrived_at: datetime) -> Verdict:
    """The owner submits; what counts is when the form arrived, not when it was worked on."""
    if person_id != entry.owner_id:
        return _not_owner()
    if entry.state == "withdrawn":
        return Verdict("withdrawn", _("Tác phẩm đã rút, không nộp được nữa."))
    allowed = can_enter(edition, arrived_at)
    if allowed or allowed.code != "late":
        return allowed
    arrived = _("Hồ sơ đến lúc %(moment)s.", moment=dates.receipt_moment(arrived_at))
    return Verdict("late", f"{allowed.sentence} {arrived}")


def can_delete(person_id: int | None, entry: Entry | Dossier) -> Verdict:
    """A draft that was never submitted goes when its owner says so."""
    if person_id != entry.owner_id:
        return _not_owner()
    if entry.state != "draft":
        return Verdict("submitted", _("Hồ sơ đã nộp thì rút, không xóa."))
    return YES


def can_withdraw(person_id: int | None, entry: Entry | Dossier, edition: Edition) -> Verdict:
    """The owner takes a submitted work back until judging begins; afterwards it is asked for on paper."""
    if person_id != entry.owner_id:
        return _not_owner()
    if entry.state != "submitted":
        return Verdict("not_submitted", _("Chỉ rút được tác phẩm đã nộp."))
    if edition.state not in WITHDRAWABLE:
        return Verdict("judging", _("Tác phẩm đang được chấm. Muốn rút, đề nghị gửi văn bản đến Tổ Thư ký."))
    return YES


def files_due_at(edition: Edition) -> datetime | None:
    """The last instant for files that were promised by fingerprint when the form arrived."""
    if edition.deadline_at is None:
        return None
    return edition.deadline_at + timedelta(minutes=edition.files_follow_minutes)


def hurry_words(edition: Edition, now: datetime) -> str:
    """In the last half hour: to submit now, and until when files may follow. Empty before and after."""
    due, end = files_due_at(edition), edition.deadline_at
    if due is None or end is None or not timedelta(0) < end - now < timedelta(minutes=30):
        return ""
    return str(
        _(
            "Còn %(n)s phút. Nên nộp hồ sơ ngay; tệp chưa tải xong được gửi tiếp, chậm nhất %(moment)s.",
            n=max(1, int((end - now).total_seconds() // 60)),
            moment=dates.deadline_moment(due),
        )
    )


def can_send_due_file(person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime) -> Verdict:
    """A file that was begun before submitting may be sent to its end until the instant the receipt names."""
    if person_id != entry.owner_id:
        return _not_owner()
    due = files_due_at(edition)
    if entry.state == "submitted" and due is not None and now < due:
        return YES
    return Verdict("late", late_words(edition))


def _not_owner() -> Verdict:
    return Verdict("not_owner", _("Hồ sơ này do người khác khai."))
