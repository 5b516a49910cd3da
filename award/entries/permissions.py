"""Who may do what with an entry, and until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _

from award import dates
from award.editions import deadlines, posting
from award.editions.clauses import rule
from award.editions.corrections import PARTS
from award.editions.models import Edition
from award.editions.permissions import STAFF, Capacity, only_for
from award.entries.dossiers import Dossier, Place
from award.entries.hands import hand_of
from award.entries.leave import ORDINARY, Leave, Mend
from award.entries.models import Authorship, Entry, UploadPass
from award.verdicts import YES, Verdict

BEFORE_JUDGING = frozenset({"open", "screening"})
GRANT_READERS = ("secretary", "organiser", "auditor")
MOST_DRAFTS = 50
"""Drafts of one account in one edition: more than any newsroom fills in by hand at a time, too few to flood it with."""
MENDABLE = frozenset({"open", "screening", "judging"})
"""States of an edition in which a dossier may still be mended when that was asked for."""


def late_words(edition: Edition, leave: Leave = ORDINARY) -> str:
    """The deadline has passed, one's own too if there was one, and what remains."""
    written = deadlines.written(edition)
    until = deadlines.words(edition)
    if written is not None and written.last_day is not None:
        until = _("hết ngày %(day)s", day=dates.day(written.last_day))
    if leave.until is not None:
        until = _("%(until)s; thời hạn riêng %(own)s", until=until, own=leave.words)
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


def changes_allowed(edition: Edition) -> bool:
    """Whether the rules let a submitted dossier be changed while works are taken."""
    return rule(edition, "changes_after_submission").yes


def can_enter(edition: Edition, now: datetime, leave: Leave = ORDINARY) -> Verdict:
    """The edition takes works at this instant: an act opened it and the deadline, with the grace, has not passed.

    A deadline of one's own goes on while dossiers are screened, and so does entering what came in time on paper.
    """
    if edition.state == "draft":
        return Verdict("not_open", _("Chưa đến thời gian nhận tác phẩm."))
    if edition.state == "open" and deadlines.in_time(edition, now):
        return YES
    own = leave.until is not None and deadlines.within(leave.until, edition, now)
    own = own or (leave.came is not None and posting.in_time(edition, leave.came))
    return YES if own and edition.state in BEFORE_JUDGING else Verdict("late", late_words(edition, leave))


def can_mend(edition: Edition, mend: Mend | None, now: datetime, part: str = "") -> Verdict:
    """What was asked for is mended until its day has passed; with `part`, whether this part was asked for."""
    if mend is None or not mend.stands:
        return Verdict("not_asked", _("Không có đề nghị bổ sung nào đang chờ trả lời."))
    if edition.state not in MENDABLE:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    if not deadlines.within(mend.due_at, edition, now):
        words = _("Đã hết hạn bổ sung (%(until)s). Hồ sơ được xem xét theo hiện trạng.", until=mend.until)
        return Verdict("overdue", words)
    if part and not mend.opens(part):
        return Verdict("not_asked", _("Phần này không thuộc nội dung được đề nghị bổ sung."))
    return YES


def mendable(edition: Edition) -> frozenset[str]:
    """The pages of a dossier that the rules let be mended once no more works are taken."""
    said = rule(edition, "corrections")
    if said.choice == "none":
        return frozenset()
    every = frozenset(code for code, _words in PARTS)
    return every & frozenset(said.several) if said.choice == "some" else every


def can_ask_for(edition: Edition, parts: Sequence[str], due: datetime) -> Verdict:
    """After the deadline only what the rules name is mended; while works are taken, anything is."""
    if edition.state == "open" and edition.deadline_at is not None and due <= edition.deadline_at:
        return YES
    barred = {part.partition(".")[0] for part in parts} - mendable(edition)
    if not barred:
        return YES
    said = rule(edition, "corrections")
    sentence = f"{said.words} {_('Căn cứ: %(clause)s Thể lệ.', clause=said.source)}" if said.source else said.words
    return Verdict("not_mendable", sentence)


def can_edit(
    person_id: int | None,
    entry: Entry | Dossier,
    edition: Edition,
    now: datetime,
    leave: Leave = ORDINARY,
    part: str = "",
) -> Verdict:
    """Who has a hand in it edits a draft while works are taken, a revision of what was submitted as `may_change` says.

    `part` is a page of the form, or "files.<slot>"; without it, whether any part is open.
    """
    hand = hand_of(person_id, entry)
    if not hand:
        return _not_owner()
    if hand == "row" and part not in {"", "authors"}:
        return Verdict("own_row", _("Lời mời chỉ gồm phần khai về bản thân ở mục Tác giả."))
    if entry.state == "withdrawn":
        return Verdict("withdrawn", _("Tác phẩm đã rút, không sửa được nữa."))
    if entry.state == "submitted":
        return Verdict("submitted", _("Hồ sơ đã nộp. Muốn thay đổi, chọn “Sửa hồ sơ đã nộp”."))
    return can_enter(edition, now, leave) if entry.revises_id is None else may_change(edition, now, leave, part)


def may_change(edition: Edition, now: datetime, leave: Leave, part: str = "") -> Verdict:
    """What was submitted changes freely while works are taken and the rules allow it, else as far as was asked for."""
    free = changes_freely(edition, now, leave)
    return free if free or leave.asked is None else can_mend(edition, leave.asked, now, part)


def changes_freely(edition: Edition, now: datetime, leave: Leave) -> Verdict:
    """Every part of what was submitted may be changed. What came on paper changes no longer than anything else."""
    allowed = can_enter(edition, now, replace(leave, came=None))
    if allowed and not changes_allowed(edition):
        return Verdict("unchangeable", _("Hồ sơ đã nộp không sửa được, theo Thể lệ."))
    return allowed


def changeable_until(edition: Edition, now: datetime, leave: Leave = ORDINARY) -> str:
    """Until when what was submitted may be changed freely, in words; empty when it may not."""
    if not changes_freely(edition, now, leave):
        return ""
    later = leave.until is not None and (edition.deadline_at is None or leave.until > edition.deadline_at)
    return leave.words if later else deadlines.words(edition)


def can_revise(
    person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime, leave: Leave = ORDINARY
) -> Verdict:
    """Who fills in a submitted entry prepares other content, freely or because it was asked for."""
    if hand_of(person_id, entry) != "whole":
        return _not_owner()
    if entry.state != "submitted":
        return Verdict("not_submitted", _("Hồ sơ chưa nộp."))
    return may_change(edition, now, leave)


def can_drop(
    person_id: int | None, revision: Entry | Dossier, edition: Edition, now: datetime, leave: Leave = ORDINARY
) -> Verdict:
    """Who fills in the whole revision may let it go, as long as it may be filled in."""
    if hand_of(person_id, revision) != "whole":
        return _not_owner()
    return can_edit(person_id, revision, edition, now, leave)


def can_submit(
    person_id: int | None,
    entry: Entry | Dossier,
    edition: Edition,
    arrived_at: datetime,
    leave: Leave = ORDINARY,
    *,
    revised: bool = False,
) -> Verdict:
    """Who fills it in submits, with `revised` other content of it; what counts is when the form arrived."""
    if hand_of(person_id, entry) != "whole":
        return _not_owner()
    if entry.state == "withdrawn":
        return Verdict("withdrawn", _("Tác phẩm đã rút, không nộp được nữa."))
    allowed = may_change(edition, arrived_at, leave) if revised else can_enter(edition, arrived_at, leave)
    if allowed or allowed.code not in {"late", "overdue"}:
        return allowed
    arrived = _("Hồ sơ đến lúc %(moment)s.", moment=dates.receipt_moment(arrived_at))
    return Verdict(allowed.code, f"{allowed.sentence} {arrived}")


def can_invite(
    person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime, leave: Leave = ORDINARY
) -> Verdict:
    """The owner asks authors to fill in the dossier too, while it may be filled in."""
    if person_id != entry.owner_id:
        return Verdict("not_owner", _("Chỉ người lập hồ sơ mời tác giả khác cùng khai."))
    return can_edit(person_id, entry, edition, now, leave, "authors")


def can_arrange(person_id: int, entry: Entry, act: str, key: str) -> Verdict:
    """Who fills in the whole adds, moves and removes authors; one who has joined is removed by the owner alone."""
    if hand_of(person_id, entry) != "whole":
        return Verdict("own_row", _("Lời mời chỉ gồm phần khai về bản thân ở mục Tác giả."))
    joined = any(author.joined and author.public_id == key for author in entry.authors)
    if act == "remove" and joined and person_id != entry.owner_id:
        return Verdict("joined", _("Tác giả đã cùng khai hồ sơ; chỉ người lập hồ sơ bỏ tên."))
    return YES


def can_join(person_id: int, entry: Entry, row: Authorship, now: datetime, open_for: timedelta) -> Verdict:
    """Once, by one account that has no hand in the dossier yet, as long as the invitation stands."""
    if row.joined_at is not None:
        return Verdict("taken", _("Lời mời này đã được tài khoản khác nhận."))
    if row.invited_at is None or now >= row.invited_at + open_for or entry.state == "withdrawn":
        return Verdict("ended", _("Lời mời này không còn hiệu lực."))
    if hand_of(person_id, entry):
        return Verdict("inside", _("Tài khoản này đã cùng khai hồ sơ."))
    return YES


def can_begin(drafts: int) -> Verdict:
    """A person has so many drafts in an edition; beyond that they are submitted or deleted first."""
    if drafts < MOST_DRAFTS:
        return YES
    sentence = _("Đã có %(n)s bản nháp. Nộp hoặc xóa bớt bản nháp trước khi lập hồ sơ mới.", n=drafts)
    return Verdict("too_many_drafts", sentence)


def can_copy(person_id: int | None, entry: Entry | Dossier, *, several: bool) -> Verdict:
    """The owner takes a work into another category: beside this one where rules say so, else a draft in its place."""
    if person_id != entry.owner_id:
        return _not_owner()
    if several or entry.state == "draft":
        return YES
    return Verdict("one_category", _("Mỗi tác phẩm chỉ dự Giải ở một loại hình."))


def can_grant(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser gives one entrant a deadline of one's own until judging begins."""
    allowed = only_for(capacity, "organiser")
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Chỉ quyết định thời hạn riêng trước khi chấm."))
    return allowed


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
    if edition.state not in BEFORE_JUDGING:
        return Verdict("judging", _("Tác phẩm đang được chấm. Muốn rút, đề nghị gửi văn bản đến Tổ Thư ký."))
    return YES


def files_due_at(edition: Edition, end: datetime | None = None) -> datetime | None:
    """The last instant for files that were promised by fingerprint when the form arrived.

    `end` is the deadline that counted for the form, when it was not the one for everybody.
    """
    end = end or edition.deadline_at
    return None if end is None else end + timedelta(minutes=edition.files_follow_minutes)


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
    if hand_of(person_id, entry) != "whole":
        return _not_owner()
    due = entry.files_due_at or files_due_at(edition)
    if entry.state == "submitted" and due is not None and now < due:
        return YES
    return Verdict("late", late_words(edition))


def files_may_follow(edition: Edition) -> bool:
    """Whether a form with its publication data counts in time without its files."""
    return rule(edition, "counted_in_time").choice == "publication"


def can_follow_with_file(
    person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime, place: Place
) -> Verdict:
    """Where a form counts without its files, those that a place still lacks may begin until they are due."""
    allowed = can_send_due_file(person_id, entry, edition, now)
    if not allowed:
        return allowed
    standing = sum(file.state != "rejected" for file in place.files)
    if files_may_follow(edition) and standing < place.slot.at_least:
        return YES
    return Verdict("late", late_words(edition))


def can_hand_over(
    person_id: int | None, entry: Entry | Dossier, edition: Edition, now: datetime, leave: Leave, slot: str
) -> Verdict:
    """Who may send files into a place now, or what is still due there, may let another device do it."""
    allowed = can_edit(person_id, entry, edition, now, leave, f"files.{slot}")
    return allowed or can_send_due_file(person_id, entry, edition, now)


def can_use_pass(opened: UploadPass, now: datetime) -> Verdict:
    """The link still opens its place: until its instant, unless it was taken back."""
    if opened.ended_at is not None:
        return Verdict(
            "pass_ended", _("Đường dẫn tải tệp này đã được thu lại. Cần gửi tiếp, đề nghị người khai hồ sơ mở lại.")
        )
    if now < opened.until:
        return YES
    over = _("Đường dẫn tải tệp này đã hết hạn lúc %(at)s.", at=dates.deadline_moment(opened.until))
    return Verdict("pass_over", f"{over} {_('Cần gửi tiếp, đề nghị người khai hồ sơ mở đường dẫn khác.')}")


def can_send_more(entry: Entry, edition: Edition, now: datetime, leave: Leave, place: Place) -> Verdict:
    """What whoever holds a link to this place may still send: files of a draft, or what is due of a submitted work."""
    allowed = can_edit(entry.owner_id, entry, edition, now, leave, f"files.{place.slot.code}")
    if allowed or can_follow_with_file(entry.owner_id, entry, edition, now, place):
        return YES
    if any(file.state == "uploading" for file in place.files):
        return can_send_due_file(entry.owner_id, entry, edition, now)
    if entry.state != "submitted":
        return allowed
    over = _("Tác phẩm này đã nộp, đường dẫn không nhận thêm tệp.")
    again = _("Cần gửi thêm, đề nghị tác giả bấm “Sửa hồ sơ đã nộp” rồi mở đường dẫn mới.")
    return Verdict("submitted", f"{over} {again}")


def can_keep(capacity: Capacity, entry: Entry, edition: Edition) -> Verdict:
    """The secretariat takes over from a colleague what came on paper, as long as it may still change."""
    allowed = only_for(capacity, *sorted(STAFF))
    if not allowed:
        return allowed
    if entry.came is None:
        return Verdict("online", _("Hồ sơ này do tác giả khai trực tuyến."))
    if edition.state not in MENDABLE:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return YES


def can_present(capacity: Capacity) -> Verdict:
    """The staff of the edition look up what a receipt says and what has become of its work."""
    return only_for(capacity, *sorted(STAFF))


def can_recover(capacity: Capacity, edition: Edition) -> Verdict:
    """They receive a work again by its receipt until judging begins."""
    allowed = can_present(capacity)
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", _("Đã qua bước kiểm tra điều kiện dự Giải."))
    return allowed


def _not_owner() -> Verdict:
    return Verdict("not_owner", _("Hồ sơ này do người khác khai."))
