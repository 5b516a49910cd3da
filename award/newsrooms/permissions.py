"""Who may do what at a newsroom's desk."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from award.editions import deadlines
from award.editions.clauses import rule
from award.editions.models import Edition
from award.editions.permissions import READERS, STAFF, Capacity, only_for
from award.entries.leave import ORDINARY, Leave
from award.entries.permissions import BEFORE_JUDGING, MENDABLE, can_enter
from award.newsrooms.models import EntryImport, SignedList
from award.people.memberships import SPEAKERS
from award.verdicts import YES, Verdict


@dataclass(frozen=True)
class Standing:
    """A person before one newsroom's desk in one edition: the roles held there and here."""

    by: Capacity
    roles: frozenset[str]
    """Roles in the newsroom itself."""

    @property
    def speaks(self) -> bool:
        """Whether the person speaks for the newsroom today."""
        return not self.roles.isdisjoint(SPEAKERS)


def can_see_desk(standing: Standing) -> Verdict:
    """Who speaks for the newsroom, and the staff of the edition. To all others the desk does not exist."""
    return YES if standing.speaks or standing.by.holds(*READERS) else Verdict("hidden")


def can_survey(by: Capacity) -> Verdict:
    """The staff of the edition reads what all newsrooms have said."""
    return only_for(by, *READERS)


def can_attest(standing: Standing, edition: Edition, now: datetime) -> Verdict:
    """Who speaks for the newsroom says so until its deadline, where the edition has one, and until judging begins."""
    if not standing.speaks:
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao.")))
    if edition.state not in BEFORE_JUDGING:
        return Verdict("state", str(_("Tác phẩm đã chuyển sang chấm, không xác nhận được nữa.")))
    written = deadlines.confirmation(edition)
    if written is not None and deadlines.confirmation_over(edition, now):
        return _late(written)
    return YES


def counts_as_signed(edition: Edition, signed_on: date) -> Verdict:
    """A list counts by the day it was signed, whenever it comes back: no later than newsrooms confirm on screen."""
    written = deadlines.confirmation(edition)
    if written is not None and signed_on > (written.last_day or written.day):
        return _late(written)
    return YES


def _late(written: deadlines.Deadline) -> Verdict:
    until = deadlines.said(written).removeprefix("đến ")
    return Verdict("late", str(_("Đã hết thời hạn xác nhận (%(until)s).", until=until)))


def can_choose(standing: Standing, edition: Edition) -> Verdict:
    """Who speaks for the newsroom puts works first until judging begins, where the rules know of that."""
    if not standing.speaks:
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao.")))
    if not rule(edition, "newsroom_choice").valued:
        return Verdict("unregulated", str(_("Thể lệ không quy định việc cơ quan báo chí lựa chọn tác phẩm.")))
    if edition.state not in BEFORE_JUDGING:
        return Verdict("state", str(_("Tác phẩm đã chuyển sang chấm, không đổi lựa chọn được nữa.")))
    return YES


def can_invite(standing: Standing, edition: Edition) -> Verdict:
    """Who speaks for the newsroom, and the secretariat, say who else works there, until the edition is archived."""
    if not standing.speaks and not standing.by.holds(*STAFF):
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao và Tổ Thư ký.")))
    if edition.state == "archived":
        return Verdict("archived", str(_("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name)))
    return YES


def can_take_over(standing: Standing, edition: Edition) -> Verdict:
    """Who speaks for the newsroom goes on with what somebody entered who has left it, while it may still change."""
    if not standing.speaks:
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao.")))
    if edition.state not in MENDABLE:
        return Verdict("state", str(_("Đã qua bước kiểm tra điều kiện dự Giải.")))
    return YES


def can_remind(by: Capacity, edition: Edition) -> Verdict:
    """The secretariat reminds newsrooms of works they have said nothing of, while they may still say it."""
    allowed = only_for(by, *sorted(STAFF))
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", str(_("Tác phẩm đã chuyển sang chấm, không xác nhận được nữa.")))
    return allowed


def can_bring_in(standing: Standing, edition: Edition, now: datetime, leave: Leave = ORDINARY) -> Verdict:
    """Who speaks for the newsroom enters its works from a list while works are taken."""
    if not standing.speaks:
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao.")))
    return can_enter(edition, now, leave)


def can_take_in(
    standing: Standing,
    edition: Edition,
    draft: EntryImport,
    now: datetime,
    *,
    bad: int,
    new: int,
    leave: Leave = ORDINARY,
) -> Verdict:
    """A list is taken in once, by who read it in, when no row has a fault and some work is new."""
    allowed = can_bring_in(standing, edition, now, leave)
    if not allowed:
        return allowed
    if draft.state != "draft":
        return Verdict("done", str(_("Danh sách này đã nạp.")))
    if draft.read_by_id != standing.by.person_id:
        return Verdict("not_own", str(_("Danh sách này do người khác đọc vào.")))
    if bad:
        return Verdict("faults", str(_("Còn %(n)s dòng cần sửa, chưa nạp được.", n=bad)))
    if not new:
        return Verdict("nothing_new", str(_("Mọi tác phẩm của tệp đã có, không có gì để nạp.")))
    return YES


def can_print(standing: Standing, edition: Edition) -> Verdict:
    """The newsroom, or the secretariat for one that never signs in, prints a list to be signed until judging begins."""
    if not standing.speaks and not standing.by.holds(*STAFF):
        return Verdict("role", str(_("Việc này dành cho người được cơ quan báo chí giao và Tổ Thư ký.")))
    if edition.state not in BEFORE_JUDGING:
        return Verdict("state", str(_("Tác phẩm đã chuyển sang chấm, không xác nhận được nữa.")))
    return YES


def can_return(standing: Standing, edition: Edition, listed: SignedList) -> Verdict:
    """The secretariat records the signed list that came back, once."""
    allowed = only_for(standing.by, *sorted(STAFF))
    if allowed and edition.state not in BEFORE_JUDGING:
        return Verdict("state", str(_("Tác phẩm đã chuyển sang chấm, không xác nhận được nữa.")))
    if allowed and listed.returned_at is not None:
        return Verdict("returned", str(_("Bản ký của danh sách này đã được ghi nhận.")))
    return allowed


def can_send_scan(standing: Standing, edition: Edition, listed: SignedList) -> Verdict:
    """The scan comes from the newsroom or the secretariat until it is recorded."""
    allowed = can_print(standing, edition)
    if allowed and listed.returned_at is not None:
        return Verdict("returned", str(_("Bản ký của danh sách này đã được ghi nhận.")))
    return allowed
