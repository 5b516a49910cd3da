"""Who sends the scan of an issued paper, and who sets it against the draft: never the same person."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.issued.models import IssuedPaper, ReturnedScan
from award.verdicts import YES, Verdict

REMARK_NEEDED = lazy_gettext("Bản quét khác dự thảo: đề nghị ghi bản nào đúng và xử lý thế nào.")


def can_read(capacity: Capacity) -> Verdict:
    """Who prepares papers, and the auditor."""
    return only_for(capacity, "organiser", "secretary", "auditor")


def can_send(capacity: Capacity, edition: Edition, paper: IssuedPaper) -> Verdict:
    """Organiser and secretariat, of a paper that stands, until the edition is archived."""
    allowed = only_for(capacity, "organiser", "secretary")
    if not allowed:
        return allowed
    if edition.state == "archived":
        return Verdict("archived", _("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name))
    if paper.taken_back_at is not None:
        return Verdict("taken_back", _("Văn bản này đã được thay, không đối chiếu nữa."))
    return YES


def can_compare(capacity: Capacity, edition: Edition, paper: IssuedPaper, scan: ReturnedScan | None) -> Verdict:
    """Somebody else than who sent the scan, once."""
    allowed = can_send(capacity, edition, paper)
    if not allowed:
        return allowed
    if scan is None:
        return Verdict("no_scan", _("Chưa có bản quét."))
    if scan.outcome:
        return Verdict("compared", _("Bản quét này đã được đối chiếu."))
    if scan.sent_by_id == capacity.person_id:
        return Verdict("second_person", _("Người gửi bản quét không tự đối chiếu. Cần người thứ hai."))
    return YES
